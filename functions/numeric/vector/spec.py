"""The ground truth of a function of two or three numbers."""

from functools import reduce
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from functions.arrays import BoolArray, FloatArray, IntArray
from functions.brief import Brief, Category, Claim, Exemplar, Interval, Noise, NoiseKind, Record
from functions.identity import sha256_of
from functions.noise import draw_noise
from functions.numeric.spec import inside
from functions.numeric.vector import code, prose
from functions.numeric.vector.claims import claims_of
from functions.numeric.vector.exemplars import chosen, pool
from functions.numeric.vector.formula import Formula, fits, values

Box = Annotated[tuple[Interval, ...], Field(min_length=2, max_length=3)]  # an interval for each number of an input


class BoxCorruption(Record):
    """A box of inputs, bounds included, where another behaviour stands in the place of the usual one."""

    where: Box
    behaviour: Formula


class VectorSpec(Record):
    """A function of two or three numbers: a formula, corrupted in boxes, with noise on its answers."""

    category: Literal[Category.NUMERIC] = Category.NUMERIC
    domains: Box
    formula: Formula
    corruptions: Annotated[tuple[BoxCorruption, ...], Field(max_length=8)] = ()  # where several hold, the first counts
    noise: Noise = Noise()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if any(domain.low is None or domain.high is None for domain in self.domains):
            raise ValueError("the domain of each input has two bounds")
        if (self.noise.kind is NoiseKind.NONE) != (self.noise.scale == 0):
            raise ValueError("the scale of noise is 0 where its kind is none, and nowhere else")
        if self.noise.kind is NoiseKind.NONE and self.noise.growth:
            raise ValueError("no noise cannot grow")
        formulas = (self.formula, *(corruption.behaviour for corruption in self.corruptions))
        if not all(fits(formula, len(self.domains)) for formula in formulas):
            raise ValueError("a formula speaks of inputs that there are not, or lacks some")
        if any(len(corruption.where) != len(self.domains) for corruption in self.corruptions):
            raise ValueError("a box has an interval for each input")
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
    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """The lower and the upper ends of the domain, (D,) each."""
        ends = np.array([(domain.low, domain.high) for domain in self.domains], dtype=np.float64)
        return ends[:, 0], ends[:, 1]

    @property
    def irregular(self) -> tuple[Box, ...]:
        """Where it is corrupted."""
        return tuple(corruption.where for corruption in self.corruptions)

    def evaluate(self, x: FloatArray) -> FloatArray:
        """The expected output (N,) at each row of x (N, D), NaN where undefined; beyond the domain, too."""
        x = np.asarray(x, dtype=np.float64)
        y = values(self.formula, x)
        for corruption in reversed(self.corruptions):
            y = np.where(inside_box(corruption.where, x), values(corruption.behaviour, x), y)
        return y

    def sample(self, x: FloatArray, asked_before: IntArray, secret: bytes) -> FloatArray:
        """What an oracle answers: expected output plus noise that hashes (secret, row, how often it was asked)."""
        x = np.asarray(x, dtype=np.float64)
        y = self.evaluate(x)
        return y + draw_noise(self.noise, x, np.asarray(asked_before), secret, y)

    def describe(self, phrasing: int = 0) -> str:
        """What it does, where it is irregular and how noisy it is, in English."""
        return prose.describe(self.formula, self._regions, self.noise, len(self.domains), phrasing)

    def claims(self) -> tuple[Claim, ...]:
        """Atomic true statements, see `functions.numeric.vector.claims`."""
        return claims_of(self.formula, self._regions, self.noise, len(self.domains))

    def reference_code(self) -> str:
        """Python that defines `function(x, y)` or `function(x, y, z)`: the expected output, NaN where undefined."""
        return code.reference_code(self.formula, self._regions, len(self.domains))

    def exemplars(self, count: int) -> tuple[Exemplar, ...]:
        """Vectors of most and of least output and others all over the domain, with what an oracle may answer."""
        x = pool(*self.bounds, count)
        x = x[chosen(x, self.evaluate(x), *self.bounds, count)]
        y = self.sample(x, np.zeros(count, dtype=np.int64), f"exemplars of {self.sha256}".encode()).tolist()
        rows = zip(x.tolist(), y, strict=True)
        return tuple(Exemplar(input=tuple(row), output=value if np.isfinite(value) else None) for row, value in rows)

    def brief(self, query_budget: int, exemplars: int = 0) -> Brief:
        """All that agents may know, with this many exemplars."""
        return Brief(
            category=self.category,
            input_type="vector",
            domains=self.domains,
            query_budget=query_budget,
            exemplars=self.exemplars(exemplars),
        )

    @property
    def _regions(self) -> tuple[tuple[Box, Formula], ...]:
        return tuple((corruption.where, corruption.behaviour) for corruption in self.corruptions)


def inside_box(where: Box, x: FloatArray) -> BoolArray:
    """Which rows of x are in the box, bounds included."""
    return np.asarray(reduce(np.logical_and, (inside(side, x[:, place]) for place, side in enumerate(where))))
