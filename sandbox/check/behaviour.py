"""What attackers would try, as data: a script, how it may end, and the promise that must contain it.

An attack prints `LEAKED` with what it got when it succeeds, so silence is containment. After each one a second script
(`then`) looks for what it may have left, and an ordinary experiment must run as if nothing had been.
"""

import textwrap
from dataclasses import dataclass

from sandbox.client import Status
from sandbox.policy import Promise

HANDLED = frozenset({Status.OK, Status.ERROR})
STOPPED = frozenset(Status)  # any ending will do: what counts is what it got, and what comes after
LEAK = "LEAKED"


@dataclass(frozen=True)
class Behaviour:
    """One attack by an experiment, named by its outcome."""

    name: str
    promise: Promise
    script: str
    ends: frozenset[Status] = HANDLED
    prints: str = ""  # what its output must contain
    then: str = ""  # the next experiment, which must find nothing of it
    budget: int = 0  # queries of an oracle of its own; 0: it shares one that is not used up


def attack(
    name: str,
    promise: Promise,
    script: str,
    ends: frozenset[Status] = HANDLED,
    prints: str = "",
    then: str = "",
    budget: int = 0,
) -> Behaviour:
    """A behaviour whose scripts may be indented."""
    return Behaviour(name, promise, textwrap.dedent(script), ends, prints, textwrap.dedent(then), budget)
