"""What attackers would try, as data: a script, how it may end, and the promise that must contain it.

An attack prints `LEAKED` with what it got when it succeeds, so silence is containment. After each one an ordinary
experiment must run as if nothing had been.

Nothing here depends on a test framework: a command can run the same table.
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


def attack(name: str, promise: Promise, script: str, ends: frozenset[Status] = HANDLED, prints: str = "") -> Behaviour:
    return Behaviour(name, promise, textwrap.dedent(script), ends, prints)
