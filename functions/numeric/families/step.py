"""before if x < threshold else after"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import number


class Step(Family):
    """Canonical: the threshold itself belongs to `after`."""

    name = "step"
    parameters = ("threshold", "before", "after")
    inner = False

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        before = draws.offset(size)
        after = rounded(before + draws.signed(0.5 * size, 1.5 * size))
        return {"threshold": span.place(draws, 0.15, 0.85), "before": before, "after": after}

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return np.where(x < p["threshold"], p["before"], p["after"])

    def write(self, p: Parameters, x: str, /) -> str:
        return f"{number(p['before'])} if {x} < {number(p['threshold'])} else {number(p['after'])}"

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a step with its threshold at {x} = {number(p['threshold'])}: "
            f"{number(p['before'])} before it and {number(p['after'])} from there on (after it)"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"a step function that jumps from {number(p['before'])} to {number(p['after'])} "
            f"when {x} reaches {number(p['threshold'])}"
        )

    def levelled(self, p: Parameters) -> Parameters:
        return {**p, "before": 0.0, "after": rounded(p["after"] - p["before"])}

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["before"] != p["after"], "a step needs two different values")
