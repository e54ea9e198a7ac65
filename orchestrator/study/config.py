"""What a study is: one TOML file. Functions, arms and seeds make the grid; errors name the field and its line."""

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    ValidationError,
    field_validator,
    model_validator,
)

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.files import read_capped
from orchestrator.judging.choice import Judging
from orchestrator.models.gateway.policy import GatewayPolicy

MAX_STUDY_BYTES = 1_000_000

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]
"""Of studies and arms: they become file names and parts of figures' names, so they hold no dot and no slash."""

JudgeName = Literal["code", "description"]


class Arm(Record):
    """One way to investigate. `team` is written as for `inquest audit --team`; `budget` holds what differs.

    `gateway` says which language models a submission may ask; without it, none.
    """

    name: Name
    team: str = "classical"
    budget: Budget = Budget()
    gateway: GatewayPolicy | None = None

    @field_validator("team")
    @classmethod
    def _readable(cls, team: str) -> str:
        try:
            Team.parse(team)
        except BadInput as error:
            raise ValueError(str(error)) from None
        return team

    @model_validator(mode="after")
    def _for_a_submission(self) -> Self:
        try:
            self.parsed_team  # noqa: B018 - looked at for what it raises
        except BadInput as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def parsed_team(self) -> Team:
        """The team, read."""
        return Team.parse(self.team).through(self.gateway)


class Grading(Record):
    """Who judges, as `inquest grade --judges --model --votes` has it. What that costs is beside the audits' budgets."""

    judges: str = "code,claims"
    readers: tuple[str, ...] = ()
    votes: Annotated[int, Field(ge=1, le=25)] = 3

    @model_validator(mode="after")
    def _readable(self) -> Self:
        try:
            self.judging  # noqa: B018 - looked at for what it raises
        except BadInput as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def judging(self) -> Judging:
        """The judges, read."""
        return Judging.parse(self.judges, self.readers, votes=self.votes)


class Limits(Record):
    """Where a study stops by itself; it can be continued. None: no limit.

    The last six bound all audits together and are never exceeded, see `orchestrator.study.lease`.
    """

    audits: PositiveInt | None = None  # a grid of more is refused
    hours: PositiveFloat | None = None  # of one command
    cost: PositiveFloat | None = None  # US dollars
    calls: PositiveInt | None = None
    tokens: PositiveInt | None = None
    queries: PositiveInt | None = None
    experiments: PositiveInt | None = None
    turns: PositiveInt | None = None


class StudyConfig(Record):
    """A study as written.

    `functions` are suites (`demo@1`), patterns (`demo@1/numeric/00*`) or spec files; `per_category` keeps so many of
    each category, the first in order. The score of an audit is the mean over `judges`. Arms are compared with
    `reference`. `grading` says who these judges are; a later grading by others is taken in by `inquest study refresh`.
    `budget` is what every arm may spend, but for what the arm's own `budget` says.
    """

    name: Name
    description: str = ""
    functions: Annotated[tuple[str, ...], Field(min_length=1)]
    per_category: PositiveInt | None = None
    seeds: Annotated[tuple[NonNegativeInt, ...], Field(min_length=1)] = (0,)
    sandbox: Literal["auto", "docker", "local"] = "auto"
    judges: Annotated[tuple[JudgeName, ...], Field(min_length=1)] = ("code", "description")
    grading: Grading = Grading()
    budget: Budget = Budget()
    arms: Annotated[tuple[Arm, ...], Field(min_length=1)]
    reference: str = ""
    limits: Limits = Limits()

    @model_validator(mode="before")
    @classmethod
    def _inherit_budgets(cls, document: object) -> object:
        """An arm's budget is the study's with its own changes, written out: so faults are named where they are."""
        if not isinstance(document, dict) or not isinstance(document.get("arms"), list | tuple):
            return document
        common = document.get("budget", {})
        if not isinstance(common, dict):
            return document
        arms = [_with_budget(arm, common) if isinstance(arm, dict) else arm for arm in document["arms"]]
        return document | {"arms": arms}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [arm.name for arm in self.arms]
        meant = {(arm.parsed_team.nameless, arm.budget): arm.name for arm in self.arms}
        if len(set(names)) < len(names):
            raise ValueError("two arms have the same name")
        if len(meant) < len(names):
            raise ValueError("two arms mean the same audits: the same team with the same budget")
        if len(set(self.seeds)) < len(self.seeds):
            raise ValueError("a seed is named twice")
        if self.reference and self.reference not in names:
            raise ValueError(f"the reference is none of the arms: {', '.join(names)}")
        return self

    @property
    def reference_arm(self) -> str:
        """The arm that the others are compared with: the one that is named, or the first."""
        return self.reference or self.arms[0].name


def read_study(path: Path) -> StudyConfig:
    """The study in a TOML file, or the ready-made one of that name. Raises `BadInput` that names line and field."""
    ready = ready_studies()
    source = path if path.suffix or path.is_file() else ready.get(str(path))
    if source is None:
        raise BadInput(f"There is no file {path}, and no ready-made study of that name. There are: {', '.join(ready)}.")
    return parse_study(read_capped(source, MAX_STUDY_BYTES).decode(errors="replace"), str(path))


def parse_study(text: str, name: str) -> StudyConfig:
    """A study from TOML; `name` is what errors call the file."""
    try:
        return StudyConfig.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is no TOML: {error}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        line, where = _line_of(text, first["loc"]), ".".join(map(str, first["loc"])) or "the study"
        known = f" Known: {', '.join(_known_fields(first['loc']))}." if first["type"] == "extra_forbidden" else ""
        raise BadInput(f"{name}, line {line}: {where}: {first['msg']}.{known}") from None


def ready_studies() -> dict[str, Path]:
    """The studies that come with Inquest, by name."""
    return {path.stem: path for path in sorted((Path(__file__).parent / "ready").glob("*.toml"))}


def matches(pattern: str, reference: str) -> bool:
    """Does `demo@1/numeric/0007` belong to `demo@1`, `demo@1/numeric` or `demo@1/*/000?`?"""
    return fnmatchcase(reference, pattern) or reference.startswith(f"{pattern.rstrip('/')}/")


def _with_budget(arm: dict[str, object], common: dict[str, object]) -> dict[str, object]:
    own = arm.get("budget", {})
    return arm | {"budget": common | own} if isinstance(own, dict) else arm


def _known_fields(place: tuple[int | str, ...]) -> list[str]:
    """The fields of the table that `place` lies in."""
    tables: dict[int | str, type[Record]] = {
        "budget": Budget,
        "grading": Grading,
        "limits": Limits,
        "arms": Arm,
        "gateway": GatewayPolicy,
    }
    inside = next((tables[part] for part in reversed(place[:-1]) if part in tables), StudyConfig)
    return list(inside.model_fields)


_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*(?:\.\s*([\w-]+))?\s*=")


def _line_of(text: str, place: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of `place` that the file spells out; 1 where it spells out none."""
    best, best_depth, table = 1, 0, tuple[int | str, ...]()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[2]
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
            table = tuple(p for part in name.split(".") for p in ((part, counts[part]) if part in counts else (part,)))
            here = table
        elif key := _KEY.match(line):
            here = (*table, *(part for part in key.groups() if part))
        else:
            continue
        if len(here) > best_depth and here == place[: len(here)]:
            best, best_depth = number, len(here)
    return best
