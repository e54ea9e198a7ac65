"""Best of n: attempts that know nothing of one another, and a choice by fresh queries within one budget."""

import asyncio
from pathlib import Path

import pytest

from functions.brief import Exemplar, Interpretation
from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.attempts import attempts_of, choice_of
from orchestrator.audit import audit, configure
from orchestrator.budget import AgentFailed, Budget
from orchestrator.config import Team
from orchestrator.events import Event, Said
from orchestrator.roles.base import Transcript
from orchestrator.roles.chooser import Chooser
from orchestrator.roles.messages import Evidence
from orchestrator.rundir import RunDirectory
from tests.model_server.server import ModelServer
from tests.orchestrator.classical_lab import FakeLab
from tests.orchestrator.fakes import SPEC, Killed, canonical

RIGHT = Interpretation(description="twice x", code="def function(x):\n    return 2 * x")
NEAR = Interpretation(description="nearly", code="def function(x):\n    return 2 * x + 0.5")
RAISES = Interpretation(description="raises", code="def function(x):\n    raise ValueError(x)")
BROKEN = Interpretation(description="broken", code="def function(x:")
EMPTY = Interpretation()


def choose(*attempts: Interpretation, queries: int = 10) -> Evidence:
    lab = FakeLab(lambda x, _: 2 * x, 10.0, queries)
    chooser = Chooser(attempts, [Exemplar(input=1.0, output=2.0)])
    chosen = asyncio.run(chooser.take_turn(Transcript(), lab))
    assert len(lab.x) == queries
    return chosen


@pytest.mark.parametrize("attempts", [(RIGHT, NEAR), (NEAR, RIGHT), (RAISES, BROKEN, EMPTY, NEAR, RIGHT)])
def test_what_foretells_fresh_answers_best_is_picked(attempts: tuple[Interpretation, ...]) -> None:
    """Wherever it stands, and whatever the others do in the lab."""
    chosen = choose(*attempts)

    assert chosen.interpretation == RIGHT
    assert chosen.hypotheses[0].id == f"H{attempts.index(RIGHT) + 1}"
    assert len(chosen.hypotheses) == len(attempts)


def test_of_equals_the_first_is_picked() -> None:
    """Nothing else tells them apart, least of all a judge."""
    assert choose(RIGHT, RIGHT.model_copy(update={"description": "2 x"})).interpretation == RIGHT


def test_attempts_that_all_came_to_nothing_are_the_teams_failure() -> None:
    """There is nothing to pick from."""
    with pytest.raises(AgentFailed, match="None of the 2"):
        choose(EMPTY, EMPTY)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_attempts_and_choice_together_stay_within_one_budget(count: int) -> None:
    """Of everything that is counted; and each attempt is an audit of its own."""
    whole = Budget(cost=1.0)
    config = configure("f", SPEC, Team.parse(f"classical,best-of={count}"), whole, 3)
    attempts, choice = attempts_of(config), choice_of(config)

    for name in ("queries", "experiments", "turns", "seconds"):
        total = sum(getattr(each.budget, name) for each in (*attempts, choice))
        assert 0 < total <= getattr(whole, name) + 1e-9
    assert sum(each.budget.most_calls for each in attempts) <= whole.most_calls
    assert sum(each.budget.most_tokens for each in attempts) <= whole.most_tokens
    assert sum(each.budget.cost or 0 for each in attempts) == pytest.approx(1.0)
    assert all(each.brief.query_budget == each.budget.queries for each in (*attempts, choice))
    assert len({each.id for each in (config, *attempts)}) == count + 1
    assert len({each.secret for each in (config, *attempts)}) == count + 1


def test_a_budget_too_small_for_so_many_is_refused() -> None:
    """Before anything is run."""
    config = configure("f", SPEC, Team.parse("classical,best-of=5"), Budget(queries=4), 0)
    with pytest.raises(BadInput, match="queries is too small for the best of 5"):
        attempts_of(config)


def test_the_best_of_two_model_attempts_is_graded_resumed_and_replayed(tmp_path: Path) -> None:
    """Over real HTTP and in a real sandbox; killed in the second attempt, nothing is paid twice."""
    said = 0

    def die_in_the_second(event: Event) -> None:
        nonlocal said
        said += isinstance(event, Said)
        if said == 5:
            raise Killed

    with ModelServer() as server:
        team, budget = Team.parse("openai:model,best-of=2").at(server.url), Budget(queries=60)

        def go(out: str, **more: object):  # type: ignore[no-untyped-def]
            where = {"team": team, "budget": budget, "sandbox": "local", "out": tmp_path / out}
            return audit("demo@1/numeric/0003", **where, **more)  # type: ignore[arg-type]

        with pytest.raises(Killed):
            go("a", watch=die_in_the_second)
        result = go("a")
        asked, repeated = len(server.requests), server.repeated
        replayed = go("b", replay=result.run)

    assert (result.outcome, result.figures["code.score"]) == (Outcome.GRADED, 1.0)
    assert (repeated, len(server.requests)) == (0, asked)
    assert result.figures["model.calls"] == asked
    assert 40 < result.figures["queries.used"] <= 60
    assert len(RunDirectory(result.run).attempts) == 2
    assert canonical(replayed.run) == canonical(result.run)
