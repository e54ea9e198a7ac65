"""What an audit may spend, and the ways in which an audit can end."""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, ValidationError, field_validator

from functions.brief import Record
from functions.errors import BadInput, Cause, InquestError
from orchestrator.roles.messages import RoleName


class Share(Record):
    """The most that one role may use of an audit's budget. None: whatever the audit may.

    Queries are looked at between experiments: a role is told what is left of its share, and one that asked beyond it
    has run its last experiment.
    """

    role: RoleName
    queries: Annotated[int, Field(ge=0)] | None = None
    experiments: Annotated[int, Field(ge=0)] | None = None
    turns: Annotated[int, Field(ge=1)] | None = None
    seconds: Annotated[float, Field(gt=0)] | None = None
    calls: Annotated[int, Field(ge=0)] | None = None
    tokens: Annotated[int, Field(ge=0)] | None = None
    cost: Annotated[float, Field(ge=0)] | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `critic:calls=10,queries=20`. Raises `BadInput`."""
        role, _, bounds = text.partition(":")
        fields = dict(part.strip().partition("=")[::2] for part in bounds.split(","))
        try:
            return cls.model_validate({"role": role.strip(), **fields})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"]))[:40]
            raise BadInput(
                f"Cannot read the share '{text[:80]}' at {where}: {first['msg']}. "
                "For example critic:calls=10,queries=20."
            ) from None

    def divided(self, by: int) -> Self:
        """An equal part of it, of one turn at least."""
        whole = {name: value // by for name, value in self if isinstance(value, int)}
        parts = {name: value / by for name, value in self if isinstance(value, float)}
        return self.model_copy(
            update=whole | parts | ({} if self.turns is None else {"turns": max(1, self.turns // by)})
        )


class Allowance(Record):
    """What the model may use that answers as a neuron, in one audit, the fidelity of the code measured included.

    It is apart from what the team's models may use. None: as much as the words lead to.
    """

    calls: Annotated[int, Field(ge=1)] | None = None
    tokens: Annotated[int, Field(ge=1)] | None = None
    cost: Annotated[float, Field(gt=0)] | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `calls=200,cost=0.5`. Raises `BadInput`."""
        try:
            return cls.model_validate(dict(part.strip().partition("=")[::2] for part in text.split(",")))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise BadInput(
                f"Cannot read what a neuron may use, '{text[:80]}': {first['msg']}. For example calls=200,cost=0.5."
            ) from None


class Budget(Record):
    """Bounds of one audit. They are part of what an audit means, so they are part of its id.

    `queries` counts single inputs and is enforced by the oracle. `seconds` is wall clock, summed over interruptions,
    and is looked at before each turn and each experiment. `experiment_seconds` bounds a single experiment, generously:
    a deadline that bites on a busy machine makes an audit differ from itself.

    `calls`, `tokens` (of prompts and answers) and `cost` (US dollars) bound what language models use in all. A call
    that could exceed one is not made. None: 300 calls, 2 million tokens, and for the cost what these lead to.

    `shares` bound single roles within it. A role that has spent its share ends the audit like the whole budget.
    `neuron` is for the model that answers as the function, where one does, and is no part of the rest.
    """

    queries: Annotated[int, Field(ge=1)] = 100
    experiments: Annotated[int, Field(ge=1)] = 100
    turns: Annotated[int, Field(ge=1)] = 30
    seconds: Annotated[float, Field(gt=0)] = 600.0
    experiment_seconds: Annotated[float, Field(gt=0)] = 60.0
    calls: Annotated[int, Field(ge=1)] | None = None
    tokens: Annotated[int, Field(ge=1)] | None = None
    cost: Annotated[float, Field(gt=0)] | None = None
    shares: tuple[Share, ...] | None = None
    neuron: Allowance | None = None

    @field_validator("shares")
    @classmethod
    def _one_each(cls, shares: tuple[Share, ...] | None) -> tuple[Share, ...] | None:
        if len({share.role for share in shares or ()}) < len(shares or ()):
            raise ValueError("a role has two shares")
        return shares or None

    def share_of(self, role: RoleName | str) -> Share | None:
        """What one role may use; None: as much as the audit may."""
        return next((share for share in self.shares or () if share.role == role), None)

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
    NEURON = "neuron"  # of the language model that answers as the function
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


