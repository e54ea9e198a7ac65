"""What makes a generated function of several numbers useless. Judged on fixed points that fill the domain evenly."""

from itertools import combinations

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.quality import turns, usual_range
from functions.numeric.vector.formula import Conditional, Joined, Plane, places, values
from functions.numeric.vector.space import filling
from functions.numeric.vector.spec import VectorSpec, inside_box

_POINTS = 600
_LINE = 200  # points along one input
_LARGEST = 1e6
_PIECES = 6  # rises and falls along one input: more cannot be followed with a hundred queries in two dimensions
_RESOLUTION = 1.0371e-4  # of the spread, as for functions of one number
_SEEN = 0.1  # of the spread: what moving one input must change, at a quarter of the points
_FLAT = 0.98  # of the variance explained by a plane without an interaction
_PLAIN = 0.9  # of the variance of a plane with an interaction: with more, that is hardly seen
_WINS = 0.2  # of the points: where each part of a maximum or a minimum must count, and each side of a condition
_REGION_DIFFERENCE, _REGION_SHARE = 0.3, 0.75  # of the spread; of the region's points that differ by so much
_REGION = (0.04, 0.4)  # of the points: how much of the domain is irregular


def points(spec: VectorSpec) -> FloatArray:
    """Where functions are judged, (600, D)."""
    return filling(*spec.bounds, _POINTS)


def fingerprint(spec: VectorSpec) -> FloatArray:
    """Expected outputs at the points: what two functions on the same domain are compared by."""
    return spec.evaluate(points(spec))


def spread_of(spec: VectorSpec) -> float:
    """How far the usual behaviour varies over the domain."""
    low, high = usual_range(values(spec.formula, points(spec)))
    return high - low


def flaw(spec: VectorSpec) -> str | None:
    """What is wrong with it, in a few words; None where nothing is."""
    x = points(spec)
    y = values(spec.formula, x)
    if np.isnan(y).any():
        return "undefined somewhere"
    if np.max(np.abs(y)) > _LARGEST:
        return "values beyond 1e6"
    spread = spread_of(spec)
    if spread < 1e-6:
        return "as good as constant"
    if _flat(x, y) > _FLAT:
        return "as good as a plane"
    if any(turns(np.rint(line / (spread * _RESOLUTION))) > _PIECES for line in _lines(spec)):
        return "too many rises and falls"
    if any(not _matters(spec, x, y, place, spread) for place in places(spec.formula)):
        return "an input that is hardly seen"
    return _flaw_of_choice(spec, x) or _flaw_of_regions(spec, x, y, spread)


def _flaw_of_choice(spec: VectorSpec, x: FloatArray) -> str | None:
    """Each part of a maximum or minimum must be it in places, and both sides of a condition be seen and differ."""
    node = spec.formula
    if isinstance(node, Joined) and node.by in ("maximum", "minimum"):
        tried = np.array([values(part, x) for part in node.parts])
        best = np.argmax(tried if node.by == "maximum" else -tried, axis=0)
        if np.min(np.bincount(best, minlength=len(tried))) < _WINS * len(x):
            return "a part that is hardly ever the one"
    if isinstance(node, Conditional):
        below, above = values(node.below, x), values(node.above, x)
        if np.mean(np.abs(below - above) > _REGION_DIFFERENCE * spread_of(spec)) < 0.5:
            return "two rules that hardly differ"
    if isinstance(node, Plane) and _flat(x, values(node, x)) > _PLAIN:
        return "an interaction that is hardly seen"
    return None


def _flaw_of_regions(spec: VectorSpec, x: FloatArray, y: FloatArray, spread: float) -> str | None:
    masks = [inside_box(where, x) for where in spec.irregular]
    if any((a & b).any() for a, b in combinations(masks, 2)):
        return "irregular regions that meet"
    for corruption, there in zip(spec.corruptions, masks, strict=True):
        if not _REGION[0] <= np.mean(there) <= _REGION[1]:
            return "an irregular region too small or too large"
        behaviour = values(corruption.behaviour, x[there])
        if np.isnan(behaviour).any():
            return "undefined in the irregular region"
        if np.max(np.abs(behaviour)) > 3 * spread + np.max(np.abs(y[there])):
            return "an irregular region that dwarfs the rest"
        if np.mean(np.abs(y[there] - behaviour) > _REGION_DIFFERENCE * spread) < _REGION_SHARE:
            return "an irregular region that hardly differs"
    return None


def _lines(spec: VectorSpec) -> list[FloatArray]:
    """The usual behaviour along each input, the others in the middle of their domains and off it."""
    low, high = spec.bounds
    lines = []
    for place in range(low.size):
        for rest in (0.5, 0.23):
            x = np.tile(low + rest * (high - low), (_LINE, 1))
            x[:, place] = low[place] + (high[place] - low[place]) * (np.arange(_LINE) + 0.5) / _LINE
            lines.append(values(spec.formula, x))
    return lines


def _matters(spec: VectorSpec, x: FloatArray, y: FloatArray, place: int, spread: float) -> bool:
    """Does the output change at enough points where this input takes the value it has at another one?"""
    moved = x.copy()
    moved[:, place] = np.roll(x[:, place], 1)
    changed = np.abs(values(spec.formula, moved) - y) > _SEEN * spread
    return bool(np.mean(changed) >= 0.25)


def _flat(x: FloatArray, y: FloatArray) -> float:
    """The share of the variance that a plane without an interaction explains."""
    columns = np.column_stack([np.ones(len(x)), x / np.abs(x).max(axis=0)])
    left = y - columns @ np.linalg.lstsq(columns, y, rcond=None)[0]
    return float(1 - np.sum(left**2) / max(np.sum((y - y.mean()) ** 2), 1e-300))
