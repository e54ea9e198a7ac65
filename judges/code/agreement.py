"""When a candidate's output counts as right.

An output is right when it is within

    tolerance(x) = max(0.5 % of |y - centre|, 2 % of spread, 0.1 % of scale) + 2 sd sqrt((1 + 3 t^2) / (n / 2))

of the expected output y, where

- `centre` and `scale` are the function's median and robust range over its domain. Measuring |y| from the centre keeps
  "100 + sin x" from being matched by "100"; `scale` keeps flat parts from being infinitely strict.
- `spread` is the range of the expected output within 0.5 % of the domain's width around x, without its most extreme
  value on each side: where the output is steep, a small error of position makes a large error of output.
- `sd` is the noise's standard deviation and n the query budget. The term is two standard errors of a straight line
  fitted to half of the budget, t half-widths from the domain's centre: what well-spent queries cannot resolve. The
  other half is what finding edges and irregular parts costs.

The shares are small because a team that knows the form of a function without noise gets its parameters nearly
exactly, and one that does not can still interpolate: they are what tells the two apart on smooth functions.

Undefined must agree with undefined. Near a jump, the value from its other side is right too, up to 0.2 % of the
domain's width but never further than a quarter of the way to the next jump: nobody can locate an edge exactly, and a
staircase must not pass for a ramp. An edge that is 0.5 % off is then wrong at about one in seven points near it.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from functions.brief import Noise, NoiseKind
from judges.code.landmarks import Landscape
from judges.truth import BoolArray, FloatArray

OF_VALUE, OF_SPREAD, OF_SCALE = 0.005, 0.02, 0.001
NEIGHBOURHOOD = 0.005  # of the domain's width, on each side
SLACK = 0.002  # of the domain's width
ROUNDING = 1e-9  # relative: two correct programs may differ in the last bits


@dataclass(frozen=True)
class Expected:
    """What is right at each of `x` (each row, of vectors): the expected output, near a jump also the other side, and
    how far off is fine."""

    x: FloatArray
    y: FloatArray
    alternatives: tuple[FloatArray, ...]  # from just left and just right of a jump; y itself elsewhere
    tolerance: FloatArray

    def right(self, answers: FloatArray) -> BoolArray:
        """Which of the answers (NaN: undefined) are right."""
        return np.asarray(np.any([self._matches(answers, y) for y in (self.y, *self.alternatives)], axis=0))

    def _matches(self, answers: FloatArray, y: FloatArray) -> BoolArray:
        with np.errstate(over="ignore", invalid="ignore"):
            close: BoolArray = np.abs(answers - y) <= self.tolerance
        return close | (np.isnan(answers) & np.isnan(y))


def expected(landscape: Landscape, x: FloatArray, query_budget: int) -> Expected:
    """What is right at `x`, for teams that could ask `query_budget` times."""
    y = landscape.values(x)
    slack = _slack(landscape, x)
    alternatives = landscape.values(x - slack), landscape.values(x + slack)
    return Expected(x, y, alternatives, _tolerance(landscape, x, y, query_budget))


def standard_deviation(noise: Noise) -> float:
    """In output units; a uniform's scale is its half-width."""
    return noise.scale / sqrt(3) if noise.kind is NoiseKind.UNIFORM else noise.scale


def _tolerance(landscape: Landscape, x: FloatArray, y: FloatArray, query_budget: int) -> FloatArray:
    t = (x - landscape.middle) / (landscape.width / 2)
    noise = 2 * standard_deviation(landscape.truth.noise) * np.sqrt((1 + 3 * t**2) / (query_budget / 2))
    of_value = OF_VALUE * np.abs(np.nan_to_num(y) - landscape.centre)
    local = np.maximum(of_value, OF_SPREAD * _spread(landscape, x))
    rounding = ROUNDING * np.abs(np.nan_to_num(y))
    total: FloatArray = np.maximum(local, OF_SCALE * landscape.scale) + noise + rounding
    return total


def _spread(landscape: Landscape, x: FloatArray) -> FloatArray:
    """Range of the expected output around each of `x`, without its most extreme value on each side."""
    offsets = np.linspace(-1, 1, 9) * NEIGHBOURHOOD * landscape.width
    around = np.sort(landscape.values((x[:, None] + offsets).ravel()).reshape(x.size, -1), axis=1)  # NaN comes last
    finite = np.sum(np.isfinite(around), axis=1)
    high = np.take_along_axis(around, np.maximum(finite - 2, 0)[:, None], axis=1)[:, 0]
    return np.where(finite >= 3, high - around[:, 1], 0.0)


def _slack(landscape: Landscape, x: FloatArray) -> FloatArray:
    """How far a jump near each of `x` may be misplaced; 0 where none is within reach."""
    jumps = landscape.jumps
    if not jumps.size:
        return np.zeros_like(x)
    gaps = np.diff(jumps, prepend=-np.inf, append=np.inf)
    room = np.minimum(SLACK * landscape.width, np.minimum(gaps[:-1], gaps[1:]) / 4)
    nearest = np.argmin(np.abs(x[:, None] - jumps), axis=1)
    within: BoolArray = np.abs(x - jumps[nearest]) <= room[nearest]
    return np.where(within, room[nearest], 0.0)
