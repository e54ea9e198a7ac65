"""Cuts through functions of several numbers, recorded for the report and drawn from the record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import pytest
from pydantic import ValidationError

from functions.brief import Input, Interpretation, Interval
from functions.numeric.expression import Atom
from functions.numeric.vector import BoxCorruption, VectorSpec
from functions.numeric.vector.formula import Part, Plane
from orchestrator.report.curves import Curves, Window
from orchestrator.report.page import title_of
from orchestrator.report.plot import plot_window
from orchestrator.report.slices import record_slices
from sandbox.client import Answer, Isolation

SIDE = Interval(low=-4.0, high=4.0)
BOX = BoxCorruption(
    where=(Interval(low=1.0), Interval(low=-1.0, high=1.0)),
    behaviour=Part(input=0, atom=Atom(family="constant", parameters={"value": 50})),
)
SPEC = VectorSpec(
    domains=(SIDE, SIDE), formula=Plane(constant=1, slopes=(2, 1), interaction=1, between=(0, 1)), corruptions=(BOX,)
)
SAID = Interpretation(code="def function(x, y): ...")


@dataclass
class Nearly:
    """Reproduces the function, but raises for negative y."""

    asked: list[tuple[float, ...]] = field(default_factory=list)
    isolation: Isolation = field(default_factory=lambda: Isolation(engine="local", runtime="none"))

    def evaluate(self, code: str, inputs: Sequence[Input]) -> tuple[Answer, ...]:  # noqa: ARG002
        rows = [x for x in inputs if isinstance(x, tuple)]
        self.asked += rows
        return tuple(Answer(error="no") if y < 0 else Answer(value=1 + 2 * x + y + x * y) for x, y in rows)

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def test_each_number_varies_while_the_others_are_held() -> None:
    """At three places each; every point of the reconstruction was asked of the runner."""
    runner = Nearly()
    curves = record_slices(SPEC, SAID, runner)
    assert [window.fixed for window in curves.windows[:3]] == [(None, 0.0), (0.0, None), (None, -2.4)]
    assert len(curves.windows) == 6
    drawn = [
        tuple(x if held is None else held for held in window.fixed)
        for window in curves.windows
        for x in window.reconstruction.x
    ]
    assert drawn == runner.asked
    assert len(runner.asked) < 400
    assert Curves.model_validate_json(curves.model_dump_json()) == curves


def test_truth_reconstruction_and_box_are_drawn_along_the_cut() -> None:
    """The box only where the cut crosses it; what raised is named."""
    across, up = record_slices(SPEC, SAID, Nearly()).windows[:2]
    assert (across.irregular, up.irregular) == ((Interval(low=1.0),), ())
    assert across.truth.y[-1] == 50.0
    assert across.reconstruction.y[-1] == 9.0
    assert up.raised == tuple(y for y in up.reconstruction.x if y < 0)
    plot = plot_window(up, up.irregular, [], 512, 320)
    assert (plot.axis, plot.output) == ("y", "f")
    assert [span.width > 0 for span in plot_window(across, across.irregular, [], 512, 320).corrupted] == [True]


def test_without_code_the_truth_is_drawn_alone() -> None:
    """Nothing is asked of the runner."""
    runner = Nearly()
    curves = record_slices(SPEC, Interpretation(), runner)
    assert runner.asked == []
    assert not any(window.reconstruction.x for window in curves.windows)
    assert all(window.truth.x for window in curves.windows)


def testtitle_ofs_say_what_is_held() -> None:
    """In the words of the axes."""
    windows = record_slices(SPEC, SAID, Nearly()).windows
    assert [title_of(window) for window in windows[2:4]] == [
        "Along x, at y = \N{MINUS SIGN}2.4",
        "Along y, at x = \N{MINUS SIGN}2.4",
    ]


def test_a_window_of_too_many_numbers_is_refused() -> None:
    """Run directories may come from anywhere."""
    window = record_slices(SPEC, SAID, Nearly()).windows[0].model_dump()
    with pytest.raises(ValidationError):
        Window.model_validate({**window, "fixed": (1.0,) * 9})
