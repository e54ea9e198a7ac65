"""The conversation: AutoGen and the plain loop say the same, whatever the team, wherever it begins, however it ends."""

# ruff: noqa: ARG002 - roles here fill Protocols whole

import asyncio
from collections.abc import Sequence

import pytest

from functions.brief import Brief, Category, Interval
from orchestrator.budget import BudgetSpent, Ending
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.messages import Critique, Evidence, Message, Plan, RoleName
from orchestrator.team import Converse, fixed_plan
from orchestrator.team.autogen import converse
from orchestrator.team.plain import converse_plainly
from sandbox.client import Lab

P, E, C = RoleName.PLANNER, RoleName.EXPERIMENTER, RoleName.CRITIC
TEAMS = [(P, E, C), (P, E), (E, C), (E,)]
NOTHING = Transcript()
LOOPS = [pytest.param(converse, id="autogen"), pytest.param(converse_plainly, id="plain")]


class Named:
    """A role that is only a name: what it says is up to the turn."""

    def __init__(self, name: RoleName) -> None:
        self.name = name

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        raise AssertionError("turns are taken by the test")


class Script:
    """Says the next message of each role; in round three the critic accepts. Keeps what each turn was given."""

    def __init__(self, ends_at: int = 99, error: BaseException | None = None) -> None:
        self.heard: list[tuple[RoleName, Transcript]] = []
        self._ends_at, self._error = ends_at, error

    async def take_turn(self, role: Role, transcript: Transcript) -> Message:
        self.heard.append((role.name, transcript))
        turn = len(transcript.turns)
        if turn == self._ends_at and self._error is not None:
            raise self._error
        match role.name:
            case RoleName.PLANNER:
                return Plan(question=f"turn {turn}", finish=turn == self._ends_at)
            case RoleName.EXPERIMENTER:
                return Evidence(summary=f"turn {turn}", data={"nested": [1, {"x": None}]})
            case RoleName.CRITIC:
                return Critique(hypothesis=None, verdict="accept" if turn >= 5 else "revise", reason=f"turn {turn}")


def talk(loop: Converse, team: Sequence[RoleName], script: Script, begin: Transcript = NOTHING) -> Ending:
    return asyncio.run(loop([Named(name) for name in team], begin, script.take_turn))


@pytest.mark.parametrize("team", TEAMS, ids="-".join)
def test_autogen_and_a_plain_loop_give_the_same_messages(team: tuple[RoleName, ...]) -> None:
    """Every turn hears the same transcript from either, and both end for the same reason."""
    ours, theirs = Script(), Script()

    assert talk(converse_plainly, team, ours) == talk(converse, team, theirs)
    assert ours.heard == theirs.heard
    assert [name for name, _ in ours.heard][: len(team)] == list(team)


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("whole", range(7))
def test_a_conversation_is_resumed_from_any_turn(loop: Converse, whole: int) -> None:
    """Given the messages so far, what follows is what would have followed."""
    undisturbed, resumed = Script(), Script()
    talk(converse_plainly, TEAMS[0], undisturbed)
    everything = undisturbed.heard[-1][1].then(C, Critique(hypothesis=None, verdict="accept", reason="turn 5"))

    assert talk(loop, TEAMS[0], resumed, Transcript(turns=everything.turns[:whole])) is Ending.ACCEPTED
    assert resumed.heard == undisturbed.heard[whole:]


@pytest.mark.parametrize("loop", LOOPS)
def test_the_planner_can_end_the_conversation(loop: Converse) -> None:
    """Nothing more is worth measuring: nobody speaks after that."""
    script = Script(ends_at=3)

    assert talk(loop, TEAMS[0], script) is Ending.FINISHED
    assert len(script.heard) == 4


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("error", [BudgetSpent(Ending.TURNS, "all"), ZeroDivisionError("at work")], ids=["end", "bug"])
def test_what_a_turn_raises_comes_out_as_it_went_in(loop: Converse, error: Exception) -> None:
    """The very exception, neither wrapped nor turned into text, and nobody speaks after it."""
    script = Script(ends_at=4, error=error)

    with pytest.raises(type(error)) as raised:
        talk(loop, TEAMS[0], script)

    assert raised.value is error
    assert len(script.heard) == 5


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("team", [TEAMS[0], TEAMS[-1]], ids="-".join)
def test_a_cancelled_conversation_ends_at_once(loop: Converse, team: tuple[RoleName, ...]) -> None:
    """The turn under way is cancelled, the loop returns, and no task is left behind."""
    cancelled: list[RoleName] = []

    async def wait_for_ever(role: Role, transcript: Transcript) -> Message:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(role.name)
            raise
        raise AssertionError("unreachable")

    async def cancel_it() -> None:
        task = asyncio.ensure_future(loop([Named(name) for name in team], Transcript(), wait_for_ever))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(cancel_it())
    assert cancelled == [team[0]]


def test_the_fixed_plan_never_asks_for_more_than_there_is() -> None:
    """It fits every budget, and leaves the critic something where there is something."""
    brief = Brief(category=Category.NUMERIC, input_type="float", domain=Interval(low=0, high=1), query_budget=100)
    later = Transcript().then(E, Evidence(summary="something"))
    for remaining in range(200):
        for transcript in (Transcript(), later):
            plan = fixed_plan(brief, remaining, transcript)
            assert sum(m.queries for m in plan.measurements) <= remaining
    assert sum(m.queries for m in fixed_plan(brief, 100, Transcript()).measurements) == 90
