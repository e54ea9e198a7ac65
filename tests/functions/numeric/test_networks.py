"""Networks: the truth is the network, and what is said of it is how far it follows the formula it was trained on."""

import numpy as np
import pytest
from pydantic import ValidationError

from functions.brief import Claim, Interval
from functions.numeric import Corruption, NumericSpec, quality
from functions.numeric.expression import Atom
from functions.numeric.generate import Recipe, generate
from functions.numeric.network import Network, values
from functions.numeric.networks import pool
from functions.numeric.networks.train import DEPARTURES, LEARNED, explained, trained
from functions.numeric.spec import inside
from functions.spec import parse_spec, spec_json
from functions.suites.catalogue import DEMO_1
from tests.functions.running import agree

HALF = Interval(low=-8.0, high=8.0)
V_SHAPE = Atom(family="absolute", parameters={"slope": 1.0, "center": 0.0, "offset": 0.0})
NETWORK = Network(
    approximates=V_SHAPE,
    trained=HALF,
    weights=(1.0, -1.0, 1.0),
    biases=(0.0, 0.0, -4.0),
    outputs=(1.0, 1.0, 0.5),
    offset=0.0,
)
SPEC = NumericSpec(domain=HALF, expression=NETWORK)
STORED = pytest.mark.parametrize("network", pool()[::8])
ALONE = Recipe(
    families=DEMO_1.numeric.families,
    replacements=DEMO_1.numeric.replacements,
    **dict.fromkeys(("sums", "products", "compositions"), 0.0),
    networks=1.0,
    corrupted=0.5,
)


def alone(network: Network) -> NumericSpec:
    """The undisturbed function that is this network."""
    return NumericSpec(domain=network.trained, expression=network)


def test_a_network_is_described_like_this() -> None:
    """What it approximates, how closely, where not and by how much."""
    assert SPEC.describe() == (
        "A small neural network (3 ReLU units in one hidden layer) approximates an absolute value of x centered at 0 "
        "with slope 1: roughly, y = abs(x). For x between -8 and 8 its values stay within 0.4 of the formula, except "
        "for x between 4.784 and 8 (up to 2 above it). Elsewhere it was not trained, and does not follow the "
        "formula. There is no irregular region. There is no noise."
    )


def test_the_code_of_a_network_shows_its_weights() -> None:
    """A person can read them, and the code gives what the network gives, its irregular region first."""
    assert SPEC.reference_code() == (
        "def function(x):\n"
        "    units = [  # weight, bias and output of each hidden unit\n"
        "        (1, 0, 1),\n"
        "        (-1, 0, 1),\n"
        "        (1, -4, 0.5),\n"
        "    ]\n"
        "    y = 0\n"
        "    for weight, bias, output in units:\n"
        "        y += output * max(0.0, weight * x + bias)\n"
        "    return y\n"
    )
    region = Corruption(where=Interval(low=1.0, high=2.0), behaviour=V_SHAPE)
    corrupted = SPEC.model_copy(update={"corruptions": (region,)})
    assert agree(corrupted, np.linspace(-30.0, 30.0, 121)) == []


def test_known_values() -> None:
    """Worked out by hand: inside, at the bend, beyond what it was trained on."""
    assert SPEC.evaluate(np.array([-3.0, 0.0, 4.0, 6.0, 20.0])).tolist() == [3.0, 0.0, 4.0, 7.0, 28.0]


def test_the_claims_name_the_network_and_then_its_formula() -> None:
    """The network is a family of its own; the formula's facts follow."""
    claims = SPEC.claims()
    assert [(claim.kind, claim.name) for claim in claims[:3]] == [
        ("family", "neural_network"),
        ("family", "absolute"),
        ("parameter", "slope"),
    ]
    assert "3 ReLU units" in claims[0].text
    assert claims[1].text == "The formula that it approximates has an absolute in it."


