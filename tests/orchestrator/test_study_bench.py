"""A study of classical teams without sandboxes does what its manifest says, once."""

from pathlib import Path

import pytest

from tests.orchestrator.study_bench import main

STUDY = """
name = "two-teams"
functions = ["demo@1/numeric/0004"]
[budget]
queries = 12
[[arms]]
name = "all-roles"
[[arms]]
name = "single-agent"
team = "planner=none,critic=none"
"""


def test_a_study_in_this_process_is_done_once_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each audit leaves one row, within its budget; the same command again adds none and prints the same."""
    study, out = tmp_path / "two-teams.toml", tmp_path / "rows.jsonl"
    study.write_text(STUDY)
    arguments = [str(study), "--out", str(out)]
    main(arguments)
    rows, said = out.read_text(), capsys.readouterr().out
    main(arguments)

    assert len(rows.splitlines()) == 2
    assert out.read_text() == rows
    assert capsys.readouterr().out == said
    assert "score numeric single-agent" in said
