"""Variable projection: what is searched for improves while all that is linear is solved for."""

import numpy as np
import pytest

from sandbox.toolkit.compose import form
from sandbox.toolkit.fits import Fit, sorted_data
from sandbox.toolkit.screen import Candidate, natural
from sandbox.toolkit.varpro import descended

X = np.linspace(-8, 8, 60)
ALL = np.ones(60, dtype=bool)
TRUE = {
    "single(gaussian)": (np.array([1.0, 3.0, 0.7, 2.0]), (np.array([1.5, 1.2]),)),
    "sum(sine, linear)": (np.array([2.0, 3.0, 0.9, 0.4, 0.5]), (np.array([0.8]), np.empty(0))),
    "product(polynomial of degree 2, tanh)": (
        np.array([3.0, 0.2, 0.5, 0.0, 1.5, 0.6]),
        (np.empty(0), np.array([1.1, 0.5])),
    ),
    "composition(tanh, sine)": (
        np.array([1.0, 2.0, 0.3, 1.7, 0.6, 0.4]),
        (np.array([0.2, 1.2]), np.array([0.62, 0.3])),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_start_that_is_a_little_off_ends_at_the_truth(name: str) -> None:
    """For every way of joining families."""
    truth, start = TRUE[name]
    data = sorted_data(X, Fit(form(name), truth, 0.0, 60).curve(X))
    found = descended(Candidate(0.0, form(name), start, ALL), data, evaluations=200)
    assert natural(found, data) == pytest.approx(truth, rel=1e-4, abs=1e-6)


def test_what_has_only_jumps_is_left_as_it_is() -> None:
    """No slope shows where a threshold should go."""
    data = sorted_data(X, np.where(X > 1.3, 2.0, 0.0))
    start = Candidate(0.0, form("single(step)"), (np.array([2.0]),), ALL)
    assert descended(start, data) is start


def test_without_noise_a_pole_does_not_outshout_the_rest() -> None:
    """Answers far from the median weigh less; under noise all weigh the same."""
    y = 1 / (X - 0.1)
    weights = sorted_data(X, y).weights
    assert weights[np.argmax(np.abs(y))] < 0.2 < 0.9 < weights[0]
    assert (sorted_data(np.append(X, X), np.append(y, y + 0.1)).weights == 1).all()
