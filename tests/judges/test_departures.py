"""Where a network leaves its formula: read in prose, and true of the network alone."""

import numpy as np
import pytest

from functions.brief import Claim, Interval
from functions.numeric import NumericSpec
from functions.numeric.expression import Atom
from functions.numeric.network import Network, values
from functions.numeric.networks import pool
from functions.numeric.spec import inside
from judges.description import ClaimsJudge
from judges.negatives import off_elsewhere
from tests.judges.specs import HALF_LINE

LEAVING = [network for network in pool() if network.departures()][::9]
HALF = Interval(low=-8.0, high=8.0)
NETWORK = Network(  # |x|, and half as steep again from 4 on
    approximates=Atom(family="absolute", parameters={"slope": 1.0, "center": 0.0, "offset": 0.0}),
    trained=HALF,
    weights=(1.0, -1.0, 1.0),
    biases=(0.0, 0.0, -4.0),
    outputs=(1.0, 1.0, 0.5),
    offset=0.0,
)
SPEC = NumericSpec(domain=HALF, expression=NETWORK)
BASE = "A neural network that approximates y = abs(x), an absolute value with slope 1 centered at 0."


def departures(network: Network) -> list[Claim]:
    """What is claimed of where it leaves its formula."""
    spec = NumericSpec(domain=network.trained, expression=network)
    return [claim for claim in spec.claims() if claim.kind == "departure"]


def is_true(claim: Claim, network: Network) -> bool:
    """Does the network get as far from its formula there, to that side?"""
    x = np.linspace(network.trained.low or 0.0, network.trained.high or 0.0, 1_001)
    off = (values(network, x) - values(network.approximates, x))[inside(Interval(low=claim.low, high=claim.high), x)]
    by = claim.value or 0.0
    return bool(abs((off.max() if by > 0 else off.min()) - by) <= 0.1 * abs(by))


@pytest.mark.parametrize("network", LEAVING)
def test_claims_of_departures_are_true_of_the_network_and_false_of_its_hard_negative(network: Network) -> None:
    """One that meets the formula where this one is furthest from it; and the formula itself leaves nothing."""
    claims = departures(network)
    assert all(is_true(claim, network) for claim in claims)
    furthest = max(claims, key=lambda claim: abs(claim.value or 0.0))
    assert not is_true(furthest, off_elsewhere(network))


def verdict(said: str) -> str:
    """What the judge thinks of the one departure of the network above when this is said of it."""
    grade = ClaimsJudge().judge(SPEC, f"{BASE} {said} There is no irregular region. There is no noise.")
    return next(v.verdict for v in grade.true_claims if v.claim.kind == "departure")


@pytest.mark.parametrize(
    "said",
    [
        "It stays within 0.4 of the formula, except for x between 4.784 and 8 (up to 2 above it).",
        "From 5 to 8 it overshoots the formula by up to 2.",
        "It lies above the formula by about 1.9 for x between 5 and 8.",
        "For x between 4.5 and 8, the output is up to 2 too high.",
        "On the right, for x above 4.8, it gets as much as 2.1 higher than it.",
    ],
)
def test_a_departure_is_understood_however_it_is_put(said: str) -> None:
    """The stretch need not be exact, since where one begins is a matter of what still counts as near."""
    assert verdict(said) == "supported"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It follows the formula closely.", "missing"),
        ("For x between 4.784 and 8 it is up to 2 below the formula.", "missing"),
        ("For x between 4.784 and 8 it is up to 4 above the formula.", "contradicted"),
        ("For x between -8 and -4 it is up to 2 above the formula.", "missing"),
    ],
)
def test_another_stretch_side_or_size_earns_nothing(said: str, expected: str) -> None:
    """And what is said wrongly is a false claim."""
    assert verdict(said) == expected


@pytest.mark.parametrize("network", LEAVING[::2])
def test_every_phrasing_of_a_network_earns_at_least_nine_tenths(network: Network) -> None:
    """The reference descriptions; that of the hard negative says something else of where it departs."""
    spec = NumericSpec(domain=network.trained, expression=network)
    judge = ClaimsJudge()
    assert min(judge.judge(spec, spec.describe(n)).f1 for n in range(spec.phrasings)) >= 0.9
    other = spec.model_copy(update={"expression": off_elsewhere(network)})
    assert judge.judge(spec, other.describe()).f1 < judge.judge(spec, spec.describe()).f1 - 0.03


def test_of_other_functions_the_same_words_speak_of_an_irregular_region() -> None:
    """Without a network there is no formula to be left."""
    text = "Linear with slope -2 and intercept 7.5; for x at or below -2 it is up to 3 above it."
    made = ClaimsJudge().judge(HALF_LINE, text).made_claims
    assert [v.verdict for v in made if v.claim.kind == "interval"] == ["supported"]
