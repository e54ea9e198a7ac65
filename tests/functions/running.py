"""Runs reference code as a judge would, but in the test's own process: it is ours."""

import math
from collections.abc import Callable

import numpy as np

from functions.arrays import FloatArray
from functions.numeric import NumericSpec


def compiled(source: str) -> Callable[[float], float]:
    """The `function` that reference code defines."""
    names: dict[str, Callable[[float], float]] = {}
    exec(source, names)  # noqa: S102
    return names["function"]


def calling(source: str) -> Callable[..., float]:
    """The same for a function of several numbers."""
    names: dict[str, Callable[..., float]] = {}
    exec(source, names)  # noqa: S102
    return names["function"]


def run(source: str, x: FloatArray) -> FloatArray:
    """What reference code gives at each x."""
    function = compiled(source)
    return np.array([function(float(value)) for value in x])


def same(a: FloatArray, b: FloatArray) -> list[bool]:
    """Equal to 1e-9 relative (absolute below 1), or both undefined."""
    return [
        (math.isnan(p) and math.isnan(q)) or abs(p - q) <= 1e-9 * max(1.0, abs(q)) for p, q in zip(a, b, strict=True)
    ]


def agree(spec: NumericSpec, x: FloatArray) -> list[float]:
    """The inputs at which reference code and `evaluate` differ by more than one step of the last bit explains."""
    code = run(spec.reference_code(), x)
    near = [spec.evaluate(x), spec.evaluate(np.nextafter(x, -np.inf)), spec.evaluate(np.nextafter(x, np.inf))]
    return [float(x[i]) for i, fits in enumerate(zip(*(same(code, y) for y in near), strict=True)) if not any(fits)]
