"""Truth and reconstruction, recorded for a plot."""

import pytest
from pydantic import ValidationError

from functions.brief import Interpretation, Interval
from orchestrator.report.curves import Curves, Series, Window, record_curves
from tests.orchestrator.report_runs import SAID, NearlyRight, Wave


def test_curves_survive_json() -> None:
    """What grading writes is what a report reads."""
    curves = record_curves(Wave(), SAID, NearlyRight())
    assert Curves.model_validate_json(curves.model_dump_json()) == curves


def test_the_candidate_runs_only_in_its_runner() -> None:
    """Every value of the reconstruction was asked of the runner, with the code that was handed in."""
    runner = NearlyRight()
    curves = record_curves(Wave(), SAID, runner)
    assert runner.asked == [(SAID.code, x) for w in curves.windows for x in w.reconstruction.x]
    assert len(runner.asked) <= 500


def test_windows_show_the_domain_its_centre_and_the_corrupted_region() -> None:
    """The region's window reaches over both of its bounds, so that they can be seen."""
    curves = record_curves(Wave(), SAID, NearlyRight())
    assert [(w.name, w.low, w.high) for w in curves.windows] == [
        ("domain", -60, 60),
        ("centre", -6, 6),
        ("region", 9, 46),
    ]
    assert curves.irregular == (Interval(low=15, high=40),)


def test_undefined_and_raising_are_told_apart() -> None:
    """Undefined values are None on both sides; inputs where the code raised are named besides."""
    domain = record_curves(Wave(), SAID, NearlyRight()).windows[0]
    at = dict(zip(domain.reconstruction.x, zip(domain.expected, domain.reconstruction.y, strict=True), strict=True))
    assert at[18.0] == (None, None)
    expected, ours = at[60.0]
    assert expected is not None
    assert ours is None
    assert domain.raised
    assert min(domain.raised) > 58


@pytest.mark.parametrize("code", ["", "  \n", "x" * 1_000_000])
def test_code_that_no_judge_runs_is_not_drawn(code: str) -> None:
    """Nothing is asked; the truth alone is recorded."""
    runner = NearlyRight()
    curves = record_curves(Wave(), Interpretation(code=code), runner)
    assert runner.asked == []
    assert all(w.reconstruction.x == () and len(w.truth.x) > 100 for w in curves.windows)


def test_curves_that_do_not_fit_together_are_refused() -> None:
    """A damaged file cannot reach the plot."""
    series = Series(x=(1.0,), y=(None,))
    with pytest.raises(ValidationError):
        Series(x=(1.0, 2.0), y=(None,))
    with pytest.raises(ValidationError):
        Window(name="domain", low=0, high=1, truth=series, expected=(), reconstruction=series)
    with pytest.raises(ValidationError):
        Window(name="domain", low=1, high=1, truth=series, expected=(None,), reconstruction=series)
