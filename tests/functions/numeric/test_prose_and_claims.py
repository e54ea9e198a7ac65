"""What is said of a function: several phrasings, each with all the facts, and claims that are true."""

import numpy as np
import pytest
from hypothesis import assume, given

from functions.brief import Claim, Interval, Noise, NoiseKind
from functions.numeric import Corruption, NumericSpec, quality
from functions.numeric.expression import Atom, Composition, Sum, atoms, joins
from functions.numeric.network import Network
from functions.numeric.spec import inside
from functions.numeric.text import number
from tests.functions import strategies

SINE = Atom(family="sine", parameters={"amplitude": 4.1, "frequency": 0.31, "phase": 1.2, "offset": 7.0})
LOG = Atom(family="logarithm", parameters={"scale": 1.0, "start": -3.0, "offset": 0.0})
SPEC = NumericSpec(
    domain=Interval(low=-16.0, high=16.0),
    expression=SINE,
    corruptions=(
        Corruption(where=Interval(low=3.2, high=7.5), behaviour=Atom(family="constant", parameters={"value": -2.5})),
    ),
    noise=Noise(kind=NoiseKind.GAUSSIAN, scale=0.4),
)


def claims(spec: NumericSpec, kind: str) -> list[Claim]:
    """The claims of one kind."""
    return [claim for claim in spec.claims() if claim.kind == kind]


def test_a_description_reads_like_this() -> None:
    """One whole description and its code, as a person sees them."""
    assert SPEC.describe() == (
        "The function is a sine wave in x with amplitude 4.1, frequency 0.31 (radians per unit) and phase 1.2, raised "
        "by 7: y = 4.1 * sin(0.31 * x + 1.2) + 7. For x between 3.2 and 7.5 it behaves differently: there it is a "
        "constant with value -2.5, y = -2.5. Bounds of exceptions belong to them. Every answer carries Gaussian noise "
        "with a standard deviation of 0.4."
    )
    assert SPEC.reference_code() == (
        "import math\n\n\n"
        "def function(x):\n"
        "    if 3.2 <= x <= 7.5:\n"
        "        return -2.5\n"
        "    return 4.1 * math.sin(0.31 * x + 1.2) + 7\n"
    )


def test_a_composition_names_its_inner_value() -> None:
    """Prose and code use the same name for what is handed from the inner part to the outer."""
    spec = NumericSpec(domain=SPEC.domain, expression=Composition(outer=SINE, inner=LOG))
    assert "y = 4.1 * sin(0.31 * u + 1.2) + 7, where u = log(x + 3)." in spec.describe()
    assert "It is undefined where x is at or below -3." in spec.describe()
    assert spec.reference_code() == (
        "import math\n\n\n"
        "def function(x):\n"
        "    u = math.log(x + 3) if x > -3 else math.nan\n"
        "    if math.isnan(u):\n"
        "        return math.nan\n"
        "    return 4.1 * math.sin(0.31 * u + 1.2) + 7\n"
    )


LINE = Atom(family="linear", parameters={"slope": 2.0, "intercept": 1.0})


def test_three_levels_are_told_step_by_step() -> None:
    """First, then, then: in the order in which they are applied, under the names that the formula uses."""
    spec = NumericSpec(domain=SPEC.domain, expression=Composition(outer=LINE, inner=Composition(outer=SINE, inner=LOG)))
    assert "y = 2 * v + 1, where u = log(x + 3) and v = 4.1 * sin(0.31 * u + 1.2) + 7." in spec.describe()
    for n in range(spec.phrasings):
        assert "a composition of three steps: first u is " in spec.describe(n)
        assert "; then v is a" in spec.describe(n)


def test_each_of_several_regions_has_its_sentence_and_its_claims() -> None:
    """Every region is told and claimed, in order, and where two meet it is said which one counts."""
    constants = [Atom(family="constant", parameters={"value": value}) for value in (11.5, 12.5, 13.5)]
    wheres = [Interval(high=-9.5), Interval(low=3.5, high=7.5), Interval(low=7.25)]
    regions = tuple(Corruption(where=w, behaviour=b) for w, b in zip(wheres, constants, strict=True))
    spec = SPEC.model_copy(update={"corruptions": regions})
    apart = SPEC.model_copy(update={"corruptions": regions[:2]})
    for n in range(spec.phrasings):
        description = spec.describe(n)
        assert [description.index(f"y = {value}") for value in (11.5, 12.5, 13.5)] == sorted(
            description.index(f"y = {value}") for value in (11.5, 12.5, 13.5)
        )
        assert "the one named first counts" in description
        assert "the one named first counts" not in apart.describe(n)
    assert [(claim.low, claim.high) for claim in claims(spec, "interval")] == [(None, -9.5), (3.5, 7.5), (7.25, None)]
    behaviours = [claim.text for claim in claims(spec, "family") if claim.about == "region"]
    assert behaviours[1] == "For x between 3.5 and 7.5 it has a constant in it."


def test_noise_that_grows_is_told_with_its_law() -> None:
    """Every phrasing says how large the noise is where the output is y; so does the claim."""
    spec = SPEC.model_copy(update={"noise": Noise(kind=NoiseKind.UNIFORM, scale=0.4, growth=0.15)})
    assert all("its half-width is 0.4 + 0.15 * |y|." in spec.describe(n) for n in range(spec.phrasings))
    assert claims(spec, "noise")[0].text == (
        "The noise is uniform with scale 0.4, and 0.15 times the size of the output on top of it."
    )


