"""slope * |x - center| + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import number, plus, raised, times


class Absolute(Family):
    """Canonical: any slope but 0; negative slopes open downwards."""

    name = "absolute"
    parameters = ("slope", "center", "offset")
    scale = "slope"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        slope = draws.signed(size / span.width, 3 * size / span.width)
        return {"slope": slope, "center": span.place(draws), "offset": draws.offset(size)}

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["slope"] * np.abs(x - p["center"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        return plus(times(p["slope"], f"abs({plus(x, -p['center'])})"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"an absolute value of {x} centered at {number(p['center'])} with slope {number(p['slope'])}"
            f"{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        way = "growing" if p["slope"] > 0 else "falling"
        return (
            f"a V shape, the absolute value, {way} by {number(abs(p['slope']))} for each unit of distance "
            f"between {x} and {number(p['center'])}, where it is {number(p['offset'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["slope"] != 0, "an absolute value needs a slope other than 0")
