"""Running a study: nothing twice, nothing lost, and infrastructure never a score."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

from functions.brief import Interpretation
from functions.errors import BadInput
from functions.spec import AnySpec
from judges.grade import Grade, Outcome
from orchestrator.audit import grade
from orchestrator.events import Graded
from orchestrator.rundir import RunDirectory
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.merge import merge
from orchestrator.study.recompute import take_regrades
from orchestrator.study.row import Row
from orchestrator.study.run import Broken, StudyStopped
from orchestrator.study.verify import verify
from orchestrator.study.workers import LocalWorkers
from sandbox.client import CandidateRunner
from tests.orchestrator.study.fakes import Inline, canonical, dying_parts, make_parts, manifest, run

ROOT = Path(__file__).parents[3]
FUNCTION = "fake@1/numeric/0002"


def failing_judge(truth: AnySpec, handed_in: Interpretation, runner: CandidateRunner, *, query_budget: int) -> Grade:
    """Cannot say."""
    return Grade(outcome=Outcome.UNSCORED, truth=truth.describe())


def gradings(directory: Path) -> dict[str, int]:
    """How often each audit was graded."""
    runs = [path for path in directory.iterdir() if path.is_dir()]
    return {p.name: sum(isinstance(e.event, Graded) for e in RunDirectory(p).entries()) for p in runs}


def test_a_study_leaves_a_row_and_a_run_directory_for_each_audit(tmp_path: Path) -> None:
    """Every row follows from its directory, and says what was meant."""
    rows = run(tmp_path)
    study = manifest()

    assert [rows[cell.audit].function for cell in study.cells] == [cell.function for cell in study.cells]
    assert all(row.outcome is Outcome.GRADED and row.score == row.code for row in rows.values())
    assert all(row.cost == 0.0 and row.host_cpu_s == 0.5 and row.queries > 0 for row in rows.values())
    assert verify(tmp_path).intact
    assert set(gradings(tmp_path).values()) == {1}


def test_the_same_command_again_does_nothing_twice(tmp_path: Path) -> None:
    """What is done is left alone, what a limit left out is done; the results are those of one go."""
    undisturbed = run(tmp_path / "once")
    run(tmp_path / "twice", limit=5)
    second = Inline(make_parts())
    rows = run(tmp_path / "twice", second)
    third = Inline(make_parts())
    run(tmp_path / "twice", third)

    assert (len(second.submitted), len(third.submitted)) == (11, 0)
    assert canonical(rows) == canonical(undisturbed)


def test_a_lost_audit_is_tried_again_twice_and_then_is_infrastructure(tmp_path: Path) -> None:
    """It is counted, has no score, and is done when the command is given again."""
    saved = run(tmp_path / "saved", Inline(make_parts(), {FUNCTION: ["lost", "lost"]}), only=["alone"])
    lost = run(tmp_path / "lost", Inline(make_parts(), {FUNCTION: ["lost"] * 6}), only=["alone"])
    again = run(tmp_path / "lost", only=["alone"])

    assert max(row.attempts for row in saved.values()) > 1
    assert all(row.is_scored for row in saved.values())
    failed = [row for row in lost.values() if row.outcome is Outcome.INFRASTRUCTURE]
    assert [(row.function, row.score, row.attempts) for row in failed] == [(FUNCTION, None, 3)] * 2
    assert canonical(again) == canonical(saved)
    assert set(gradings(tmp_path / "lost").values()) == {1}


def test_a_broken_engine_stops_the_study_instead_of_counting_failures(tmp_path: Path) -> None:
    """Five audits in a row are enough to know."""
    engine_gone = Inline(make_parts(faults=[True] * 1000))
    with pytest.raises(Broken, match="5 audits in a row"):
        run(tmp_path, engine_gone)

    assert engine_gone.closed
    assert {row.outcome for row in StudyDirectory(tmp_path).rows().values()} == {Outcome.INFRASTRUCTURE}
    assert len(run(tmp_path)) == 16


def test_ctrl_c_stops_cleanly_and_a_second_one_now(tmp_path: Path) -> None:
    """Both leave a study that can be continued, in which nothing that was stopped is counted as lost."""
    polite, rude = Inline(make_parts()), Inline(make_parts())
    polite.before_wait = lambda: signal.raise_signal(signal.SIGINT) if len(polite.submitted) == 6 else None
    original = rude.wait

    def never(seconds: float) -> None:
        signal.raise_signal(signal.SIGINT)

    rude.wait = lambda s: original(s) if len(rude.submitted) < 6 else never(s)  # type: ignore[method-assign]
    before = signal.getsignal(signal.SIGINT)
    for executor in (polite, rude):
        with pytest.raises(StudyStopped):
            run(tmp_path, executor)
        assert executor.closed
        assert executor.interrupted == 1

    assert signal.getsignal(signal.SIGINT) is before
    assert all(row.is_final for row in StudyDirectory(tmp_path).rows().values())
    assert canonical(run(tmp_path)) == canonical(run(tmp_path / "undisturbed"))


def test_a_study_may_grow_and_may_not_change(tmp_path: Path) -> None:
    """More seeds are more of the same; another budget is another study."""
    run(tmp_path, study=manifest(seeds=[0]))
    grown = Inline(make_parts())
    run(tmp_path, grown, study=manifest())

    assert {task.seed for task in grown.submitted} == {1}
    with pytest.raises(BadInput, match="may only grow"):
        run(tmp_path, study=manifest(budget={"queries": 50}))


def test_a_study_stops_at_its_own_limits(tmp_path: Path) -> None:
    """Hours bound one command; the next goes on."""
    with pytest.raises(StudyStopped, match="hours"):
        run(tmp_path, study=manifest(limits={"hours": 1e-9}))

    assert 0 < len(StudyDirectory(tmp_path).rows()) < 16


def test_shards_merge_into_the_whole(tmp_path: Path) -> None:
    """The same rows as one run, verified; merging again changes nothing; other studies are refused."""
    for index in (1, 2, 3):
        run(tmp_path / f"part{index}", shard=(index, 3))
    parts = [tmp_path / f"part{index}" for index in (1, 2, 3)]

    assert [merge(parts, tmp_path / "whole"), merge(parts, tmp_path / "whole")] == [16, 16]
    assert canonical(StudyDirectory(tmp_path / "whole").rows()) == canonical(run(tmp_path / "undisturbed"))
    assert verify(tmp_path / "whole").intact
    run(tmp_path / "other", study=manifest(budget={"queries": 50}), limit=1)
    with pytest.raises(BadInput, match="different studies"):
        merge([parts[0], tmp_path / "other"], tmp_path / "mixed")


def test_workers_are_processes_and_a_dead_one_costs_an_attempt(tmp_path: Path) -> None:
    """The audit that died with its worker is done by another, graded once, and the rest never noticed."""
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    rows = run(tmp_path / "study", LocalWorkers(2, partial(dying_parts, deaths, FUNCTION, 1)), only=["alone"])

    assert len(list(deaths.iterdir())) == 1
    assert sorted(row.attempts for row in rows.values()) == [1] * 7 + [2]
    assert canonical(rows) == canonical(run(tmp_path / "undisturbed", only=["alone"]))
    assert set(gradings(tmp_path / "study").values()) == {1}


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_a_study_killed_again_and_again_ends_like_one_that_nobody_killed(tmp_path: Path, kills: int) -> None:
    """SIGKILL at random moments: same results, no audit graded twice, no worker left behind."""
    killed = tmp_path / "killed"
    dice, done, target = Random(1), 0, 0
    while done < kills:
        target = min(target + dice.randint(1, 40), 400)
        process = subprocess.Popen([sys.executable, "-m", "tests.orchestrator.study.fakes", str(killed)], cwd=ROOT)
        deadline = time.monotonic() + 60
        while process.poll() is None and recorded(killed) < target and time.monotonic() < deadline:
            time.sleep(0.001)
        process.kill()
        done += 1
        process.wait()
    rows = run_again(killed)

    assert canonical(rows) == canonical(run(tmp_path / "undisturbed"))
    assert set(gradings(killed).values()) == {1}
    assert verify(killed).intact
    assert workers_in(killed) == []


def run_again(directory: Path) -> dict[str, Row]:
    subprocess.run([sys.executable, "-m", "tests.orchestrator.study.fakes", str(directory)], cwd=ROOT, check=True)
    return StudyDirectory(directory).rows()


def recorded(directory: Path) -> int:
    """How many lines of events there are so far."""
    return sum(path.read_bytes().count(b"\n") for path in directory.glob("*/events.jsonl"))


def workers_in(directory: Path) -> list[int]:
    """Living processes that have a file in `directory` open."""
    found = []
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(directory) in os.readlink(link) for link in (proc / "fd").iterdir()):
                found.append(int(proc.name))
        except OSError:
            continue
    return found


def test_a_later_grade_is_taken_into_the_results(tmp_path: Path) -> None:
    """The new row follows from the new grade, and nothing but a grading is taken."""
    rows = run(tmp_path, limit=2)
    chosen, other = rows
    strict = replace(make_parts(), judge=failing_judge)
    grade(tmp_path / chosen, parts=strict)
    assert not verify(tmp_path).intact

    assert [take_regrades(tmp_path), take_regrades(tmp_path)] == [1, 0]
    after = StudyDirectory(tmp_path).rows()
    assert (after[chosen].outcome, after[chosen].score) == (Outcome.UNSCORED, None)
    assert after[other] == rows[other]
    assert verify(tmp_path).intact
    (tmp_path / other / "interpretation.json").write_text("{}")
    with pytest.raises(BadInput, match="no grading does that"):
        take_regrades(tmp_path)
