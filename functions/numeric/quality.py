"""What makes a generated function useless: nothing to see, nothing to tell apart, or nothing that could be found.

Everything is judged on a fixed grid over the domain, by order statistics and counts, so that a difference in the last
bit between two machines does not decide.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from functions.arrays import BoolArray, FloatArray
from functions.numeric.expression import Atom, Expression, Product, Sum
from functions.numeric.network import Base, values
from functions.numeric.spec import NumericSpec, inside

_POINTS = 400
_LARGEST = 1e6
_DEFINED = 0.65  # of the domain
_PIECES = 20  # rises and falls: more cannot be followed with a hundred queries
_RESOLUTION = 1.0371e-4  # of the spread: smaller changes are no rise or fall; odd, so that no value sits on a boundary
_PART = 0.15  # of the whole's spread: what a term must contribute to be seen
_STRAIGHT = 0.99  # of the variance explained by a straight line
_REGION_DIFFERENCE = 0.3  # of the spread
_GAP = 0.04  # of the domain: what is between two irregular regions at least
_REGION_SHARE = 0.75  # of the region's points that differ by so much


def grid(low: float, high: float) -> FloatArray:
    """The points at which functions are judged: evenly spaced, neither bound nor middle among them."""
    return low + (high - low) * (np.arange(_POINTS) + 0.5) / _POINTS


def usual_range(y: FloatArray) -> tuple[float, float]:
    """The 5th and 95th percentile of what is defined; at least 1e-9 apart."""
    known = np.sort(y[~np.isnan(y)])
    if not known.size:
        return 0.0, 1e-9
    low, high = float(known[known.size // 20]), float(known[known.size - 1 - known.size // 20])
    return low, max(high, low + 1e-9)


def spread_of(spec: NumericSpec) -> float:
    """How far the usual behaviour varies over the domain; for a constant its size (at least 1)."""
    x = grid(*_bounds(spec))
    y = values(spec.expression, x)[_usual(spec, x)]
    low, high = usual_range(y)
    return high - low if high - low > 1e-6 else max(1.0, abs(high))


def range_of_size(spec: NumericSpec) -> tuple[float, float]:
    """The usual range of the size (absolute value) of the expected output over the domain."""
    return usual_range(np.abs(fingerprint(spec)))


def flaw(spec: NumericSpec) -> str | None:
    """What is wrong with it, in a few words; None where nothing is."""
    x = grid(*_bounds(spec))
    usual = _usual(spec, x)
    return _flaw_of_base(spec.expression, x[usual]) or _flaw_of_regions(spec, x, usual)


def fingerprint(spec: NumericSpec) -> FloatArray:
    """Expected outputs on the grid: what two functions on the same domain are compared by."""
    return spec.evaluate(grid(*_bounds(spec)))


def alike(a: FloatArray, b: FloatArray) -> bool:
    """Do two fingerprints differ by more than 2 % of the spread on less than 5 % of the points?"""
    low, high = usual_range(a)
    same = (np.abs(a - b) <= 0.02 * max(high - low, 1e-9)) | (np.isnan(a) & np.isnan(b))
    return bool(np.count_nonzero(~same) < 0.05 * a.size)


def _flaw_of_base(node: Base, x: FloatArray) -> str | None:
    y = values(node, x)
    known = y[~np.isnan(y)]
    if known.size < _DEFINED * x.size:
        return "undefined over much of the domain"
    if np.max(np.abs(known)) > _LARGEST:
        return "values beyond 1e6"
    if isinstance(node, Atom) and node.family == "constant":
        return None
    low, high = usual_range(y)
    if high - low < 1e-6:
        return "as good as constant"
    if not (isinstance(node, Atom) and node.family == "linear") and _straightness(x[~np.isnan(y)], known) > _STRAIGHT:
        return "as good as a straight line"
    steps = np.rint(known / ((high - low) * _RESOLUTION))
    if turns(steps) > _PIECES:
        return "too many rises and falls"
    if not isinstance(node, Atom) and np.unique(steps).size <= 2 and np.count_nonzero(np.diff(steps)) <= 2:
        return "a mere step or pulse in disguise"
    return _flaw_of_parts(node, x, high - low)


def _flaw_of_parts(node: Base, x: FloatArray, spread: float) -> str | None:
    """Each term must contribute to a sum; each factor of a product must change it."""
    parts: Sequence[Expression] = ()
    if isinstance(node, Sum):
        parts = node.terms
    elif isinstance(node, Product):
        parts = node.factors
    for part in parts:
        low, high = usual_range(values(part, x))
        scale = spread if isinstance(node, Sum) else max(abs(low), abs(high))
        if high - low < _PART * scale:
            return "a part too small to be seen"
    return None


def _flaw_of_regions(spec: NumericSpec, x: FloatArray, usual: BoolArray) -> str | None:
    spread = spread_of(spec)
    if not usual.any() or (spec.corruptions and usual.sum() < 0.5 * x.size):
        return "irregular over most of the domain"
    if _crowded(spec):
        return "irregular regions that touch"
    for corruption in spec.corruptions:
        there = x[inside(corruption.where, x)]
        base, behaviour = values(spec.expression, there), values(corruption.behaviour, there)
        if np.isnan(base).any() or np.isnan(behaviour).any():
            return "undefined in the irregular region"
        if np.max(np.abs(behaviour)) > 3 * spread + np.max(np.abs(base)):
            return "an irregular region that dwarfs the rest"
        if np.mean(np.abs(base - behaviour) > _REGION_DIFFERENCE * spread) < _REGION_SHARE:
            return "an irregular region that hardly differs"
    return None


def _crowded(spec: NumericSpec) -> bool:
    """Do two irregular regions overlap, or leave too little between them to be told apart?"""
    low, high = _bounds(spec)
    ends = sorted((low if w.low is None else w.low, high if w.high is None else w.high) for w in spec.irregular)
    return any(start - end < _GAP * (high - low) for (_, end), (start, _) in pairwise(ends))


def _bounds(spec: NumericSpec) -> tuple[float, float]:
    return spec.domain.low or 0.0, spec.domain.high or 0.0


def _usual(spec: NumericSpec, x: FloatArray) -> BoolArray:
    """Which points lie in no irregular region."""
    usual = np.ones(x.shape, dtype=np.bool_)
    for where in spec.irregular:
        usual &= ~inside(where, x)
    return usual


def _straightness(x: FloatArray, y: FloatArray) -> float:
    """The share of the variance that a straight line explains (squared correlation)."""
    dx, dy = x - x.mean(), y - y.mean()
    return float((dx * dy).sum() ** 2 / max((dx**2).sum() * (dy**2).sum(), 1e-300))


def turns(y: FloatArray) -> int:
    """How often it changes between rising and falling."""
    direction = np.sign(np.diff(y))
    direction = direction[direction != 0]
    return int(np.count_nonzero(direction[1:] != direction[:-1]))
