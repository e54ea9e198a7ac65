"""One who does all: planner, experimenter and critic in one role, which reports when it has finished.

What it plans and what it says against itself is heard by nobody, and is in no record but that of its experiments.
"""

from collections.abc import Sequence

from orchestrator.budget import BudgetSpent
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.messages import Evidence, Message, RoleName
from orchestrator.team.plain import converse_plainly
from sandbox.client import Lab


class Solo:
    """Holds the conversation of `roles` with itself, in one turn."""

    name = RoleName.EXPERIMENTER

    def __init__(self, roles: Sequence[Role]) -> None:
        self._roles = roles

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:  # noqa: ARG002 - nobody else has spoken
        """The evidence in the end, or when a budget was spent; then it would like another turn, and gets none."""
        said = Transcript()

        async def speak(role: Role, heard: Transcript) -> Message:
            nonlocal said
            message = await role.take_turn(heard, lab)
            said = heard.then(role.name, message)
            return message

        spent = False
        try:
            await converse_plainly(self._roles, said, speak)
        except BudgetSpent:
            if said.evidence is None:
                raise
            spent = True
        return (said.evidence or Evidence(summary="Nothing was found.")).model_copy(update={"more": spent})
