"""Grading a run again by other judges: from its directory alone, each grade kept."""

from pathlib import Path

import pytest

from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.audit import audit, grade
from orchestrator.judging import Judging
from orchestrator.result import AuditResult
from orchestrator.rundir import RunDirectory
from tests.model_server.faults import Fault, FaultOf, always, never
from tests.model_server.readers import reader
from tests.model_server.server import ModelServer
from tests.orchestrator.fakes import parts
from tests.orchestrator.models.audits import real_clients


def run_of(folder: Path) -> Path:
    return audit("fake", out=folder, parts=parts()).run


def regrade(run: Path, judges: str, fault: FaultOf = never, models: int = 1) -> AuditResult:
    with ModelServer(reader, fault) as server:
        names = [f"openai:reader-{n}" for n in range(models)]
        judging = Judging.parse(judges, names, server.url, votes=1)
        return grade(run, judging=judging, parts=real_clients())


def test_other_judges_grade_a_run_and_the_earlier_grade_is_kept(tmp_path: Path) -> None:
    """Each says its name, its version and who read; what the readers used is told apart from what the team used."""
    run = run_of(tmp_path)
    before = (run / "grade.json").read_bytes()
    result = regrade(run, "claims,unit-test,prediction")
    assert result.outcome is Outcome.GRADED
    assert (run / "grade-1.json").read_bytes() == before
    assert result.grade is not None
    assert result.grade.code is None
    assert result.grade.description is not None
    assert result.grade.description.judge.name == "claims"
    assert [(g.judge.name, g.judge.model) for g in result.grade.others] == [
        ("unit-test", "openai:reader-0"),
        ("prediction", "openai:reader-0"),
    ]
    assert {"description.claims.score", "description.unit-test.score", "judge.calls"} <= set(result.figures)
    assert "model.calls" not in result.figures
    assert RunDirectory(run).entries()[-1].event.kind == "graded"


def test_several_models_form_a_panel(tmp_path: Path) -> None:
    """With the agreement of its members."""
    result = regrade(run_of(tmp_path), "unit-test", models=2)
    assert result.grade is not None
    assert result.grade.description is not None
    assert result.grade.description.judge.model == "openai:reader-0 + openai:reader-1"
    assert result.figures["description.unit-test.members"] == 2


def test_a_provider_that_fails_leaves_the_earlier_grade(tmp_path: Path) -> None:
    """The outcome is infrastructure, and never the earlier score."""
    run = run_of(tmp_path)
    before = (run / "grade.json").read_bytes()
    result = regrade(run, "unit-test", always(Fault.SERVER_ERROR))
    assert (result.outcome, result.grade) == (Outcome.INFRASTRUCTURE, None)
    assert (run / "grade.json").read_bytes() == before


@pytest.mark.parametrize("judges", ["", "code,code", "delphi", "unit-test"])
def test_judges_that_cannot_be_are_refused(judges: str) -> None:
    """None, twice the same, an unknown one, and one without its reader."""
    with pytest.raises(BadInput):
        Judging.parse(judges)
