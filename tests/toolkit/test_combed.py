"""Poisson noise is taken off once a curve is nearly right, and what is left is explained exactly."""

import numpy as np
from numpy.typing import NDArray

from sandbox.toolkit import investigate, pairs, survey
from sandbox.toolkit.combed import without_noise
from sandbox.toolkit.fits import sorted_data

STEP = 0.48
X = survey(-128, 128, 60, seed=3)
X = np.concatenate([X, pairs(X, 14)])


def slow_root(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return -0.806 * np.sqrt(x + 158)


def noisy() -> NDArray[np.float64]:
    return slow_root(X) + STEP * (np.random.default_rng(4).poisson(1, len(X)) - 1)


def test_a_curve_that_is_less_than_half_a_step_off_takes_the_noise_off() -> None:
    """Whatever family the curve is of."""
    data = sorted_data(X, noisy())
    clean = without_noise(data, slow_root(data.x) + 0.2 * np.sin(data.x), STEP)
    assert np.allclose(clean.y, slow_root(clean.x))
    assert not clean.scatter.noisy


def test_a_root_that_a_quadratic_resembles_is_found_under_noise() -> None:
    """A parabola is as good as the noise allows; without it the root is exact."""
    found = investigate(X, noisy(), -128, 128)
    assert "square root" in found.description
    assert "-0.806" in found.code
    assert found.noise.kind == "poisson"
