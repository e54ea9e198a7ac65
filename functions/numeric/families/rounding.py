"""height * floor(x / width) + offset, and the same with ceil: stairs"""

from typing import ClassVar

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import multiple, number, plus, raised, times


class _Stairs(Family):
    """Canonical: width > 0 is the length of one stair, height (not 0) the jump to the next."""

    parameters = ("height", "width", "offset")
    scale = "height"
    offset = "offset"
    way: ClassVar[str]

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        width = draws.number(span.width / 12, span.width / 3.5)
        return {
            "height": draws.signed(0.5 * size * width / span.width, 2 * size * width / span.width),
            "width": width,
            "offset": draws.offset(size),
        }

    def write(self, p: Parameters, x: str, /) -> str:
        inside = x if p["width"] == 1 else f"{x} / {number(p['width'])}"
        return plus(times(p["height"], f"{self.name}({inside})"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a {self.name} staircase in {x} with step height {number(p['height'])} "
            f"and step width {number(p['width'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"{multiple(p['height'])}the {self.name} of {x} / {number(p['width'])} "
            f"({x} divided by the width {number(p['width'])} and rounded {self.way}){raised(p['offset'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["width"] > 0 and p["height"] != 0, f"a {self.name} needs a width above 0 and a height other than 0")


class Floor(_Stairs):
    name = "floor"
    way = "down"

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["height"] * np.floor(x / p["width"]) + p["offset"]


class Ceil(_Stairs):
    name = "ceil"
    way = "up"

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["height"] * np.ceil(x / p["width"]) + p["offset"]
