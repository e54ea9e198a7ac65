"""Where candidates are asked."""

import numpy as np

from functions.brief import Interval
from judges.code.inputs import COUNTS, hidden_inputs
from judges.code.landmarks import Landscape
from tests.judges.fakes import FakeTruth

LINE = FakeTruth(lambda x: 2 * x)
SPLIT = FakeTruth(lambda x: 2 * x, lambda x: x * 0, Interval(low=10, high=40))


def test_inputs_depend_on_the_spec_alone() -> None:
    """The same spec gives the same inputs every time; another identity gives others."""
    first, again = hidden_inputs(Landscape(SPLIT)), hidden_inputs(Landscape(SPLIT))
    other = hidden_inputs(Landscape(FakeTruth(SPLIT.base, SPLIT.inside, SPLIT.where, sha256="0" * 64)))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["base"], other["base"])


def test_a_region_that_a_function_lacks_is_left_out() -> None:
    """A line without corruption and jumps has no corrupted part and no edges, and is not credited with them."""
    assert set(hidden_inputs(Landscape(LINE))) == {"base", "tails", "beyond"}
    assert set(hidden_inputs(Landscape(SPLIT))) == set(COUNTS)


def test_every_region_lies_where_its_name_says() -> None:
    """Base and tails avoid the corrupted interval, beyond reaches four times as far, edges stay near the bounds."""
    inputs = hidden_inputs(Landscape(SPLIT))
    assert np.all((inputs["base"] < 10) | (inputs["base"] > 40))
    assert np.all((inputs["corrupted"] >= 10) & (inputs["corrupted"] <= 40))
    assert np.all(np.abs(inputs["tails"]) > 128 - 0.1 * 256 - 1e-9)
    assert np.all((np.abs(inputs["beyond"]) >= 128) & (np.abs(inputs["beyond"]) <= 512))
    distance = np.min(np.abs(inputs["edges"][:, None] - np.array([10.0, 40.0])), axis=1)
    assert np.all((distance > 0) & (distance < 0.021 * 256))
    assert np.any(inputs["edges"] < 10)
    assert np.any((inputs["edges"] > 10) & (inputs["edges"] < 25))


def test_inputs_are_many_more_than_a_budget_and_fill_their_region() -> None:
    """Hundreds of inputs; jittered strata leave no gap wider than two cells."""
    inputs = hidden_inputs(Landscape(SPLIT))
    assert 400 <= sum(x.size for x in inputs.values()) <= 600
    assert np.max(np.diff(inputs["corrupted"])) < 2 * 30 / COUNTS["corrupted"] + 1e-9


def test_a_half_line_is_cut_at_the_domain() -> None:
    """An open corrupted interval is asked inside the domain, on its own side."""
    half = FakeTruth(lambda x: x, lambda x: -x, Interval(low=100))
    inputs = hidden_inputs(Landscape(half))
    assert np.all((inputs["corrupted"] >= 100) & (inputs["corrupted"] <= 128))
    assert np.all(inputs["base"] <= 100)


def test_jumps_and_poles_are_found_and_smooth_functions_have_none() -> None:
    """A staircase's steps, a pole and the start of a logarithm are edges; a steep sine has no edge."""
    stairs = Landscape(FakeTruth(lambda x: 3 * np.floor(x / 40)))
    inside = stairs.jumps[np.abs(stairs.jumps) < 128]
    assert np.allclose(inside, [-120, -80, -40, 0, 40, 80, 120], atol=1e-6)
    assert np.any(np.isclose(Landscape(FakeTruth(lambda x: 5 / (x - 3))).jumps, 3, atol=1e-6))
    assert np.any(np.isclose(Landscape(FakeTruth(lambda x: np.log(x + 20))).jumps, -20, atol=1e-6))
    assert Landscape(FakeTruth(lambda x: np.sin(3 * x))).jumps.size == 0
