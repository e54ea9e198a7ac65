"""scale * tanh(rate * (x - center)) + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised, times


class Tanh(Family):
    """Canonical: rate > 0; a falling one has a negative scale."""

    name = "tanh"
    parameters = ("scale", "rate", "center", "offset")
    scale = "scale"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {
            "scale": draws.signed(0.3 * size, size),
            "rate": draws.number(4 / span.width, 16 / span.width),
            "center": span.place(draws, 0.25, 0.75),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["scale"] * np.tanh(p["rate"] * (x - p["center"])) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        inside = times(p["rate"], less(x, p["center"]))
        return plus(times(p["scale"], f"tanh({inside})"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a hyperbolic tangent (tanh) of {x} with scale {number(p['scale'])}, rate {number(p['rate'])} "
            f"and center {number(p['center'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        way = "rises" if p["scale"] > 0 else "falls"
        start, end = (number(rounded(p["offset"] + sign * p["scale"])) for sign in (-1, 1))
        return (
            f"a smooth tanh curve (scale {number(p['scale'])}, rate {number(p['rate'])}) that {way} from about {start} "
            f"to about {end}, centered at {x} = {number(p['center'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["rate"] > 0 and p["scale"] != 0, "a tanh needs a rate above 0 and a scale other than 0")
