"""The generator: pure, balanced, and never a function that shows nothing."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.brief import Interval, Noise
from functions.noise import scale_at
from functions.numeric import Corruption, NumericSpec, quality
from functions.numeric.draws import Draws, rounded
from functions.numeric.expression import Atom, Composition, Product, Sum, atoms
from functions.numeric.generate import generate
from functions.numeric.network import Network
from functions.numeric.spec import inside
from functions.numeric.tiers import tier
from functions.suites.catalogue import DEMO_1
from tests.functions import strategies

RECIPE = DEMO_1.numeric
DOMAIN = Interval(low=-8.0, high=8.0)


@pytest.fixture(scope="module")
def many() -> list[NumericSpec]:
    """Twenty rounds of all families."""
    return [generate(12, index, RECIPE) for index in range(380)]


@given(strategies.seeds, st.integers(0, 10_000))
def test_generating_twice_gives_the_same(seed: int, index: int) -> None:
    """A function follows from its seed and index alone."""
    assert generate(seed, index, RECIPE) == generate(seed, index, RECIPE)


def test_seeds_indices_and_takes_give_other_functions() -> None:
    """Each of the three matters, also for seeds of 256 bits."""
    made = [
        generate(1, 0, RECIPE),
        generate(2, 0, RECIPE),
        generate(1, 1, RECIPE),
        generate(1, 0, RECIPE, take=1),
        generate(2**256 - 1, 0, RECIPE),
    ]
    assert len({spec.sha256 for spec in made}) == len(made)


def test_the_mixture_is_as_the_recipe_says(many: list[NumericSpec]) -> None:
    """Shares of shapes and modifiers, within four standard errors."""
    shapes = Counter[str](spec.expression.node for spec in many)
    for node, share in {"sum": 0.15, "product": 0.10, "composition": 0.20}.items():
        expected = share * len(many)
        assert abs(shapes[node] - expected) < 4 * np.sqrt(expected) + 0.15 * expected  # some families stay single
    for count in (sum(bool(spec.corruptions) for spec in many), sum(bool(spec.noise.scale) for spec in many)):
        assert abs(count - 0.3 * len(many)) < 4 * np.sqrt(0.21 * len(many))


def test_families_take_turns(many: list[NumericSpec]) -> None:
    """Of as many functions as there are families, each family leads one."""
    number = len(RECIPE.families)
    for start in range(0, len(many), number):
        used = {atom.family for spec in many[start : start + number] for atom in atoms(spec.expression)}
        assert used == set(RECIPE.families)


def test_numbers_have_three_digits(many: list[NumericSpec]) -> None:
    """Every number is what a person would write."""
    for spec in many:
        behaviours = [corruption.behaviour for corruption in spec.corruptions]
        for node in (spec.expression, *behaviours):
            assert all(rounded(v) == v for atom in atoms(node) for v in atom.parameters.values())
        assert rounded(spec.noise.scale) == spec.noise.scale


def test_modifiers_can_be_seen_and_do_not_drown_the_function(many: list[NumericSpec]) -> None:
    """Noise is 2 to 15 % of the spread; a region covers 8 to 30 % of the domain; the values stay moderate."""
    for spec in many:
        low, high = spec.domain.low or 0.0, spec.domain.high or 0.0
        if spec.noise.scale:
            assert 0.019 < spec.noise.scale / quality.spread_of(spec) < 0.151
        for where in spec.irregular:
            start, end = (low if where.low is None else where.low), (high if where.high is None else where.high)
            assert 0.075 < (end - start) / (high - low) < 0.305
        y = spec.evaluate(quality.grid(low, high))
        assert np.nanmax(np.abs(y)) <= 1e7
        assert np.mean(np.isnan(y)) < 0.4


def test_no_part_of_a_sum_repeats_what_another_could_carry(many: list[NumericSpec]) -> None:
    """Only the first term has a vertical shift, only the first factor a size, and inner parts have neither."""
    for spec in many:
        match spec.expression:
            case Sum(terms=(_, Atom() as other)):
                assert other.kind.levelled(other.parameters) == other.parameters
            case Product(factors=(_, Atom() as other)) | Composition(inner=Atom() as other):
                assert other.kind.unit(other.parameters) == other.parameters
            case _:
                pass


@pytest.fixture(scope="module")
def hard() -> list[NumericSpec]:
    """Ten rounds of all families in the hard tier."""
    return [generate(12, index, strategies.HARD) for index in range(190)]


def test_the_hard_tier_is_deep(hard: list[NumericSpec]) -> None:
    """Three levels, and sums and products of three, about half as often as there are joined functions."""
    joined = [spec.expression for spec in hard if not isinstance(spec.expression, Atom | Network)]
    three = [node for node in joined if len(list(atoms(node))) == 3]
    assert {node.node for node in three} == {"sum", "product", "composition"}
    assert 0.35 < len(three) / len(joined) < 0.65
    assert all(len(list(atoms(node))) in (2, 3) for node in joined)


def test_inner_levels_have_unit_form(hard: list[NumericSpec]) -> None:
    """Only the outermost level has a size and a shift of its own, and no family stands at two levels."""
    for spec in hard:
        node, families = spec.expression, [atom.family for atom in atoms(spec.expression)]
        assert len(set(families)) == len(families)
        while isinstance(node, Composition):
            inner = node.inner.outer if isinstance(node.inner, Composition) else node.inner
            assert isinstance(inner, Atom)
            assert inner.kind.unit(inner.parameters) == inner.parameters
            node = node.inner


def test_the_hard_tier_has_up_to_three_regions_apart_from_each_other(hard: list[NumericSpec]) -> None:
    """One, two and three all happen; they come in order and leave something of the usual behaviour between them."""
    assert {len(spec.corruptions) for spec in hard} == {0, 1, 2, 3}
    for spec in hard:
        x = np.linspace(spec.domain.low or 0.0, spec.domain.high or 0.0, 2_001)
        which = np.zeros(x.shape, dtype=int)
        for number, where in enumerate(spec.irregular, 1):
            assert not which[inside(where, x)].any()
            which[inside(where, x)] = number
        turns = which[np.flatnonzero(np.diff(which, prepend=-1))]
        assert [number for number in turns if number] == list(range(1, len(spec.corruptions) + 1))
        assert np.mean(which == 0) >= 0.49
        assert not any(a and b for a, b in pairwise(turns))


def test_noise_grows_where_that_can_be_seen(hard: list[NumericSpec]) -> None:
    """Some noise grows, at least half as much again over the domain, and never beyond a third of the spread."""
    growing = [spec for spec in hard if spec.noise.growth]
    assert len(growing) > 0.1 * len(hard)
    for spec in growing:
        low, high = (float(v) for v in scale_at(spec.noise, np.array(quality.range_of_size(spec))))
        assert high > 1.4 * low
        assert high < 0.33 * quality.spread_of(spec)


def test_the_easy_tier_is_plain() -> None:
    """One family, undisturbed."""
    easy = tier("easy", RECIPE.families, RECIPE.replacements)
    for index in range(40):
        spec = generate(3, index, easy)
        assert isinstance(spec.expression, Atom)
        assert not spec.corruptions
        assert spec.noise == Noise()


def spec_of(family: str, parameters: dict[str, float], *corruptions: Corruption) -> NumericSpec:
    """A function of one family on -8..8."""
    return NumericSpec(
        domain=DOMAIN, expression=Atom(family=family, parameters=parameters), corruptions=tuple(corruptions)
    )


SINE = {"amplitude": 4.0, "frequency": 1.0, "phase": 0.0, "offset": 0.0}
FLAWS = [
    (spec_of("logarithm", {"scale": 1, "start": 4, "offset": 0}), "undefined over much"),
    (spec_of("linear", {"slope": 1e6, "intercept": 0}), "beyond 1e6"),
    (spec_of("step", {"threshold": 7.9, "before": 0, "after": 1}), "constant"),
    (spec_of("absolute", {"slope": 1, "center": -7.9, "offset": 0}), "straight line"),
    (spec_of("sine", {**SINE, "frequency": 6.0}), "rises and falls"),
    (
        NumericSpec(
            domain=DOMAIN,
            expression=Composition(
                outer=Atom(family="step", parameters={"threshold": 0.0, "before": 0.0, "after": 1.0}),
                inner=Atom(family="tanh", parameters={"scale": 1.0, "rate": 1.0, "center": 0.0, "offset": 0.0}),
            ),
        ),
        "in disguise",
    ),
    (
        NumericSpec(
            domain=DOMAIN,
            expression=Sum(
                terms=(
                    Atom(family="sine", parameters=SINE),
                    Atom(family="tanh", parameters={"scale": 0.1, "rate": 1.0, "center": 0.0, "offset": 0.0}),
                )
            ),
        ),
        "part too small",
    ),
    (
        spec_of(
            "tanh",
            {"scale": 4, "rate": 1, "center": 0, "offset": 0},
            Corruption(where=Interval(low=3, high=5), behaviour=Atom(family="constant", parameters={"value": 4.1})),
        ),
        "hardly differs",
    ),
    (
        spec_of(
            "sine",
            SINE,
            Corruption(where=Interval(low=3, high=5), behaviour=Atom(family="constant", parameters={"value": 400})),
        ),
        "dwarfs",
    ),
    (
        spec_of(
            "sine",
            SINE,
            Corruption(where=Interval(low=-3), behaviour=Atom(family="constant", parameters={"value": 9})),
        ),
        "irregular over most",
    ),
    (
        spec_of(
            "logarithm",
            {"scale": 1, "start": -5, "offset": 0},
            Corruption(where=Interval(high=-4), behaviour=Atom(family="constant", parameters={"value": 9})),
        ),
        "undefined in the irregular region",
    ),
    (
        spec_of(
            "sine",
            SINE,
            Corruption(where=Interval(low=3, high=4), behaviour=Atom(family="constant", parameters={"value": 9})),
            Corruption(where=Interval(low=4.5), behaviour=Atom(family="constant", parameters={"value": 9})),
        ),
        "regions that touch",
    ),
]


@pytest.mark.parametrize(("spec", "what"), FLAWS, ids=[what for _, what in FLAWS])
def test_useless_functions_are_recognised(spec: NumericSpec, what: str) -> None:
    """Each kind of flaw is found and named."""
    assert what in (quality.flaw(spec) or "")


def test_a_plain_sine_is_flawless() -> None:
    """What is visible passes."""
    assert quality.flaw(spec_of("sine", SINE)) is None


def test_likeness_is_judged_by_behaviour() -> None:
    """A cosine a quarter turn later is that sine; another amplitude is not."""
    sine, late, larger = (
        quality.fingerprint(spec)
        for spec in (
            spec_of("sine", SINE),
            spec_of("cosine", {**SINE, "phase": 1.5 * np.pi}),
            spec_of("sine", {**SINE, "amplitude": 4.5}),
        )
    )
    assert quality.alike(sine, late)
    assert not quality.alike(sine, larger)


def test_draws_are_pinned() -> None:
    """The stream of choices is the same on every machine: these were written down once."""
    draws = Draws("pinned")
    assert [draws.fraction() for _ in range(2)] == [0.36248201342314856, 0.5732579009526636]
    assert draws.number(0, 10) == 4.29
    assert draws.shuffled("abcdef") == list("ebdfac")


def test_draws_are_even() -> None:
    """Fractions fill 0..1, choices are equally likely, and chances come true as often as they say."""
    draws = Draws("even")
    counts = Counter(draws.choose("abcde") for _ in range(5000))
    assert max(abs(count - 1000) for count in counts.values()) < 5 * np.sqrt(800)
    assert abs(sum(draws.chance(0.3) for _ in range(5000)) - 1500) < 5 * np.sqrt(1050)
