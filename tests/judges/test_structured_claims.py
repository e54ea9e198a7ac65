"""Structured claims beside the prose."""

from functions.brief import Claim, Interpretation
from judges.description import ClaimsJudge
from judges.description.structured import grade_claims
from judges.judge import grade_audit
from tests.judges.fakes import FakeRunner
from tests.judges.specs import NOISY_SINE, PLAIN_LINE


def test_true_claims_are_graded_exactly_and_checked_against_the_prose() -> None:
    """All of them right, and all of them said in the reference."""
    prose = ClaimsJudge().judge(NOISY_SINE, NOISY_SINE.describe())
    grade = grade_claims(NOISY_SINE.claims(), NOISY_SINE.claims(), prose)
    assert (grade.recall, grade.precision, grade.f1, grade.in_prose) == (1.0, 1.0, 1.0, 1.0)


def test_a_value_that_is_two_percent_off_is_not_supported() -> None:
    """Structure leaves no room for how it is said."""
    off = tuple(
        c.model_copy(update={"value": 1.02 * c.value}) if c.value else c for c in PLAIN_LINE.claims() if c.value
    )
    grade = grade_claims(PLAIN_LINE.claims(), off, ClaimsJudge().judge(PLAIN_LINE, ""))
    assert (grade.recall, grade.precision, grade.in_prose) == (0.0, 0.0, 0.0)


def test_the_same_claim_many_times_counts_once() -> None:
    """Repetition costs precision."""
    line = next(c for c in PLAIN_LINE.claims() if c.kind == "family")
    grade = grade_claims(PLAIN_LINE.claims(), (line,) * 10, ClaimsJudge().judge(PLAIN_LINE, ""))
    assert (grade.precision, grade.recall) == (0.1, 1 / len(PLAIN_LINE.claims()))


def test_they_change_nothing_of_the_description() -> None:
    """No team wins by format: they stand apart, and are absent where none were handed in."""
    runner = FakeRunner(lambda x: x)
    said = Interpretation(description="A straight line.", code="def function(x): ...")
    with_claims = said.model_copy(update={"claims": (Claim(kind="family", about="base", name="linear"),)})
    plain, structured = (grade_audit(PLAIN_LINE, i, runner) for i in (said, with_claims))
    assert plain.claims is None
    assert structured.claims is not None
    assert structured.claims.precision == structured.claims.in_prose == 1.0
    assert plain.description == structured.description
