"""amplitude_1 * sin(frequency * x + phase_1) + amplitude_2 * sin(frequency * sqrt(ratio) * x + phase_2) + offset"""

import math

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import number, plus, raised, times


class TwoSinusoids(Family):
    """Canonical: both amplitudes and the frequency > 0; ratio is 2, 3, 5 or 7, the square of the second frequency over
    the first: so the two are truly incommensurate, and the sum never repeats; 0 <= phases < 2 pi."""

    name = "two_sinusoids"
    parameters = ("amplitude_1", "frequency", "phase_1", "amplitude_2", "ratio", "phase_2", "offset")
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        turn = 2 * math.pi / span.width
        return {
            "amplitude_1": draws.number(0.3 * size, 0.7 * size),
            "frequency": draws.number(turn, 2.5 * turn),
            "phase_1": draws.number(0, 6.28),
            "amplitude_2": draws.number(0.2 * size, 0.5 * size),
            "ratio": draws.choose((2.0, 3.0, 5.0, 7.0)),
            "phase_2": draws.number(0, 6.28),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        slow = p["amplitude_1"] * np.sin(p["frequency"] * x + p["phase_1"])
        fast = p["amplitude_2"] * np.sin(p["frequency"] * math.sqrt(p["ratio"]) * x + p["phase_2"])
        return slow + fast + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        slow = f"sin({plus(times(p['frequency'], x), p['phase_1'])})"
        faster = times(p["frequency"], f"sqrt({number(p['ratio'])}) * {x}")
        fast = f"sin({plus(faster, p['phase_2'])})"
        return plus(f"{times(p['amplitude_1'], slow)} + {times(p['amplitude_2'], fast)}", p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"two incommensurate sine waves in {x} added up: one with amplitude {number(p['amplitude_1'])}, frequency "
            f"{number(p['frequency'])} (radians per unit) and phase {number(p['phase_1'])}, one with amplitude "
            f"{number(p['amplitude_2'])}, sqrt({number(p['ratio'])}) times that frequency and phase "
            f"{number(p['phase_2'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        second = number(rounded(p["frequency"] * math.sqrt(p["ratio"])))
        return (
            f"an oscillation around {number(p['offset'])} that never repeats, since the frequencies of its two sines "
            f"of {x}, {number(p['frequency'])} and about {second}, are in the ratio of 1 to the square root of "
            f"{number(p['ratio'])} (amplitudes {number(p['amplitude_1'])} and {number(p['amplitude_2'])}, phases "
            f"{number(p['phase_1'])} and {number(p['phase_2'])})"
        )

    def unit(self, p: Parameters) -> Parameters:
        ratio = rounded(p["amplitude_2"] / p["amplitude_1"])
        return {**p, "amplitude_1": 1.0, "amplitude_2": ratio, "offset": 0.0}

    def check(self, p: Parameters) -> None:
        super().check(p)
        positive = min(p["amplitude_1"], p["amplitude_2"], p["frequency"])
        need(positive > 0, "two sinusoids need amplitudes and a frequency above 0")
        need(p["ratio"] in (2, 3, 5, 7), "the ratio of two sinusoids is 2, 3, 5 or 7")
        need(
            min(p["phase_1"], p["phase_2"]) >= 0 and max(p["phase_1"], p["phase_2"]) < 2 * math.pi,
            "phases are at least 0 and below 2 pi",
        )
