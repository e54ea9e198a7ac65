"""Where a hypothesis is most likely to break, and whether it did."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from .designs import gaps
from .types import Array, Curve

BEYOND = (0.15, 0.5, 1.5)
"""How far outside to look, in widths of the domain."""

NARROW = 0.004
"""A stretch between samples, as a share of the domain, that is not worth an attack."""

CONFIRMED = 0.8
"""Of the tolerance of one answer, for the mean of two."""


@dataclass(frozen=True)
class Attack:
    """One input to ask, and why it may hurt."""

    kind: str
    input: float


@dataclass(frozen=True)
class Blow:
    """What came of an attack: expected and observed output (NaN: undefined), and how far they may lie apart."""

    attack: Attack
    expected: float
    observed: float
    tolerance: float

    @property
    def broke(self) -> bool:
        """Does the observation contradict the hypothesis?"""
        if np.isnan(self.expected) or np.isnan(self.observed):
            return bool(np.isnan(self.expected) != np.isnan(self.observed))
        return abs(self.expected - self.observed) > self.tolerance

    def as_json(self) -> dict[str, object]:
        """For a report; undefined is None."""
        return {
            "kind": self.attack.kind,
            "input": self.attack.input,
            "expected": None if np.isnan(self.expected) else self.expected,
            "observed": None if np.isnan(self.observed) else self.observed,
            "tolerance": self.tolerance,
            "broke": self.broke,
        }


def curve_of(function: Callable[[float], float]) -> Curve:
    """A curve over arrays from a function of one number."""
    return lambda x: np.array([float(function(float(value))) for value in x])


def attacks(curve: Curve, x: Array, low: float, high: float, n: int, edges: tuple[float, ...] = ()) -> list[Attack]:
    """Up to `n` attacks on `curve`, the most promising first; `x` (N,) was asked before, `edges` bound a region.

    In turn: just outside and inside each edge, the least sampled stretches, where the curve bends most between samples,
    beyond the domain and ever farther, the tails, near 0; what is left over goes to stretches less and less sampled.
    """
    width = high - low
    beyond = [end + side * far * width for far in BEYOND for end, side in ((low, -1), (high, 1))]
    kinds = [
        ("just outside or inside an edge", [e + side * 0.012 * width for e in edges for side in (-1, 1)]),
        ("the least sampled stretch", list(gaps(x, low, high, n))),
        ("where it changes most between samples", _steepest(curve, x, low, high)),
        ("beyond the domain", beyond),
        ("a tail of the domain", [low + 0.004 * width, high - 0.004 * width]),
        ("near 0", [0.002 * width] if low < 0 < high else []),
    ]
    return [Attack(kind, round(float(value), 6)) for kind, value in _in_turn(kinds)][:n]


def _in_turn(kinds: list[tuple[str, list[float]]]) -> Iterator[tuple[str, float]]:
    """One of each kind, then the second of each, and so on."""
    for i in range(max(len(values) for _, values in kinds)):
        yield from ((kind, values[i]) for kind, values in kinds if i < len(values))


def _steepest(curve: Curve, x: Array, low: float, high: float, n: int = 4) -> list[float]:
    """Middles between neighbouring samples where a straight line between them is furthest from the curve; none between
    neighbours so close that the curve cannot be far off there."""
    ordered = np.unique(x[(x >= low) & (x <= high)])
    wide = np.diff(ordered) > NARROW * (high - low)
    middles = (ordered[1:] + ordered[:-1])[wide] / 2
    at = curve(ordered)
    bend = np.abs(curve(middles) - (at[1:] + at[:-1])[wide] / 2)
    return [float(m) for m in middles[np.argsort(-np.nan_to_num(bend), kind="stable")[:n]]]


def confront(
    curve: Curve, planned: list[Attack], ask: Callable[[Array], Array], x: Array, y: Array, sd: float, spare: int = 0
) -> list[Blow]:
    """Ask every planned input and compare. A blow that lands under noise is struck again, with `spare` queries.

    `x`, `y` are earlier answers: their spread sets what counts as near. `sd` is the standard deviation of one answer.
    """
    if not planned:
        return []
    points = np.array([a.input for a in planned])
    expected, observed = curve(points), ask(points)
    blows = [
        Blow(a, float(e), float(o), tolerance(float(e), x, y, a.input, sd))
        for a, e, o in zip(planned, expected, observed, strict=True)
    ]
    doubtful = [i for i, blow in enumerate(blows) if blow.broke and sd > 0][:spare]
    if doubtful:
        for i, second in zip(doubtful, ask(points[doubtful]), strict=True):
            mean = (blows[i].observed + float(second)) / 2
            blows[i] = replace(blows[i], observed=mean, tolerance=CONFIRMED * blows[i].tolerance)
    return blows


def tolerance(expected: float, x: Array, y: Array, at: float, sd: float) -> float:
    """How far an honest hypothesis may be off: four noise deviations, and one per cent of the local scale.

    Local scale is the spread of the answers nearby, or the size of what is expected, whichever is larger.
    """
    nearby = y[np.argsort(np.abs(x - at), kind="stable")[:9]]
    nearby = nearby[np.isfinite(nearby)]
    local = float(np.ptp(nearby)) if len(nearby) else 0.0
    return 4 * sd + 0.01 * max(local, abs(expected) if np.isfinite(expected) else 0.0) + 1e-9
