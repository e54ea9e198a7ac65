"""Small ground truths and a runner without a sandbox, so that judges can be tested on their own."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import numpy as np

from functions.brief import Claim, Interval, Noise, NoiseKind
from judges.truth import FloatArray, IntArray
from sandbox.client import Answer, Isolation, SandboxFailure

Function = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class FakeTruth:
    """A function with, perhaps, an interval where it does something else."""

    base: Function
    inside: Function | None = None
    where: Interval | None = None
    noise: Noise = field(default_factory=Noise)
    stated: tuple[Claim, ...] = ()
    domain: Interval = field(default_factory=lambda: Interval(low=-128, high=128))
    sha256: str = "f" * 64

    @property
    def irregular(self) -> tuple[Interval, ...]:
        return () if self.where is None else (self.where,)

    def evaluate(self, x: FloatArray) -> FloatArray:
        with np.errstate(all="ignore"):
            y = self.base(x)
            if self.where is not None and self.inside is not None:
                inside = np.array([self.where.contains(v) for v in x], dtype=bool)
                y = np.where(inside, self.inside(x), y)
        return np.where(np.isfinite(y), y, np.nan)

    def sample(self, x: FloatArray, asked_before: IntArray, secret: bytes) -> FloatArray:  # noqa: ARG002
        sd = self.noise.scale if self.noise.kind is not NoiseKind.NONE else 0.0
        return self.evaluate(x) + sd * np.random.default_rng(len(secret)).normal(size=x.size)

    def describe(self, phrasing: int = 0) -> str:
        return f"the truth, said in way {phrasing}"

    def claims(self) -> tuple[Claim, ...]:
        return self.stated


@dataclass
class FakeRunner:
    """Answers with a Python callable in place of a container. It must never be given anything but inputs."""

    candidate: Callable[[float], float | None]
    fails: bool = False
    asked: list[tuple[float | str, ...]] = field(default_factory=list)

    @property
    def isolation(self) -> Isolation:
        return Isolation(engine="fake", runtime="none")

    def evaluate(self, code: str, inputs: Sequence[float | str]) -> tuple[Answer, ...]:  # noqa: ARG002
        self.asked.append(tuple(inputs))
        if self.fails:
            raise SandboxFailure("the engine went away")
        return tuple(self._answer(float(x)) for x in inputs)

    def _answer(self, x: float) -> Answer:
        try:
            value = self.candidate(x)
        except ArithmeticError as error:
            return Answer(error=f"{type(error).__name__}: {error}")
        return Answer(value=value if value is not None and math.isfinite(value) else None)

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def reproducing(truth: FakeTruth) -> FakeRunner:
    """A runner whose candidate is the truth itself."""
    return FakeRunner(lambda x: float(truth.evaluate(np.array([x]))[0]))
