"""amplitude * sin(frequency * x + phase) + offset, and the same with cos"""

import math
from typing import ClassVar

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import number, plus, raised, times


class _Sinusoid(Family):
    """Canonical: amplitude > 0, frequency > 0 (radians a unit of x), 0 <= phase < 2 pi."""

    parameters = ("amplitude", "frequency", "phase", "offset")
    scale = "amplitude"
    offset = "offset"
    function: ClassVar[str]

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        turn = 2 * math.pi / span.width
        return {
            "amplitude": draws.number(0.3 * size, size),
            "frequency": draws.number(turn, 5 * turn),
            "phase": draws.number(0, 6.28),
            "offset": draws.offset(size),
        }

    def write(self, p: Parameters, x: str, /) -> str:
        inside = plus(times(p["frequency"], x), p["phase"])
        return plus(times(p["amplitude"], f"{self.function}({inside})"), p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a {self.name} wave in {x} with amplitude {number(p['amplitude'])}, "
            f"frequency {number(p['frequency'])} (radians per unit) and phase {number(p['phase'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        period = number(rounded(2 * math.pi / p["frequency"]))
        return (
            f"a {self.name} that swings {number(p['amplitude'])} to either side of {number(p['offset'])} and repeats "
            f"every {period} units of {x} (frequency {number(p['frequency'])}, phase {number(p['phase'])})"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["amplitude"] > 0 and p["frequency"] > 0, f"a {self.name} needs amplitude and frequency above 0")
        need(0 <= p["phase"] < 2 * math.pi, f"the phase of a {self.name} is at least 0 and below 2 pi")


class Sine(_Sinusoid):
    name = "sine"
    function = "sin"

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["amplitude"] * np.sin(p["frequency"] * x + p["phase"]) + p["offset"]


class Cosine(_Sinusoid):
    name = "cosine"
    function = "cos"

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["amplitude"] * np.cos(p["frequency"] * x + p["phase"]) + p["offset"]
