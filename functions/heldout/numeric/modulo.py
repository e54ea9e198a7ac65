"""scale * (x mod period) + offset"""

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import multiple, number, plus, raised, times


class Modulo(Family):
    """Canonical: period > 0; any scale but 0. The remainder is at least 0 and below the period, for negative x too."""

    name = "modulo"
    parameters = ("scale", "period", "offset")
    scale = "scale"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        period = draws.number(span.width / 8, span.width / 1.8)
        return {
            "scale": draws.signed(0.5 * size / period, 1.5 * size / period),
            "period": period,
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["scale"] * (x % p["period"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        return plus(times(p["scale"], f"({x} mod {number(p['period'])})"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"the remainder of {x} modulo its period {number(p['period'])} (never negative), "
            f"with scale {number(p['scale'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"{multiple(p['scale'])}the remainder (modulo, between 0 and {number(p['period'])}) of {x} divided by "
            f"{number(p['period'])}{raised(p['offset'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["period"] > 0 and p["scale"] != 0, "a modulo needs a period above 0 and a scale other than 0")
