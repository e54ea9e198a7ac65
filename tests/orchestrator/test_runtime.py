"""`--runtime`: what is asked for reaches the engine, and is never given up silently."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.audit import audit, grade
from orchestrator.cli import main
from orchestrator.study.run import choose_sandbox, tasks_for
from sandbox.client import Engine
from tests.orchestrator.fakes import FakeEngine, parts
from tests.orchestrator.study.fakes import manifest


class Choosing:
    """Gives the same engine to everybody, and remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self._engine = FakeEngine()

    def __call__(self, sandbox: str, runtime: str) -> Engine:
        self.asked.append((sandbox, runtime))
        return self._engine


def test_audits_and_grades_are_run_by_the_runtime_that_is_asked_for(tmp_path: Path) -> None:
    """Both choose their engine by both names."""
    choosing = Choosing()
    its_parts = replace(parts(), choose_engine=choosing)
    done = audit("fake", sandbox="docker", runtime="runsc", out=tmp_path, parts=its_parts)
    grade(done.run, sandbox="docker", runtime="runc", parts=its_parts)

    assert choosing.asked == [("docker", "runsc"), ("docker", "runc")]


def test_every_audit_of_a_study_is_told_the_runtime(tmp_path: Path) -> None:
    """What was chosen once goes with each task."""
    choosing = Choosing()
    chosen = choose_sandbox("docker", "runsc", replace(parts(), choose_engine=choosing))
    study = manifest()
    tasks = list(tasks_for(study, study.cells, tmp_path, chosen, force=False))

    assert choosing.asked == [("docker", "runsc")]
    assert {(task.sandbox, task.runtime) for task in tasks} == {("docker", "runsc")}


@pytest.mark.parametrize(
    "command",
    [
        ["audit", "demo@1/numeric/0007"],
        ["study", "run", "benchmark", "--limit", "1"],
        ["sandbox", "check"],
        ["sandbox", "bench"],
        ["sandbox", "run", __file__, "--function", "demo@1/numeric/0007"],
    ],
    ids=" ".join,
)
def test_the_local_sandbox_refuses_a_runtime(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for gVisor gets no local process instead."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([*command, "--sandbox", "local", "--runtime", "runsc"])

    assert ended.value.code == 2
    assert "local sandbox has none" in capsys.readouterr().err
