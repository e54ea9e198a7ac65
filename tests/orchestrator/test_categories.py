"""Audits of every kind of target, through the local sandbox, the real roles and the real judges."""

from pathlib import Path

import pytest

from functions.brief import Category
from functions.errors import BadInput
from functions.target import ImportedCode
from judges.grade import Outcome
from orchestrator.audit import audit
from orchestrator.budget import Budget
from orchestrator.config import Team

FEW = Budget(queries=20)


@pytest.mark.parametrize("category", ["string", "entity", "relation"])
def test_every_category_ends_graded(category: str, tmp_path: Path) -> None:
    """Texts and words take the same way as numbers, from the oracle to a normalised score and a report."""
    result = audit(f"dev@1/{category}/0000", budget=FEW, sandbox="local", out=tmp_path)

    assert (result.outcome, result.cause) == (Outcome.GRADED, "")
    assert result.grade is not None
    assert result.grade.code is not None
    assert 0 <= result.figures["code.score"] <= 1
    assert result.report is not None


@pytest.mark.parametrize("category", list(Category)[:4])
def test_every_category_can_be_described_without_asking_anything(category: Category, tmp_path: Path) -> None:
    """The exemplars of the brief are all that there is, and the oracle sells nothing."""
    suite = "demo@1" if category is Category.NUMERIC else "dev@1"
    team = Team.parse("non-interactive=classical")
    result = audit(f"{suite}/{category}/0003", team=team, budget=FEW, sandbox="local", out=tmp_path)

    assert (result.outcome, result.figures["queries.used"]) == (Outcome.GRADED, 0)
    assert result.figures["code.score"] > 0.5


def test_code_from_elsewhere_ends_ungraded(tmp_path: Path) -> None:
    """It is investigated like any function; but nobody knows its truth, so nobody grades what was found."""
    target = tmp_path / "doubles.json"
    code = ImportedCode(category=Category.NUMERIC, source="def function(x):\n    return 2 * x\n")
    target.write_text(code.model_dump_json())

    with pytest.raises(BadInput, match="code from elsewhere"):
        audit(str(target), budget=FEW, sandbox="local", out=tmp_path)
    with pytest.raises(BadInput, match="no exemplars"):
        audit(str(target), team=Team.parse("classical,exemplars=3"), budget=FEW, sandbox="local", out=tmp_path)
    result = audit(str(target), budget=FEW, sandbox="local", trust_foreign_code=True, out=tmp_path)

    assert result.outcome is Outcome.UNGRADED
    assert "linear" in result.interpretation.description
    assert result.grade is not None
    assert result.grade.fidelity is not None
    assert (result.grade.fidelity.agreement, result.grade.fidelity.inputs) == (1.0, 60)
    assert result.figures["fidelity"] == 1.0
    assert not any(name.startswith(("code.", "description.")) for name in result.figures)
