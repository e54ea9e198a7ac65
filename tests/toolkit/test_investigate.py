"""From answers to an explanation: what is known is found, what is not is said to be unknown."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from sandbox.toolkit import Findings, investigate, pairs, sharpen, survey, zoom

Array = NDArray[np.float64]
L = 32.0

SINGLE: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "line": ("linear function", lambda x: 0.5 * x + 3),
    "cubic": ("cubic polynomial", lambda x: 0.001 * x**3 - 0.02 * x**2 + x),
    "vee": ("absolute value", lambda x: 0.3 * np.abs(x - 4) + 1),
    "leaky": ("leaky ReLU", lambda x: np.where(x >= 3, 0.7, 0.1) * (x - 3)),
    "root": ("square root", lambda x: 2 * np.sqrt(x + 11)),
    "cube root": ("cube root", lambda x: 2 * np.cbrt(x - 5)),
    "logarithm": ("natural logarithm", lambda x: 3 * np.log(x + 7)),
    "step": ("step with its threshold at x = ", lambda x: np.where(x < 3.3, 0.0, 2.0)),
    "signum": ("signum", lambda x: 2.0 * np.where(x < 3.3, -1, 1)),
    "tanh": ("tanh", lambda x: 3 * np.tanh(0.2 * (x - 5))),
    "sine": ("sine wave in x with amplitude 2, frequency 0.31", lambda x: 2 * np.sin(0.31 * x + 1) + 1),
    "reciprocal": ("reciprocal", lambda x: 5 / (x - 3.1) + 1),
    "reciprocal with a pole beside a sample": ("reciprocal", lambda x: 16.9 - 83.6 / (x - 20.2)),
    "gaussian": ("Gaussian bump", lambda x: 4 * np.exp(-0.5 * ((x - 3) / 5) ** 2) + 1),
    "rational": ("rational function", lambda x: (3 * x + 1) / ((x - 2) ** 2 + 9)),
    "rectangle": ("rectangle", lambda x: 1.0 * ((x > 2) & (x < 11))),
    "square wave": ("square wave", lambda x: 2 * np.where(np.mod(0.4 * x + 1, 2 * np.pi) < np.pi, 1, -1) + 1),
    "floor": ("floor staircase", lambda x: 2 * np.floor(x / 4.5)),
    "constant": ("constant with value 7", lambda x: 0 * x + 7),
}

JOINED: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "sum": ("sum", lambda x: 2 * np.sin(0.8 * x + 1) + 0.2 * x),
    "product": ("product", lambda x: 3 * np.exp(-0.5 * ((x - 3) / 9) ** 2) * np.sin(1.1 * x)),
    "composition": ("composition", lambda x: 2 * np.tanh(2 * np.sin(0.4 * x + 0.3) + 0.5)),
    "quadratic under a ratio": ("the sum", lambda x: (40 - 11 * x) / ((x - 2) ** 2 + 25) - 0.031 * x**2),
}


def answered(truth: Callable[[Array], Array], noise: float = 0.0) -> tuple[Array, Array]:
    """Answers to a first round of questions."""
    x = np.concatenate([survey(-L, L, 40, seed=1), zoom(0.0, L / 6, 9)])
    x = np.concatenate([x, pairs(x, 10)])
    with np.errstate(all="ignore"):
        y = truth(x) + noise * np.random.default_rng(5).normal(size=len(x))
    return x, np.where(np.isfinite(y), y, np.nan)


def found_for(truth: Callable[[Array], Array], noise: float = 0.0) -> Findings:
    return investigate(*answered(truth, noise), -L, L)


def agreement(code: str, truth: Callable[[Array], Array]) -> float:
    """Share of the domain where the code is within two per cent of the truth's spread."""
    names: dict[str, Callable[[float], float]] = {}
    exec(code, names)  # type: ignore[arg-type]  # noqa: S102 - our own code
    x = np.linspace(-L, L, 333)
    with np.errstate(all="ignore"):
        y = truth(x)
    y = np.where(np.isfinite(y), y, np.nan)
    said = np.array([names["function"](float(v)) for v in x])
    close = np.abs(said - y) <= 0.02 * (np.nanmax(np.abs(y - np.nanmedian(y))) + 1e-9)
    return float(np.mean(close | (np.isnan(said) & np.isnan(y))))


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_family_is_recognised_and_stated(name: str) -> None:
    """Without noise the description names it, and the code reproduces it nearly everywhere."""
    words, truth = SINGLE[name]
    found = found_for(truth)
    assert words in found.description
    assert "no sign of noise" in found.description
    assert "No irregular region" in found.description
    assert agreement(found.code, truth) > 0.95


