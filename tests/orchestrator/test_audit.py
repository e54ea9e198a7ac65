"""One audit from a function to a grade, and what becomes of it when something goes wrong."""

from pathlib import Path

from judges.grade import Outcome
from orchestrator.audit import audit
from orchestrator.budget import Ending
from tests.orchestrator.fakes import parts


def test_an_audit_ends_graded_and_leaves_every_file(tmp_path: Path) -> None:
    """The thinnest complete path: a result with figures, and a directory with all that a report needs."""
    result = audit("fake", out=tmp_path, parts=parts())

    assert (result.outcome, result.ending) == (Outcome.GRADED, Ending.ACCEPTED)
    assert result.figures["code.score"] > 0.9
    assert {path.name for path in result.run.iterdir()} == {
        "audit.json",
        "curves.json",
        "events.jsonl",
        "grade.json",
        "interpretation.json",
        "lock",
        "queries.jsonl",
        "report.html",
    }
