"""offset + amplitude * (2 * min(t / rise, (1 - t) / (1 - rise)) - 1), where t = ((x - shift) mod period) / period"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised, times


class TriangleWave(Family):
    """Canonical: amplitude > 0; period > 0; 0 <= shift < period is where it is lowest; 0 < rise < 1, but not 0.5, is
    the share of each period in which it rises."""

    name = "triangle_wave"
    parameters = ("amplitude", "period", "shift", "rise", "offset")
    scale = "amplitude"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        period = draws.number(0.2 * span.width, 0.9 * span.width)
        rise = draws.number(0.08, 0.35)
        return {
            "amplitude": draws.number(0.3 * size, size),
            "period": period,
            "shift": draws.number(0, 0.99 * period),
            "rise": rise if draws.chance(0.5) else draws.number(0.65, 0.92),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        t = (x - p["shift"]) % p["period"] / p["period"]
        return p["amplitude"] * (2 * np.minimum(t / p["rise"], (1 - t) / (1 - p["rise"])) - 1) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        t = f"({less(x, p['shift'])} mod {number(p['period'])}) / {number(p['period'])}"
        wave = f"(2 * min({t} / {number(p['rise'])}, (1 - {t}) / (1 - {number(p['rise'])})) - 1)"
        return plus(times(p["amplitude"], wave), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"an asymmetric triangle wave in {x} with amplitude {number(p['amplitude'])}, "
            f"period {number(p['period'])}, shift {number(p['shift'])} and rise {number(p['rise'])} "
            f"(the rising share of a period){raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"a zigzag that swings {number(p['amplitude'])} to either side of {number(p['offset'])} with period "
            f"{number(p['period'])}: lowest at {x} = {number(p['shift'])} (the shift), it rises in a straight line "
            f"for a share of {number(p['rise'])} of each period and falls in a straight line for the rest"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["amplitude"] > 0 and p["period"] > 0, "a triangle wave needs amplitude and period above 0")
        need(0 <= p["shift"] < p["period"], "the shift of a triangle wave is at least 0 and below its period")
        need(0 < p["rise"] < 1 and p["rise"] != 0.5, "the rise of a triangle wave is between 0 and 1, and not 0.5")
