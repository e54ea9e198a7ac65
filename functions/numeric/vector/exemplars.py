"""Which vectors are shown for a start: those with the most and the least output, among others all over the domain."""

from collections.abc import Iterator
from itertools import zip_longest

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.vector.space import filling

_POOL = 1_024  # vectors, among which the most and the least responsive are looked for
_CELLS = {2: 4, 3: 3}  # along each number: of one cell no two extremes are shown


def pool(low: FloatArray, high: FloatArray, count: int) -> FloatArray:
    """The vectors among which `count` are chosen, (N, D), to six digits; hidden inputs are never so round."""
    return np.round(filling(low, high, max(count, _POOL)), 6)


def chosen(x: FloatArray, y: FloatArray, low: FloatArray, high: FloatArray, count: int) -> list[int]:
    """Places of `count` rows of x, whose expected outputs are y: the first ones of them for any smaller count, too.

    By turns the next one of those that fill the domain evenly, the one with the most output that is left, again one of
    those that fill it, and the one with the least. Each cell of a grid over the domain has one most and one least.
    """
    every = range(len(x))
    most, least = (_extremes(x[:_POOL], sign * y[:_POOL], low, high) for sign in (-1, 1))
    turns = zip_longest(every[::2], most, every[1::2], least)
    return list(dict.fromkeys(place for turn in turns for place in turn if place is not None))[:count]


def _extremes(x: FloatArray, y: FloatArray, low: FloatArray, high: FloatArray) -> Iterator[int]:
    """The place of the smallest y in each cell, the smallest of all first; what is undefined is left out."""
    cells = np.minimum((x - low) / (high - low) * _CELLS[low.size], _CELLS[low.size] - 1).astype(np.int64)
    seen: set[tuple[int, ...]] = set()
    for place in np.argsort(y, kind="stable").tolist():
        cell = tuple(cells[place].tolist())
        if cell not in seen and np.isfinite(y[place]):
            seen.add(cell)
            yield place
