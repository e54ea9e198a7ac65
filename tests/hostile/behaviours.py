"""The whole table of hostile behaviours, as `inquest sandbox check` runs it."""

from sandbox.check.table import BEHAVIOURS, CANDIDATES, LEAK, Behaviour, CandidateBehaviour

__all__ = ["BEHAVIOURS", "CANDIDATES", "LEAK", "Behaviour", "CandidateBehaviour"]
