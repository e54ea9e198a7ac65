"""What an experiment sees: `from lab import oracle, observations, report`.

Inside a lab this package is called `lab`. Beside these three names it holds the lab's two main processes: `worker` (one
fork per experiment) and `candidate` (one fork per input). It imports nothing of the functions, the judges or the
orchestrator.
"""

from .client import OracleError, observations, oracle, report

__all__ = ["OracleError", "observations", "oracle", "report"]
