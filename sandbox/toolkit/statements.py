"""How each family is stated: the numbers a person would give, the formula as code, and a noun phrase in English.

`stated` leads from a family's parameters to those numbers, `fitted` back. The numbers are what gets rounded.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .types import Array

Numbers = tuple[float, ...]


def show(value: float) -> str:
    """A number as people write it: up to six significant digits here; code uses `repr`."""
    return f"{value:.6g}".replace("e+0", "e+").replace("e-0", "e-")


@dataclass(frozen=True)
class Statement:
    """The words for one family. `code` and `english` take the numbers and the text of the argument."""

    stated: Callable[[Array], Numbers]
    fitted: Callable[[Numbers], Array]
    code: Callable[[Numbers, str], str]
    english: Callable[[Numbers, str], str]
    names: tuple[str, ...]


def _minus(argument: str, value: float) -> str:
    """`argument - value` as code."""
    if value == 0:
        return argument
    return f"({argument} {'-' if value > 0 else '+'} {abs(value)!r})"


def _times(value: float, factor: str) -> str:
    """`value * factor` as code."""
    return factor if value == 1 else f"-{factor}" if value == -1 else f"{value!r} * {factor}"


def _plain(
    names: tuple[str, ...], code: Callable[[Numbers, str], str], english: Callable[[Numbers, str], str]
) -> Statement:
    return Statement(lambda p: tuple(float(v) for v in p), lambda n: np.array(n), code, english, names)


def _shifted(function: str, noun: str, at: str, mirrored: bool = False) -> Statement:
    """A family a * function(x - c), mirrored a * function(c - x)."""

    def code(n: Numbers, u: str) -> str:
        inside = f"{n[1]!r} - {u}" if mirrored else _minus(u, n[1]).removeprefix("(").removesuffix(")") if n[1] else u
        return _times(n[0], function.format(inside))

    return _plain(
        ("scale", at),
        code,
        lambda n, u: (
            f"a {noun} of {u} with scale {show(n[0])} and {at} at {show(n[1])}"
            + (" (defined to the left of it)" if mirrored else "")
        ),
    )


def _polynomial(degree: int) -> Statement:
    powers = range(degree, 0, -1)

    def code(n: Numbers, u: str) -> str:
        terms = [_times(c, u if k == 1 else f"{u}**{k}") for c, k in zip(n, powers, strict=True) if c]
        return " + ".join(terms) or "0.0"

    def english(n: Numbers, u: str) -> str:
        if degree == 1:
            return f"a linear function of {u} with slope {show(n[0])}"
        named = {2: "quadratic", 3: "cubic", 4: "quartic", 5: "quintic"}[degree]
        terms = [f"{show(c)} for {u if k == 1 else f'{u}^{k}'}" for c, k in zip(n, powers, strict=True) if c]
        return f"a {named} polynomial (degree {degree}) in {u} with coefficients {', '.join(terms)}"

    return Statement(
        stated=lambda p: (float(p[0]), *(float(p[0] * r) for r in p[:0:-1])),
        fitted=lambda n: np.array([n[0], *(c / (n[0] or 1e-300) for c in n[:0:-1])]),
        code=code,
        english=english,
        names=tuple(f"c{k}" for k in powers),
    )


def _sine_stated(p: Array) -> Numbers:
    a, w, phase = (float(v) for v in p)
    if w < 0:
        a, w, phase = -a, -w, -phase
    return abs(a), w, float(np.mod(phase + (np.pi if a < 0 else 0.0), 2 * np.pi))


def _sine_english(n: Numbers, u: str) -> str:
    base = f"amplitude {show(n[0])}, frequency {show(n[1])} (radians per unit"
    return f"a sine wave in {u} with {base}, a period of {show(2 * np.pi / (n[1] or 1e-300))}) and phase {show(n[2])}"


def _square_stated(p: Array) -> Numbers:
    """Amplitude > 0, period, and where it jumps up, in [0, period)."""
    a, w, phase = (float(v) for v in p)
    if w < 0:
        a, w, phase = -a, -w, -phase
    period = 2 * np.pi / (w or 1e-300)
    return abs(a), period, float(np.mod(-(phase + (np.pi if a < 0 else 0.0)) / (w or 1e-300), period))


def _wide(p: Array) -> Numbers:
    """A stair's height, width, and where a step begins."""
    a, w, phase = (float(v) for v in p)
    width = 1 / (w or 1e-300)
    return a, width, -phase * width


