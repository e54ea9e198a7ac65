"""offset + amplitude in the first half of each period (counted from shift), offset - amplitude in the second"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised


class SquareWave(Family):
    """Canonical: amplitude > 0, period > 0, 0 <= shift < period; it jumps up at `shift`, which is high already."""

    name = "square_wave"
    parameters = ("amplitude", "period", "shift", "offset")
    scale = "amplitude"
    offset = "offset"
    inner = False  # takes two values only

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        period = draws.number(0.2 * span.width, 0.9 * span.width)
        return {
            "amplitude": draws.number(0.3 * size, size),
            "period": period,
            "shift": draws.number(0, 0.99 * period),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        turns = (x - p["shift"]) / p["period"]
        return np.where(turns - np.floor(turns) < 0.5, p["amplitude"], -p["amplitude"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        high, low = number(p["amplitude"]), number(-p["amplitude"])
        turns = f"{less(x, p['shift'])} / {number(p['period'])}"
        wave = f"{high} if {turns} - floor({turns}) < 0.5 else {low}"
        return plus(f"({wave})", p["offset"]) if p["offset"] else wave

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a square wave in {x} with amplitude {number(p['amplitude'])}, period {number(p['period'])} "
            f"and shift {number(p['shift'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        high, low = (number(rounded(p["offset"] + sign * p["amplitude"])) for sign in (1, -1))
        return (
            f"a square wave that alternates between {high} and {low} with period {number(p['period'])} "
            f"(amplitude {number(p['amplitude'])}), jumping up at {x} = {number(p['shift'])} (the shift)"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["amplitude"] > 0 and p["period"] > 0, "a square wave needs amplitude and period above 0")
        need(0 <= p["shift"] < p["period"], "the shift of a square wave is at least 0 and below its period")
