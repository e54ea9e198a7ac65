"""`inquest study` and `inquest compare`, from the outside; and one study in the real local sandbox."""

import json
from pathlib import Path

import pytest

from orchestrator.cli import main
from tests.orchestrator.study.synthetic import synthetic

TOML = """\
name = "real"
functions = ["demo@1/numeric/0003"]
sandbox = "local"
[budget]
queries = 40
[[arms]]
name = "all-roles"
[[arms]]
name = "single-agent"
team = "planner=none,critic=none"
"""


def inquest(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    """Exit code and JSON of a command."""
    try:
        main([*arguments, "--json"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    return code, json.loads(capsys.readouterr().out)


def test_a_study_runs_in_the_real_sandbox_and_resumes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a TOML file to figures, with workers, the classical team and the judges; again is at once the same."""
    (tmp_path / "study.toml").write_text(TOML)
    out = str(tmp_path / "study")
    command = ("study", "run", str(tmp_path / "study.toml"), "--out", out, "--force")
    code, first = inquest(capsys, *command)
    again_code, again = inquest(capsys, *command)

    assert (code, again_code) == (0, 0)
    assert first["outcome"] == "ok"
    assert first == again
    figures = first["figures"]
    assert isinstance(figures, dict)
    assert figures["all-roles.numeric.n"] == figures["single-agent.numeric.n"] == 1
    assert 0.0 <= figures["all-roles.numeric.score"] <= 1.0
    assert (tmp_path / "study" / "report.html").exists()
    assert inquest(capsys, "study", "verify", out)[1]["outcome"] == "ok"
    code, compared = inquest(capsys, "compare", f"{out}:all-roles", f"{out}:single-agent")
    assert "numeric.difference" in compared["figures"]  # type: ignore[operator]


def test_every_command_that_reads_a_study_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an outcome and figures."""
    out = str(synthetic(tmp_path / "drawn", functions=8).path)
    table = str(tmp_path / "table.csv")
    for command, figure in (
        (("study", "status", out), "all-roles.all.score"),
        (("study", "export", out, "--out", table), "rows"),
        (("study", "report", out), "reports"),
        (("study", "plan", "judge-comparison"), "difference.detectable"),
        (("study", "list"), "role-ablation"),
        (("compare", out), "no-planner.all.difference"),
        (("compare", f"{out}:all-roles", f"{out}:no-critic", "--figure", "code"), "all.difference"),
    ):
        code, said = inquest(capsys, *command)
        assert code == 0, command
        assert isinstance(said["figures"], dict)
        assert figure in said["figures"], command


def test_people_read_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same figures, with the method of the intervals."""
    out = str(synthetic(tmp_path, functions=8).path)
    main_text(["study", "status", out])
    main_text(["compare", out])
    main_text(["study", "plan", "role-ablation"])
    said = capsys.readouterr().out

    assert "no-planner" in said
    assert "expanded percentile bootstrap over functions" in said
    assert "p (Holm)" in said
    assert "2500: 25 entity, 25 numeric, 25 relation, 25 string" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["study", "run", "no-such-study"],
        ["study", "plan", "/nowhere.toml"],
        ["study", "run", "benchmark", "--shard", "3/2"],
        ["study", "run", "benchmark", "--only", "nobody", "--sandbox", "local"],
        ["study", "status", "/nowhere"],
        ["study", "verify", "/nowhere"],
        ["compare", "/nowhere", "/nowhere"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_message_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is begun, and nothing is written."""
    code, said = inquest(capsys, *arguments)

    assert (code, said["outcome"], said["cause"]) == (2, "error", "user")


def main_text(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
