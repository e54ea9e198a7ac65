"""One audit from a function to a grade, and what becomes of it when something goes wrong."""

# ruff: noqa: ARG002 - roles here fill a Protocol whole

import asyncio
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from functions.brief import Interpretation
from functions.errors import BadInput
from functions.spec import AnySpec
from judges.grade import Grade, Outcome
from orchestrator.audit import audit, grade
from orchestrator.budget import Budget, Ending
from orchestrator.config import Team
from orchestrator.events import Event, Experiment, Interrupted, Resumed, Said, TurnStarted
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Message, Plan
from orchestrator.rundir import RunDirectory
from orchestrator.team import autogen
from sandbox.client import CandidateRunner, Lab
from tests.orchestrator.fakes import FAKE, Critic, Experimenter, FakeEngine, Planner, canonical, parts


def test_an_audit_ends_graded_and_leaves_every_file(tmp_path: Path) -> None:
    """The thinnest complete path: a result with figures, and a directory with all that a report needs."""
    result = audit("fake", out=tmp_path, parts=parts())

    assert (result.outcome, result.ending) == (Outcome.GRADED, Ending.ACCEPTED)
    assert result.figures["code.score"] == 1.0
    assert result.figures["queries.used"] == 20  # twice eight for the experimenter and two for the critic
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


def test_an_audit_on_autogen_is_the_audit_on_a_plain_loop(tmp_path: Path) -> None:
    """Who carries the conversation leaves no trace: equal events, equal files, also through a stop by Ctrl-C."""
    plain = audit("fake", out=tmp_path / "plain", parts=parts()).run
    for critic in (Stops(), Critic()):
        with suppress(KeyboardInterrupt):
            audit("fake", out=tmp_path / "autogen", parts=parts(converse=autogen.converse, critic=critic))
    (carried,) = (tmp_path / "autogen").iterdir()

    assert canonical(carried) == canonical(plain)
    assert said(carried) == said(plain)


class Stops(Critic):
    """A critic at whose turn a person stops the audit."""

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


def said(run: Path) -> list[Event]:
    """What was said and found."""
    return [e.event for e in RunDirectory(run).entries() if isinstance(e.event, Said | Experiment)]


def test_a_finished_audit_given_again_does_nothing_and_says_the_same(tmp_path: Path) -> None:
    """Nothing is run, asked or written the second time, not even a sandbox is opened."""
    first = audit("fake", out=tmp_path, parts=parts())
    before = {path: path.read_bytes() for path in first.run.iterdir()}
    engine = FakeEngine(faults=[True] * 9)

    assert audit("fake", out=tmp_path, parts=parts(engine)) == first
    assert {path: path.read_bytes() for path in first.run.iterdir()} == before
    assert len(engine.faults) == 9


def test_again_keeps_what_is_there_and_gives_the_same_result(tmp_path: Path) -> None:
    """An audit done afresh is the same audit: equal files, and the earlier run is still there."""
    first = audit("fake", out=tmp_path, parts=parts())
    second = audit("fake", out=tmp_path, parts=parts(), again=True)

    assert canonical(first.run) == canonical(tmp_path / f"{second.audit}-1")


class Raises(Critic):
    """A critic that breaks down."""

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        raise ZeroDivisionError("nothing to divide")


class SpeaksOutOfTurn(Critic):
    """A critic that answers with a plan."""

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        return Plan(question="May I?")


@pytest.mark.parametrize(
    ("critic", "cause"), [(Raises(), "ZeroDivisionError: nothing to divide"), (SpeaksOutOfTurn(), "a Plan")]
)
def test_a_role_that_fails_scores_nothing_but_the_best_so_far_is_kept(
    tmp_path: Path, critic: Critic, cause: str
) -> None:
    """`agent_failed` stays in the denominator with a score of 0, and names its cause."""
    result = audit("fake", out=tmp_path, parts=parts(critic=critic))

    assert (result.outcome, result.ending) == (Outcome.AGENT_FAILED, Ending.AGENT_FAILED)
    assert cause in result.cause
    assert result.figures["code.score"] == 0.0
    assert result.interpretation.code