def _square_code(n: Numbers, u: str) -> str:
    turns = f"{_minus(u, n[2])} / {n[1]!r}"
    return f"({n[0]!r} if {turns} - np.floor({turns}) < 0.5 else {-n[0]!r})"


def _leaky_code(n: Numbers, u: str) -> str:
    return f"({n[0]!r} if {u} >= {n[1]!r} else {n[2]!r}) * {_minus(u, n[1])}"


def _powers(coefficients: Numbers, u: str) -> str:
    """A polynomial in `u`, highest power first, as people write it."""
    terms = []
    for power, c in zip(range(len(coefficients) - 1, -1, -1), coefficients, strict=True):
        factor = "" if power == 0 else u if power == 1 else f"{u}^{power}"
        if c:
            terms.append(show(c) if not factor else factor if c == 1 else f"{show(c)} * {factor}")
    return " + ".join(terms).replace("+ -", "- ") or "0"


def ratio(n: Numbers, u: str, offset: float = 0.0) -> str:
    """A rational function with its offset taken into the numerator; `n` is (n1, n0, d1, d0) or (n0, d1, d0)."""
    n1, n0, d1, d0 = n if len(n) == 4 else (0.0, *n)
    above = tuple(float(f"{c:.10g}") for c in (offset, n1 + offset * d1, n0 + offset * d0))
    return f"a rational function of {u}, the ratio ({_powers(above, u)}) / ({_powers((1.0, d1, d0), u)})"


def _below(d1: float, d0: float, u: str) -> str:
    """The denominator u^2 + d1 u + d0 as code."""
    return " + ".join([f"{u}**2", *([_times(d1, u)] if d1 else []), *([repr(d0)] if d0 else [])])


