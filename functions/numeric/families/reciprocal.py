"""scale / (x - pole) + offset"""

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised


class Reciprocal(Family):
    """Canonical: any scale but 0. Undefined at its pole."""

    name = "reciprocal"
    parameters = ("scale", "pole", "offset")
    scale = "scale"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {
            "scale": draws.signed(0.02 * size * span.width, 0.08 * size * span.width),
            "pole": span.place(draws, 0.15, 0.85),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["scale"] / (x - p["pole"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        return plus(f"{number(p['scale'])} / {less(x, p['pole'])}", p["offset"])

    def defined(self, p: Parameters, x: str, /) -> str | None:
        return f"{x} != {number(p['pole'])}"

    def noun(self, p: Parameters, x: str, /) -> str:
        scale, pole = number(p["scale"]), number(p["pole"])
        return f"a reciprocal of {x} with scale {scale} and its pole at {pole}{raised(p['offset'])}"

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"a hyperbola (reciprocal) with its pole at {x} = {number(p['pole'])}: {number(p['scale'])} divided by "
            f"{plus(x, -p['pole'])}{raised(p['offset'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["scale"] != 0, "a reciprocal needs a scale other than 0")
