"""The rules of the conversation: who speaks next, when it is over, and what stands in for an absent role.

Pure functions of the transcript and of which roles are present. AutoGen and the plain loop both follow them.

What stands in: without a planner, each experimenter's turn begins with a fixed plan (`fixed_plan`); without a critic,
the first evidence is accepted at once. A team without an experimenter is refused before it gets here.
One who does all alone (`single`) gets no plan, and has the floor until it wants no more. One who is only shown things
(`non-interactive`, `yoked`) gets a plan that asks nothing.
"""

from collections.abc import Awaitable, Callable, Sequence

from functions.brief import Brief
from orchestrator.budget import Ending
from orchestrator.roles.base import Role, Transcript, Way
from orchestrator.roles.messages import Critique, Evidence, Measurement, Message, Plan, RoleName

TakeTurn = Callable[[Role, Transcript], Awaitable[Message]]
"""Gives a role the floor: runs its turn, records it, and returns what it said. Raises to end the conversation."""

Converse = Callable[[Sequence[Role], Transcript, TakeTurn], Awaitable[Ending]]
"""Carries a conversation on from a transcript to its end. Raises what a turn raises."""

EXPECTED = {RoleName.PLANNER: Plan, RoleName.EXPERIMENTER: Evidence, RoleName.CRITIC: Critique}
"""What each role says."""


def next_speaker(present: Sequence[RoleName], transcript: Transcript) -> RoleName:
    """Planner, experimenter, critic, and round again; absent roles are passed over."""
    if not transcript.turns:
        return present[0]
    return present[(present.index(transcript.turns[-1].role) + 1) % len(present)]


def verdict(present: Sequence[RoleName], transcript: Transcript) -> Ending | None:
    """How the conversation has ended by what was said last; None: it goes on."""
    match transcript.turns[-1].message if transcript.turns else None:
        case Plan(finish=True):
            return Ending.FINISHED
        case Evidence(more=False) if RoleName.CRITIC not in present:
            return Ending.UNCHECKED
        case Critique(verdict="accept"):
            return Ending.ACCEPTED
    return None


def stand_in(way: Way | None, brief: Brief, remaining: int, transcript: Transcript) -> Plan | None:
    """What an experimenter is told where there is no planner, as it works; None: it plans for itself."""
    match way:
        case "single":
            return None
        case "non-interactive" | "yoked":
            return Plan(question="What explains what is known from the beginning?")
        case None:
            return fixed_plan(brief, remaining, transcript)


def fixed_plan(brief: Brief, remaining: int, transcript: Transcript) -> Plan:
    """The plan of a team without a planner.

    At first: survey with half of the queries, repeat a few inputs to see noise, refine with most of the rest.
    Afterwards: refine with half of what is left.
    """
    low, high = (brief.domain.low, brief.domain.high) if brief.domain else (None, None)

    def measure(design: str, queries: int) -> Measurement:
        return Measurement(design=design, queries=queries, low=low, high=high, why="fixed: there is no planner")

    if transcript.evidence is not None:
        return Plan(question="What was missed?", measurements=(measure("refine", (remaining + 1) // 2),))
    survey, repeats = remaining // 2, remaining // 10
    rest = max(0, (remaining - survey - repeats) * 3 // 4)  # the critic needs some
    return Plan(
        question="What does the function do?",
        measurements=(measure("survey", survey), measure("repeats", repeats), measure("refine", rest)),
    )
