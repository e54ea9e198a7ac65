"""What was meant: which target, which team, which budget, which seed. Its hash is the audit's id."""

import hashlib
import hmac
from typing import Literal

from pydantic import BaseModel

from functions.brief import Brief, Record
from functions.errors import BadInput
from orchestrator.budget import Budget
from orchestrator.models.choice import ModelChoice
from orchestrator.roles.messages import RoleName

Classical = Literal["classical"]

Backend = Classical | ModelChoice
"""What fills a role: the classical implementation, or a language model. A role without a backend is not in the team."""


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

    @property
    def models(self) -> tuple[ModelChoice, ...]:
        """The language models in the team, each once."""
        return tuple(dict.fromkeys(backend for _, backend in self.filled if isinstance(backend, ModelChoice)))

    @classmethod
    def parse(cls, text: str) -> "Team":
        """Read `classical` or `openai:NAME` (every role), or `planner=openai:NAME,critic=none` (others are classical).

        A model may carry options, as `ModelChoice.parse` reads them. Raises `BadInput` for an unknown role or backend,
        and for a team without an experimenter.
        """
        if text == "classical" or _is_model(text):
            backend = parse_backend(text)
            return cls(planner=backend, experimenter=backend, critic=backend)
        chosen: dict[str, Backend | None] = {}
        for part in text.split(","):
            role, _, named = part.strip().partition("=")
            if role not in list(RoleName) or not (named in ("classical", "none") or _is_model(named)):
                raise BadInput(
                    f"Cannot read the team '{text}' at '{part.strip()}'. "
                    "Write 'classical', or roles with backends as in 'planner=none,critic=openai:NAME'."
                )
            chosen[role] = parse_backend(named)
        return cls().with_backends(**chosen)

    @property
    def label(self) -> str:
        """As a person writes it, without options."""
        backends = ((name, getattr(self, name)) for name in RoleName)
        return ",".join(f"{name}={b.label if isinstance(b, ModelChoice) else b or 'none'}" for name, b in backends)

    def with_backends(self, **chosen: Backend | None) -> "Team":
        """The same team with other backends for some roles. Raises `BadInput` for a team without an experimenter."""
        team = self.model_copy(update=dict(chosen))
        if team.experimenter is None:
            raise BadInput(f"The team '{team.label}' has no experimenter: nobody could find anything out.")
        return team

    def at(self, base_url: str) -> "Team":
        """The same team, its models asked at `base_url` where they have no address of their own. Raises `BadInput`."""
        return self.model_copy(
            update={
                name.value: backend.at(base_url)
                for name, backend in self.filled
                if isinstance(backend, ModelChoice) and backend.base_url is None
            }
        )


def parse_backend(text: str) -> Backend | None:
    """Read `classical`, `none`, or a model. Raises `BadInput`."""
    match text.strip():
        case "classical":
            return "classical"
        case "none":
            return None
        case named:
            return ModelChoice.parse(named)


def _is_model(text: str) -> bool:
    return ":" in text and "=" not in text.partition(":")[0]


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
