"""The one small Protocol that every role implementation fills, and the transcript it is a function of."""

from typing import Literal, Protocol

from functions.brief import Record
from orchestrator.roles.messages import Critique, Evidence, Hypothesis, Message, Plan, RoleName
from sandbox.client import Lab

Way = Literal["single", "non-interactive", "yoked"]
"""How an experimenter works who works alone.

`single`: one role does all, plans and attacks too. `non-interactive`: it is shown as many exemplars as others may ask
queries, asks nothing, and says what it makes of them. `yoked`: the same with another team's observations.
"""


class Turn(Record):
    """One message with the role that said it."""

    role: RoleName
    message: Message


class Transcript(Record):
    """Everything said so far. A role keeps no state of its own: its next message follows from this and the lab."""

    turns: tuple[Turn, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The latest plan."""
        return next((t.message for t in reversed(self.turns) if isinstance(t.message, Plan)), None)

    @property
    def evidence(self) -> Evidence | None:
        """The latest evidence."""
        return next((t.message for t in reversed(self.turns) if isinstance(t.message, Evidence)), None)

    @property
    def critique(self) -> Critique | None:
        """The latest critique."""
        return next((t.message for t in reversed(self.turns) if isinstance(t.message, Critique)), None)

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Each hypothesis as it was last stated, in the order in which they first appeared."""
        last: dict[str, Hypothesis] = {}
        for turn in self.turns:
            if isinstance(turn.message, Evidence):
                last.update({h.id: h for h in turn.message.hypotheses})
        return tuple(last.values())

    def then(self, role: RoleName, message: Message) -> "Transcript":
        """This transcript with one more turn."""
        return Transcript(turns=(*self.turns, Turn(role=role, message=message)))


class Role(Protocol):
    """A planner, an experimenter or a critic. A pure function of the transcript, its configuration and the lab."""

    @property
    def name(self) -> RoleName: ...

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        """Say the next thing: a planner a Plan, an experimenter Evidence, a critic a Critique."""
        ...
