"""slope * x + intercept"""

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import number, plus, times


class Linear(Family):
    """Canonical: any slope but 0."""

    name = "linear"
    parameters = ("slope", "intercept")
    scale = "slope"
    offset = "intercept"
    outer = False  # would be absorbed by what it is applied to
    inner = False

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        slope = draws.signed(0.5 * size / span.width, 2 * size / span.width)
        return {"slope": slope, "intercept": rounded(draws.offset(size) - slope * span.middle)}

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        return p["slope"] * x + p["intercept"]

    def write(self, p: Parameters, x: str, /) -> str:
        return plus(times(p["slope"], x), p["intercept"])

    def noun(self, p: Parameters, x: str, /) -> str:
        intercept = f" and intercept {number(p['intercept'])}" if p["intercept"] else " through the origin"
        return f"a linear function of {x} with slope {number(p['slope'])}{intercept}"

    def plain(self, p: Parameters, x: str, /) -> str:
        way = "rises" if p["slope"] > 0 else "falls"
        crossing = f"{number(p['intercept'])} at {x} = 0" if p["intercept"] else "the origin"
        return f"a straight line that {way} by {number(abs(p['slope']))} for each unit of {x}, through {crossing}"

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["slope"] != 0, "a linear function needs a slope other than 0")
