"""The same said with less: pruned numbers, simpler forms, and the names that need the fewest digits."""

import numpy as np
import pytest

from sandbox.toolkit import investigate, pairs, survey, zoom
from sandbox.toolkit.compose import form
from sandbox.toolkit.fits import Fit, polish, sorted_data
from sandbox.toolkit.prune import pruned
from sandbox.toolkit.simpler import swapped
from sandbox.toolkit.wording import called, numbers, raised

X = survey(-8, 8, 60, seed=2)
ALL = np.ones(60, dtype=bool)


def test_powers_that_noise_alone_asks_for_are_zero() -> None:
    """A noisy cubic keeps the two coefficients that it has."""
    y = 0.05 * X**3 + 0.3 * X + 0.4 * np.random.default_rng(3).normal(size=60)
    data = sorted_data(X, y)
    fit = pruned(polish(form("single(polynomial of degree 3)"), np.array([0.1, 0.05, 1.0, 1.0]), data, ALL), data, ALL)
    assert fit.p[0] == fit.p[3] == 0
    assert fit.p[1] == pytest.approx(0.05, rel=0.1)
    assert fit.p[1] * fit.p[2] == pytest.approx(0.3, rel=0.4)


@pytest.mark.parametrize(
    "name", ["product(sine, polynomial of degree 3)", "composition(tanh, polynomial of degree 3)", "constant()"]
)
def test_whatever_the_form_pruning_only_sets_zeros(name: str) -> None:
    """And a fit without residuals is left as it is."""
    p = np.arange(1.0, form(name).size + 1) / 5
    y = Fit(form(name), p, 0.0, 60).curve(X)
    data = sorted_data(X, y + 0.3 * np.random.default_rng(1).normal(size=60))
    fit = pruned(polish(form(name), p, data, ALL), data, ALL)
    assert len(fit.p) == len(p)
    assert np.isfinite(fit.sse)
    exact = Fit(form(name), p, 0.0, 60)
    assert pruned(exact, sorted_data(X, y), ALL) is exact


def test_a_step_is_told_as_a_signum_where_that_takes_fewer_digits() -> None:
    """17.6 * sign(x - 0.7) + 7.15 needs fewer than -10.45 before and 24.75 after; a floor and a ceil likewise."""
    assert called("step", (35.2, 0.7), -10.45) == "signum"
    assert numbers("step", (35.2, 0.7), -10.45) == [("scale", 17.6), ("center", 0.7), ("offset", pytest.approx(7.15))]
    assert called("step", (6.63, 0.7), 0.0) == "step"
    assert called("floor", (1.25, 27.6, 0.0), 4.25) == "ceil"
    assert "ceil" in raised("floor", (1.25, 27.6, 0.0), "x", 4.25)
    assert "offset of 3" in raised("floor", (1.25, 27.6, 0.0), "x", 4.25)


def test_a_ratio_and_a_polynomial_take_their_offset_in() -> None:
    """As one writes them: all coefficients of the numerator, and the degree."""
    assert dict(numbers("rational", (3.0, 1.0, -2.0, 5.0), 2.0)) == {"n2": 2, "n1": -1, "n0": 11, "d1": -2, "d0": 5}
    assert dict(numbers("polynomial of degree 3", (2.0, 0.0, 1.0), 7.0)) == {"degree": 3, "c3": 2, "c1": 1, "c0": 7}


@pytest.mark.parametrize(
    ("words", "truth"),
    [
        ("rational function", lambda x: (0.978 * x**2 - 6.32 * x - 12.1) / (x**2 + 4.92 * x - 6.55)),
        ("square root (degree 2)", lambda x: 1.33 * np.sqrt(x + 4.6) - 3.7),
    ],
    ids=["two poles", "root"],
)
def test_what_looks_like_two_things_is_told_as_one(words: str, truth: object) -> None:
    """Two poles are one ratio, and a root begins where answers begin, without a region."""
    x = np.concatenate([X, zoom(0.0, 2.0, 9)])
    x = np.concatenate([x, pairs(x, 5)])
    with np.errstate(all="ignore"):
        found = investigate(x, truth(x), -8, 8)  # type: ignore[operator]
    assert words in found.description
    assert "No irregular region" in found.description


def test_a_description_says_what_was_not_tested() -> None:
    """Whatever was found."""
    assert "far outside the domain, it was not" in investigate(X, 0.5 * X + 1, -8, 8).description


@pytest.mark.parametrize("name", ["product(sine, absolute)", "product(polynomial of degree 2, tanh)"])
def test_a_product_is_the_same_whichever_factor_comes_first(name: str) -> None:
    """Only the amplitude moves."""
    p = np.arange(1.0, form(name).size + 1) / 5
    fit = Fit(form(name), p, 0.0, 60)
    assert swapped(fit).curve(X) == pytest.approx(fit.curve(X))
    assert swapped(swapped(fit)).p == pytest.approx(p)
