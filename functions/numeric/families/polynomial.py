"""c5 * x^5 + c4 * x^4 + c3 * x^3 + c2 * x^2 + c1 * x + c0"""

from functools import reduce

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws, rounded
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import listed, number, polynomial

_NAMES = ("c0", "c1", "c2", "c3", "c4", "c5")
_DEGREES = {2: "quadratic", 3: "cubic", 4: "quartic (fourth-degree)", 5: "quintic (fifth-degree)"}


def _degree(p: Parameters) -> int:
    return max((power for power, name in enumerate(_NAMES) if p.get(name, 0.0) != 0), default=0)


def _coefficients(p: Parameters) -> list[float]:
    return [p.get(name, 0.0) for name in _NAMES]


class Polynomial(Family):
    """Canonical: degree 2 to 5; coefficients c0 (the constant) to c5; those of 0 may be left out.

    Claims name the degree too, as "degree".
    """

    name = "polynomial"
    parameters = _NAMES
    optional = frozenset(_NAMES)
    offset = "c0"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        degree = draws.choose((2, 3, 4, 5))
        reach = max(abs(span.low), abs(span.high))
        p = {"c0": draws.offset(size)}
        for power in range(1, degree + 1):
            if power == degree or draws.chance(0.6):
                p[f"c{power}"] = rounded(draws.signed(0.3 * size, size) / reach**power)
        return p

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        terms = (value * x**power for power, value in reversed(list(enumerate(_coefficients(p)))) if value)
        return reduce(np.add, terms)

    def write(self, p: Parameters, x: str, /) -> str:
        return polynomial(_coefficients(p), x)

    def noun(self, p: Parameters, x: str, /) -> str:
        return f"the {_DEGREES[_degree(p)]} polynomial {self.write(p, x)}"

    def plain(self, p: Parameters, x: str, /) -> str:
        constant, *others = _coefficients(p)
        terms = [
            f"{number(value)} for {x if power == 1 else f'{x}^{power}'}"
            for power, value in reversed(list(enumerate(others, 1)))
            if value
        ]
        terms += [f"the constant term {number(constant)}"] if constant else []
        return f"a polynomial of degree {_degree(p)} in {x} with coefficients {listed(terms)}"

    def unit(self, p: Parameters) -> Parameters:
        leading = p[_NAMES[_degree(p)]]
        return {**{name: rounded(value / leading) for name, value in p.items()}, "c0": 0.0}

    def stated(self, p: Parameters) -> dict[str, float]:
        return {"degree": float(_degree(p)), **super().stated(p)}

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(_degree(p) >= 2, "a polynomial has a degree of 2 to 5")
