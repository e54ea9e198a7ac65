"""The oracle: the process that holds the target, answers queries, enforces the budget and logs every query.

The only place where the sandbox imports `functions`. It runs alone (`python -m sandbox.oracle`), gets its target over
stdin, serves a Unix socket, and writes each answered batch to stdout before the lab sees the answer.
"""
