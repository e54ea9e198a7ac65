"""What a study may use in all: nothing begins that could exceed it, however many workers there are."""

from pathlib import Path

import pytest

from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.models.choice import ModelChoice
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.study.config import Limits
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.executor import Task
from orchestrator.study.lease import Purse, most_of
from orchestrator.study.run import StudyStopped
from tests.orchestrator.study.fakes import manifest, run


def task(audit: str = "a", team: str = "openai:gpt-4o-mini", **budget: float) -> Task:
    meant = Budget.model_validate({"queries": 10, "calls": 5, "tokens": 50_000, **budget})
    return Task(
        audit=audit, function="f", team=Team.parse(team), budget=meant, seed=0, sandbox="local", out=Path("nowhere")
    )


@pytest.mark.parametrize("limit", [{"queries": 25}, {"calls": 11}, {"tokens": 100_000}, {"turns": 60}, {"cost": 0.06}])
def test_as_many_audits_begin_as_could_use_all_that_there_is(limit: dict[str, float]) -> None:
    """The third could exceed it; what is lacking is said."""
    purse = Purse(Limits.model_validate(limit), {})

    assert [purse.lease(task("a")), purse.lease(task("b")), purse.lease(task("b"))] == ["", "", ""]
    assert next(iter(limit)) in purse.lease(task("c"))


def test_what_an_audit_did_not_use_is_free_again_and_a_lost_one_keeps_its_lease(tmp_path: Path) -> None:
    """Nobody knows what a lost process has spent."""
    row = next(iter(run(tmp_path, limit=1).values()))
    purse = Purse(Limits(queries=20), {})
    purse.lease(task(row.audit))
    purse.lease(task("b"))
    purse.settle(row.model_copy(update={"queries": 0, "outcome": Outcome.INFRASTRUCTURE, "wall_s": 0.0}))
    assert purse.lease(task("c"))
    purse.settle(row.model_copy(update={"queries": 1}))
    assert purse.lease(task("c", queries=9)) == ""


def test_what_a_gateway_allows_is_held_too() -> None:
    """A submission's models have bounds of their own, and a prompt can be as long as a request."""
    gateway = GatewayPolicy(models=(ModelChoice(provider="openai", name="gpt-4o-mini"),), calls=5, tokens=200_000)
    meant = task(team=f"submission=sha256:{'ab' * 32}")
    through = meant.model_copy(update={"team": meant.team.through(gateway)})
    assert (most_of(meant).calls, most_of(meant).tokens) == (0, 0)
    assert (most_of(through).calls, most_of(through).tokens) == (5, 200_000)
    assert most_of(through).cost > 0
    assert "calls" in Purse(Limits(calls=4), {}).lease(through)


def test_a_cost_that_nobody_knows_cannot_be_kept() -> None:
    """Refused before anything is begun; classical teams cost nothing."""
    purse = Purse(Limits(cost=1.0), {})
    purse.check_priced(task(team="classical"))
    with pytest.raises(BadInput, match="no-such-model"):
        purse.check_priced(task(team="openai:no-such-model"))
    assert most_of(task(team="classical")).tokens == 0


def test_a_study_stops_before_it_could_exceed_a_limit_and_goes_on_under_a_higher_one(tmp_path: Path) -> None:
    """Rows of before count; nothing is lost by stopping."""
    with pytest.raises(StudyStopped, match="queries"):
        run(tmp_path, study=manifest(limits={"queries": 250}))
    rows = StudyDirectory(tmp_path).rows()
    assert 0 < len(rows) < 16
    assert sum(row.queries for row in rows.values()) <= 250

    run(tmp_path, study=manifest(limits={"queries": 10_000}))
    assert len(StudyDirectory(tmp_path).rows()) == 16
