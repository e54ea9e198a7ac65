"""The catalogue of string operations: one file a kind, one short function an operation.

To add an operation, write its function in the file of its kind and an example of it in the tests.
"""