def test_a_sandbox_that_fails_twice_is_tried_again_and_leaves_no_trace_in_the_result(tmp_path: Path) -> None:
    """Infrastructure is retried within the command, recorded, and never the team's fault."""
    undisturbed = audit("fake", out=tmp_path / "a", parts=parts())
    result = audit("fake", out=tmp_path / "b", parts=parts(FakeEngine(faults=[True, False, True])))

    assert canonical(result.run) == canonical(undisturbed.run)
    events = [entry.event for entry in RunDirectory(result.run).entries()]
    assert len([event for event in events if isinstance(event, Interrupted)]) == 2


def test_a_sandbox_that_keeps_failing_is_infrastructure_and_the_same_command_goes_on(tmp_path: Path) -> None:
    """Never a score, no grade, a cause; and when the engine is well again, the audit is finished."""
    result = audit("fake", out=tmp_path, parts=parts(FakeEngine(faults=[True] * 3)))

    assert result.outcome is Outcome.INFRASTRUCTURE
    assert "as it was told" in result.cause
    assert "code.score" not in result.figures
    assert result.grade is None
    assert audit("fake", out=tmp_path, parts=parts()).outcome is Outcome.GRADED


def test_a_judge_that_cannot_answer_leaves_the_audit_unscored(tmp_path: Path) -> None:
    """`unscored` is neither a score nor a failure of the team."""

    def mute(truth: AnySpec, interpretation: Interpretation, runner: CandidateRunner, *, query_budget: int) -> Grade:
        return Grade(outcome=Outcome.UNSCORED, cause="The judge does not answer.")

    result = audit("fake", out=tmp_path, parts=parts(judge=mute))

    assert (result.outcome, result.cause) == (Outcome.UNSCORED, "The judge does not answer.")
    assert "code.score" not in result.figures


@pytest.mark.parametrize(
    ("budget", "ending"),
    [
        (Budget(queries=10), Ending.QUERIES),
        (Budget(experiments=3), Ending.EXPERIMENTS),
        (Budget(turns=2), Ending.TURNS),
        (Budget(seconds=1e-9), Ending.SECONDS),
    ],
)
def test_a_spent_budget_ends_the_audit_with_the_best_so_far(tmp_path: Path, budget: Budget, ending: Ending) -> None:
    """Whatever runs out, what is known by then is handed in and graded."""

    class NeverSatisfied(Critic):
        async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
            return await super().take_turn(Transcript(), lab)

    result = audit("fake", out=tmp_path, budget=budget, parts=parts(critic=NeverSatisfied()))

    assert (result.outcome, result.ending) == (Outcome.GRADED, ending)
    assert result.figures["queries.used"] <= budget.queries
    assert bool(result.interpretation.code) == (ending is not Ending.SECONDS)


@pytest.mark.parametrize(
    ("team", "ending", "speakers"),
    [
        ("experimenter=classical,planner=none,critic=none", Ending.UNCHECKED, ["experimenter"]),
        ("critic=none", Ending.UNCHECKED, ["planner", "experimenter"]),
        ("planner=none", Ending.ACCEPTED, ["experimenter", "critic"] * 3),
    ],
)
def test_what_stands_in_for_an_absent_role_is_fixed_and_recorded(
    tmp_path: Path, team: str, ending: Ending, speakers: list[str]
) -> None:
    """Without a planner a fixed plan opens each round; without a critic the first evidence is accepted at once."""
    result = audit("fake", team=Team.parse(team), out=tmp_path, parts=parts())
    turns = [e.event for e in RunDirectory(result.run).entries() if isinstance(e.event, TurnStarted)]

    assert result.ending is ending
    assert [turn.role for turn in turns] == speakers
    needs_plan = "planner" not in speakers
    assert all((turn.stand_in is not None) == (needs_plan and turn.role == "experimenter") for turn in turns)


