"""amplitude * exp(-decay * |x - center|) * cos(frequency * (x - center)) + offset"""

import math

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import less, number, plus, raised, times


class DampedOscillation(Family):
    """Canonical: decay > 0 and frequency > 0 (a unit of x); any amplitude but 0. It fades to both sides."""

    name = "damped_oscillation"
    parameters = ("amplitude", "decay", "frequency", "center", "offset")
    scale = "amplitude"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        turn = 2 * math.pi / span.width
        return {
            "amplitude": draws.signed(0.7 * size, 1.5 * size),
            "decay": draws.number(2.5 / span.width, 8 / span.width),
            "frequency": draws.number(2 * turn, 6 * turn),
            "center": span.place(draws, 0.0, 0.7),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        z = x - p["center"]
        return p["amplitude"] * np.exp(-p["decay"] * np.abs(z)) * np.cos(p["frequency"] * z) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        distance, turns = f"abs({plus(x, -p['center'])})", times(p["frequency"], less(x, p["center"]))
        fade = f"exp({times(-p['decay'], distance)})"
        return plus(f"{times(p['amplitude'], fade)} * cos({turns})", p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        return (
            f"a damped oscillation in {x} with amplitude {number(p['amplitude'])}, decay {number(p['decay'])} "
            f"(per unit), frequency {number(p['frequency'])} (radians per unit) and center {number(p['center'])}"
            f"{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        return (
            f"a cosine wave (frequency {number(p['frequency'])}) that is strongest at {x} = {number(p['center'])} (the "
            f"center), with an amplitude of {number(p['amplitude'])} there that fades exponentially to both sides "
            f"(decay {number(p['decay'])}) towards a level of {number(p['offset'])}"
        )

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["decay"] > 0 and p["frequency"] > 0, "a damped oscillation needs decay and frequency above 0")
        need(p["amplitude"] != 0, "a damped oscillation needs an amplitude other than 0")
