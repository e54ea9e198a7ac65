"""Designs place queries where they were asked to."""

import numpy as np
import pytest

from sandbox.toolkit import around, bisect, gaps, largest_steps, pairs, rivals, survey, zoom


@pytest.mark.parametrize("n", [0, 1, 2, 7, 40])
def test_a_survey_puts_one_input_into_each_cell(n: int) -> None:
    """Space-filling: n inputs inside the domain, no two in the same n-th of it."""
    x = survey(-8, 8, n, seed=3)
    assert len(x) == n
    cells = np.clip(np.floor((x + 8) / 16 * max(n, 1)), 0, n - 1)
    assert len(np.unique(cells)) == n


def test_a_survey_is_jittered_and_repeatable() -> None:
    """Equal arguments give equal inputs; spacing varies, so that no oscillation hides between them."""
    x = survey(-8, 8, 30, seed=3)
    np.testing.assert_array_equal(x, survey(-8, 8, 30, seed=3))
    assert np.ptp(np.diff(x)) > 0.2


def test_a_zoom_is_denser_near_its_center() -> None:
    """Half of the inputs are within a fifth of the radius, on both sides."""
    x = zoom(1.0, 10.0, 20) - 1.0
    assert np.median(np.abs(x)) < 2
    assert (x < 0).sum() == (x > 0).sum() == 10


def test_pairs_repeat_inputs_that_were_asked() -> None:
    """Repeats are exact, distinct and spread over the sample."""
    x = survey(-8, 8, 30)
    again = pairs(x, 6)
    assert np.isin(again, x).all()
    assert len(np.unique(again)) == 6
    assert np.ptp(again) > 8


def test_gaps_halve_the_widest_first() -> None:
    """Two gaps of 0..10 with a sample at 6: the left one first, then its halves compete with the right one."""
    np.testing.assert_allclose(gaps(np.array([6.0]), 0, 10, 2), [3.0, 8.0])


def test_the_largest_steps_close_in_on_a_jump() -> None:
    """Of flat neighbours the two beside the jump are halved first, until they are too close to halve."""
    x = np.linspace(0, 10, 11)
    np.testing.assert_allclose(largest_steps(x, 1.0 * (x > 6.4), 0, 10, 1), [6.5])
    near = np.append(x, 6.01)
    assert not np.isin(6.005, largest_steps(near, 1.0 * (near > 6), 0, 10, 20))


def test_around_stays_between_neighbours() -> None:
    """Looking around 5 between samples 4 and 8 asks 4.5 and 6.5."""
    np.testing.assert_allclose(around([5.0], np.array([4.0, 5.0, 8.0]), 0, 10, 2), [4.5, 6.5])


def test_rivals_are_told_apart_where_they_disagree() -> None:
    """A line and a line with a bump differ at the bump alone."""
    bump = rivals(
        [lambda x: x, lambda x: x + 3 * (np.abs(x - 2) < 0.5)], np.array([0.5, 0.5]), np.linspace(-8, 8, 200), 3
    )
    assert len(bump) == 3
    assert (np.abs(bump - 2) < 0.5).all()


def test_rivals_that_agree_cost_nothing() -> None:
    """No query is worth asking where predictions are equal, or closer than the noise shows."""
    x = np.linspace(-8, 8, 50)
    assert not len(rivals([np.sin, np.sin], np.ones(2), x, 5))
    assert not len(rivals([np.sin, lambda u: np.sin(u) + 0.01], np.ones(2), x, 5, noise=1.0))


def test_bisection_closes_in_on_an_edge() -> None:
    """Ten steps shrink the bracket a thousandfold and keep the edge inside."""
    inside, outside = bisect(lambda x: x < 2.345, inside=0.0, outside=8.0, steps=10)
    assert inside < 2.345 <= outside
    assert outside - inside == pytest.approx(8 / 1024)
