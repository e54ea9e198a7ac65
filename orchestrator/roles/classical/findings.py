"""How reports of experiments are read: the last line of stdout, as strict records; anything else is an error."""

import json
from typing import Literal, TypeVar

from pydantic import ValidationError

from functions.brief import Interval, Noise, NoiseKind, Record, Region
from sandbox.client import ExperimentResult, Status

R = TypeVar("R", bound=Record)


class UnusableReportError(ValueError):
    """An experiment left no report that can be used. The message says why, in a few words."""


class FoundNoise(Record):
    """Kind, scale as `functions.brief.NoiseKind` defines it, and standard deviation of one answer."""

    kind: NoiseKind
    scale: float
    sd: float

    @property
    def noise(self) -> Noise:
        """As it is handed in."""
        return Noise(kind=self.kind, scale=self.scale if self.kind is not NoiseKind.NONE else 0.0)


class FoundRegion(Record):
    """An irregular region; an open side is None."""

    low: float | None
    high: float | None
    behaviour: str

    @property
    def region(self) -> Region:
        """As it is handed in."""
        return Region(where=Interval(low=self.low, high=self.high), behaviour=self.behaviour)


class FoundPart(Record):
    """One part of what is believed: the names it may be called by, and its numbers by name."""

    about: Literal["base", "region"]
    families: tuple[str, ...]
    numbers: tuple[tuple[str, float], ...]


class FoundHypothesis(Record):
    """One explanation: its form with parameters, for a later fit to start from, and what it says."""

    form: str
    p: tuple[float, ...]
    statement: str
    code: str
    support: float


class Found(Record):
    """The report of an `explain` script."""

    description: str
    code: str
    noise: FoundNoise
    region: FoundRegion | None
    explained: bool
    named: bool
    residual: float
    hypotheses: tuple[FoundHypothesis, ...]
    parts: tuple[FoundPart, ...] = ()


class Blow(Record):
    """One attack and what came of it; None is undefined."""

    kind: str
    input: float
    expected: float | None
    observed: float | None
    tolerance: float
    broke: bool


class Blows(Record):
    """The report of an `attack` script."""

    blows: tuple[Blow, ...]


class Measured(Record):
    """The report of a `measure` script: how much was asked in all, and what repeats show."""

    asked: int
    sd: float
    comparisons: int


def read(result: ExperimentResult, kind: type[R]) -> R:
    """The report of an experiment. Raises UnusableReportError where it failed, or its last line is something else."""
    if result.status is not Status.OK:
        last = result.stderr.strip().splitlines()[-1:] or ["nothing on stderr"]
        raise UnusableReportError(f"the experiment ended with status {result.status}: {last[0][:200]}")
    lines = result.stdout.strip().splitlines()
    if not lines:
        raise UnusableReportError("the experiment printed no report")
    try:
        return kind.model_validate(json.loads(lines[-1]))
    except (json.JSONDecodeError, ValidationError, RecursionError) as error:
        first = str(error).splitlines()[0][:200]
        raise UnusableReportError(f"the experiment's last line is not the report expected: {first}") from None
