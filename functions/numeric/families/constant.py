"""value"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span
from functions.numeric.text import number


class Constant(Family):
    """Canonical: any value."""

    name = "constant"
    parameters = ("value",)
    outer = False
    inner = False

    def draw(self, draws: Draws, _span: Span, size: float, /) -> Parameters:
        return {"value": draws.signed(0.2 * size, 2 * size)}

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return np.full_like(x, p["value"])

    def write(self, p: Parameters, _x: str, /) -> str:
        return number(p["value"])

    def noun(self, p: Parameters, _x: str, /) -> str:
        return f"a constant with value {number(p['value'])}"

    def plain(self, p: Parameters, x: str, /) -> str:
        return f"the constant {number(p['value'])}, whatever {x} is"
