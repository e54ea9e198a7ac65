"""The code judge as a whole, with a runner that is a Python callable."""

import math

import numpy as np
import pytest

from functions.brief import Interval, Noise, NoiseKind
from judges.code import judge_code
from judges.code.baselines import normalised
from judges.code.judge import MAX_CODE
from judges.code.legacy import POINTS, indicator
from judges.grade import Outcome
from sandbox.client import SandboxFailure
from tests.judges.fakes import FakeRunner, FakeTruth, reproducing

CODE = "def function(x): ..."
SINE = FakeTruth(lambda x: 3 * np.sin(0.3 * x + 1) + 2, noise=Noise(kind=NoiseKind.GAUSSIAN, scale=0.2))
SPLIT = FakeTruth(lambda x: 2.5 * x - 3, lambda x: x * 0 + 7, Interval(low=10, high=40))
LOG = FakeTruth(lambda x: np.log(x + 20))
CUBIC = FakeTruth(lambda x: 0.01 * x**3 - x + 4)


@pytest.mark.parametrize("truth", [SINE, SPLIT, LOG, CUBIC])
def test_the_truth_scores_one(truth: FakeTruth) -> None:
    """A candidate that gives the expected output is right everywhere, noise and undefined points or not."""
    grade = judge_code(truth, CODE, reproducing(truth))
    assert (grade.outcome, grade.score, grade.agreement, grade.legacy_indicator) == (Outcome.GRADED, 1.0, 1.0, 1)
    assert grade.error_rate == 0
    assert not grade.errors


@pytest.mark.parametrize("truth", [SINE, SPLIT, LOG, CUBIC])
def test_trivial_candidates_score_next_to_nothing(truth: FakeTruth) -> None:
    """Constants, the identity and a memory of a hundred queries, interpolated or not, are what baselines are for."""
    x = np.sort(np.random.default_rng(3).uniform(-128, 128, 100))
    y = truth.sample(x, np.zeros(100, dtype=np.int64), b"")
    known = np.isfinite(y)
    remembered = dict(zip(x.tolist(), y.tolist(), strict=True))
    candidates = [
        lambda _: 2.0,
        lambda at: at,
        lambda _: None,
        remembered.get,
        lambda at: float(np.interp(at, x[known], y[known])),
        lambda at: float(y[np.argmin(np.abs(x - at))]),
    ]
    assert [judge_code(truth, CODE, FakeRunner(c)).score <= 0.1 for c in candidates] == [True] * len(candidates)


def test_a_partly_right_candidate_is_scored_by_region() -> None:
    """One that misses the corrupted interval keeps its base, and the grade shows where it failed."""
    truth = FakeTruth(lambda x: 3 * np.sin(x), lambda x: x * 0 + 7, Interval(low=10, high=40))
    grade = judge_code(truth, CODE, FakeRunner(lambda x: 3 * math.sin(x)))
    regions = {region.region: region.agreement for region in grade.regions}
    assert grade.base_agreement == regions["base"] == regions["beyond"] == 1.0
    assert regions["corrupted"] < 0.1
    assert 0.3 < grade.score < grade.agreement < 0.9


def test_inputs_where_the_code_raises_are_wrong_and_listed() -> None:
    """Errors count against the candidate, even where the truth is undefined, and are reported by frequency."""
    grade = judge_code(LOG, CODE, FakeRunner(lambda x: math.log(x + 20) if x > -20 else 1 / 0))
    assert grade.outcome is Outcome.GRADED
    assert grade.errors == ("ZeroDivisionError: division by zero",)
    assert 0.2 < grade.error_rate < 0.6
    assert grade.score < 0.5


@pytest.mark.parametrize("code", ["", "  \n ", "x" * (MAX_CODE + 1)])
def test_code_that_is_empty_or_endless_is_graded_zero_without_being_run(code: str) -> None:
    """No code is an answer of the team's: graded, and worth nothing."""
    runner = reproducing(SINE)
    grade = judge_code(SINE, code, runner)
    assert (grade.outcome, grade.score, grade.error_rate, runner.asked) == (Outcome.GRADED, 0.0, 1.0, [])


def test_a_failing_sandbox_is_no_score() -> None:
    """Infrastructure propagates as what it is."""
    with pytest.raises(SandboxFailure):
        judge_code(SINE, CODE, FakeRunner(lambda x: x, fails=True))


def test_the_runner_is_given_inputs_and_nothing_of_the_truth() -> None:
    """One call with plain floats: hidden inputs and the published grid."""
    runner = reproducing(SINE)
    judge_code(SINE, CODE, runner)
    assert len(runner.asked) == 1
    assert all(type(x) is float for x in runner.asked[0])


def test_a_function_that_is_trivial_itself_can_be_answered_trivially() -> None:
    """Normalising by a perfect baseline must not take the point from the constant that is the truth."""
    truth = FakeTruth(lambda x: x * 0 + 5)
    assert judge_code(truth, CODE, FakeRunner(lambda _: 5.0)).score == 1.0
    assert judge_code(truth, CODE, FakeRunner(lambda _: 4.0)).score == 0.0
    assert (normalised(1.0, 1.0), normalised(0.5, 1.0), normalised(0.75, 0.5)) == (1.0, 0.0, 0.5)


def test_a_larger_budget_informs_the_baseline_better() -> None:
    """Four hundred queries interpolate a sine that twenty do not."""
    quiet = FakeTruth(SINE.base)
    few, many = (judge_code(quiet, CODE, reproducing(quiet), query_budget=n).baseline for n in (20, 400))
    assert few < many


def test_the_legacy_indicator_follows_its_rule_for_undefined_points() -> None:
    """Where the truth is undefined nothing counts; undefined elsewhere fails; the bar is a tenth of variance."""
    y = np.where(POINTS > 0, POINTS, np.nan)
    assert POINTS.size == 256
    assert indicator(y, np.where(POINTS > 0, POINTS, 12.0)) == 1
    assert indicator(y, np.where(POINTS > 1, POINTS, np.nan)) == 0
    assert indicator(POINTS, POINTS + 0.3 * np.std(POINTS)) == 1
    assert indicator(POINTS, POINTS + 0.33 * np.std(POINTS)) == 0
    assert indicator(POINTS * np.nan, POINTS) == 0
    assert (indicator(POINTS * 0 + 5, POINTS * 0 + 5), indicator(POINTS * 0 + 5, POINTS * 0 + 4)) == (1, 0)
    assert indicator(POINTS * 1e300, POINTS * 1e300) == 1
