"""An image in place of a team: audited, recorded and graded like one."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

from dataclasses import replace
from pathlib import Path

import pytest

from functions.brief import Interpretation
from functions.errors import BadInput
from functions.spec import parse_spec
from judges.grade import Outcome
from orchestrator.audit import audit, configure
from orchestrator.budget import Budget, Ending
from orchestrator.config import Team
from orchestrator.events import Ended, SubmissionStarted, Submitted
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.rundir import RunDirectory
from sandbox.client import Limits, OracleJob, QueryLog, QueryRecord
from sandbox.engines.docker import DockerEngine
from sandbox.submission import Delivery, Image, SubmissionEngine, Surroundings
from tests.orchestrator.fakes import FakeEngine, Killed, parts
from tests.submission.images import Workshop

LINE = parse_spec(
    {
        "category": "numeric",
        "domain": {"low": -100.0, "high": 100.0},
        "expression": {"node": "atom", "family": "linear", "parameters": {"slope": 3.0, "intercept": 1.0}},
        "noise": {"kind": "none", "scale": 0.0},
    }
)
DIGEST = "sha256:" + "ab" * 32


def team(image: Image) -> Team:
    """The image in place of every role."""
    return Team.parse(f"submission={image}")


def run(image: Image, docker: DockerEngine, out: Path) -> AuditResult:
    """Audit the line."""
    real = replace(Parts.real(), resolve=lambda _: LINE, choose_engine=lambda _sandbox, _runtime: docker)
    return audit("line", team=team(image), budget=Budget(queries=10, seconds=20), out=out, parts=real)


@pytest.mark.engine
def test_an_image_is_audited_and_graded_like_a_team(workshop: Workshop, docker: DockerEngine, tmp_path: Path) -> None:
    """It finds the line: the same files, events, queries, grade and report, and what it printed for its author."""
    image = workshop.image(["python3", "/behaviours.py", "honest"])

    result = run(image, docker, tmp_path)

    assert (result.outcome, result.ending, result.figures["code.score"]) == (Outcome.GRADED, Ending.SUBMITTED, 1.0)
    assert result.figures["queries.used"] == 2
    home = RunDirectory(result.run)
    kinds = [type(entry.event) for entry in home.entries()]
    assert kinds[1:4] == [SubmissionStarted, Submitted, Ended]
    assert "The submission handed in" in (result.report or Path()).read_text()
    assert "submit: {'submitted': True}" in (home.path / "stdout.txt").read_text()
    assert run(image, docker, tmp_path) == result


@pytest.mark.engine
def test_one_that_hands_nothing_in_has_failed_by_itself(
    workshop: Workshop, docker: DockerEngine, tmp_path: Path
) -> None:
    """Its outcome is its own failure, with a cause, and a score of 0."""
    result = run(workshop.image(["true"]), docker, tmp_path)

    assert result.outcome is Outcome.AGENT_FAILED
    assert result.cause == "no_submit: It ended without handing anything in."
    assert result.figures["code.score"] == 0.0


@pytest.mark.engine
@pytest.mark.parametrize("name", ["instructs_the_judge", "attacks_the_judges_container"])
def test_the_judges_are_moved_by_nothing_but_the_function(
    name: str, workshop: Workshop, docker: DockerEngine, tmp_path: Path
) -> None:
    """Instructions, attacks on the container that runs the code, forged answers: graded, and worth nothing."""
    result = run(workshop.image(["python3", "/behaviours.py", name]), docker, tmp_path)

    assert result.outcome is Outcome.GRADED
    assert result.figures["code.score"] == 0.0
    assert result.figures["description.score"] <= 0.1


class Interrupted(FakeEngine):
    """An engine that dies in the middle of the first run, and hears what the second is given."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[OracleJob] = []

    def find_image(self, reference: str) -> Image:
        """Every image is here."""
        return Image.parse(reference)

    def run_submission(
        self,
        image: Image,
        job: OracleJob,
        limits: Limits,
        seconds: float,
        log: QueryLog,
        label: str,
        beside: Surroundings = Surroundings(),  # noqa: B008 a frozen record
    ) -> Delivery:
        """One batch, and the end."""
        self.jobs.append(job)
        if len(self.jobs) == 1:
            log.append(QueryRecord(seq=0, inputs=(1.0,), outputs=(4.0,), new=1))
            raise Killed
        return Delivery(interpretation=Interpretation(description="A line."), stdout="said")


def test_an_interrupted_one_starts_again_from_what_it_had_paid_for(tmp_path: Path) -> None:
    """Nothing of it is settled, all of it is paid: the same questions get equal answers, free."""
    engine = Interrupted()
    assert isinstance(engine, SubmissionEngine)
    who, with_it = Team.parse(f"submission={DIGEST}"), parts(engine)

    with pytest.raises(Killed):
        audit("fake", team=who, out=tmp_path, parts=with_it)
    result = audit("fake", team=who, out=tmp_path, parts=with_it)

    assert engine.jobs[1].settled == ()
    assert [record.inputs for record in engine.jobs[1].paid] == [(1.0,)]
    assert engine.jobs[0].secret == engine.jobs[1].secret
    assert result.interpretation.description == "A line."
    assert (result.run / "stdout.txt").read_text() == "said"


def test_what_is_handed_in_is_recorded_before_the_end_is(tmp_path: Path) -> None:
    """Killed between the two, it is not started again."""
    engine = Interrupted()
    who = Team.parse(f"submission={DIGEST}")
    with pytest.raises(Killed):
        audit("fake", team=who, out=tmp_path, parts=parts(engine))
    audit("fake", team=who, out=tmp_path, parts=parts(engine))
    home = next(tmp_path.iterdir())
    lines = (home / "events.jsonl").read_bytes().splitlines(keepends=True)
    last = next(n for n, entry in enumerate(RunDirectory(home).entries()) if isinstance(entry.event, Submitted))
    (home / "events.jsonl").write_bytes(b"".join(lines[: last + 1]))
    (home / "grade.json").unlink()

    result = audit("fake", team=who, out=tmp_path, parts=parts(engine))

    assert len(engine.jobs) == 2
    assert result.ending is Ending.SUBMITTED


def test_an_audit_means_the_image_and_not_its_name() -> None:
    """The id follows from the digest; the name is for people."""
    ids = {
        configure("fake", LINE, Team.parse(f"submission={text}"), Budget(), 0).id
        for text in (DIGEST, f"mine:1@{DIGEST}", f"yours@{DIGEST}")
    }

    assert len(ids) == 1
    assert configure("fake", LINE, Team.parse(f"submission=sha256:{'0' * 64}"), Budget(), 0).id not in ids


@pytest.mark.parametrize("text", ["submission=mine", "submission=mine:latest", f"submission={DIGEST},critic=classical"])
def test_a_tag_or_a_role_beside_it_is_refused(text: str) -> None:
    """A tag may mean another image tomorrow; a submission works alone."""
    with pytest.raises(BadInput):
        Team.parse(text)


def test_only_docker_holds_an_image(tmp_path: Path) -> None:
    """Local processes do not, and say so before anything is recorded."""
    with pytest.raises(BadInput, match="Docker"):
        audit("fake", team=Team.parse(f"submission={DIGEST}"), out=tmp_path, parts=parts(FakeEngine()))
    assert not any(tmp_path.rglob("events.jsonl"))
