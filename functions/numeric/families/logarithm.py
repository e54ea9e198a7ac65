"""scale * ln(x - start) + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import multiple, number, plus, raised, times


class Logarithm(Family):
    """Canonical: natural logarithm, any scale but 0. Undefined at its start and below."""

    name = "logarithm"
    parameters = ("scale", "start", "offset")
    scale = "scale"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {
            "scale": draws.signed(0.3 * size, size),
            "start": span.place(draws, -0.15, 0.35),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["scale"] * np.log(x - p["start"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        return plus(times(p["scale"], f"log({plus(x, -p['start'])})"), p["offset"])

    def defined(self, p: Parameters, x: str, /) -> str | None:
        return f"{x} > {number(p['start'])}"

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a natural logarithm of {x} with scale {number(p['scale'])}, "
            f"starting at {number(p['start'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return f"{multiple(p['scale'])}the natural logarithm of {plus(x, -p['start'])}{raised(p['offset'])}"

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["scale"] != 0, "a logarithm needs a scale other than 0")
