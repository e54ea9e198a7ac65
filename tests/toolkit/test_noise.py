"""Noise is seen, measured, and called by its kind."""

import numpy as np
import pytest

from sandbox.toolkit import classify, scatter

DRAW = {
    "gaussian": lambda rng, n: 0.3 * rng.normal(size=n),
    "uniform": lambda rng, n: rng.uniform(-0.3, 0.3, n),
    "poisson": lambda rng, n: 0.3 * (rng.poisson(1, n) - 1),
}


def test_equal_repeats_show_no_scatter() -> None:
    """Answers that repeat exactly, undefined ones among them, have standard deviation 0."""
    x = np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0])
    seen = scatter(x, np.array([5.0, 5.0, 7.0, 7.0, np.nan, np.nan]))
    assert not seen.noisy
    assert seen.comparisons == 2


def test_repeats_measure_scatter_apart_from_shape() -> None:
    """A steep function does not inflate it."""
    rng = np.random.default_rng(1)
    x = np.repeat(np.linspace(-8, 8, 200), 2)
    assert scatter(x, 50 * x + 0.3 * rng.normal(size=400)).sd == pytest.approx(0.3, rel=0.1)


@pytest.mark.parametrize("kind", DRAW)
def test_the_kind_of_noise_is_told_from_residuals(kind: str) -> None:
    """With 80 residuals the kind is right nine times in ten, and the scale within a fifth."""
    right = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        residuals = DRAW[kind](rng, 80)
        x = np.repeat(np.arange(40.0), 2)
        found = classify(residuals, scatter(x, residuals), freedom=3)
        right += found.kind == kind
        if found.kind == kind:
            assert found.scale == pytest.approx(0.3, rel=0.25)
    assert right >= 18


def test_a_tie_is_no_proof_of_silence() -> None:
    """Two equal Poisson draws among repeats that differ elsewhere still leave the function noisy."""
    x = np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0])
    assert scatter(x, np.array([0.0, 0.0, 0.3, 0.3, -0.3, 0.3])).noisy
