"""Irregular regions: the one run of neighbouring answers that a curve does not explain, while it explains the rest."""

from dataclasses import dataclass

import numpy as np

from .fits import Data, Fit, coefficients
from .types import Array, Mask

MISFIT = 12.0  # most that one answer can say for a region, in nats: no single outlier makes one


def windows(n: int, steps: int = 10) -> Mask:
    """Candidate regions as kept answers (W, n) of sorted data: none left out, then heads, tails and inner runs."""
    cuts = np.unique(np.linspace(0, n, steps + 1).round().astype(int))
    keep = [np.ones(n, dtype=bool)]
    for i, start in enumerate(cuts):
        for stop in cuts[i + 1 :]:
            if stop - start <= 0.55 * n:
                mask = np.ones(n, dtype=bool)
                mask[start:stop] = False
                keep.append(mask)
    return np.array(keep)


def jumps(x: Array, y: Array, most: int = 5) -> list[int]:
    """Positions i of sorted data where y changes much more between i - 1 and i than nearby; largest first."""
    if len(x) < 4:
        return []
    change = np.abs(np.diff(y))
    slope = change / np.maximum(np.diff(x), 1e-9)
    near = [np.median(np.delete(slope[max(0, i - 4) : i + 5], min(i, 4))) for i in range(len(slope))]
    expected = np.array(near) * np.diff(x) + 0.02 * np.median(np.abs(y - np.median(y))) + 1e-12
    worth = np.where(np.diff(x) > 0, change / expected, 0.0)
    return [int(i) + 1 for i in np.argsort(-worth, kind="stable")[:most]]


def jump_windows(data: Data) -> Mask:
    """Candidate regions (W, n) that begin or end where the answers jump, or stop being defined."""
    n, filled = len(data.x), np.where(data.defined, data.y, 0.0)
    edges = [0, *sorted(jumps(data.x, filled)), n]
    keep = []
    for i, start in enumerate(edges):
        for stop in edges[i + 1 :]:
            if 2 <= stop - start <= 0.6 * n:
                mask = np.ones(n, dtype=bool)
                mask[start:stop] = False
                keep.append(mask)
    return np.array(keep) if keep else np.empty((0, n), dtype=bool)


def worst_run(gain: Array) -> tuple[int, int, float]:
    """The run [start, stop) of largest total gain (Kadane), with that total; (0, 0, 0.0) where nothing is positive."""
    best, here, start, span = 0.0, 0.0, 0, (0, 0)
    for i, value in enumerate(gain):
        if here <= 0:
            here, start = 0.0, i
        here += float(value)
        if here > best:
            best, span = here, (start, i + 1)
    return *span, best


def misfits(fit: Fit, data: Data, sd: float) -> Array:
    """How many standard deviations each answer lies off the curve; infinite where only one of the two is defined."""
    off = np.abs(data.y - fit.curve(data.x)) * data.weights
    both_undefined = np.isnan(fit.curve(data.x)) & ~data.defined
    slack = sd + 100 * data.dust + 1e-6 * np.abs(np.where(data.defined, data.weighed, 0.0))
    return np.where(both_undefined, 0.0, np.where(np.isfinite(off), off, np.inf) / slack)


def leave_out(fit: Fit, data: Data, sd: float, least: float = 14.0) -> Mask:
    """Which answers the curve is held to: all but the run that it misses most clearly, if that is clear enough."""
    gain = np.minimum(0.5 * misfits(fit, data, sd) ** 2, MISFIT) - 3.0
    start, stop, total = worst_run(gain)
    keep = np.ones(len(data.x), dtype=bool)
    if total > least and stop - start >= 2 and stop - start <= 0.6 * len(keep):
        keep[start:stop] = False
    return keep


@dataclass(frozen=True)
class Span:
    """A region's bounds as brackets: the true bound lies between the last answer outside and the first inside.

    None for a side on which no answer lies outside: the region is open there.
    """

    left: tuple[float, float] | None  # (outside, inside)
    right: tuple[float, float] | None  # (inside, outside)

    @property
    def low(self) -> float | None:
        """Best single guess of the lower bound."""
        return None if self.left is None else simplest(*self.left)

    @property
    def high(self) -> float | None:
        """Best single guess of the upper bound."""
        return None if self.right is None else simplest(*self.right)

    def contains(self, x: Array) -> Mask:
        """Which inputs lie inside."""
        low = -np.inf if self.low is None else self.low
        high = np.inf if self.high is None else self.high
        return np.asarray((x >= low) & (x <= high))

    def seen(self, x: Array) -> Mask:
        """Which of the inputs asked were found to lie inside: from the first to the last."""
        low = -np.inf if self.left is None else self.left[1]
        high = np.inf if self.right is None else self.right[0]
        return np.asarray((x >= low) & (x <= high))


def simplest(a: float, b: float) -> float:
    """The number of fewest decimals between a and b, nearest to their middle."""
    low, high = min(a, b), max(a, b)
    for digits in range(-2, 9):
        middle = round((low + high) / 2, digits)
        if low <= middle <= high:
            return float(middle)
    return (low + high) / 2


def span_of(data: Data, keep: Mask) -> Span | None:
    """The region that `keep` leaves out, as brackets; None where nothing is left out."""
    out = np.flatnonzero(~keep)
    if not len(out):
        return None
    first, last = int(out[0]), int(out[-1])
    left = (float(data.x[first - 1]), float(data.x[first])) if first > 0 else None
    right = (float(data.x[last]), float(data.x[last + 1])) if last + 1 < len(data.x) else None
    return Span(left, right)


def inside_variance(data: Data, keep: Mask) -> tuple[float, int]:
    """Variance of the left-out answers around a line, and the parameters that took; their scale, if there are few."""
    key = keep.tobytes()
    if key not in data.left_out:
        data.left_out[key] = _inside_variance(data, ~keep & data.defined)
    return data.left_out[key]


def _inside_variance(data: Data, rows: Mask) -> tuple[float, int]:
    x, y, weights, known = data.x[rows], data.y[rows], data.weights[rows], data.y[data.defined]
    broad = float(np.mean(((known - known.mean()) * data.weights[data.defined]) ** 2)) + data.scale**2
    if len(y) < 4:
        return broad, 1
    solved = coefficients(x[:, None], y, weights)
    off = (y - solved[0] - solved[1] * x) * weights
    return min(float(np.mean(off**2)) + data.dust**2, broad), 2
