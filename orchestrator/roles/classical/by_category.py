"""One role whatever the category: the implementation that knows about the function's inputs takes the turn."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.brief import Category
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.messages import Message, RoleName
from sandbox.client import Lab


@dataclass(frozen=True)
class ByCategory:
    """Implementations of one role; `otherwise` serves categories that have none of their own, and `vectors` functions
    of several numbers."""

    otherwise: Role
    own: Mapping[Category, Role]
    vectors: Role

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return self.otherwise.name

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        """What the implementation for the lab's category says."""
        own = self.own.get(lab.brief.category, self.otherwise)
        return await (self.vectors if lab.brief.input_type == "vector" else own).take_turn(transcript, lab)
