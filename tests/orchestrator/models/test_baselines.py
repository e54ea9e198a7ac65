"""Baselines in the same harness, by models over real HTTP and by the classical team: alone, shown, yoked."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from functions.brief import Exemplar
from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.audit import configure
from orchestrator.budget import Budget, Ending
from orchestrator.config import Team
from orchestrator.events import Experiment, Said
from orchestrator.given import find_run, observations
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.messages import Evidence, RoleName
from orchestrator.rundir import RunDirectory
from orchestrator.team.solo import Solo
from tests.orchestrator.classical_lab import FakeLab
from tests.orchestrator.fakes import SPEC, FakeEngine, canonical
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.models.audits import by_models, calls_of, serve

MODEL = "openai:model"


def evidence_of(run: Path) -> list[Evidence]:
    said = [e.event.message for e in RunDirectory(run).entries() if isinstance(e.event, Said)]
    return [message for message in said if isinstance(message, Evidence)]


def test_one_model_that_does_all_keeps_the_floor_until_it_is_sure(tmp_path: Path) -> None:
    """No plan stands in, nobody else speaks, and queries and calls are bounded as for everybody."""
    with serve() as server:
        result = by_models(server, tmp_path, f"single={MODEL}")

    assert (result.outcome, result.ending) == (Outcome.GRADED, Ending.UNCHECKED)
    assert [said.more for said in evidence_of(result.run)] == [True, False]
    assert {call.role for call in calls_of(result.run)} == {"experimenter"}
    assert "The plan of this round" not in str(server.requests)
    assert result.figures["queries.used"] == 8


def test_one_who_is_never_sure_is_stopped_by_the_budget_with_the_best_so_far(tmp_path: Path) -> None:
    """Having the floor for ever is not having it for nothing."""
    with serve() as server:
        result = by_models(server, tmp_path, f"single={MODEL}", budget=Budget(turns=1))

    assert (result.outcome, result.ending) == (Outcome.GRADED, Ending.TURNS)
    assert result.interpretation.code


@pytest.mark.parametrize("backend", [MODEL, f"{MODEL};structured=prompt;tools=no"])
def test_a_model_that_is_only_shown_exemplars_asks_nothing(tmp_path: Path, backend: str) -> None:
    """One call, no code, no query: it describes what as many exemplars show as others may ask."""
    engine = FakeEngine()
    with serve() as server:
        result = by_models(server, tmp_path, f"non-interactive={backend}", engine=engine, budget=Budget(queries=20))

    assert (result.outcome, result.figures["code.score"]) == (Outcome.GRADED, 1.0)
    assert (engine.ran, len(server.requests), result.figures["queries.used"]) == ([], 1, 0)
    assert str(server.requests[0]["messages"][0]).count('"input":') == 20


def test_a_yoked_model_draws_its_own_conclusions_from_what_others_asked(tmp_path: Path) -> None:
    """It reads all of their answers, asks nothing, and its id follows from what they were and not from where."""
    engine = FakeEngine()
    with serve() as server:
        first = by_models(server, tmp_path / "first")
        yoked = by_models(server, tmp_path / "yoked", f"yoked={MODEL},from={first.run}", engine=engine)
        (tmp_path / "first").rename(tmp_path / "moved")
        again = by_models(server, tmp_path / "again", f"yoked={MODEL},from={tmp_path / 'moved'}")

    seen = RunDirectory(yoked.run).audit().config.brief.exemplars
    assert len(seen) == first.figures["queries.used"]
    assert engine.ran == []
    assert yoked.figures["code.score"] == 1.0
    assert (again.audit, canonical(again.run)) == (yoked.audit, canonical(yoked.run))


def test_a_team_cannot_be_yoked_to_what_is_not_there_or_of_another_function(tmp_path: Path) -> None:
    """Nor to one of several without saying to which."""
    with serve() as server:
        run = by_models(server, tmp_path).run
        by_models(server, tmp_path, "critic=openai:model")
    config = RunDirectory(run).audit().config

    assert find_run(run, config.target_sha256, 7).path == run
    with pytest.raises(BadInput, match="another function"):
        find_run(run, "0" * 64, 0)
    with pytest.raises(BadInput, match="2 ended audits"):
        find_run(tmp_path, config.target_sha256, 0)
    with pytest.raises(BadInput, match="0 ended audits"):
        find_run(tmp_path / "nowhere", config.target_sha256, 0)


def test_exemplars_are_in_the_brief_and_in_what_an_audit_means() -> None:
    """With and without are two audits of one function."""
    teams = ("classical", "classical,exemplars=4", "classical,exemplars=9")
    without, few, many = (configure("f", SPEC, Team.parse(team), Budget(), 0) for team in teams)

    assert [len(c.brief.exemplars) for c in (without, few, many)] == [0, 4, 9]
    assert few.brief.exemplars == many.brief.exemplars[:4]
    assert len({c.id for c in (without, few, many)}) == 3
    assert all(isinstance(e, Exemplar) and e.output is not None for e in many.brief.exemplars)


def test_what_a_classical_team_finds_one_classical_scientist_finds_alone() -> None:
    """The division of labour changes who speaks: the same experiments in the same order, the same words in the end."""
    together, alone = (FakeLab(lambda x, _: 3.0 * np.sin(x), 10.0, 100) for _ in range(2))
    heard = asyncio.run(investigate(together))
    solo = Solo([classical_role(name) for name in RoleName])
    said = asyncio.run(solo.take_turn(Transcript(), alone))

    assert heard.evidence is not None
    assert said.interpretation == heard.evidence.interpretation
    assert alone.scripts == together.scripts
    assert not said.more


def test_one_who_works_alone_and_runs_out_of_experiments_hands_in_the_best_so_far(tmp_path: Path) -> None:
    """What was found before the budget was spent is not lost with the turn."""
    with serve() as server:
        result = by_models(server, tmp_path, "single=classical", budget=Budget(experiments=2))

    ran = [e for e in RunDirectory(result.run).entries() if isinstance(e.event, Experiment)]
    assert (result.ending, len(ran)) == (Ending.EXPERIMENTS, 2)
    assert result.interpretation.code


@pytest.mark.parametrize(
    "text",
    [
        "single=none",
        "single=classical,critic=classical",
        "yoked=classical",
        "classical,from=runs/x",
        "yoked=classical,from=x,exemplars=3",
        "exemplars=0",
        "exemplars=many",
        "best-of=1",
    ],
)
def test_a_baseline_that_cannot_be_is_refused(text: str) -> None:
    """Whoever works alone has nobody beside them; numbers are numbers."""
    with pytest.raises(BadInput):
        Team.parse(text)


def test_baselines_are_told_apart_by_their_names() -> None:
    """As a person writes them."""
    names = ["single=classical", "non-interactive=openai:m", "single=classical,exemplars=3,best-of=2"]

    assert [Team.parse(name).label for name in names] == names
    assert Team.parse("yoked=classical,from=runs/a").model_copy(update={"source": "b"}).label == "yoked=classical"


def test_what_a_run_saw_is_its_exemplars_and_every_answer(tmp_path: Path) -> None:
    """In their order, repeats included."""
    with serve() as server:
        run = by_models(server, tmp_path, "classical,exemplars=3", budget=Budget(queries=10)).run

    assert len(observations(RunDirectory(run))) == 3 + 10
