"""scale * sign(x - center) + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import multiple, number, plus, raised, times


class Signum(Family):
    """Canonical: any scale but 0. At its center it is the offset."""

    name = "signum"
    parameters = ("scale", "center", "offset")
    scale = "scale"
    offset = "offset"
    inner = False

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {
            "scale": draws.signed(0.3 * size, size),
            "center": span.place(draws, 0.15, 0.85),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["scale"] * np.sign(x - p["center"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        return plus(times(p["scale"], f"sign({plus(x, -p['center'])})"), p["offset"])

    def code(self, p: Parameters, x: str, /) -> str:
        center = number(p["center"])
        return plus(times(p["scale"], f"(({x} > {center}) - ({x} < {center}))"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a signum (sign function) of {x} with scale {number(p['scale'])} and center "
            f"{number(p['center'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        below, above = (number(rounded(p["offset"] + sign * p["scale"])) for sign in (-1, 1))
        return (
            f"{multiple(p['scale'])}the sign of {x} relative to the center {number(p['center'])}"
            f"{raised(p['offset'])}: {below} below, {above} above, and {number(p['offset'])} exactly there"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["scale"] != 0, "a signum needs a scale other than 0")
