"""Getting an engine and a base image, and building the sandbox's images: `python -m sandbox.setup`.

The shell scripts work on their own; their first lines document their exit codes.
"""
