"""When an output counts as right."""

import numpy as np
import pytest

from functions.brief import Noise, NoiseKind
from judges.code.agreement import expected, standard_deviation
from judges.code.landmarks import Landscape
from judges.truth import FloatArray
from tests.judges.fakes import FakeTruth

X: FloatArray = np.linspace(-120.3, 119.9, 400)


def _share_right(truth: FakeTruth, answers: FloatArray, x: FloatArray = X) -> float:
    return float(np.mean(expected(Landscape(truth), x, 100).right(answers)))


@pytest.mark.parametrize(
    "function",
    [lambda x: 2 * x, np.sin, lambda x: np.log(x), lambda x: 1 / (x - 3), lambda x: x * np.nan, lambda x: x**5, np.exp],
)
def test_the_truth_is_right_everywhere(function) -> None:  # type: ignore[no-untyped-def]
    """Whatever the function, poles, undefined parts and overflows included."""
    truth = FakeTruth(function)
    assert _share_right(truth, truth.evaluate(X)) == 1.0


def test_an_offset_does_not_hide_a_shape() -> None:
    """100 is not an answer to 100 + sin x: closeness is measured from the centre of the values."""
    truth = FakeTruth(lambda x: 100 + np.sin(x))
    assert _share_right(truth, np.full_like(X, 100.0)) < 0.1


def test_a_wrong_parameter_is_wrong() -> None:
    """An amplitude that is 15 % too large fails nearly everywhere."""
    truth = FakeTruth(lambda x: 3 * np.sin(0.3 * x + 1) + 2)
    assert _share_right(truth, 3.45 * np.sin(0.3 * X + 1) + 2) < 0.15


def test_flat_parts_are_not_infinitely_strict() -> None:
    """Where a function is flat, a thousandth of its scale is allowed, and a hundredth is not."""
    truth = FakeTruth(lambda x: 5.0 * (x > 60))
    assert _share_right(truth, truth.evaluate(X) + 0.004) == 1.0
    assert _share_right(truth, truth.evaluate(X) + 0.1) < 0.02


def test_undefined_agrees_with_undefined_alone() -> None:
    """A number where the truth is undefined is wrong, and the other way round."""
    truth = FakeTruth(np.log)
    assert _share_right(truth, np.zeros_like(X), X) < 0.05
    assert _share_right(truth, np.full_like(X, np.nan), X) == pytest.approx(np.mean(X <= 0), abs=0.01)


def test_noise_allows_what_queries_cannot_resolve() -> None:
    """Half a standard deviation passes near the ends of the domain where there is noise, and nowhere without noise."""
    quiet = FakeTruth(lambda x: 2 * x)
    noisy = FakeTruth(lambda x: 2 * x, noise=Noise(kind=NoiseKind.GAUSSIAN, scale=5.0))
    x = np.array([-125.0, 125.0])
    assert _share_right(noisy, 2 * x + 2.5, x) == 1.0
    assert _share_right(quiet, 2 * x + 2.5, x) == 0.0
    assert _share_right(noisy, 2 * x + 25, x) == 0.0
    assert standard_deviation(Noise(kind=NoiseKind.UNIFORM, scale=3.0)) == pytest.approx(3 / np.sqrt(3))


def test_a_displaced_edge_is_wrong_only_between_the_two() -> None:
    """An edge half a percent of the domain off is wrong where it must be, and right a little further on."""
    truth = FakeTruth(lambda x: np.where(x < 7, 1.0, 3.0))
    displaced = lambda x: np.where(x < 7 + 0.005 * 256, 1.0, 3.0)  # noqa: E731
    near, between, past = np.array([7.3]), np.array([7.9]), np.array([8.4])
    assert [_share_right(truth, displaced(x), x) for x in (near, between, past)] == [1.0, 0.0, 1.0]


def test_a_staircase_does_not_pass_for_a_ramp() -> None:
    """The room near a jump shrinks with the distance to the next, so x is no answer to floor(x)."""
    truth = FakeTruth(lambda x: 4 * np.floor(x / 4))
    assert _share_right(truth, X) < 0.3
