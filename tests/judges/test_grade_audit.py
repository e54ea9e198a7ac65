"""The whole grade: code and description, each without the other, and what is no grade at all."""

from functions.brief import Interpretation
from judges import grade_audit
from judges.grade import Grade, Outcome
from tests.judges.fakes import FakeRunner
from tests.judges.specs import PLAIN_LINE

DESCRIPTION = "Linear, slope -2, intercept 7.5. No noise and no irregular region."
CODE = "def function(x):\n    return -2 * x + 7.5\n"
RIGHT = FakeRunner(lambda x: -2 * x + 7.5)


def test_both_halves_are_graded_with_their_judges_named() -> None:
    """The truth gets full marks, and the grade can be written and read back."""
    grade = grade_audit(PLAIN_LINE, Interpretation(description=DESCRIPTION, code=CODE), RIGHT)
    assert grade.outcome is Outcome.GRADED
    assert grade.code is not None
    assert grade.description is not None
    assert (grade.code.score, grade.description.f1) == (1.0, 1.0)
    assert (grade.code.judge.name, grade.description.judge.name) == ("code", "claims")
    assert grade.truth == PLAIN_LINE.describe()
    assert Grade.model_validate_json(grade.model_dump_json()) == grade


def test_each_half_is_graded_without_the_other() -> None:
    """Prose without code and code without prose: the missing half scores 0, the other what it earns."""
    prose = grade_audit(PLAIN_LINE, Interpretation(description=DESCRIPTION), RIGHT)
    code = grade_audit(PLAIN_LINE, Interpretation(code=CODE), RIGHT)
    assert prose.code is not None
    assert prose.description is not None
    assert code.code is not None
    assert code.description is not None
    assert (prose.outcome, prose.code.score, prose.description.f1) == (Outcome.GRADED, 0.0, 1.0)
    assert (code.outcome, code.code.score, code.description.f1) == (Outcome.GRADED, 1.0, 0.0)


def test_a_failing_sandbox_is_infrastructure_and_no_score() -> None:
    """The cause is named, the code has no grade, and the description keeps its own."""
    broken = FakeRunner(lambda x: x, fails=True)
    grade = grade_audit(PLAIN_LINE, Interpretation(description=DESCRIPTION, code=CODE), broken)
    assert (grade.outcome, grade.code, grade.cause) == (Outcome.INFRASTRUCTURE, None, "the engine went away")
    assert grade.description is not None
    assert grade.description.f1 == 1.0