@given(strategies.generated)
def test_every_phrasing_is_another_and_holds_every_number(spec: NumericSpec) -> None:
    """At least four different descriptions; each names all parameters, the region's bounds and the noise's scale."""
    descriptions = [spec.describe(n) for n in range(spec.phrasings)]
    assert len(set(descriptions)) == spec.phrasings >= 4
    facts = [claim.value for claim in claims(spec, "parameter") if claim.name != "degree" and claim.value != 1]
    facts += [bound for claim in claims(spec, "interval") for bound in (claim.low, claim.high)]
    facts += [claim.value for claim in claims(spec, "noise")] + [spec.noise.growth]
    for description in descriptions:
        assert all(number(abs(fact)) in description for fact in facts if fact)
        assert "nan" not in description
        assert "{" not in description


@given(strategies.specs, strategies.specs)
def test_descriptions_differ_where_specs_differ(one: NumericSpec, other: NumericSpec) -> None:
    """Nothing that makes a function another one is left out of its description."""
    assume(one != other)
    assume(one.evaluate(quality.grid(-8, 8)).tobytes() != other.evaluate(quality.grid(-8, 8)).tobytes())
    assert all(one.describe(n) != other.describe(n) for n in range(one.phrasings))


def test_phrasings_wrap_around() -> None:
    """Any integer is a phrasing."""
    assert SPEC.describe(SPEC.phrasings) == SPEC.describe(0)


def test_claims_state_every_fact_once() -> None:
    """The claims of a function with everything in it, in order."""
    stated = [(claim.kind, claim.about, claim.name, claim.value, claim.low, claim.high) for claim in SPEC.claims()]
    assert stated == [
        ("family", "base", "sine", None, None, None),
        ("parameter", "base", "amplitude", 4.1, None, None),
        ("parameter", "base", "frequency", 0.31, None, None),
        ("parameter", "base", "phase", 1.2, None, None),
        ("parameter", "base", "offset", 7.0, None, None),
        ("interval", "region", None, None, 3.2, 7.5),
        ("family", "region", "constant", None, None, None),
        ("parameter", "region", "value", -2.5, None, None),
        ("noise", "noise", "gaussian", 0.4, None, None),
    ]


def test_what_is_not_there_is_claimed_absent() -> None:
    """No region and no noise are facts too, and the way parts are joined is a family."""
    spec = NumericSpec(domain=SPEC.domain, expression=Sum(terms=(SINE, LOG)))
    assert [claim.about for claim in claims(spec, "absent")] == ["region", "noise"]
    assert [claim.name for claim in claims(spec, "family")] == ["sum", "sine", "logarithm"]


@given(strategies.specs)
def test_every_claim_says_itself_in_words(spec: NumericSpec) -> None:
    """Each claim carries an English sentence with its name and its value."""
    for claim in spec.claims():
        assert claim.text.endswith(".")
        assert claim.value is None or number(claim.value) in claim.text
        assert claim.name is None or claim.name.replace("_", " ") in claim.text


@given(strategies.generated)
def test_interval_claims_are_true(spec: NumericSpec) -> None:
    """Without its irregular region a function is the same outside the claimed interval, and clearly another inside."""
    x = quality.grid(spec.domain.low or 0.0, spec.domain.high or 0.0)
    plain = spec.model_copy(update={"corruptions": ()})
    there = np.zeros(x.shape, dtype=bool)
    for claim in claims(spec, "interval"):
        there |= inside(Interval(low=claim.low, high=claim.high), x)
    differs = ~np.isclose(spec.evaluate(x), plain.evaluate(x), equal_nan=True)
    assert not differs[~there].any()
    assert there.any() == bool(spec.corruptions) == (not any(c.about == "region" for c in claims(spec, "absent")))
    assert not there.any() or differs[there].mean() > 0.7


@given(strategies.generated)
def test_noise_claims_are_true(spec: NumericSpec) -> None:
    """Answers to one question scatter as claimed, or not at all."""
    x = quality.grid(spec.domain.low or 0.0, spec.domain.high or 0.0)
    spot = x[~np.isnan(spec.evaluate(x))][0]
    answers = spec.sample(np.full(2000, spot), np.arange(2000), b"secret")
    claimed = claims(spec, "noise")
    if not claimed:
        assert np.ptp(answers) == 0
        return
    scale = (claimed[0].value or 0.0) + spec.noise.growth * abs(spec.evaluate(np.array([spot]))[0])
    deviation = scale / (np.sqrt(3) if claimed[0].name == "uniform" else 1.0)
    assert answers.std() == pytest.approx(deviation, rel=0.15)


@given(strategies.generated)
def test_family_claims_name_the_parts(spec: NumericSpec) -> None:
    """As many atoms as there are, under their own names, after the ways in which they are joined."""
    named = [claim.name for claim in claims(spec, "family") if claim.about == "base"]
    network = isinstance(spec.expression, Network)
    formula = spec.expression.approximates if isinstance(spec.expression, Network) else spec.expression
    parts = [atom.family for atom in atoms(formula)]
    assert named == [*(["neural_network"] if network else []), *joins(formula), *parts]
