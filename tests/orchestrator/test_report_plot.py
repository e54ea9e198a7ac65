"""Curves as shapes: the geometry of a plot."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.brief import Interval
from orchestrator.report.axes import Axis, number, spread
from orchestrator.report.curves import Series, Window
from orchestrator.report.plot import MAX_DOTS, Point, WindowPlot, plot_window

finite = st.floats(allow_nan=False, allow_infinity=False)


def window(x: tuple[float, ...], truth: tuple[float | None, ...], ours: tuple[float | None, ...]) -> Window:
    return Window(
        name="domain",
        low=x[0],
        high=x[-1],
        truth=Series(x=x, y=truth),
        expected=truth,
        reconstruction=Series(x=x, y=ours),
    )


def draw(shown: Window, points: tuple[Point, ...] = (), irregular: tuple[Interval, ...] = ()) -> WindowPlot:
    return plot_window(shown, irregular, points, width=1000, height=400)


def moves(path: str) -> int:
    """How many separate strokes a path has."""
    return path.count("M")


def test_an_undefined_stretch_is_a_gap() -> None:
    """The line stops before it and starts again behind it; a strip shows where it is."""
    plot = draw(window((0, 1, 2, 3, 4), (1, 2, None, 2, 1), (1, 2, None, 2, 1)))
    assert moves(plot.truth) == 2
    assert len(plot.truth_undefined) == len(plot.reconstruction_undefined) == 1
    assert plot.mismatched == ()


def test_a_pole_is_not_joined_across_the_frame() -> None:
    """From far below to far above there is no line, though both sides are defined."""
    x = tuple(i / 10 + 0.05 for i in range(-50, 50))
    y = tuple(1 / v for v in x)
    assert moves(draw(window(x, y, y)).truth) == 2


def test_where_one_side_alone_is_undefined_is_marked() -> None:
    """Such a point has no residual, and must not look like agreement."""
    plot = draw(window((0, 1, 2), (1, None, 1), (1, 1, None)))
    assert len(plot.mismatched) == 2
    assert moves(plot.stems) == 1


def test_residuals_are_reconstruction_minus_truth() -> None:
    """Too high goes up (smaller pixels), too low goes down."""
    plot = draw(window((0, 1), (0, 0), (1, -1)))
    assert plot.residuals is not None
    assert plot.residuals.zero is not None
    up, down = (float(v) for v in re.findall(r"V([\d.]+)", plot.stems))
    assert up < plot.residuals.zero < down


def test_an_enormous_residual_stays_in_its_panel() -> None:
    """It reaches the rim, and not into the values above."""
    x = tuple(float(i) for i in range(100))
    plot = draw(window(x, (0.0,) * 100, (0.1, -0.1) * 49 + (0.1, 1e6)))
    assert plot.residuals is not None
    assert min(float(v) for v in re.findall(r"V([\d.]+)", plot.stems)) == plot.residuals.top


def test_rounding_errors_do_not_look_like_faults() -> None:
    """A reconstruction that is off by the last bit has stems of no visible length."""
    plot = draw(window((0, 1), (1.0, 1.0), (1.0 + 1e-15, 1.0)))
    assert all(start == end for start, end in re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", plot.stems))


def test_a_queried_point_beyond_the_frame_sits_on_its_rim() -> None:
    """One enormous answer neither flattens the plot nor goes missing; an undefined one sits on the strip."""
    x = tuple(float(i) for i in range(100))
    points = (Point(x=5.0, y=1e9), Point(x=6.0, y=None, by_critic=True), Point(x=7.0, y=0.5), Point(x=700.0, y=1.0))
    plot = draw(window(x, (0.0, 1.0) * 50, (None,) * 100), points)
    assert [(d.beyond, d.by_critic) for d in plot.queried] == [(True, False), (True, True), (False, False)]
    assert plot.queried[0].y == plot.values.top
    assert plot.queried[1].label == "f(6) = undefined"


def test_points_beyond_the_cap_are_counted() -> None:
    """A page stays small however many queries there were."""
    points = tuple(Point(x=0.5, y=0.5) for _ in range(MAX_DOTS + 7))
    plot = draw(window((0, 1), (0, 1), (0, 1)), points)
    assert (len(plot.queried), plot.left_out) == (MAX_DOTS, 7)


def test_the_corrupted_region_is_cut_to_the_window() -> None:
    """Open sides end at the frame; a region elsewhere is not drawn."""
    regions = (Interval(high=0.5), Interval(low=5, high=6))
    (span,) = draw(window((0, 1), (0, 1), (0, 1)), irregular=regions).corrupted
    assert (span.x, span.width) == (60, 461)


@given(st.lists(finite, max_size=40))
def test_every_range_can_be_drawn(values: list[float]) -> None:
    """Whatever the values, an axis has a length, few ticks, all of them on it, and finite pixels."""
    low, high = spread(values)
    axis = Axis(low=low, high=high, start=300, end=10)
    assert low < high
    assert len(axis.ticks(5)) <= 20
    assert all(-300 <= axis.at(v) <= 600 for v in (*values, *axis.ticks(5)))


def test_ticks_are_round_numbers() -> None:
    """About five of them."""
    assert Axis(low=-1, high=1, start=0, end=100).ticks(5) == pytest.approx((-1, -0.5, 0, 0.5, 1))
    assert Axis(low=0, high=128, start=0, end=100).ticks(5) == (0, 50, 100)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-2.5, "\N{MINUS SIGN}2.5"), (1e9, "1e9"), (3e-7, "3e\N{MINUS SIGN}7"), (2.0, "2")]
)
def test_numbers_read_well(value: float, text: str) -> None:
    """No tail of zeros, a true minus."""
    assert number(value) == text
