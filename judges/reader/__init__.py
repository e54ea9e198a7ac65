"""Judges that have a language model read the description: it never sees the truth, the code, or the team.

`examples` makes the unit test's questions, `asking` is what a judge needs of a model, `unit_test` and `prediction` are
the judges, `panel` lets several models judge and says how far they agree.
"""