class Used(Record):
    """What a role has used so far, calls of models left out."""

    turns: int = 0
    experiments: int = 0
    queries: int = 0
    seconds: float = 0.0


class Meter:
    """What one life of an audit has spent, with all of its earlier lives. `clock` gives seconds from any origin."""

    def __init__(
        self,
        budget: Budget,
        *,
        experiments: int = 0,
        seconds: float = 0.0,
        by_role: Mapping[RoleName, Used] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._budget, self._clock = budget, clock
        self._experiments = experiments
        self._deadline = clock() + budget.seconds - seconds
        self._by_role = dict(by_role or {})
        self._role, self._share, self._began = RoleName.PLANNER, Share(role=RoleName.PLANNER), clock()

    def before_turn(self, turn: int, role: RoleName) -> None:
        """A role takes turn number `turn` (from 0). Raises `BudgetSpent` where there is none left for it."""
        self._count(seconds=self._clock() - self._began)
        self._role, self._share, self._began = role, self._budget.share_of(role) or Share(role=role), self._clock()
        if turn >= self._budget.turns:
            raise BudgetSpent(Ending.TURNS, f"All {self._budget.turns} turns are taken.")
        if _reached(self._used.turns, self._share.turns):
            raise BudgetSpent(Ending.TURNS, f"All {self._share.turns} turns of the {role} are taken.")
        self._check_clock()
        self._count(turns=1)

    def before_experiment(self) -> None:
        """Counts one experiment. Raises `BudgetSpent` where there is none left for it."""
        if self._experiments >= self._budget.experiments:
            raise BudgetSpent(Ending.EXPERIMENTS, f"All {self._budget.experiments} experiments are run.")
        if _reached(self._used.experiments, self._share.experiments):
            raise BudgetSpent(
                Ending.EXPERIMENTS, f"All {self._share.experiments} experiments of the {self._role} are run."
            )
        if self._share.queries is not None and self._used.queries > self._share.queries:
            raise BudgetSpent(Ending.QUERIES, f"The {self._role} has asked beyond its {self._share.queries} queries.")
        self._check_clock()
        self._experiments += 1
        self._count(experiments=1)

    def asked(self, queries: int) -> None:
        """Counts what an experiment has asked."""
        self._count(queries=queries)

    def queries_left(self, remaining: int) -> int:
        """What is left for the role that has the floor, where `remaining` queries are left of the audit's."""
        share = self._share.queries
        return remaining if share is None else max(0, min(remaining, share - self._used.queries))

    def seconds_left(self) -> float:
        """Wall clock until the deadline; negative after it."""
        now, left = self._clock(), self._deadline - self._clock()
        if self._share.seconds is None:
            return left
        return min(left, self._share.seconds - self._used.seconds - (now - self._began))

    @property
    def _used(self) -> Used:
        return self._by_role.get(self._role, Used())

    def _count(self, turns: int = 0, experiments: int = 0, queries: int = 0, seconds: float = 0.0) -> None:
        used = self._used
        self._by_role[self._role] = Used(
            turns=used.turns + turns,
            experiments=used.experiments + experiments,
            queries=used.queries + queries,
            seconds=used.seconds + seconds,
        )

    def _check_clock(self) -> None:
        if self.seconds_left() <= 0:
            raise BudgetSpent(Ending.SECONDS, f"All {self._budget.seconds:g} seconds are over, or the {self._role}'s.")


def _reached(used: int, most: int | None) -> bool:
    return most is not None and used >= most
