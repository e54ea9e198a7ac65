"""Where nothing fits, what is handed in is the best interpolation, chosen on answers held back."""

import numpy as np
import pytest

from sandbox.toolkit import investigate, survey
from sandbox.toolkit.fits import sorted_data
from sandbox.toolkit.unknown import best, held_back, knots

X = survey(-8, 8, 60, seed=2)


def test_steps_are_interpolated_by_the_nearest_answer_and_slopes_by_lines() -> None:
    """Whichever does better on answers held back."""
    assert best(sorted_data(X, np.floor(X / 3) ** 2 % 5))[0].kind == "nearest"
    assert best(sorted_data(X, np.sin(X)))[0].kind == "lines"


def test_noise_is_smoothed_and_shape_is_not() -> None:
    """A noisy line gains from neighbours; a clean sine would lose by them."""
    noisy = sorted_data(X, 0.1 * X + np.random.default_rng(1).normal(size=60))
    said = best(noisy)[0].value(X)
    assert np.std(said - 0.1 * X) < 0.8
    clean = sorted_data(X, np.sin(X))
    np.testing.assert_allclose(best(clean)[0].value(X), np.sin(X))


def test_no_other_interpolation_does_better_on_answers_held_back() -> None:
    """The choice is the smallest loss of all that were tried."""
    data = sorted_data(X, np.abs(np.sin(X)) ** 0.3 * np.sign(X))
    chosen = best(data)[1].mean()
    for kind in ("lines", "nearest"):
        assert chosen <= held_back(data, kind, 0).mean()


def test_stretches_of_undefined_answers_stay_undefined() -> None:
    """Where two neighbours are undefined, so is what lies between; a lone one is passed over."""
    y = np.where(X < -4, np.nan, X)
    y[40] = np.nan
    x, _ = knots(sorted_data(X, y))
    assert len(x) == 59
    said = best(sorted_data(X, y))[0].value(np.array([-6.0, X[40]]))
    assert np.isnan(said[0])
    assert said[1] == pytest.approx(X[40], abs=0.5)


def test_the_code_says_what_the_interpolation_says() -> None:
    """Both kinds, undefined answers among them."""
    for y in (np.floor(X / 3) ** 2 % 5, np.where(X < -4, np.nan, np.sin(X))):
        chosen = best(sorted_data(X, y))[0]
        names: dict[str, object] = {}
        exec(chosen.code, names)  # noqa: S102 - our own code
        asked = np.linspace(-9, 9, 101)
        said = np.array([names["function"](float(v)) for v in asked])  # type: ignore[operator]
        np.testing.assert_allclose(said, chosen.value(asked), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_is_handed_in_for_a_wild_function_is_never_a_degenerate_formula(seed: int) -> None:
    """Random answers: the code is defined nearly wherever the answers are, and as near to them as interpolation."""
    rng = np.random.default_rng(seed)
    y = rng.normal(size=30).cumsum()
    found = investigate(X[::2], y, -8, 8)
    names: dict[str, object] = {}
    exec(found.code, names)  # noqa: S102 - our own code
    said = np.array([names["function"](float(v)) for v in X[::2]])  # type: ignore[operator]
    assert np.isfinite(said).mean() > 0.9
    assert np.nanmedian(np.abs(said - y)) < 0.5 * y.std()
