"""height * exp(-((x - center) / width)^2 / 2) + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised, times


class Gaussian(Family):
    """Canonical: width > 0 is the standard deviation; any height but 0."""

    name = "gaussian"
    parameters = ("height", "center", "width", "offset")
    scale = "height"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {
            "height": draws.signed(0.6 * size, 2 * size),
            "center": span.place(draws),
            "width": draws.number(0.06 * span.width, 0.25 * span.width),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        z = (x - p["center"]) / p["width"]
        return p["height"] * np.exp(-z * z / 2) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        z = f"({less(x, p['center'])} / {number(p['width'])})"
        return plus(times(p["height"], f"exp(-{z}^2 / 2)"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a Gaussian bump in {x} with height {number(p['height'])}, center {number(p['center'])} "
            f"and width (standard deviation) {number(p['width'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        shape = "bell-shaped peak" if p["height"] > 0 else "bell-shaped dip"
        return (
            f"a {shape}, a Gaussian of height {number(p['height'])} and width {number(p['width'])}, "
            f"centered at {x} = {number(p['center'])}, on a level of {number(p['offset'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["width"] > 0 and p["height"] != 0, "a gaussian needs a width above 0 and a height other than 0")
