"""Budgets of single roles within an audit's: counted across lives, and a clean end with the best so far."""

from pathlib import Path

import pytest

from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.budget import Budget, BudgetSpent, Ending, Meter, Share, Used
from orchestrator.events import Event, ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Request
from orchestrator.models.ledger import Spent, check_priced, check_share
from orchestrator.roles.messages import RoleName
from tests.orchestrator.fakes import Killed, canonical
from tests.orchestrator.models.audits import by_models, calls_of, serve

CRITIC, PLANNER = RoleName.CRITIC, RoleName.PLANNER
PRICED = ModelChoice(provider="openai", name="gpt-4o-mini")
UNPRICED = PRICED.model_copy(update={"base_url": "http://127.0.0.1:1/v1"})


def budget(text: str, **more: int) -> Budget:
    return Budget.model_validate({"shares": (Share.parse(text),), **more})


@pytest.mark.parametrize(
    ("share", "ending"),
    [
        ("critic:calls=1", Ending.CALLS),
        ("critic:tokens=6000", Ending.TOKENS),
        ("critic:experiments=0", Ending.EXPERIMENTS),
        ("critic:queries=1", Ending.ACCEPTED),
        ("experimenter:turns=1", Ending.ACCEPTED),
    ],
)
def test_a_role_that_has_spent_its_share_ends_the_audit_with_the_best_so_far(
    tmp_path: Path, share: str, ending: Ending
) -> None:
    """What the others found is handed in and graded; a share that is not exceeded changes nothing."""
    with serve() as server:
        result = by_models(server, tmp_path, budget=budget(share))

    assert (result.outcome, result.ending) == (Outcome.GRADED, ending)
    assert result.interpretation.code
    if ending is Ending.CALLS:
        assert [call.role for call in calls_of(result.run)].count(CRITIC) == 1


def test_shares_are_counted_across_lives(tmp_path: Path) -> None:
    """A kill gives nobody a new share."""
    left = 3

    def die_in_time(event: Event) -> None:
        nonlocal left
        left -= isinstance(event, ModelCall)
        if left == 0:
            raise Killed

    shares = budget("experimenter:calls=2")
    with serve() as server:
        calm = by_models(server, tmp_path / "calm", budget=shares)
        with pytest.raises(Killed):
            by_models(server, tmp_path / "killed", budget=shares, watch=die_in_time)
        again = by_models(server, tmp_path / "killed", budget=shares)

    assert (again.ending, canonical(again.run)) == (calm.ending, canonical(calm.run))
    assert [call.role for call in calls_of(again.run)].count(RoleName.EXPERIMENTER) == 2


def test_a_role_is_told_what_is_left_of_its_share_and_stopped_beyond_it() -> None:
    """Others see what is left of the audit."""
    meter = Meter(budget("critic:queries=5,experiments=3"), by_role={CRITIC: Used(queries=2)}, clock=lambda: 0.0)
    meter.before_turn(0, PLANNER)
    assert meter.queries_left(80) == 80
    meter.before_turn(1, CRITIC)
    assert (meter.queries_left(80), meter.queries_left(1)) == (3, 1)
    meter.before_experiment()
    meter.asked(3)
    assert meter.queries_left(77) == 0
    meter.before_experiment()  # one that asks nothing is still fine
    meter.asked(1)
    with pytest.raises(BudgetSpent, match="beyond its 5 queries") as spent:
        meter.before_experiment()
    assert spent.value.ending is Ending.QUERIES


def test_a_role_has_seconds_and_turns_of_its_own() -> None:
    """The clock of a role stands still while others speak."""
    now = 0.0
    meter = Meter(budget("critic:seconds=10,turns=2", seconds=100), clock=lambda: now)
    meter.before_turn(0, CRITIC)
    now = 4.0
    meter.before_turn(1, PLANNER)
    now = 50.0
    assert meter.seconds_left() == 50.0
    meter.before_turn(2, CRITIC)
    assert meter.seconds_left() == 6.0
    with pytest.raises(BudgetSpent, match="2 turns of the critic"):
        meter.before_turn(3, CRITIC)
    later = Meter(budget("critic:seconds=10"), by_role={CRITIC: Used(seconds=10.0)}, clock=lambda: now)
    with pytest.raises(BudgetSpent, match="seconds"):
        later.before_turn(0, CRITIC)


def test_the_cost_of_a_role_is_kept_where_prices_are_known() -> None:
    """And refused where they are not."""
    share = Share.parse("critic:cost=0.01")
    request = Request(model=PRICED, lines=(Line(by="user", text="x" * 300),))
    check_share(share, Spent(), request)
    with pytest.raises(BudgetSpent, match="critic's share") as spent:
        check_share(share, Spent(cost=0.0099), request)
    assert spent.value.ending is Ending.COST
    with pytest.raises(BadInput, match="gpt-4o-mini"):
        check_priced([UNPRICED], Budget(shares=(share,)))


@pytest.mark.parametrize("text", ["critic", "boss:calls=1", "critic:calls=-1", "critic:calls=many", "critic:colour=1"])
def test_a_share_that_cannot_be_read_is_refused_with_an_example(text: str) -> None:
    """The message says where it stopped reading."""
    with pytest.raises(BadInput, match="critic:calls=10"):
        Share.parse(text)


def test_shares_belong_to_what_an_audit_means_and_no_share_is_no_change() -> None:
    """One for each role at most."""
    assert Budget(shares=()) == Budget()
    assert "shares" not in Budget().model_dump_json(exclude_none=True)
    with pytest.raises(ValueError, match="two shares"):
        Budget(shares=(Share.parse("critic:calls=1"), Share.parse("critic:calls=2")))
