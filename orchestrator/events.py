"""What happens in an audit, as typed and versioned events.

An event's body holds no clock and no hash: two runs that did the same have equal bodies. `Entry` is the line of
`events.jsonl` around a body; `orchestrator.eventlog` writes and reads the file.
"""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt

from functions.brief import Interpretation, Record
from functions.errors import Cause
from judges.grade import Outcome
from orchestrator.budget import Ending
from orchestrator.models.exchange import Reply, Request
from orchestrator.provenance import Provenance
from orchestrator.roles.messages import Message, Plan, RoleName
from sandbox.client import ExperimentResult

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

GENESIS: Sha256 = "0" * 64
"""What the first line names as the hash of the line before it."""


class AuditStarted(Record):
    """An audit began, on this code and under this isolation."""

    kind: Literal["audit_started"] = "audit_started"
    audit: str
    provenance: Provenance


class Resumed(Record):
    """The same command was given again. `forced`: other versions than at first, and a person said to go on."""

    kind: Literal["resumed"] = "resumed"
    provenance: Provenance
    forced: bool = False
    torn_bytes: NonNegativeInt = 0  # of half a last line, kept beside the log


class TurnStarted(Record):
    """A role has the floor. `remaining` queries are left; `stand_in` is what replaces an absent planner."""

    kind: Literal["turn_started"] = "turn_started"
    turn: NonNegativeInt
    role: RoleName
    remaining: NonNegativeInt
    stand_in: Plan | None = None


class Experiment(Record):
    """One experiment with its result.

    `turn` and `index` are its place (the n-th of its turn), counted from 0. Lines `[first_batch, end_batch)` of
    `queries.jsonl` are the batches it asked; `remaining` queries were left after it.
    """

    kind: Literal["experiment"] = "experiment"
    turn: NonNegativeInt
    index: NonNegativeInt
    role: RoleName
    purpose: str
    code: str
    result: ExperimentResult
    first_batch: NonNegativeInt
    end_batch: NonNegativeInt
    remaining: NonNegativeInt


class ModelCall(Record):
    """One call of a language model, as it was paid for: the `index`-th of its turn, or of a submission, from 0.

    `reply` is None where the provider refused the request for good, as `rejection` says. `failures` came before the
    reply and passed. `charged` tokens count as used though no reply came, since the provider may count them. `cost` is
    in US dollars, None where the price is unknown.
    """

    kind: Literal["model_call"] = "model_call"
    turn: NonNegativeInt
    index: NonNegativeInt
    role: RoleName | Literal["submission", "judge", "neuron"]
    request: Request
    reply: Reply | None
    rejection: str = ""
    failures: tuple[str, ...] = ()
    charged: NonNegativeInt = 0
    cost: NonNegativeFloat | None = None


class JudgeCall(Record):
    """One call of a model that reads for a judge. Its turn is the judge's place among those that grade.

    Calls since the last grade are those of the next one; they are not asked again where it was interrupted.
    """

    kind: Literal["judge_call"] = "judge_call"
    judge: str
    call: ModelCall


class NeuronCall(Record):
    """One call of the language model that answers as the function, the `index`-th of them. No call of the team's.

    What is asked about a word is always the same, so it is asked once in all lives, attempts and gradings of an audit.
    """

    kind: Literal["neuron_call"] = "neuron_call"
    call: ModelCall


class Decided(Record):
    """What a person, or the policy in their place, decided about code, a plan, or the final interpretation.

    `digest` is the SHA-256 of what was shown. `code` is what an edit put in its place; `guidance` is for the team.
    """

    kind: Literal["decision"] = "decision"
    turn: NonNegativeInt
    index: NonNegativeInt
    what: Literal["code", "plan", "final"]
    digest: Sha256
    verdict: Literal["approve", "edit", "refuse", "stop", "timeout"]
    reason: str = ""
    code: str | None = None
    guidance: str = ""
    by: str  # "terminal", or "policy" with the hash of its file


class Said(Record):
    """A role's message: the end of its turn."""

    kind: Literal["message"] = "message"
    turn: NonNegativeInt
    role: RoleName
    message: Message


class SubmissionStarted(Record):
    """Somebody else's image is started. What it asked in a life before, it is answered again: equal, and free."""

    kind: Literal["submission_started"] = "submission_started"
    image: str


class Submitted(Record):
    """What a submission handed in: the first valid interpretation."""

    kind: Literal["submitted"] = "submitted"
    interpretation: Interpretation


class Interrupted(Record):
    """Something outside the team failed. The audit goes on from its last whole turn, now or by the same command."""

    kind: Literal["interrupted"] = "interrupted"
    cause: Cause
    detail: str


class Ended(Record):
    """The team is done: why, and since which turn."""

    kind: Literal["ended"] = "ended"
    turn: NonNegativeInt
    reason: Ending
    detail: str = ""


class Graded(Record):
    """A grade was written. Every grading leaves one; `grade.json` holds the latest."""

    kind: Literal["graded"] = "graded"
    outcome: Outcome
    figures: dict[str, float] = Field(default_factory=dict)


Event = Annotated[
    AuditStarted
    | Resumed
    | TurnStarted
    | Experiment
    | ModelCall
    | JudgeCall
    | NeuronCall
    | Decided
    | Said
    | SubmissionStarted
    | Submitted
    | Interrupted
    | Ended
    | Graded,
    Field(discriminator="kind"),
]


class Entry(Record):
    """One line of `events.jsonl`: an event with its place in the chain.

    `prev` is the SHA-256 of the bytes of the line before (without its newline). The chain shows accidents; only a
    signature would show forgery. `at` is the time of writing, in seconds since 1970 UTC.
    """

    version: Literal[1] = 1
    seq: NonNegativeInt
    prev: Sha256
    at: NonNegativeFloat
    event: Event
