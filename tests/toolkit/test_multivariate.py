"""Functions of several numbers: asked along lines, taken apart, and said in words and code."""

from collections.abc import Callable

import numpy as np
import pytest

from sandbox.toolkit import multivariate
from sandbox.toolkit.designs import survey
from sandbox.toolkit.fits import sorted_data
from sandbox.toolkit.multivariate_attack import attacks, confront
from sandbox.toolkit.multivariate_box import Box, find_box
from sandbox.toolkit.multivariate_lines import families
from sandbox.toolkit.types import Array

SQUARE = ((-8.0, 8.0), (-4.0, 4.0))
CUBE = (*SQUARE, (0.0, 10.0))
Whole = Callable[[Array], Array]


def studied(whole: Whole, domains: tuple[tuple[float, float], ...], noise: float = 0.0) -> multivariate.Found:
    """What is found with ninety queries."""
    rng = np.random.default_rng(5)
    asked: list[int] = []

    def ask(x: Array) -> Array:
        asked.append(len(x))
        return whole(x) + noise * rng.normal(size=len(x))

    found = multivariate.study(np.empty((0, len(domains))), np.empty(0), ask, domains, 90)
    assert sum(asked) <= 90
    return found


def reproduced(found: multivariate.Found, whole: Whole, tolerance: float) -> float:
    """The share of rows all over the domain at which the code gives the function."""
    names: dict[str, Callable[..., float]] = {}
    exec(found.code, names)  # noqa: S102
    x = multivariate.filling(found.low, found.high, 300, seed=3000)
    given = np.array([names["function"](*row) for row in x.tolist()])
    assert np.allclose(given, found.value(x), rtol=1e-6, atol=1e-6, equal_nan=True)
    return float(np.mean(np.abs(given - whole(x)) <= tolerance))


def sinewave(x: Array) -> Array:
    """A sum of a sine and a line."""
    return 5 * np.sin(0.8 * x[:, 0] + 1) + 2 * x[:, 1] + 3


WHOLES: list[tuple[str, Whole, tuple[tuple[float, float], ...], str]] = [
    ("plane", lambda x: 2 * x[:, 0] - x[:, 1] + 0.5 * x[:, 0] * x[:, 1] + 7, SQUARE, "a plane"),
    ("sum", sinewave, SQUARE, "the sum of 2 parts"),
    (
        "product",
        lambda x: (3 * np.abs(x[:, 0] - 2) + 1) * np.tanh(0.7 * x[:, 1] + 0.5),
        SQUARE,
        "the product of 2 parts",
    ),
    ("maximum", lambda x: np.maximum(1.5 * x[:, 0] + 1, np.abs(x[:, 1] - 1) * 4 - 6), SQUARE, "the largest of 2 parts"),
    ("distance", lambda x: 20 - 2 * np.hypot(x[:, 0] - 2, x[:, 1] + 1), SQUARE, "a function of the distance r"),
    ("choice", lambda x: np.where(x[:, 0] < 1.5, 3 * x[:, 1], 9 - 2 * x[:, 2]), CUBE, "a choice: where x is below 1.5"),
]


@pytest.mark.parametrize(("whole", "domains", "said"), [case[1:] for case in WHOLES], ids=[case[0] for case in WHOLES])
def test_each_structure_is_recognised(whole: Whole, domains: tuple[tuple[float, float], ...], said: str) -> None:
    """Without noise: in words, and by code that agrees nearly everywhere."""
    found = studied(whole, domains)
    assert said in found.description
    assert reproduced(found, whole, 0.05) > 0.95


def test_noise_is_told_from_shape() -> None:
    """A noisy sum is still a sum, with noise of about the right size."""
    found = studied(sinewave, SQUARE, noise=0.3)
    assert "the sum of 2 parts" in found.description
    assert 0.15 < found.noise.sd < 0.6
    assert reproduced(found, sinewave, 0.6) > 0.9


def test_an_idle_input_is_named() -> None:
    """And is in no part."""
    found = studied(sinewave, CUBE)
    assert "The input z changes nothing." in found.description
    assert "the sum of 2 parts" in found.description


def test_a_function_of_one_input_alone_is_no_special_case() -> None:
    """The other one changes nothing."""
    found = studied(lambda x: np.asarray(4 * np.abs(x[:, 0] - 1) + 2), SQUARE)
    assert "The input y changes nothing." in found.description
    assert "of 2 parts" not in found.description


def test_what_nothing_explains_is_interpolated_and_said_to_be_unknown() -> None:
    """Better than its mean."""

    def tangled(x: Array) -> Array:
        return np.asarray(np.sin(x[:, 0] * x[:, 1] / 4) * 9 + np.cos(x[:, 0] + 2 * x[:, 1]) * 5)

    found = studied(tangled, SQUARE)
    assert not found.fits
    assert found.description.startswith("The rule is unknown")
    assert found.as_json()["parts"] == []
    x = multivariate.filling(found.low, found.high, 300, seed=3000)
    assert np.mean((found.value(x) - tangled(x)) ** 2) < np.var(tangled(x))


