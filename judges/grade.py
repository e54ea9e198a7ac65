"""What a judge says: a score with its outcome and its evidence."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from functions.brief import Claim, Record

Unit = Annotated[float, Field(ge=0, le=1)]


class Outcome(StrEnum):
    """How an audit ended. Never merged: see DESIGN, outcomes."""

    GRADED = "graded"
    AGENT_FAILED = "agent_failed"  # the team's fault: scores 0 and stays in the denominator
    INFRASTRUCTURE = "infrastructure"  # ours or the provider's: retried, never a score
    UNSCORED = "unscored"  # the judge could not answer
    UNGRADED = "ungraded"  # there is no ground truth


class Judge(Record):
    """Which judge said it: a grade without this cannot be compared."""

    name: str
    version: str
    model: str = ""  # the language model that read for it, where one did


class RegionScore(Record):
    """Agreement on one region of the inputs: the mean credit at its `inputs` hidden points (1 where it is right)."""

    region: str  # numeric: base, corrupted, edges, tails, beyond; else a stratum of `functions`, such as `branch`
    inputs: Annotated[int, Field(ge=0)]
    agreement: Unit
    baseline: Unit  # what the best trivial baseline gets on the same points


class Measure(Record):
    """One more thing that was measured, beside the headline: `edit_similarity`, `auroc`, ..."""

    name: str
    value: FiniteFloat


class CodeGrade(Record):
    """How well the code reproduces the function. `score` is headline agreement normalised by the best baseline."""

    judge: Judge
    outcome: Outcome
    score: Unit
    agreement: Unit  # mean over regions, before normalisation
    base_agreement: Unit  # on the undisturbed region alone
    baseline: Unit
    baseline_name: str
    legacy_indicator: Literal[0, 1] | None = None  # published for numeric alone: NMSE < 0.1 on half-integers in +-127.5
    regions: tuple[RegionScore, ...] = ()
    errors: tuple[str, ...] = ()  # what the candidate raised, most frequent first, capped
    error_rate: Unit = 0.0
    measures: tuple[Measure, ...] = ()


class ClaimVerdict(Record):
    """One claim, and what the other side says of it."""

    claim: Claim
    verdict: Literal["supported", "contradicted", "missing", "unsupported"]
    found: str = ""  # the words of the description that decided it


class Answered(Record):
    """One question that a reader of the description was asked, with what each vote said (None: no answer)."""

    question: str
    right: str
    votes: tuple[str | None, ...]
    credit: Unit


class DescriptionGrade(Record):
    """How true and how complete the prose is: recall over true claims, precision over claims made.

    Judges that do not read claims have a `score` alone, with what their reader answered.
    """

    judge: Judge
    outcome: Outcome
    recall: Unit = 0.0
    precision: Unit = 0.0
    f1: Unit = 0.0
    score: Unit | None = None  # the headline where it is not f1: f1 with what is said of behaviour
    behaviour: Annotated[float, Field(ge=-1, le=1)] = 0.0  # true less false statements about behaviour, by surprisal
    coverage: Unit = 1.0  # of the text that the judge read as saying something: where it is low, the grade means little
    true_claims: tuple[ClaimVerdict, ...] = ()  # each claim of the truth: supported, contradicted or missing
    made_claims: tuple[ClaimVerdict, ...] = ()  # each claim of the description: supported, contradicted or unsupported
    answers: tuple[Answered, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def reads_claims(self) -> bool:
        """Do recall, precision and f1 mean anything?"""
        return self.score is None or not self.judge.model

    @property
    def headline(self) -> float:
        """The one number of this grade."""
        return self.f1 if self.score is None else self.score


class StructuredGrade(Record):
    """Structured claims beside the prose, graded exactly. Apart from the description's grade, and no part of it."""

    recall: Unit
    precision: Unit
    f1: Unit
    in_prose: Unit  # the share of them that the prose says too
    claims: tuple[ClaimVerdict, ...] = ()


class Fidelity(Record):
    """Agreement of the code with fresh answers of the oracle, where nobody knows the truth. It is no score."""

    agreement: Unit
    inputs: Annotated[int, Field(ge=1)]
    constant: Unit | None = None  # what the best constant answer would get at the same inputs


class Grade(Record):
    """The whole grade of one audit: `grade.json`."""

    outcome: Outcome
    code: CodeGrade | None = None
    description: DescriptionGrade | None = None
    others: tuple[DescriptionGrade, ...] = ()  # by further judges of descriptions that were asked for
    claims: StructuredGrade | None = None  # None where none were handed in
    fidelity: Fidelity | None = None  # of an ungraded function
    cause: str = ""  # why it is not graded, where it is not
    truth: str = ""  # the reference description, for people
