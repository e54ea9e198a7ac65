"""Raw answers of a neuron: at rest, fully active, and how noisy they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .knowledge import plain

QUIET = 1e-6


@dataclass(frozen=True)
class Levels:
    """The response at rest and the half-width of the (uniform) noise; full activity is as far from 1 as rest from 0."""

    rest: float
    noise: float

    def expected(self, response: float) -> float:
        """A response in 0..1 as the mean of what is answered."""
        return self.rest + (1 - 2 * self.rest) * response


def levels(answers: Sequence[float]) -> Levels:
    """From all answers, of which at least half are at rest and scatter evenly around it."""
    if len(answers) < 4:
        return Levels(0.0, 0.0)
    y = np.sort(np.array(answers))
    if y[len(y) // 2] - y[0] < QUIET:
        return Levels(round(float(y[0]), 6), 0.0)
    k = _at_rest(y)
    half = float(y[k - 1] - y[0]) / 2 * (k + 1) / (k - 1)  # the range of k uniform numbers falls short by that
    return Levels(round(float(y[0] + y[k - 1]) / 2, 3), round(half, 3))


def _at_rest(y: NDArray[np.float64]) -> int:
    """How many of the sorted answers are at rest: where the even block at the bottom most likely ends."""
    n = len(y)
    k = np.arange(max(2, n // 2), n)
    block, above = y[k - 1] - y[0] + 1e-3, np.maximum(1 - y[k - 1], 1e-3)
    likelihood = k * np.log(k / n / block) + (n - k) * np.log((n - k) / n / above)
    return int(k[likelihood.argmax()]) if k.size else n


def normalised(pairs: Sequence[tuple[object, object]]) -> tuple[tuple[str, ...], NDArray[np.float64], Levels]:
    """Words, their mean responses scaled to 0..1, and the levels. Undefined answers are left out."""
    sums: dict[str, list[float]] = {}
    for word, answer in pairs:
        if isinstance(answer, int | float):
            sums.setdefault(plain(str(word)), []).append(float(answer))
    found = levels([y for ys in sums.values() for y in ys])
    top = max(1e-9, 1 - 2 * found.rest)
    y = np.array([np.mean(ys) for ys in sums.values()], dtype=np.float64)
    return tuple(sums), np.clip((y - found.rest) / top, 0, 1.2), found
