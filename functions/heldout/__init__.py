"""What is held out: kinds of functions that only the suite `heldout@1` has.

The classical team's library (`sandbox/toolkit`) and the generators of all other suites may never contain them, so that
a score on `heldout@1` shows how well a team explains what nobody taught it. `registry` says what they are, and a test
keeps the promise.
"""