def test_a_box_is_found_where_answers_are_off() -> None:
    """Its sides lie between the last answer outside and the first inside; where nothing lies beyond, it is open."""
    x = multivariate.filling(np.array([-1.0, -1.0]), np.array([1.0, 1.0]), 200)
    true = Box(((0.2, None), (-0.5, 0.4)))
    box = find_box(x, true.contains(x))
    assert box is not None
    (low, high), (beneath, above) = box.sides
    assert high is None
    assert np.allclose(np.array([low, beneath, above], dtype=float), [0.2, -0.5, 0.4], atol=0.15)
    assert find_box(x, np.arange(200) % 9 == 0) is None


def boxed(x: Array) -> Array:
    """A sum of a bump and a sine, with another behaviour in a quarter of the domain."""
    usual = 6 * np.exp(-(((x[:, 0] - 1) / 2) ** 2) / 2) + 3 * np.sin(0.9 * x[:, 1])
    return np.where((x[:, 0] <= -0.65) & (x[:, 1] >= 0.12), 0.5 * x[:, 1] - 9, usual)


def test_an_irregular_box_is_cut_out_and_its_sides_are_found() -> None:
    """It may spoil a part of the lines: the families are seen in the rest of them."""
    found = studied(boxed, SQUARE)
    assert found.explained
    assert found.box is not None
    (low, high), (bottom, top) = found.box.sides
    assert (low, top) == (None, None)
    assert (high, bottom) == pytest.approx((-0.65, 0.12), abs=0.05)
    assert "a linear function of y with slope 0.5" in found.description
    assert reproduced(found, boxed, 1e-3) > 0.98


def test_poisson_noise_is_taken_off() -> None:
    """Its steps give it away, and what is left is exact."""
    rng = np.random.default_rng(8)

    def noisy(x: Array) -> Array:
        return sinewave(x) + 0.6 * (rng.poisson(1.0, len(x)) - 1)

    found = multivariate.study(np.empty((0, 2)), np.empty(0), noisy, SQUARE, 90)
    assert found.noise.kind == "poisson"
    assert found.noise.scale == pytest.approx(0.6, abs=1e-6)
    assert reproduced(found, sinewave, 1e-3) == 1.0


def test_an_input_that_shows_along_neither_line_gets_a_line_of_its_own() -> None:
    """A part that is hardly ever the largest is found where the answers are not explained."""

    def hidden(x: Array) -> Array:
        return np.maximum(4 * np.cos(0.45 * x[:, 0] + 0.4), 1.2 * x[:, 1] - 2.6)

    found = studied(hidden, SQUARE)
    assert "the largest of 2 parts" in found.description
    assert reproduced(found, hidden, 1e-3) > 0.98


def test_a_family_is_seen_along_a_line_that_is_partly_irregular() -> None:
    """A run of the answers is left out, or those at a limit that another part sets."""
    x = survey(-4.0, 4.0, 16)
    wave = 2 * np.sin(1.1 * x + 0.3)
    for seen in (np.where(x > 2, 7.0, wave), np.maximum(wave, -0.5)):
        found = families(sorted_data(x, seen), 0.0)
        assert any(np.allclose(fit.curve(x), wave, atol=1e-6) for fit in found)


def test_two_rules_with_a_threshold_are_a_choice_however_they_are_found() -> None:
    """A box beyond one side that holds more than a third of the domain is the other rule."""
    found = studied(lambda x: np.where(x[:, 1] < -1.0, np.abs(x[:, 0]), 3 * x[:, 0] + 20), SQUARE)
    assert "a choice: where y is below -1" in found.description
    assert "no irregular region" in found.description


def test_attacks_go_where_nobody_has_been_and_tell_right_from_wrong() -> None:
    """Far from what was asked, and beyond the domain; the truth survives them, another function does not."""
    x = np.array([[-8.0, -4.0], [-8.0, 4.0]])
    planned = attacks(x, np.array([-8.0, -4.0]), np.array([8.0, 4.0]), 6)
    assert len(planned) == 6
    assert {kind for kind, _ in planned} == {"far from all that was asked", "beyond the domain"}
    assert planned[0][1][0] > 0
    y = sinewave(x)
    right = confront(lambda a, b: float(sinewave(np.array([[a, b]]))[0]), planned, sinewave, y, 0.0)
    wrong = confront(lambda a, b: a + b, planned, sinewave, y, 0.0)
    assert not any(blow["broke"] for blow in right)
    assert sum(bool(blow["broke"]) for blow in wrong) >= 4
