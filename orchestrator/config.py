"""What was meant: which target, which team, which budget, which seed. Its hash is the audit's id."""

import hashlib
import hmac
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, ValidationError

from functions.brief import Brief, Record
from functions.errors import BadInput
from orchestrator.budget import Budget
from orchestrator.models.choice import ModelChoice
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.roles.base import Way
from orchestrator.roles.messages import RoleName
from sandbox.submission import Image

Classical = Literal["classical"]

Backend = Classical | ModelChoice
"""What fills a role: the classical implementation, or a language model. A role without a backend is not in the team."""


_OPTIONS = {"exemplars": "exemplars", "best-of": "attempts", "from": "source"}


class Team(Record):
    """Which backend fills each role (None: nobody), and how they work.

    `way` is for an experimenter who works alone, see `orchestrator.roles.base.Way`. `exemplars` are put into the brief.
    `attempts` is the n of best of n. `source` is where a yoked team's observations come from: a run, or a folder of
    runs. What is in them belongs to what an audit means, their place does not.
    `submission` is somebody else's image in place of all roles, by its digest; `gateway` says which language models it
    may ask.
    """

    planner: Backend | None = "classical"
    experimenter: Backend | None = "classical"
    critic: Backend | None = "classical"
    way: Way | None = None
    exemplars: Annotated[int, Field(ge=1, le=1000)] | None = None
    attempts: Annotated[int, Field(ge=2, le=20)] | None = None
    source: str | None = None
    submission: str | None = None
    gateway: GatewayPolicy | None = None

    @property
    def present(self) -> tuple[RoleName, ...]:
        """The roles in the team, in the order in which they speak."""
        return tuple(name for name in RoleName if getattr(self, name) is not None)

    @property
    def filled(self) -> tuple[tuple[RoleName, Backend], ...]:
        """The same roles, each with its backend."""
        return tuple((name, getattr(self, name)) for name in self.present)

    @property
    def image(self) -> Image | None:
        """The submission, if it is one."""
        return None if self.submission is None else Image.parse(self.submission)

    @property
    def nameless(self) -> "Team":
        """The same team, its submission without the name that people call it by."""
        return self.model_copy(update={"submission": self.image and self.image.digest})

    @property
    def models(self) -> tuple[ModelChoice, ...]:
        """The language models in the team, each once."""
        return tuple(dict.fromkeys(backend for _, backend in self.filled if isinstance(backend, ModelChoice)))

    @classmethod
    def parse(cls, text: str) -> "Team":
        """Read `classical` or `openai:NAME` (every role), or `planner=openai:NAME,critic=none` (others are classical).

        Baselines: `single=BACKEND`, `non-interactive=BACKEND`, `yoked=BACKEND,from=RUN`; to any team can be added
        `exemplars=N` and `best-of=N`. Somebody else's image: `submission=NAME@sha256:...`. A model may carry options,
        as `ModelChoice.parse` reads them. Raises `BadInput` for what cannot be read, and for a team without an
        experimenter.
        """
        chosen: dict[str, object] = {}
        for part in text.split(","):
            chosen |= _read_part(part.strip(), text)
        try:
            return cls.model_validate(chosen)._checked()
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise BadInput(f"Cannot read the team '{text}': {first['loc'][0]}: {first['msg']}.") from None

    @property
    def label(self) -> str:
        """As a person writes it, without options."""
        if self.submission is not None:
            said = f"submission={self.submission}"
        elif self.way is not None:
            said = f"{self.way}={_label(self.experimenter)}"
        else:
            said = ",".join(f"{name}={_label(getattr(self, name))}" for name in RoleName)
        more = (f",exemplars={self.exemplars}" if self.exemplars else "", f",best-of={self.attempts}")
        return said + more[0] + (more[1] if self.attempts else "")

    def with_backends(self, **chosen: Backend | None) -> "Team":
        """The same team with other backends for some roles. Raises `BadInput` where that is no team."""
        return self.model_copy(update=dict(chosen))._checked()

    def at(self, base_url: str) -> "Team":
        """The same team, its models asked at `base_url` where they have no address of their own. Raises `BadInput`."""
        return self.model_copy(
            update={
                name.value: backend.at(base_url)
                for name, backend in self.filled
                if isinstance(backend, ModelChoice) and backend.base_url is None
            }
        )

    def asked(self, budget: Budget) -> tuple[tuple[ModelChoice, ...], Budget]:
        """The models that can be asked, and within which bounds: a gateway has bounds of its own."""
        return (self.models, budget) if self.gateway is None else self.gateway.asked

    def through(self, gateway: GatewayPolicy | None) -> "Team":
        """The same submission with a model gateway, or with none. Raises `BadInput` for a team of another kind."""
        return self.model_copy(update={"gateway": gateway})._checked()

    def _checked(self) -> "Team":
        if self.gateway is not None and self.submission is None:
            raise BadInput("A model gateway is for a submission: other teams ask their models themselves.")
        if self.submission is not None and (self.present or self.way):
            raise BadInput("A submission takes the place of every role: there is nobody beside it.")
        if self.experimenter is None and self.submission is None:
            raise BadInput(f"The team '{self.label}' has no experimenter: nobody could find anything out.")
        if self.way is not None and (self.planner is not None or self.critic is not None):
            raise BadInput(f"'{self.way}' is somebody who works alone: there is no planner and no critic beside them.")
        if (self.way == "yoked") != (self.source is not None):
            raise BadInput("A yoked team reads another team's observations: write 'yoked=BACKEND,from=RUN'.")
        if self.way == "yoked" and self.exemplars is not None:
            raise BadInput("A yoked team is given another team's observations, and no exemplars beside them.")
        return self


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


def _label(backend: Backend | None) -> str:
    return backend.label if isinstance(backend, ModelChoice) else backend or "none"


def _read_part(part: str, text: str) -> dict[str, object]:
    """The fields that one part of a team's text says. Raises `BadInput`."""
    if part == "classical" or _is_model(part):
        return dict.fromkeys([*RoleName], parse_backend(part))
    key, _, value = part.partition("=")
    somebody = value == "classical" or _is_model(value)
    if key in [*RoleName] and (somebody or value == "none"):
        return {key: parse_backend(value)}
    if key in get_args(Way) and somebody:
        return {"planner": None, "experimenter": parse_backend(value), "critic": None, "way": key}
    if key == "submission":
        return {**dict.fromkeys(RoleName), "submission": str(Image.parse(value))}
    if key in _OPTIONS and value:
        return {_OPTIONS[key]: value}
    raise BadInput(
        f"Cannot read the team '{text}' at '{part}'. Write 'classical', roles with backends as in "
        "'planner=none,critic=openai:NAME', or a baseline as in 'single=classical'."
    )


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
        """Sixteen hex digits of SHA-256 over target, team, budget and seed: what was meant, without any version.

        Where the brief carries exemplars or another team's observations, over these too.
        """
        team = self.team.nameless.model_copy(update={"source": None})
        meant = [self.target_sha256, _canonical(team), _canonical(self.budget), str(self.seed)]
        meant += [exemplar.model_dump_json() for exemplar in self.brief.exemplars]
        return hashlib.sha256("\n".join(meant).encode()).hexdigest()[:16]

    @property
    def secret(self) -> str:
        """The key of the noise (hex): the same for the same target and seed, and nothing that a role could know."""
        text = f"{self.target_sha256}:{self.seed}".encode()
        return hmac.new(b"inquest noise v1", text, hashlib.sha256).hexdigest()


def _canonical(record: BaseModel) -> str:
    return record.model_dump_json(exclude_none=True)
