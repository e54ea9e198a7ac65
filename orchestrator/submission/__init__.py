"""Submissions: somebody else's interpreter, packed as an image, audited and graded like a team of our own.

trial       one submission against one function: the part of an audit that a team's conversation has elsewhere
benchmark   a submission against a suite, as a study with one arm
"""
