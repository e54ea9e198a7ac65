"""WHAT is hidden: families, modifiers, suites and their ground truth. Pure: no input or output but suite files.

`functions.brief` is the public face (what agents may know); `functions.spec` is the ground truth.
"""
