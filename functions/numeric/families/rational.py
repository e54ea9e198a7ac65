"""(n2 * x^2 + n1 * x + n0) / (x^2 + d1 * x + d0)"""

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import polynomial


class Rational(Family):
    """Canonical: a ratio of polynomials, the denominator's leading coefficient 1. Undefined where that is zero."""

    name = "rational"
    parameters = ("n2", "n1", "n0", "d1", "d0")
    optional = frozenset(parameters)

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        center, width = span.place(draws, 0.3, 0.7), draws.number(0.12 * span.width, 0.3 * span.width)
        sign = 1 if draws.chance(0.7) else -1  # -1: two poles, at center - width and center + width
        return {
            "n2": draws.signed(0.2 * size, size) if draws.chance(0.5) else 0.0,
            "n1": draws.signed(0.3 * size * width, 1.5 * size * width),
            "n0": draws.signed(0.2 * size * width**2, size * width**2),
            "d1": rounded(-2 * center),
            "d0": rounded(center**2 + sign * width**2),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        n2, n1, n0, d1, d0 = (p.get(name, 0.0) for name in self.parameters)
        return (n2 * x**2 + n1 * x + n0) / (x**2 + d1 * x + d0)

    def write(self, p: Parameters, x: str, /) -> str:
        return f"({_above(p, x)}) / ({_below(p, x)})"

    def defined(self, p: Parameters, x: str, /) -> str | None:
        d1, d0 = p.get("d1", 0.0), p.get("d0", 0.0)
        return None if d1 * d1 < 4 * d0 else f"{_below(p, x)} != 0"

    def noun(self, p: Parameters, x: str, /) -> str:
        return f"a rational function of {x}, the ratio {self.write(p, x)}"

    def plain(self, p: Parameters, x: str, /) -> str:
        return f"the quotient of two polynomials (a rational function): {_above(p, x)} divided by {_below(p, x)}"

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(any(p.get(name, 0.0) for name in ("n2", "n1", "n0")), "a rational function needs a numerator")


def _above(p: Parameters, x: str) -> str:
    return polynomial([p.get(name, 0.0) for name in ("n0", "n1", "n2")], x)


def _below(p: Parameters, x: str) -> str:
    return polynomial([p.get("d0", 0.0), p.get("d1", 0.0), 1.0], x)
