"""slope * (x - knee) from the knee on, leak * (x - knee) below it, + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised


class LeakyRelu(Family):
    """Canonical: `leak` is the slope below the knee itself, not a fraction of `slope`."""

    name = "leaky_relu"
    parameters = ("slope", "leak", "knee", "offset")
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        slope = draws.signed(size / span.width, 3 * size / span.width)
        return {
            "slope": slope,
            "leak": rounded(slope * draws.number(0.02, 0.3)),
            "knee": span.place(draws, 0.25, 0.75),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        beyond = x - p["knee"]
        return np.where(beyond >= 0, p["slope"], p["leak"]) * beyond + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        slope = f"({number(p['slope'])} if {x} >= {number(p['knee'])} else {number(p['leak'])})"
        return plus(f"{slope} * {less(x, p['knee'])}", p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a leaky ReLU of {x} with its knee at {number(p['knee'])}, slope {number(p['slope'])} above the knee "
            f"and leak {number(p['leak'])} below it{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"a leaky ReLU: two straight pieces that meet at {x} = {number(p['knee'])} (the knee) with the value "
            f"{number(p['offset'])}, with a leak (slope to the left) of {number(p['leak'])} "
            f"and a slope of {number(p['slope'])} to the right"
        )

    def unit(self, p: Parameters) -> Parameters:
        return {**p, "slope": 1.0, "leak": rounded(p["leak"] / p["slope"]), "offset": 0.0}

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["slope"] not in (0, p["leak"]), "a leaky ReLU needs a slope other than 0 and other than its leak")
