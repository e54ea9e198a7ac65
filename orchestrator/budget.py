"""What an audit may spend, and the ways in which an audit can end."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from functions.brief import Record
from functions.errors import Cause, InquestError


class Budget(Record):
    """Bounds of one audit. They are part of what an audit means, so they are part of its id.

    `queries` counts single inputs and is enforced by the oracle. `seconds` is wall clock, summed over interruptions,
    and is looked at before each turn and each experiment.
    """

    queries: Annotated[int, Field(ge=1)] = 100
    experiments: Annotated[int, Field(ge=1)] = 100
    turns: Annotated[int, Field(ge=1)] = 30
    seconds: Annotated[float, Field(gt=0)] = 600.0


class Ending(StrEnum):
    """Why a team stopped. Whatever the reason, the best interpretation so far is handed in."""

    ACCEPTED = "accepted"  # the critic could not break it
    UNCHECKED = "unchecked"  # accepted at once, because the team has no critic
    FINISHED = "finished"  # the planner sees nothing worth measuring any more
    QUERIES = "queries"  # a whole round passed with no query left
    EXPERIMENTS = "experiments"
    TURNS = "turns"
    SECONDS = "seconds"
    AGENT_FAILED = "agent_failed"  # a role broke down; see the detail


class BudgetSpent(InquestError):  # noqa: N818 - an ending, not an error of anybody's
    """A budget is spent: the audit ends here, with the best so far. `ending` says which budget it was."""

    cause = Cause.AGENT

    def __init__(self, ending: Ending, detail: str) -> None:
        super().__init__(detail)
        self.ending = ending


class AgentFailed(InquestError):  # noqa: N818 - reads as the outcome that it leads to
    """A role raised, or said something that is not its message. The audit scores 0 and stays in the denominator."""

    cause = Cause.AGENT
