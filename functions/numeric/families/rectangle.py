"""inside if start <= x <= end else outside"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import number


class Rectangle(Family):
    """Canonical: start < end, and both belong to the inside."""

    name = "rectangle"
    parameters = ("start", "end", "inside", "outside")
    inner = False

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        outside = draws.offset(size)
        length = draws.number(0.15, 0.5)
        start = draws.number(0.1, 0.9 - length)
        return {
            "start": rounded(span.at(start)),
            "end": rounded(span.at(start + length)),
            "inside": rounded(outside + draws.signed(0.5 * size, 1.5 * size)),
            "outside": outside,
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return np.where((p["start"] <= x) & (x <= p["end"]), p["inside"], p["outside"])

    def write(self, p: Parameters, x: str, /) -> str:
        where = f"{number(p['start'])} <= {x} <= {number(p['end'])}"
        return f"{number(p['inside'])} if {where} else {number(p['outside'])}"

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a rectangle: {number(p['inside'])} inside, for {x} from its start {number(p['start'])} "
            f"to its end {number(p['end'])}, and {number(p['outside'])} outside"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"a rectangular pulse that sits at {number(p['outside'])} (outside) and goes to {number(p['inside'])} "
            f"(inside) while {x} is between {number(p['start'])} (start) and {number(p['end'])} (end)"
        )

    def levelled(self, p: Parameters) -> Parameters:
        return {**p, "inside": rounded(p["inside"] - p["outside"]), "outside": 0.0}

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["start"] < p["end"] and p["inside"] != p["outside"], "a rectangle needs start < end and two values")
