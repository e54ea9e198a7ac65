"""Straight lines from knot to knot, (x1, y1) to (x6, y6); level before the first and after the last"""

from itertools import pairwise

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, listed, number, plus, times

_MOST, _FEWEST = 6, 3


def _knots(p: Parameters) -> list[tuple[float, float]]:
    return [(p[f"x{n}"], p[f"y{n}"]) for n in range(1, len(p) // 2 + 1)]


class PiecewiseLinear(Family):
    """Canonical: 3 to 6 knots in the order of their x, no two with the same x, not all with the same y."""

    name = "piecewise_linear"
    parameters = tuple(f"{axis}{n}" for n in range(1, _MOST + 1) for axis in "xy")
    optional = frozenset(f"{axis}{n}" for n in range(_FEWEST + 1, _MOST + 1) for axis in "xy")

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        count = draws.choose(range(_FEWEST, _MOST + 1))
        level, way = draws.number(-0.5 * size, 0.5 * size), draws.choose((-1, 1))
        p = {}
        for n in range(1, count + 1):  # each in its own stretch of the span, so that no two knots come close
            p[f"x{n}"] = rounded(span.at((n - 1 + draws.number(0.15, 0.85)) / count))
            p[f"y{n}"] = rounded(level)
            level += way * draws.number(0.3 * size, size)
            way = -way if draws.chance(0.7) else way
        return p

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        knots = _knots(p)
        y = np.full(x.shape, knots[-1][1])
        for (x0, y0), (x1, y1) in reversed(list(pairwise(knots))):
            y = np.where(x < x1, (y1 - y0) * (x - x0) / (x1 - x0) + y0, y)
        return np.where(x < knots[0][0], knots[0][1], y)

    def write(self, p: Parameters, x: str, /) -> str:
        return f"polyline({x}; {', '.join(self._points(p))})"

    def code(self, p: Parameters, x: str, /) -> str:
        knots = _knots(p)
        text = f"{number(knots[0][1])} if {x} < {number(knots[0][0])} else "
        for (x0, y0), (x1, y1) in pairwise(knots):
            rise, run = round(y1 - y0, 12), round(x1 - x0, 12)
            line = plus(f"{times(rise, less(x, x0))} / {number(run)}", y0) if rise else number(y0)
            text += f"{line} if {x} < {number(x1)} else "
        return text + number(knots[-1][1])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a piecewise-linear function of {x} with {len(p) // 2} knots (x, y), {listed(self._points(p))}, "
            "joined by straight lines and level before the first and after the last"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        first, *middle, last = _knots(p)
        way = "; ".join(f"then in a straight line to {number(b)} at {x} = {number(a)}" for a, b in [*middle, last])
        start = f"level at {number(first[1])} up to {x} = {number(first[0])}"
        return f"a piecewise-linear path: {start}; {way}; level after it"

    def stated(self, p: Parameters) -> dict[str, float]:
        return {name: p[name] for name in self.parameters if name in p}

    def levelled(self, p: Parameters) -> Parameters:
        return {name: rounded(value - p["y1"]) if name[0] == "y" else value for name, value in p.items()}

    def check(self, p: Parameters) -> None:
        super().check(p)
        count = len(p) // 2
        names = {f"{axis}{n}" for n in range(1, count + 1) for axis in "xy"}
        need(set(p) == names, "knots of a piecewise-linear function are numbered without gaps, each with x and y")
        knots = _knots(p)
        need(all(a[0] < b[0] for a, b in pairwise(knots)), "knots of a piecewise-linear function are in order of x")
        need(len({y for _, y in knots}) > 1, "a piecewise-linear function needs two different values")

    @staticmethod
    def _points(p: Parameters) -> list[str]:
        return [f"({number(a)}, {number(b)})" for a, b in _knots(p)]
