"""Receipts: a study's result in one signed file, checked by anybody, and the leaderboard that is made of them.

record       what a receipt says
make         from a study's directory to a receipt
signing      Ed25519 keys and signatures
check        does a receipt hold: its signature, its sums, its suite, its runs, its grades
leaderboard  one static page from receipts that hold
"""
