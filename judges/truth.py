"""What a judge needs of a spec. Every generated function offers it; anything that does can be graded."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from functions.brief import Claim, Interval, Noise
from functions.entity import EntitySpec
from functions.heldout.relations import ChainSpec
from functions.numeric.vector import VectorSpec
from functions.relation import RelationSpec
from functions.string import StringSpec

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class Truth(Protocol):
    """The ground truth of a numeric function, as `functions.spec` promises it. All of it is pure."""

    @property
    def sha256(self) -> str: ...

    @property
    def domain(self) -> Interval: ...

    @property
    def noise(self) -> Noise: ...

    @property
    def irregular(self) -> tuple[Interval, ...]: ...

    def evaluate(self, x: FloatArray, /) -> FloatArray:
        """Expected output, NaN where undefined."""
        ...

    def sample(self, x: FloatArray, /, asked_before: IntArray, secret: bytes) -> FloatArray:
        """What an oracle answers: expected output plus noise."""
        ...

    def describe(self, phrasing: int = 0, /) -> str: ...

    def claims(self) -> tuple[Claim, ...]: ...


# Ground truths of texts and words are the specs themselves: what there is to know of them differs too much to share it.
Relation = RelationSpec | ChainSpec
WordTruth = StringSpec | EntitySpec | Relation
AnyTruth = Truth | VectorSpec | WordTruth
WORDS = (StringSpec, EntitySpec, RelationSpec, ChainSpec)


def defined(values: FloatArray) -> FloatArray:
    """The same values with everything that is not a finite number as NaN: the one meaning of *undefined*."""
    return np.where(np.isfinite(values), values, np.nan)


def domain_bounds(truth: Truth) -> tuple[float, float]:
    """Both ends of the domain; an open side falls to -128 or 128, the range of the published numeric functions."""
    low, high = truth.domain.low, truth.domain.high
    return (-128.0 if low is None else low), (128.0 if high is None else high)