class Waits(Experimenter):
    """An experimenter whose experiment never ends by itself."""

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        await lab.run("hang", purpose="to wait")
        raise AssertionError("a stopped experiment must not be heard of")


def test_ctrl_c_ends_the_experiment_under_way_and_the_audit_can_be_continued(tmp_path: Path) -> None:
    """A person's stop is clean: it is recorded, nothing hangs, and the same command finishes the audit."""
    engine = FakeEngine()

    def press_ctrl_c() -> None:
        engine.hanging.wait()
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press_ctrl_c).start()
    with pytest.raises(KeyboardInterrupt):
        audit("fake", out=tmp_path, parts=parts(engine, experimenter=Waits()))

    result = audit("fake", out=tmp_path, parts=parts())
    events = [entry.event for entry in RunDirectory(result.run).entries()]
    assert [event.detail for event in events if isinstance(event, Interrupted)] == ["A person stopped it."]
    assert result.outcome is Outcome.GRADED


def test_continuing_on_other_versions_is_refused_unless_forced_and_then_recorded(tmp_path: Path) -> None:
    """Two halves on different versions are not one audit, unless somebody says so."""
    audit("fake", out=tmp_path, parts=parts(FakeEngine(faults=[True] * 3)))
    other = parts(FakeEngine(isolation=FAKE.model_copy(update={"image_digests": ("sha256:other",)})))

    with pytest.raises(BadInput, match=r"images: .*sha256:other.*--force"):
        audit("fake", out=tmp_path, parts=other)
    result = audit("fake", out=tmp_path, parts=other, force=True)

    lives = [e.event for e in RunDirectory(result.run).entries() if isinstance(e.event, Resumed)]
    assert [life.forced for life in lives] == [True]
    assert result.outcome is Outcome.GRADED


def test_the_seed_changes_the_noise_and_nothing_else_about_the_function(tmp_path: Path) -> None:
    """Two seeds are two audits of one function."""
    runs = [RunDirectory(audit("fake", seed=seed, out=tmp_path, parts=parts()).run) for seed in (0, 1)]

    assert runs[0].queries()[0].inputs == runs[1].queries()[0].inputs
    assert runs[0].queries()[0].outputs != runs[1].queries()[0].outputs
    assert runs[0].audit().config.target == runs[1].audit().config.target


def test_no_role_is_told_anything_but_the_brief_and_the_transcript(tmp_path: Path) -> None:
    """The lab that a role is given says nothing about the target's name or spec."""
    seen: list[object] = []

    class Snoops(Planner):
        async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
            seen.extend((lab.brief.model_dump_json(), lab.remaining))
            return await super().take_turn(transcript, lab)

    audit("fake", out=tmp_path, parts=parts(planner=Snoops()))

    assert "slope" not in str(seen)
    assert "fake" not in str(seen)
    assert seen[1] == 100


def test_a_run_can_be_graded_again_from_its_directory_alone(tmp_path: Path) -> None:
    """The directory moves, the grade stays; a run that has not ended is refused."""
    result = audit("fake", out=tmp_path, parts=parts())
    moved = result.run.rename(tmp_path / "moved")
    (moved / "grade.json").unlink()

    again = grade(moved, parts=parts())
    assert (again.grade, again.figures) == (result.grade, result.figures)
    with pytest.raises(BadInput, match="no run directory"):
        grade(tmp_path, parts=parts())


def test_a_run_that_has_not_ended_cannot_be_graded(tmp_path: Path) -> None:
    """There is nothing handed in yet: the message says what to do."""
    result = audit("fake", out=tmp_path, parts=parts(FakeEngine(faults=[True] * 3)))

    with pytest.raises(BadInput, match="has not ended"):
        grade(result.run, parts=parts())
