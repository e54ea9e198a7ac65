"""Answered queries, and what can be said of them before anything is fitted: scale, repeats, weights."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .noise import Scatter, scatter
from .types import Array, Mask

USUAL = 3.0  # scales from the median: answers further off weigh less, where there is no noise


@dataclass(frozen=True)
class Data:
    """Answered queries, sorted by input. `y` is NaN where undefined. `dust` is what arithmetic alone may leave."""

    x: Array
    y: Array

    @cached_property
    def defined(self) -> Mask:
        """Which answers are numbers."""
        return np.isfinite(self.y)

    def part(self, rows: Mask) -> "Data":
        """These answers alone."""
        return Data(self.x[rows], self.y[rows])

    @cached_property
    def scale(self) -> float:
        """A typical size of the variation in y, robust to poles; never 0."""
        y = self.y[self.defined]
        if not len(y):
            return 1.0
        low, middle, high = np.quantile(y, [0.05, 0.5, 0.95])
        spread = max(float(np.median(np.abs(y - middle))), 0.05 * float(high - low))
        return float(spread or y.std() or abs(y[0]) or 1.0)

    @cached_property
    def scatter(self) -> Scatter:
        """What repeats say of the noise."""
        return scatter(self.x, self.y)

    @cached_property
    def weights(self) -> Array:
        """How much each answer's residual counts (N,). Under noise all count the same. Without, any weights do, for
        what is exact fits all: these keep a pole, or an answer from far outside, from outshouting the others."""
        if self.scatter.noisy or not self.defined.any():
            return np.ones(len(self.x))
        off = (self.y - np.median(self.y[self.defined])) / (USUAL * self.scale)
        return np.where(self.defined, 1.0 / np.hypot(1.0, np.nan_to_num(off)), 1.0)

    @cached_property
    def weighed(self) -> Array:
        """The answers times their weights."""
        return self.y * self.weights

    @cached_property
    def comparisons(self) -> int:
        """How many defined answers there are beyond one for each input: what they say of noise rests on these."""
        return int(self.defined.sum()) - len(np.unique(self.x[self.defined]))

    @cached_property
    def left_out(self) -> dict[bytes, tuple[float, int]]:
        """What `regions.inside_variance` worked out for masks met before: it is asked thousands of times."""
        return {}

    @cached_property
    def dust(self) -> float:
        """Root mean square residual below which a fit counts as exact."""
        y = self.y[self.defined]
        return 1e-8 * self.scale + 1e-12 * float(np.abs(y).max(initial=0.0))


def sorted_data(x: Array, y: Array) -> Data:
    """The record of answers, sorted by input."""
    order = np.argsort(x, kind="stable")
    return Data(np.asarray(x, dtype=float)[order], np.asarray(y, dtype=float)[order])
