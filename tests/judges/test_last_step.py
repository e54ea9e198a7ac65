"""The trained last step: monotone, bounded, and what its script makes of the shipped descriptions."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judges.calibration.free import TRAINING, training
from judges.calibration.train import train
from judges.description import ClaimsJudge
from judges.description.last_step import features_of, last_step
from judges.grade import Outcome
from tests.judges.specs import PLAIN_LINE

UNIT = st.floats(0, 1)
BALANCE = st.floats(-1, 1)


def score(f1: float, behaviour: float, contradicted: float) -> float:
    return last_step().score(features_of(f1, behaviour, contradicted))


@given(UNIT, UNIT, BALANCE, BALANCE, UNIT, UNIT)
def test_more_truth_never_costs_and_more_falsehood_never_pays(
    a: float, b: float, c: float, d: float, e: float, f: float
) -> None:
    """In each of what it sees, with the others held; true behaviour fills at most half of what claims leave open."""
    low, high = sorted((c, d))
    less, more = sorted((e, f))
    assert score(a, low, e) <= score(a, high, e) + 1e-12
    assert score(a, c, less) + 1e-12 >= score(a, c, more)
    assert score(min(a, b), -1.0, 0.0) <= score(max(a, b), -1.0, 0.0) + 1e-12
    assert 0.0 <= score(a, c, e) <= 1.0


def test_its_ends_are_fixed() -> None:
    """Nothing read is nothing; everything right is everything; behaviour alone is a half at most."""
    assert (score(0.0, 0.0, 0.0), score(1.0, 1.0, 0.0), score(1.0, 0.0, 0.0)) == (0.0, 1.0, 1.0)
    assert score(0.0, 1.0, 0.0) <= 0.5
    assert score(1.0, -1.0, 0.0) < 1.0


def test_the_shipped_weights_are_those_that_training_gives() -> None:
    """To the last digit, on the data whose hash is written beside them and was committed before."""
    shipped = last_step()
    digests = {path: sha256(path.read_bytes()).hexdigest() for path in TRAINING}
    assert shipped.data == ", ".join(f"{path.name} {digest}" for path, digest in digests.items())
    assert all(path.with_suffix(".sha256").read_text().split()[0] == digest for path, digest in digests.items())
    assert shipped.texts == len(training()) >= 300
    assert train() == shipped


@pytest.mark.parametrize(
    "text",
    [
        (
            "The output depends on the input in a way that is typical of such functions, and for some inputs it may be "
            "a little different from what one would expect, although in general the same rule seems to hold."
        ),
        (
            "It is a function with interesting properties. Sometimes the result is large, sometimes it is small, and "
            "it would take more experiments to say exactly how it changes, but overall there is a clear pattern in it."
        ),
    ],
)
def test_vacuous_prose_gets_nothing_however_long_it_is(text: str) -> None:
    """It is graded: to say nothing at length is no reason to be left out of the denominator."""
    grade = ClaimsJudge().judge(PLAIN_LINE, text)
    assert (grade.outcome, grade.headline) == (Outcome.GRADED, 0.0)
