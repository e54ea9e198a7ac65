"""Rounding shortens numbers; it never changes what a formula says."""

from collections.abc import Callable

import numpy as np
import pytest

from judges.description.expression import evaluate, parse_prefix
from sandbox.toolkit.compose import form
from sandbox.toolkit.explain import code, formula, reproduces, rounded
from sandbox.toolkit.families import FAMILIES
from sandbox.toolkit.fits import Fit, sorted_data

X = np.linspace(-8, 8, 50)
ALL = np.ones(50, dtype=bool)


def fitted(name: str, p: list[float], y: np.ndarray) -> Fit:
    curve = Fit(form(name), np.array(p), 0.0, 0).curve(X)
    return Fit(form(name), np.array(p), float(np.nansum((curve - y) ** 2)), int(np.isfinite(y).sum()))


def test_numbers_become_as_short_as_they_are() -> None:
    """An exact fit that is off by dust is stated in the decimals of the truth."""
    y = 2 * np.sin(0.31 * X + 1) + 0.5
    fit = fitted("single(sine)", [0.5 + 1e-12, 2 - 1e-12, 0.31, 1.0], y)
    assert rounded(formula(fit), sorted_data(X, y), ALL, 0.0).code == "2.0 * np.sin(0.31 * x + 1.0) + 0.5"


def test_a_fit_that_fails_somewhere_is_not_rounded_away() -> None:
    """Where the fit itself is undefined at a defined answer there is no yardstick, so no number is touched."""
    y = np.where(X > 0, np.log(np.abs(X) + 1e-3), 1.0)
    fit = fitted("single(right logarithm)", [0.123456, 1.234567, 0.345678], y)
    whole = formula(fit)
    assert rounded(whole, sorted_data(X, y), ALL, 0.0) == whole


def test_a_degenerate_formula_does_not_pass_for_its_fit() -> None:
    """A square wave of amplitude 0 and period 0 does not say what a square wave of amplitude 2 says."""
    y = 2 * np.where(np.mod(0.9 * X, 2 * np.pi) < np.pi, 1.0, -1.0)
    fit = fitted("single(square wave)", [0.0, 2.0, 0.9, 0.0], y)
    zero = fitted("single(square wave)", [0.0, 0.0, 0.0, 0.0], y)
    data = sorted_data(X, y)
    assert reproduces(formula(fit), fit, data, ALL, 0.0)
    assert not reproduces(formula(zero), fit, data, ALL, 0.1)


@pytest.mark.parametrize("name", FAMILIES)
def test_code_and_written_formula_say_what_the_formula_says(name: str) -> None:
    """One shape, three ways to say it: as an object, as Python, and as prose that the judges' reader evaluates."""
    sizes = 0.3 + np.arange(FAMILIES[name].size - 1) / 3
    whole = formula(Fit(form(f"single({name})"), np.array([0.7, 1.7, *sizes]), 0.0, 1))
    names: dict[str, Callable[[float], float]] = {}
    exec(code(whole, None), names)  # type: ignore[arg-type]  # noqa: S102 - our own code
    np.testing.assert_allclose([names["function"](float(v)) for v in X], whole.value(X), rtol=1e-9, atol=1e-9)
    read = parse_prefix(whole.plain.removeprefix("y = "))
    assert read is not None
    assert read.end == len(whole.plain) - 4
    np.testing.assert_allclose(evaluate(read.expression, X), whole.value(X), rtol=1e-4, atol=1e-4)


def test_what_is_inside_another_function_is_written_apart() -> None:
    """A composition reads as two formulas."""
    whole = formula(Fit(form("composition(tanh, sine)"), np.array([0.5, 2.0, 0.25, 3.0, 0.4, 1.0]), 0.0, 1))
    assert whole.plain == "y = 2 * tanh(3 * (u - 0.25)) + 0.5, where u = sin(0.4 * x + 1)"
