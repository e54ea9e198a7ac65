"""scale * floor(levels * g(x) + 0.5) / levels + offset: a smooth curve g of unit scale, rounded to equal levels"""

from typing import ClassVar

import numpy as np

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.families.family import Family, Parameters, Span, need
from functions.numeric.families.gaussian import Gaussian
from functions.numeric.families.sinusoids import Sine
from functions.numeric.families.tanh import Tanh
from functions.numeric.text import number, plus, raised, times


class _Quantised(Family):
    """Canonical: the curve in its own canonical form; levels is a whole number from 2 to 8, the levels in one scale."""

    offset = "offset"
    smooth: ClassVar[Family]

    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        return {**self.smooth.draw(draws, span, size), "levels": float(draws.choose((2, 3, 4, 5)))}

    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        level = np.floor(p["levels"] * self.smooth.evaluate(x, self._curve(p)) + 0.5)
        return p[self._size] * level / p["levels"] + p["offset"]

    def write(self, p: Parameters, x: str, /) -> str:
        curve = times(p["levels"], self.smooth.write(self._curve(p), x))
        return plus(f"{times(p[self._size], f'floor({curve} + 0.5)')} / {number(p['levels'])}", p["offset"])

    def noun(self, p: Parameters, x: str, /) -> str:
        smooth = self.smooth.noun(self._smooth(p, 0.0), x)
        return f"{smooth}, quantised: the curve is rounded to {self._steps(p)}{raised(p['offset'])}"

    def plain(self, p: Parameters, x: str, /) -> str:
        smooth = self.smooth.plain(self._smooth(p, p["offset"]), x)
        return f"a staircase (quantised, rounded to {self._steps(p)}) that follows {smooth}"

    def check(self, p: Parameters) -> None:
        super().check(p)
        self.smooth.check(self._smooth(p, p["offset"]))
        need(p["levels"] in range(2, 9), "a quantised curve has 2 to 8 levels, a whole number")

    @property
    def _size(self) -> str:
        """The name of what multiplies the whole: each of the smooth families has one."""
        return str(self.smooth.scale)

    def _smooth(self, p: Parameters, offset: float) -> Parameters:
        return {**{name: p[name] for name in self.smooth.parameters}, "offset": offset}

    def _curve(self, p: Parameters) -> Parameters:
        return self.smooth.unit(self._smooth(p, 0.0))

    def _steps(self, p: Parameters) -> str:
        size, levels = number(abs(p[self._size])), number(p["levels"])
        return f"the nearest multiple of {size} / {levels} ({levels} levels in its {self._size})"


class QuantisedSine(_Quantised):
    name = "quantised_sine"
    smooth = Sine()
    parameters = (*Sine.parameters, "levels")
    scale = Sine.scale


class QuantisedTanh(_Quantised):
    name = "quantised_tanh"
    smooth = Tanh()
    parameters = (*Tanh.parameters, "levels")
    scale = Tanh.scale


class QuantisedGaussian(_Quantised):
    name = "quantised_gaussian"
    smooth = Gaussian()
    parameters = (*Gaussian.parameters, "levels")
    scale = Gaussian.scale
