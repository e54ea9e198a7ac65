"""What attackers would try, as a table, and the attempts against an engine: `inquest sandbox check`.

`table.py` holds the behaviours, each named by its outcome, with the promise that must contain it; `attempt.py` runs
them.
"""

from sandbox.check.attempt import Attempts, Verdict

__all__ = ["Attempts", "Verdict"]
