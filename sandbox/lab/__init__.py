"""What an experiment sees: `from lab import oracle, observations, report`.

Inside a lab this package is called `lab`. Beside these names it holds the lab's two main processes: `worker` (one
fork per experiment) and `candidate` (one fork per input). It imports nothing of the functions, the judges or the
orchestrator; and nothing at all until a name is asked for, so that candidates do not pay for the oracle's client.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import OracleError, observations, oracle, report

__all__ = ["OracleError", "observations", "oracle", "report"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    return getattr(client, name)