@pytest.mark.parametrize("name", JOINED)
def test_two_joined_families_are_recognised(name: str) -> None:
    """Sum, product and composition come out as such, and exact."""
    words, truth = JOINED[name]
    found = found_for(truth)
    assert words in found.description
    assert agreement(found.code, truth) > 0.99


def test_parameters_come_out_as_the_simple_decimals_they_are() -> None:
    """Without noise the code holds the numbers of the truth."""
    assert "2.0 * np.sin(0.31 * x + 1.0) + 1.0" in found_for(SINGLE["sine"][1]).code


def test_noise_does_not_hide_the_shape() -> None:
    """A noisy line is a line, and its noise is called Gaussian with about its standard deviation."""
    found = found_for(SINGLE["line"][1], noise=0.3)
    assert "linear function" in found.description
    assert "noise" in found.description
    assert found.sd == pytest.approx(0.3, rel=0.4)


@pytest.mark.parametrize(
    ("low", "high"), [(-5.25, 4.5), (None, -11.5), (14.25, None)], ids=["interval", "below", "above"]
)
def test_an_irregular_region_is_found_and_sharpened(low: float | None, high: float | None) -> None:
    """Its bounds come out within a hundredth of the domain, and what happens inside is said."""

    def truth(x: Array) -> Array:
        inside = (x >= (-np.inf if low is None else low)) & (x <= (np.inf if high is None else high))
        return np.where(inside, 9.0, 2 * np.sin(0.31 * x + 1) + 0.5)

    found, spent = sharpen(found_for(truth), truth, 20)
    assert found.irregular is not None
    assert spent <= 20
    for bound, said in ((low, found.irregular.span.low), (high, found.irregular.span.high)):
        assert (bound is None) == (said is None)
        assert bound is None or said is None or abs(bound - said) < 0.01 * 2 * L
    assert "instead returns a constant with value 9" in found.description
    assert agreement(found.code, truth) > 0.97


def test_a_root_is_asked_where_it_may_not_be_defined() -> None:
    """Where it begins outside the domain, one question tells a root from that of the absolute distance."""

    def root(x: Array) -> Array:
        with np.errstate(all="ignore"):
            return 2 * np.sqrt(x + 41)

    found, _ = sharpen(found_for(root), root, 4)
    assert (found.data.x < -41).any()
    assert "square root (degree 2)" in found.description


def test_a_jump_is_halved_until_it_is_narrow() -> None:
    """Also where a sample lies close behind the threshold that a first fit would take."""

    def step(x: Array) -> Array:
        return np.where(x < 12.4, -3.0, 3.0)

    x = np.concatenate([survey(-L, L, 40, seed=1), [12.9, 12.92]])
    found, _ = sharpen(investigate(x, step(x), -L, L), step, 20)
    (jump,) = found.whole.jumps(-L, L)
    assert jump == pytest.approx(12.4, abs=0.05)


def test_what_nothing_explains_is_said_to_be_unknown() -> None:
    """A wild function is interpolated, and the description does not name a family."""

    def wild(x: Array) -> Array:
        knots = np.linspace(-L, L, 12)
        return np.interp(x, knots, np.random.default_rng(3).normal(size=12)) * np.interp(x, knots, knots % 7)

    found = found_for(wild)
    assert not found.named or "approximation" in found.description
    assert agreement(found.code, wild) > 0.4


def test_the_same_answers_give_the_same_findings() -> None:
    """No clock and no random seed enters."""
    truth = JOINED["sum"][1]
    assert found_for(truth, noise=0.1).as_json() == found_for(truth, noise=0.1).as_json()


def test_a_handful_of_answers_still_gives_something() -> None:
    """Anytime: with six answers there is code and a description."""
    x = survey(-L, L, 6)
    found = investigate(x, 0.5 * x + 3, -L, L)
    assert agreement(found.code, lambda u: 0.5 * u + 3) == 1.0


def test_answers_that_are_all_undefined_give_an_honest_nothing() -> None:
    """No crash, and NaN everywhere."""
    x = survey(-L, L, 10)
    found = investigate(x, np.full(10, np.nan), -L, L)
    names: dict[str, Callable[[float], float]] = {}
    exec(found.code, names)  # type: ignore[arg-type]  # noqa: S102 - our own code
    assert np.isnan(names["function"](1.5))
    assert "unknown" in found.description
