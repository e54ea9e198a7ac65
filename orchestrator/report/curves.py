"""What the plot of a report needs: truth and reconstruction on grids, recorded while a candidate runner is open.

The truth is pure and may be evaluated on the host; candidate code may not. So the grading step calls `record_curves`
with the runner that it grades with, writes the result as `curves.json`, and a report never has to run anything.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, FiniteFloat, model_validator

from functions.brief import Interpretation, Interval, Record
from judges.code.judge import MAX_CODE
from judges.truth import FloatArray, Truth, domain_bounds
from sandbox.client import Answer, CandidateRunner

# Steps of the candidate's grid: over the whole domain, and in each zoomed window. A candidate costs milliseconds for
# each input; the truth costs nothing, and is drawn denser.
WIDE_STEPS, ZOOM_STEPS, DENSER = 160, 80, 12
MAX_REGIONS = 3

WindowName = Literal["domain", "centre", "region", "slice"]


class Series(Record):
    """Values at inputs in ascending order. None: undefined there."""

    x: tuple[FiniteFloat, ...]
    y: tuple[FiniteFloat | None, ...]

    @model_validator(mode="after")
    def _paired(self) -> Self:
        if len(self.x) != len(self.y):
            raise ValueError(f"a series needs one value for each input, not {len(self.y)} for {len(self.x)}")
        return self


class Window(Record):
    """One stretch of inputs, `low < high`: the truth on a dense grid, truth and reconstruction on the candidate's grid.

    `expected` is the truth at the inputs of `reconstruction`; `raised` are those inputs where the code raised. Of a
    function of several numbers it is a `slice`: `fixed` has the values of those that are held, and None for the one
    that varies; `irregular` is what of the cut lies in irregular boxes.
    """

    name: WindowName
    low: FiniteFloat
    high: FiniteFloat
    truth: Series
    expected: tuple[FiniteFloat | None, ...]
    reconstruction: Series
    raised: tuple[FiniteFloat, ...] = ()
    fixed: Annotated[tuple[FiniteFloat | None, ...], Field(max_length=3)] = ()
    irregular: tuple[Interval, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"a window needs low < high, not [{self.low}, {self.high}]")
        if len(self.expected) != len(self.reconstruction.x):
            raise ValueError("a window needs the expected output at each input of the reconstruction")
        return self


class Curves(Record):
    """All that is drawn of one audit: `curves.json`."""

    version: Literal[1] = 1
    irregular: tuple[Interval, ...] = ()
    windows: tuple[Window, ...] = ()


def record_curves(spec: Truth, interpretation: Interpretation, runner: CandidateRunner) -> Curves:
    """Evaluate truth and reconstruction on the grids of a plot: at most some 500 inputs of the candidate.

    Raises what the runner raises (`SandboxFailure`). A candidate that raises is drawn as such; one that no judge would
    run (empty, or too long) is not drawn.
    """
    windows = list(_windows(spec))
    grids = [np.linspace(low, high, steps + 1) for _, low, high, steps in windows]
    runs = bool(interpretation.code.strip()) and len(interpretation.code) <= MAX_CODE
    inputs = [x for grid in grids for x in grid.tolist()] if runs else []
    answers = iter(runner.evaluate(interpretation.code, inputs) if runs else ())
    return Curves(
        irregular=spec.irregular,
        windows=tuple(
            _window(spec, name, grid, [next(answers) for _ in grid] if runs else [])
            for (name, *_), grid in zip(windows, grids, strict=True)
        ),
    )


def _windows(spec: Truth) -> Iterator[tuple[WindowName, float, float, int]]:
    """The whole domain, its middle tenth, and the surroundings of each irregular region."""
    low, high = domain_bounds(spec)
    margin = (high - low) / 20
    centre = 0.0 if low < 0.0 < high else (low + high) / 2
    yield "domain", low, high, WIDE_STEPS
    yield "centre", max(low, centre - margin), min(high, centre + margin), ZOOM_STEPS
    for region in spec.irregular[:MAX_REGIONS]:
        left = region.low - margin if region.low is not None else (region.high or high) - 2 * margin
        right = region.high + margin if region.high is not None else (region.low or low) + 2 * margin
        left, right = max(low, left), min(high, right)
        if left < right:
            yield "region", left, right, ZOOM_STEPS


def _window(spec: Truth, name: WindowName, grid: FloatArray, answers: Sequence[Answer]) -> Window:
    dense = np.linspace(grid[0], grid[-1], (len(grid) - 1) * DENSER + 1)
    tried = grid[: len(answers)]
    return Window(
        name=name,
        low=float(grid[0]),
        high=float(grid[-1]),
        truth=Series(x=tuple(dense.tolist()), y=finite(spec.evaluate(dense))),
        expected=finite(spec.evaluate(tried)),
        reconstruction=Series(x=tuple(tried.tolist()), y=tuple(number(answer) for answer in answers)),
        raised=tuple(x for x, answer in zip(tried.tolist(), answers, strict=True) if failed(answer)),
    )


def failed(answer: Answer) -> bool:
    """Did the code give no number and no undefined there?"""
    return answer.error is not None or isinstance(answer.value, str)


def number(answer: Answer) -> float | None:
    """The number that was answered; None for anything else."""
    return answer.value if isinstance(answer.value, float) and math.isfinite(answer.value) else None


def finite(values: FloatArray) -> tuple[float | None, ...]:
    """Values with None for what is undefined."""
    return tuple(v if math.isfinite(v) else None for v in values.tolist())
