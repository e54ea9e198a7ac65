"""height * sin(z) / z + offset, where z = rate * (x - center); 1 stands for sin(z) / z where z = 0"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised, times


class Sinc(Family):
    """Canonical: rate > 0 (radians a unit of x); any height but 0."""

    name = "sinc"
    parameters = ("height", "rate", "center", "offset")
    scale = "height"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {
            "height": draws.signed(0.8 * size, 2 * size),
            "rate": draws.number(12 / span.width, 40 / span.width),
            "center": span.place(draws, 0.25, 0.75),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        z = p["rate"] * (x - p["center"])
        ratio = np.where(z == 0, 1.0, np.sin(z) / np.where(z == 0, 1.0, z))
        return p["height"] * ratio + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        z = times(p["rate"], less(x, p["center"]))
        return plus(times(p["height"], f"(sin({z}) / ({z}) if {z} != 0 else 1)"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        z = times(p["rate"], less(x, p["center"]))
        return (
            f"a sinc of {x} (the sine of z divided by z, with z = {z}) with height {number(p['height'])}, "
            f"rate {number(p['rate'])} (radians per unit) and center {number(p['center'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        z = times(p["rate"], less(x, p["center"]))
        return (
            f"a sinc, a main lobe of height {number(p['height'])} at {x} = {number(p['center'])} (the center) with "
            f"ripples that fade to both sides, on a level of {number(p['offset'])}: sin(z) / z with z = {z} "
            f"(rate {number(p['rate'])}), and 1 for z = 0"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["rate"] > 0 and p["height"] != 0, "a sinc needs a rate above 0 and a height other than 0")
