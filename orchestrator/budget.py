"""What an audit may spend, and the ways in which an audit can end."""

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from functions.brief import Record
from functions.errors import Cause, InquestError


class Budget(Record):
    """Bounds of one audit. They are part of what an audit means, so they are part of its id.

    `queries` counts single inputs and is enforced by the oracle. `seconds` is wall clock, summed over interruptions,
    and is looked at before each turn and each experiment. `experiment_seconds` bounds a single experiment, generously:
    a deadline that bites on a busy machine makes an audit differ from itself.

    `calls`, `tokens` (of prompts and answers) and `cost` (US dollars) bound what language models use in all. A call
    that could exceed one is not made. None: 300 calls, 2 million tokens, and for the cost what these lead to.
    """

    queries: Annotated[int, Field(ge=1)] = 100
    experiments: Annotated[int, Field(ge=1)] = 100
    turns: Annotated[int, Field(ge=1)] = 30
    seconds: Annotated[float, Field(gt=0)] = 600.0
    experiment_seconds: Annotated[float, Field(gt=0)] = 60.0
    calls: Annotated[int, Field(ge=1)] | None = None
    tokens: Annotated[int, Field(ge=1)] | None = None
    cost: Annotated[float, Field(gt=0)] | None = None

    @property
    def most_calls(self) -> int:
        """The bound that is in force."""
        return 300 if self.calls is None else self.calls

    @property
    def most_tokens(self) -> int:
        """The bound that is in force."""
        return 2_000_000 if self.tokens is None else self.tokens


class Ending(StrEnum):
    """Why a team stopped. Whatever the reason, the best interpretation so far is handed in."""

    ACCEPTED = "accepted"  # the critic could not break it
    UNCHECKED = "unchecked"  # accepted at once, because the team has no critic
    FINISHED = "finished"  # the planner sees nothing worth measuring any more
    QUERIES = "queries"  # a whole round passed with no query left
    EXPERIMENTS = "experiments"
    TURNS = "turns"
    SECONDS = "seconds"
    CALLS = "calls"  # of language models
    TOKENS = "tokens"
    COST = "cost"
    SUBMITTED = "submitted"  # a submission handed something in
    STOPPED = "stopped"  # a person said: enough
    REFUSED = "refused"  # a person did not let the interpretation be handed in
    AGENT_FAILED = "agent_failed"  # a role broke down; see the detail


class BudgetSpent(InquestError):
    """A budget is spent: the audit ends here, with the best so far. `ending` says which budget it was."""

    cause = Cause.AGENT

    def __init__(self, ending: Ending, detail: str) -> None:
        super().__init__(detail)
        self.ending = ending


class AgentFailed(InquestError):
    """A role raised, or said something that is not its message. The audit scores 0 and stays in the denominator."""

    cause = Cause.AGENT


class Meter:
    """What one life of an audit has spent, with all of its earlier lives. `clock` gives seconds from any origin."""

    def __init__(
        self, budget: Budget, *, experiments: int = 0, seconds: float = 0.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._budget, self._clock = budget, clock
        self._experiments = experiments
        self._deadline = clock() + budget.seconds - seconds

    def before_turn(self, turn: int) -> None:
        """Raises `BudgetSpent` where there is none left for turn number `turn` (from 0)."""
        if turn >= self._budget.turns:
            raise BudgetSpent(Ending.TURNS, f"All {self._budget.turns} turns are taken.")
        self._check_clock()

    def before_experiment(self) -> None:
        """Counts one experiment. Raises `BudgetSpent` where there is none left for it."""
        if self._experiments >= self._budget.experiments:
            raise BudgetSpent(Ending.EXPERIMENTS, f"All {self._budget.experiments} experiments are run.")
        self._check_clock()
        self._experiments += 1

    def seconds_left(self) -> float:
        """Wall clock until the deadline; negative after it."""
        return self._deadline - self._clock()

    def _check_clock(self) -> None:
        if self.seconds_left() <= 0:
            raise BudgetSpent(Ending.SECONDS, f"All {self._budget.seconds:g} seconds are over.")