def test_each_departure_is_a_claim() -> None:
    """Where it is, how far the network is off, and to which side; a stretch with both sides has two."""
    assert [claim for claim in SPEC.claims() if claim.kind == "departure"] == [
        Claim(
            kind="departure",
            about="base",
            low=4.784,
            high=8,
            value=2,
            text="For x between 4.784 and 8 the network lies up to 2 above the formula.",
        )
    ]
    wavy = NETWORK.model_copy(update={"biases": (0.0, 0.0, 2.0), "offset": -2.0})
    assert [(claim.low, claim.high, claim.value) for claim in alone(wavy).claims() if claim.kind == "departure"] == [
        (-8, 1.2, -2),
        (2.784, 8, 3),
    ]
    edge = NETWORK.model_copy(update={"biases": (0.0, 0.0, 8.0), "outputs": (1.0, 1.0, 4.0), "offset": -32.0})
    assert [claim.value for claim in alone(edge).claims() if claim.kind == "departure"] == [32, -32]
    assert "up to 32 above it and up to 32 below it" in alone(edge).describe()


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"trained": Interval(low=0.0)}, "two bounds"), ({"weights": (1.0,)}, "a weight, a bias and an output")],
)
def test_half_a_network_is_refused(changes: dict[str, object], message: str) -> None:
    """Each unit is whole, and the trained inputs have two bounds."""
    with pytest.raises(ValidationError, match=message):
        Network.model_validate({**NETWORK.model_dump(), **changes})


@STORED
def test_stored_networks_still_approximate_their_formula(network: Network) -> None:
    """By the measure that they were kept for, with rounded weights, on another grid than the one of the training."""
    assert explained(network, points=777) > LEARNED - 0.002
    assert len(network.departures()) <= DEPARTURES
    assert quality.flaw(alone(network)) is None


@STORED
def test_what_is_said_of_departures_is_true(network: Network) -> None:
    """Outside of them the network is within its tolerance, inside it once is as far off as is said, to each side."""
    x = np.linspace(network.trained.low or 0.0, network.trained.high or 0.0, 4_001)
    difference = values(network, x) - values(network.approximates, x)
    elsewhere = np.ones(x.shape, dtype=bool)
    for where, above, below in network.departures():
        there = inside(where, x)
        assert above or below
        for by, off in ((above, difference[there].max()), (below, -difference[there].min())):
            assert (off == pytest.approx(by, rel=0.2)) if by else off < 1.1 * network.tolerance
            assert not by or by > network.tolerance
        elsewhere &= ~there
    assert np.mean(np.abs(difference[elsewhere]) > 1.01 * network.within) < 0.01
    assert network.tolerance <= network.within < 2 * network.tolerance


@STORED
def test_stored_networks_are_specs_like_any_other(network: Network) -> None:
    """They survive their JSON, and their code does what they do."""
    spec = alone(network)
    assert parse_spec(spec_json(spec)) == spec
    half = spec.domain.high or 0.0
    assert agree(spec, np.linspace(-4 * half, 4 * half, 201)) == []


def test_weights_have_four_digits() -> None:
    """What is stored is what a person could copy."""
    for network in pool():
        numbers = (*network.weights, *network.biases, *network.outputs, network.offset)
        assert all(float(f"{value:.4g}") == value for value in numbers)


def test_a_recipe_draws_each_network_once_before_any_twice() -> None:
    """In an order that the seed shuffles; another take is another network; some are corrupted like any function."""
    specs = [generate(5, index, ALONE) for index in range(60)]
    drawn = [spec.expression for spec in specs]
    assert all(isinstance(network, Network) for network in drawn)
    assert len({network.weights for network in drawn if isinstance(network, Network)}) == 60
    assert {len(spec.corruptions) for spec in specs} == {0, 1}
    assert [generate(6, index, ALONE).expression for index in range(60)] != drawn
    assert generate(5, 0, ALONE, take=1).expression != drawn[0]


def test_a_held_out_recipe_has_no_networks() -> None:
    """They approximate ordinary families."""
    with pytest.raises(ValidationError, match="a held-out recipe has none"):
        Recipe(families=("sinc",), replacements=("sinc",), held_out=True, networks=0.1)


def test_training_learns() -> None:
    """The command's own training, on one easy function: most of it is explained after a few hundred steps."""
    wave = Atom(family="sine", parameters={"amplitude": 3.0, "frequency": 0.5, "phase": 0.0, "offset": 1.0})
    (network,) = trained([NumericSpec(domain=HALF, expression=wave)], width=8, steps=600)
    assert network.approximates == wave
    assert explained(network) > 0.97
