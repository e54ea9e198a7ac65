"""What was meant: which target, which team, which budget, which seed. Its hash is the audit's id."""

import hashlib
import hmac
from typing import Literal

from pydantic import BaseModel

from functions.brief import Brief, Record
from functions.errors import BadInput
from orchestrator.budget import Budget
from orchestrator.roles.messages import RoleName

Backend = Literal["classical"]
"""What fills a role. A role without a backend is not in the team."""


class Team(Record):
    """Which backend fills each role; None: nobody."""

    planner: Backend | None = "classical"
    experimenter: Backend | None = "classical"
    critic: Backend | None = "classical"

    @property
    def present(self) -> tuple[RoleName, ...]:
        """The roles in the team, in the order in which they speak."""
        return tuple(name for name in RoleName if getattr(self, name) is not None)

    @property
    def filled(self) -> tuple[tuple[RoleName, Backend], ...]:
        """The same roles, each with its backend."""
        return tuple((name, getattr(self, name)) for name in self.present)

    @classmethod
    def parse(cls, text: str) -> "Team":
        """Read `classical` (every role), or `planner=classical,critic=none` (those not named are classical).

        Raises `BadInput` for an unknown role or backend, and for a team without an experimenter.
        """
        if text == "classical":
            return cls()
        chosen: dict[str, Backend | None] = {}
        for part in text.split(","):
            role, _, backend = part.strip().partition("=")
            if role not in list(RoleName) or backend not in ("classical", "none"):
                raise BadInput(
                    f"Cannot read the team '{text}' at '{part.strip()}'. "
                    "Write 'classical', or roles with backends as in 'planner=none,critic=classical'."
                )
            chosen[role] = "classical" if backend == "classical" else None
        team = cls.model_validate(chosen)
        if team.experimenter is None:
            raise BadInput(f"The team '{text}' has no experimenter: nobody could find anything out. Give it a backend.")
        return team


class AuditConfig(Record):
    """The whole resolved configuration of one audit. It holds the ground truth (`target`): never show it to a role."""

    function: str  # as the user named it, for people
    target: dict[str, object]  # the spec as JSON
    target_sha256: str
    brief: Brief
    team: Team
    budget: Budget
    seed: int

    @property
    def id(self) -> str:
        """Sixteen hex digits of SHA-256 over target, team, budget and seed: what was meant, without any version."""
        meant = "\n".join((self.target_sha256, _canonical(self.team), _canonical(self.budget), str(self.seed)))
        return hashlib.sha256(meant.encode()).hexdigest()[:16]

    @property
    def secret(self) -> str:
        """The key of the noise (hex): the same for the same target and seed, and nothing that a role could know."""
        text = f"{self.target_sha256}:{self.seed}".encode()
        return hmac.new(b"inquest noise v1", text, hashlib.sha256).hexdigest()


def _canonical(record: BaseModel) -> str:
    return record.model_dump_json(exclude_none=True)
