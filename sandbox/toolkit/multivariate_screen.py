"""Which structure may it be? Cheap guesses from answers along lines, before any family is fitted.

Lines run along each input through two points, one where answers are low and one where they are high. What a structure
makes of the lines through a point is compared with the other answers; where a structure has no such lines, neighbours
in its own coordinate should agree. The errors are trimmed, for a part of the inputs may be irregular.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from .multivariate_forms import Structure
from .types import Array, Mask

TRIMMED = 0.65  # of the errors count, the smallest
LEVELS = 61  # of the third function, tried for a product of the other two
CUTS = np.linspace(0.1, 0.9, 9)  # of each input: where a box that is left out may begin or end
FEWEST = 4  # answers in such a box
TRIES = 300  # points that a distance may be from, before the best is improved


@dataclass(frozen=True)
class Lines:
    """A point (D,) with its answer, and for each input the answers along it: places and outputs, in order."""

    point: Array
    value: float
    along: tuple[tuple[Array, Array], ...]

    def at(self, column: int, x: Array) -> Array:
        """Straight lines between the answers along one input, at `x` (N,)."""
        return np.asarray(np.interp(x, *self.along[column]))


@dataclass(frozen=True)
class Guess:
    """A structure, what its parts say at all rows so far, and its error as a share of the spread of the answers."""

    structure: Structure
    values: tuple[Array, ...]
    error: float


def lines_through(point: Array, x: Array, y: Array) -> Lines:
    """The lines through a point of `x` (N, D): all rows that differ from it in one input at most."""
    same = np.isclose(x, point, rtol=0, atol=1e-9)
    here = same.all(axis=1)
    along = []
    for column in range(x.shape[1]):
        rows = np.delete(same, column, axis=1).all(axis=1)
        places = np.unique(x[rows, column])
        along.append((places, np.array([y[rows & (x[:, column] == place)].mean() for place in places])))
    return Lines(point, float(y[here].mean()), tuple(along))


def guesses(
    x: Array, y: Array, low: Lines, high: Lines, active: tuple[int, ...], bounds: tuple[Array, Array]
) -> list[Guess]:
    """Structures of the active inputs, the most promising first."""
    scale = float(np.quantile(y, 0.9) - np.quantile(y, 0.1)) or 1.0
    found = [Guess(s, v, trimmed(s.join(v, x) - y) / scale) for s, v in _by_lines(x, low, high, active)]
    if len(active) == x.shape[1]:
        center, error = _best_center(x, y, *bounds)
        found.append(Guess(Structure("distance", (0,), center), (y,), error / scale))
    found += [Guess(s, (y, y), error / scale) for s, error in _switches(x, y, active)]
    if len(active) == 3:
        found += [_mixed(x, y, lines, alone, scale) for lines in (low, high) for alone in range(3)]
    return sorted(found, key=lambda g: g.error)


def trimmed(off: Array) -> float:
    """The mean size of the smaller errors (N,)."""
    return float(trimmed_rows(off[None])[0])


def trimmed_rows(off: Array) -> Array:
    """The mean size of the smaller errors in each row of (M, N)."""
    ordered = np.sort(np.abs(off), axis=1)
    return np.asarray(ordered[:, : max(1, int(TRIMMED * off.shape[1]))].mean(axis=1))


def roughness(t: Array, y: Array) -> Array:
    """How far each answer is from the straight line between its neighbours in `t`."""
    order = np.argsort(t, kind="stable")
    t, y = t[order], y[order]
    if len(t) < 4:
        return np.full(len(t), np.inf)
    gap = np.maximum(t[2:] - t[:-2], 1e-12)
    return np.asarray(y[1:-1] - (y[:-2] + (y[2:] - y[:-2]) * (t[1:-1] - t[:-2]) / gap))


def outside_a_box(x: Array, t: Array, y: Array) -> Mask:
    """Which answers belong to one curve of `t`: all, or those outside of the box that leaves the smoothest curve."""
    spread = float(np.var(y)) or 1.0

    def cost(keep: Mask) -> float:
        rough = roughness(t[keep], y[keep])
        return float(keep.sum() * np.log(np.mean(rough**2) + 1e-9 * spread) + (~keep).sum() * np.log(spread))

    tried = [np.ones(len(y), dtype=bool), *_outsides(x)]
    return min(tried, key=cost)


def _outsides(x: Array) -> Iterator[Mask]:
    """Answers outside of boxes that are bounded in one or two inputs and hold less than half of the answers."""
    cuts = np.quantile(x, CUTS, axis=0)
    slabs = [
        [(x[:, c] >= a) & (x[:, c] <= b) for a, b in combinations([-np.inf, *cuts[:, c], np.inf], 2)]
        for c in range(x.shape[1])
    ]
    within = [slab for column in slabs for slab in column]
    within += [a & b for one, other in combinations(slabs, 2) for a, b in product(one, other)]
    return (~inside for inside in within if FEWEST <= inside.sum() <= 0.45 * len(x))


def _by_lines(
    x: Array, low: Lines, high: Lines, active: tuple[int, ...]
) -> Iterator[tuple[Structure, tuple[Array, ...]]]:
    columns = [(lines, [lines.at(c, x[:, c]) for c in active]) for lines in (low, high)]
    for lines, values in columns:
        shifted = (values[0], *(v - lines.value for v in values[1:]))
        yield Structure("sum", active), shifted
        if abs(lines.value) > 1e-9:
            yield Structure("product", active), (values[0], *(v / lines.value for v in values[1:]))
    if len(active) > 1:
        yield Structure("maximum", active), tuple(columns[0][1])
        yield Structure("minimum", active), tuple(columns[1][1])


def _mixed(x: Array, y: Array, lines: Lines, alone: int, scale: float) -> Guess:
    """A product of two inputs plus a function of the third: the lines leave one level open, which is tried out."""
    i, j = (column for column in range(3) if column != alone)
    first, second, third = (lines.at(column, x[:, column]) for column in (i, j, alone))
    structure, tried = Structure("mixed", (i, j, alone)), list[Guess]()
    for level in np.linspace(y.min() - np.ptp(y), y.max() + np.ptp(y), LEVELS):
        product = lines.value - level
        if abs(product) > 0.02 * scale:
            values = (first - level, (second - level) / product, third - product)
            tried.append(Guess(structure, values, trimmed(structure.join(values, x) - y) / scale))
    return min(tried, key=lambda guess: guess.error)


def _best_center(x: Array, y: Array, low: Array, high: Array) -> tuple[tuple[float, ...], float]:
    rng = np.random.default_rng(11)

    def error(center: Array) -> float:
        return trimmed(roughness(np.sqrt(np.sum((x - center) ** 2, axis=1)), y))

    best = min(rng.uniform(low, high, (TRIES, len(low))), key=error)
    for shrink in (0.2, 0.07, 0.025, 0.01, 0.004):
        near = best + rng.normal(size=(TRIES // 4, len(low))) * shrink * (high - low)
        best = min([best, *near], key=error)
    return tuple(best.tolist()), error(best)


def _switches(x: Array, y: Array, active: tuple[int, ...]) -> Iterator[tuple[Structure, float]]:
    """For each input the threshold at which the answers fall best into two functions of one other input each."""
    for on in active:
        others = [c for c in active if c != on] or [on]
        cuts = np.quantile(x[:, on], np.linspace(0.15, 0.85, 15))
        tried = []
        for cut, (j, k) in product(np.unique(cuts), product(others, others)):
            below: Mask = x[:, on] < cut
            off = np.concatenate([roughness(x[below, j], y[below]), roughness(x[~below, k], y[~below])])
            tried.append((trimmed(off), float(cut), j, k))
        error, cut, j, k = min(tried)
        yield Structure("conditional", (j, k), on=on, threshold=cut), error