STATEMENTS: dict[str, Statement] = {
    **{("linear" if k == 1 else f"polynomial of degree {k}"): _polynomial(k) for k in range(1, 6)},
    "absolute": Statement(
        lambda p: (float(p[0]), float(p[1])),
        np.array,
        lambda n, u: _times(n[0], f"np.abs({u} - {n[1]!r})"),
        lambda n, u: f"an absolute value (V shape) of {u} with slope {show(n[0])} and center {show(n[1])}",
        ("slope", "center"),
    ),
    "leaky relu": Statement(
        lambda p: (float(p[0]), float(p[1]), float(p[0] * p[2])),
        lambda n: np.array([n[0], n[1], n[2] / (n[0] or 1e-300)]),
        _leaky_code,
        lambda n, u: (
            f"a leaky ReLU of {u} with its knee at {show(n[1])}, "
            f"slope {show(n[0])} above it and leak {show(n[2])} below it"
        ),
        ("slope", "knee", "leak"),
    ),
    "root": _shifted("np.sqrt(np.abs({}))", "square root of the absolute distance", "center"),
    "right root": _shifted("np.sqrt({})", "square root (degree 2)", "start"),
    "left root": _shifted("np.sqrt({})", "square root (degree 2)", "start", mirrored=True),
    "cube root": _shifted("np.cbrt({})", "cube root (degree 3)", "start"),
    "logarithm": _shifted("np.log(np.abs({}))", "natural logarithm of the absolute distance", "center"),
    "right logarithm": _shifted("np.log({})", "natural logarithm", "start"),
    "left logarithm": _shifted("np.log({})", "natural logarithm", "start", mirrored=True),
    "step": _plain(
        ("height", "threshold"),
        lambda n, u: f"({n[0]!r} if {u} >= {n[1]!r} else 0.0)",
        lambda n, u: f"a step of height {show(n[0])} with its threshold at {u} = {show(n[1])}",
    ),
    "tanh": Statement(
        lambda p: (float(p[0] * np.sign(p[2] or 1)), float(p[1]), float(abs(p[2]))),
        np.array,
        lambda n, u: _times(n[0], f"np.tanh({n[2]!r} * {_minus(u, n[1])})"),
        lambda n, u: (
            f"a hyperbolic tangent (tanh) of {u} with scale {show(n[0])}, rate {show(n[2])} and center {show(n[1])}"
        ),
        ("scale", "center", "rate"),
    ),
    "sine": Statement(
        _sine_stated,
        np.array,
        lambda n, u: _times(n[0], f"np.sin({_times(n[1], u)}{f' + {n[2]!r}' if n[2] else ''})"),
        _sine_english,
        ("amplitude", "frequency", "phase"),
    ),
    "reciprocal": _plain(
        ("scale", "pole"),
        lambda n, u: f"{n[0]!r} / {_minus(u, n[1])}",
        lambda n, u: f"a reciprocal of {u} with scale {show(n[0])} and its pole at {show(n[1])}",
    ),
    "gaussian": Statement(
        lambda p: (float(p[0]), float(p[1]), float(abs(p[2]))),
        np.array,
        lambda n, u: _times(n[0], f"np.exp(-0.5 * ({_minus(u, n[1])} / {n[2]!r}) ** 2)"),
        lambda n, u: (
            f"a Gaussian bump in {u} with height {show(n[0])}, center {show(n[1])} "
            f"and width (standard deviation) {show(n[2])}"
        ),
        ("height", "center", "width"),
    ),
    "even rational": Statement(
        lambda p: (float(p[0]), float(-2 * p[1]), float(p[1] ** 2 + p[2])),
        lambda n: np.array([n[0], -n[1] / 2, n[2] - n[1] ** 2 / 4]),
        lambda n, u: f"{n[0]!r} / ({_below(n[1], n[2], u)})",
        ratio,
        ("n0", "d1", "d0"),
    ),
    "rational": Statement(
        lambda p: (float(p[0]), float(-p[0] * p[3]), float(-2 * p[1]), float(p[1] ** 2 + p[2])),
        lambda n: np.array([n[0], -n[2] / 2, n[3] - n[2] ** 2 / 4, -n[1] / (n[0] or 1e-300)]),
        lambda n, u: f"({_times(n[0], u)} + {n[1]!r}) / ({_below(n[2], n[3], u)})",
        ratio,
        ("n1", "n0", "d1", "d0"),
    ),
    "rectangle": _plain(
        ("height", "start", "end"),
        lambda n, u: f"({n[0]!r} if {n[1]!r} <= {u} <= {n[2]!r} else 0.0)",
        lambda n, u: f"a rectangle of height {show(n[0])} for {u} from its start {show(n[1])} to its end {show(n[2])}",
    ),
    "square wave": Statement(
        _square_stated,
        lambda n: np.array([n[0], 2 * np.pi / (n[1] or 1e-300), -2 * np.pi * n[2] / (n[1] or 1e-300)]),
        lambda n, u: _square_code(n, u),
        lambda n, u: f"a square wave in {u} with amplitude {show(n[0])}, period {show(n[1])} and shift {show(n[2])}",
        ("amplitude", "period", "shift"),
    ),
    "floor": Statement(
        _wide,
        lambda n: np.array([n[0], 1 / (n[1] or 1e-300), -n[2] / (n[1] or 1e-300)]),
        lambda n, u: _times(n[0], f"np.floor({_minus(u, n[2])} / {n[1]!r})"),
        lambda n, u: (
            f"a floor staircase in {u} with step height {show(n[0])} and step width {show(n[1])}"
            + (f", a step beginning at {show(n[2])}" if n[2] else "")
        ),
        ("height", "width", "start"),
    ),
}
