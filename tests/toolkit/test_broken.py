"""Broken lines are recognised by answers that lie on one line, and known better than they were sampled."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sandbox.toolkit import investigate, sharpen, survey
from sandbox.toolkit.broken import broken_line
from sandbox.toolkit.fits import sorted_data

Array = NDArray[np.float64]
X = survey(-8, 8, 60, seed=4)
CORNERS = np.array([-5.2, -3.1, 0.4, 2.3, 5.9])
TURNS = np.array([1.3, -2.1, 2.5, -0.7, -1.9])


def network(x: Array) -> Array:
    """A small network of ReLU units."""
    return np.asarray(0.4 * x + (TURNS * np.maximum(0.0, x[:, None] - CORNERS)).sum(axis=1))


def disturbed(x: Array) -> Array:
    """The same with something else in the middle."""
    return np.where((x >= -1.9) & (x <= 1.1), 9.0 + 0.3 * x**2, network(x))


def test_corners_are_where_the_pieces_cross() -> None:
    """Far closer to the truth than the samples are to one another."""
    line = broken_line(sorted_data(X, network(X)))
    assert line is not None
    assert line.many
    np.testing.assert_allclose(line.corners, CORNERS, atol=1e-6)


def test_the_last_pieces_lead_beyond_the_answers() -> None:
    """Straight lines between the knots are the function, outside as well."""
    line = broken_line(sorted_data(X, network(X)))
    assert line is not None
    outside = np.array([-30.0, -9.0, 9.0, 30.0])
    np.testing.assert_allclose(np.interp(outside, *line.knots), network(outside), rtol=1e-6)


@pytest.mark.parametrize("curve", [np.sin, np.floor, np.square, lambda x: np.abs(x - 1)])
def test_shapes_with_formulas_are_not_followed_piece_by_piece(curve: object) -> None:
    """Nothing smooth, no stairs and no V."""
    line = broken_line(sorted_data(X, curve(X)))  # type: ignore[operator]
    assert line is None or not line.many


def test_a_network_has_no_name_and_its_code_is_right_beyond_the_domain() -> None:
    """With the few queries that find out what happens there: reproduced, and said to be unknown."""
    found, spent = sharpen(investigate(X, network(X), -8, 8), network, 20)
    assert found.description.startswith("The rule is unknown")
    assert "corners" in found.description
    assert not any(part["about"] == "base" for part in found.as_json()["parts"])  # type: ignore[union-attr, index]
    assert spent <= 20
    names: dict[str, object] = {}
    exec(found.code, names)  # noqa: S102 - our own code
    x = np.linspace(-30, 30, 121)
    said = np.array([names["function"](float(v)) for v in x])  # type: ignore[operator]
    np.testing.assert_allclose(said, network(x), atol=1e-4)


def test_a_region_of_a_network_is_found_between_its_jumps() -> None:
    """And what happens inside is told apart."""
    found, _ = sharpen(investigate(X, disturbed(X), -8, 8), disturbed, 40)
    assert found.pieces is not None
    assert found.irregular is not None
    assert found.irregular.span.low == pytest.approx(-1.9, abs=0.1)
    assert found.irregular.span.high == pytest.approx(1.1, abs=0.1)
    assert "quadratic" in found.description
