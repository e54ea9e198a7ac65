"""What planner, experimenter and critic say to one another. Typed, so that any mix of role implementations works."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from functions.brief import Input, Interpretation, Noise, Record, Region


class RoleName(StrEnum):
    """The three roles of a team."""

    PLANNER = "planner"
    EXPERIMENTER = "experimenter"
    CRITIC = "critic"


class Counterexample(Record):
    """An input where a hypothesis failed. `tolerance` says how far apart expected and observed could have been."""

    input: Input
    expected: float | str | None
    observed: float | str | None
    tolerance: float | None = None


class Standing(StrEnum):
    """How a hypothesis stands."""

    OPEN = "open"  # stated, not yet tested
    SUPPORTED = "supported"  # explains what was seen
    REFUTED = "refuted"  # a counterexample is on record
    ACCEPTED = "accepted"  # the critic could not break it


class Hypothesis(Record):
    """One explanation of the function. It keeps its id for as long as an audit lasts, so that belief can be followed.

    `support` is the relative weight among the hypotheses of one message, in 0..1 (for fits: BIC weights).
    `code` defines `function`, as in an interpretation.
    """

    id: str  # "H1", "H2", ...
    statement: str
    code: str
    support: Annotated[float, Field(ge=0, le=1)]
    standing: Standing = Standing.OPEN
    refuted_by: tuple[Counterexample, ...] = ()


class Measurement(Record):
    """One thing worth measuring. `design` names how; `inputs` are fixed points, where the plan knows them.

    Designs a team may use: `survey` (space-filling over the domain), `repeats` (the same inputs again, to see noise),
    `refine` (between samples that disagree), `edges` (bisection), `rivals` (where hypotheses disagree), `points`.
    """

    design: str
    queries: Annotated[int, Field(ge=0)]
    inputs: tuple[Input, ...] = ()
    low: float | None = None
    high: float | None = None
    why: str = ""


class Plan(Record):
    """The planner's turn: what to measure next with what is left, and which hypotheses are still worth keeping."""

    kind: Literal["plan"] = "plan"
    question: str  # what this round is meant to settle
    measurements: tuple[Measurement, ...] = ()
    alive: tuple[str, ...] = ()  # ids of hypotheses kept alive
    finish: bool = False  # nothing is worth measuring any more: hand in the best


class Evidence(Record):
    """The experimenter's turn: what was run, what was found, and the hypotheses ranked by support, best first."""

    kind: Literal["evidence"] = "evidence"
    summary: str
    hypotheses: tuple[Hypothesis, ...] = ()
    regions: tuple[Region, ...] = ()
    noise: Noise | None = None
    interpretation: Interpretation = Interpretation()  # what would be handed in if the audit ended now
    data: dict[str, object] = Field(default_factory=dict)  # the experimenter's own structured findings, for any role
    more: bool = False  # said by one who works alone: it would like another turn


class Critique(Record):
    """The critic's turn: the attacks made on the leading hypothesis, and the verdict."""

    kind: Literal["critique"] = "critique"
    hypothesis: str | None  # id of what was attacked
    verdict: Literal["accept", "revise"]
    attacks: tuple[str, ...] = ()  # each attack in a few words, with its result
    counterexamples: tuple[Counterexample, ...] = ()
    reason: str = ""


Message = Annotated[Plan | Evidence | Critique, Field(discriminator="kind")]
