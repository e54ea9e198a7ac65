"""scale * (x - start)^(1/degree) + offset"""

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.text import multiple, number, plus, raised, times


class Root(Family):
    """Canonical: degree 2 or 3. A square root is undefined below its start; a cube root is defined everywhere."""

    name = "root"
    parameters = ("scale", "degree", "start", "offset")
    scale = "scale"
    offset = "offset"

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        degree = draws.choose((2, 2, 3))
        reach = (span.width if degree == 2 else span.width / 2) ** (1 / degree)
        return {
            "scale": draws.signed(0.5 * size / reach, 1.5 * size / reach),
            "degree": float(degree),
            "start": span.place(draws, -0.2, 0.35) if degree == 2 else span.place(draws, 0.25, 0.75),
            "offset": draws.offset(size),
        }

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        root = np.sqrt if p["degree"] == 2 else np.cbrt
        return p["scale"] * root(x - p["start"]) + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        root = "sqrt" if p["degree"] == 2 else "cbrt"
        return plus(times(p["scale"], f"{root}({plus(x, -p['start'])})"), p["offset"])

    def defined(self, p: Parameters, x: str, /) -> str | None:
        return f"{x} >= {number(p['start'])}" if p["degree"] == 2 else None

    def noun(self, p: Parameters, x: str, /) -> str:
        root, begins = ("square root", "starting") if p["degree"] == 2 else ("cube root", "with its inflection point")
        return (
            f"a {root} (degree {number(p['degree'])}) of {x} with scale {number(p['scale'])}, "
            f"{begins} at {number(p['start'])}{raised(p['offset'])}"
        )

    def plain(self, p: Parameters, x: str, /) -> str:
        root = "square root" if p["degree"] == 2 else "cube root"
        distance = plus(x, -p["start"])
        return f"{multiple(p['scale'])}the {root} of {distance}{raised(p['offset'])}"

    def check(self, p: Parameters) -> None:
        super().check(p)
        need(p["degree"] in (2, 3) and p["scale"] != 0, "a root has degree 2 or 3 and a scale other than 0")
