"""The ground truth of a numeric function."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from functions.arrays import FloatArray, IntArray
from functions.brief import Brief, Category, Claim, Exemplar, Interval, Noise, NoiseKind, Record
from functions.identity import sha256_of
from functions.noise import draw_noise
from functions.numeric import code, prose
from functions.numeric.claims import claims_of
from functions.numeric.expression import Expression
from functions.numeric.network import Base, values

GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, modulo 1, fill an interval evenly from the first on (Steinhaus's three gaps)."""


class Corruption(Record):
    """A part of the inputs, bounds included, where another behaviour stands in the place of the usual one."""

    where: Interval
    behaviour: Expression


class NumericSpec(Record):
    """A function of one real number: a formula or a network, corrupted in places, with noise on its answers."""

    category: Literal[Category.NUMERIC] = Category.NUMERIC
    domain: Interval
    expression: Base
    corruptions: Annotated[tuple[Corruption, ...], Field(max_length=8)] = ()  # where several hold, the first one counts
    noise: Noise = Noise()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.domain.low is None or self.domain.high is None:
            raise ValueError("the domain of a numeric function has two bounds")
        if (self.noise.kind is NoiseKind.NONE) != (self.noise.scale == 0):
            raise ValueError("the scale of noise is 0 where its kind is none, and nowhere else")
        if self.noise.kind is NoiseKind.NONE and self.noise.growth:
            raise ValueError("no noise cannot grow")
        return self

    @property
    def sha256(self) -> str:
        """The identity of this function."""
        return sha256_of(self)

    @property
    def phrasings(self) -> int:
        """How many descriptions `describe` can give."""
        return prose.PHRASINGS

    @property
    def irregular(self) -> tuple[Interval, ...]:
        """Where it is corrupted."""
        return tuple(corruption.where for corruption in self.corruptions)

    def evaluate(self, x: FloatArray) -> FloatArray:
        """The expected output at each x, NaN where undefined. Inputs beyond the domain are answered too."""
        x = np.asarray(x, dtype=np.float64)
        y = values(self.expression, x)
        for corruption in reversed(self.corruptions):
            y = np.where(inside(corruption.where, x), values(corruption.behaviour, x), y)
        return y

    def sample(self, x: FloatArray, asked_before: IntArray, secret: bytes) -> FloatArray:
        """What an oracle answers: expected output plus noise that hashes (secret, x, how often x was asked before)."""
        x = np.asarray(x, dtype=np.float64)
        y = self.evaluate(x)
        return y + draw_noise(self.noise, x, np.asarray(asked_before), secret, y)

    def describe(self, phrasing: int = 0) -> str:
        """What it does, where it is irregular and how noisy it is, in English."""
        return prose.describe(self.expression, self._regions, self.noise, phrasing)

    def claims(self) -> tuple[Claim, ...]:
        """Atomic true statements, see `functions.numeric.claims`."""
        return claims_of(self.expression, self._regions, self.noise)

    def reference_code(self) -> str:
        """Python that defines `function(x)`: the expected output, NaN where undefined."""
        return code.reference_code(self.expression, self._regions)

    def exemplars(self, count: int) -> tuple[Exemplar, ...]:
        """Points all over the domain, the first few of them too, with what an oracle may answer: noise included."""
        low, high = float(self.domain.low or 0.0), float(self.domain.high or 0.0)
        x = np.round(low + (high - low) * (np.arange(1, count + 1) * GOLDEN % 1.0), 6)
        y = self.sample(x, np.zeros(count, dtype=np.int64), f"exemplars of {self.sha256}".encode())
        return tuple(
            Exemplar(input=a, output=b if np.isfinite(b) else None) for a, b in zip(x.tolist(), y.tolist(), strict=True)
        )

    def brief(self, query_budget: int, exemplars: int = 0) -> Brief:
        """All that agents may know, with this many exemplars."""
        return Brief(
            category=self.category,
            input_type="float",
            domain=self.domain,
            query_budget=query_budget,
            exemplars=self.exemplars(exemplars),
        )

    @property
    def _regions(self) -> tuple[tuple[Interval, Expression], ...]:
        return tuple((corruption.where, corruption.behaviour) for corruption in self.corruptions)


def inside(where: Interval, x: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which x are in the interval, bounds included."""
    low = -np.inf if where.low is None else where.low
    high = np.inf if where.high is None else where.high
    return (low <= x) & (x <= high)
