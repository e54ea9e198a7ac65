"""Where the findings say to ask next: at edges, where explanations disagree, where one of them is least sure."""

from collections.abc import Callable

import numpy as np

from .broken import broken_line
from .designs import gaps, informative, largest_steps, rivals
from .fits import Data, sensitivity, sorted_data
from .investigate import Findings, believed, investigate
from .noise import scatter
from .search import refit
from .simpler import ONE_SIDED
from .types import Array

EDGE = 6e-4  # of the domain: a bracket around an edge or a jump that is this narrow is not halved again
REACH = 1.5  # widths of the domain, on either side of it: how far anybody may want to know what a function does
BEHIND = 0.05  # widths of the domain, beyond where a root or logarithm may begin


def sharpen(found: Findings, ask: Callable[[Array], Array], budget: int, rounds: int = 8) -> tuple[Findings, int]:
    """Spend up to `budget` queries at the edges of a region and where explanations disagree, refitting as answers come.

    Returns the new findings and how many queries were spent. `ask` answers inputs (N,) with outputs (N,). Where an
    explanation that had held no longer does, the search is done again, once, and what is left is spent after it.
    """
    before, held = len(found.data.x), found.explained
    found = _sharpened(found, ask, budget, rounds)
    if held and not found.explained:
        found = investigate(found.data.x, found.data.y, found.low, found.high, found.known)
        found = _sharpened(found, ask, budget - (len(found.data.x) - before), rounds)
    return found, len(found.data.x) - before


def _sharpened(found: Findings, ask: Callable[[Array], Array], budget: int, rounds: int) -> Findings:
    """With up to `budget` more answers; where nothing explains those there are, first what interpolation needs most."""
    left = budget
    if not found.explained:
        data, left = _filled(found, ask, budget)
        found = believed(data, found.low, found.high, refit(data, found.known))
    for _ in range(rounds if found.explained or found.pieces else 0):
        points = worth_asking(found, min(left, max(2, budget // rounds)))
        if not len(points):
            break
        data, left = _more(found.data, points, ask), left - len(points)
        found = believed(data, found.low, found.high, refit(data, found.known))
    return found


def _more(data: Data, points: Array, ask: Callable[[Array], Array]) -> Data:
    return sorted_data(np.append(data.x, points), np.append(data.y, ask(points)))


def _filled(found: Findings, ask: Callable[[Array], Array], budget: int) -> tuple[Data, int]:
    """More answers, and what is left of `budget`: beyond the domain, where no formula says what to expect; then at the
    corners of a broken line until they are known, or wherever there is most between neighbouring answers."""
    data, width, left = found.data, found.high - found.low, budget
    beyond = [found.low - REACH * width, found.low - width / 2, found.high + width / 2, found.high + REACH * width]
    looked = data.x.min() < found.low - 0.4 * width or data.x.max() > found.high + 0.4 * width
    points = np.round(beyond[: 0 if looked else budget], 6)
    while True:
        data, left = _more(data, points, ask) if len(points) else data, left - len(points)
        line = None if scatter(data.x, data.y).noisy else broken_line(data)
        if line is not None and line.many:
            points = line.unsure(found.low, found.high)[: min(3, left)]
        else:
            points = largest_steps(data.x, data.y, found.low, found.high, min(6, left))
        if not len(points):
            return data, left


def worth_asking(found: Findings, most: int) -> Array:
    """Up to `most` inputs: behind where a root may begin; the brackets of edges and jumps halved, widest first; a
    region that is thinly sampled; where rivals disagree; under noise, where the best explanation is least sure."""
    out = np.append(_behind(found), _edges(found))[:most]
    out = np.append(out, _thin_region(found, most - len(out)))
    if found.pieces is not None:
        return out
    offered = np.round(found.low + (found.high - found.low) * (np.arange(240) + 0.5) / 240, 6)
    if len(found.explanations) > 1:
        out = np.append(out, rivals(found.curves, found.support, offered, most - len(out), found.sd))
    if found.sd and len(out) < most:
        best, far = found.explanations[0], _far(found)
        with np.errstate(all="ignore"):
            seen, candidates = (sensitivity(best.fit, x) for x in (found.data.x[best.keep], far))
        out = np.append(out, far[informative(seen, candidates, most - len(out))])
    return out


def _far(found: Findings) -> Array:
    """Inputs on the domain and on either side of it, as far as a region does not reach: from far away a small slope or
    frequency is seen best."""
    width, span = found.high - found.low, found.irregular.span if found.irregular is not None else None
    low = found.low - (0.0 if span is not None and span.low is None else REACH * width)
    high = found.high + (0.0 if span is not None and span.high is None else REACH * width)
    return np.round(np.linspace(low, high, 400), 6)


def _edges(found: Findings) -> Array:
    """Middles of the brackets of a region's edges and of jumps, widest first, while they are wide enough to matter."""
    span = found.irregular.span if found.irregular is not None else None
    brackets = [b for b in (span.left, span.right) if b is not None] if span is not None else []
    x, flips = found.data.x, np.flatnonzero(found.data.defined[1:] != found.data.defined[:-1])
    brackets += [(float(x[i]), float(x[i + 1])) for i in flips[:4]]
    if found.pieces is None:
        brackets += [bracket(found.data.x, jump) for jump in found.whole.jumps(found.low, found.high)]
    wide = sorted({(min(b), max(b)) for b in brackets}, key=lambda b: b[0] - b[1])
    return np.array([round((a + b) / 2, 6) for a, b in wide if b - a > EDGE * (found.high - found.low)])


def _behind(found: Findings) -> Array:
    """Inputs behind the center of a root or logarithm of which one side alone was asked: is it defined there?"""
    fit, x, width = found.explanations[0].fit, found.data.x, found.high - found.low
    places: list[float] = []
    for family, q in zip(fit.form.families, fit.form.parts(fit.p), strict=True):
        if family.name in ONE_SIDED and fit.form.kind != "composition":
            center, away = float(q[1]), BEHIND * width
            if x.min() - REACH * width < center < x.min():
                places.append(round(center - away, 6))
            elif x.max() < center < x.max() + REACH * width:
                places.append(round(center + away, 6))
    return np.array(places)


def _thin_region(found: Findings, most: int) -> Array:
    """Inputs inside a region that holds fewer than a dozen different ones."""
    if found.irregular is None or most <= 0:
        return np.empty(0)
    x = found.data.x[~found.outside]
    return np.round(gaps(x, float(x.min()), float(x.max()), min(most, max(0, 12 - len(np.unique(x))))), 6)


def bracket(x: Array, jump: float) -> tuple[float, float]:
    """The nearest samples on either side of a jump; the jump itself on a side that has none."""
    left, right = x[x < jump], x[x >= jump]
    return (float(left.max()) if len(left) else jump), (float(right.min()) if len(right) else jump)
