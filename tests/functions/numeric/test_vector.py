"""Functions of two and three numbers: pure, frozen, told in words and code that agree with them."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.arrays import FloatArray
from functions.brief import INPUT_NAMES, Category, Interval, Noise, NoiseKind
from functions.errors import BadInput
from functions.numeric.expression import Atom
from functions.numeric.vector import BoxCorruption, Recipe, VectorSpec, generate, quality
from functions.numeric.vector.formula import Conditional, Distance, Formula, Joined, Part, Plane, places
from functions.numeric.vector.generate import KINDS
from functions.numeric.vector.space import filling
from functions.spec import answer, evaluate, parse_spec, spec_json
from functions.suites import load_suite
from functions.suites.names import VECTOR_FAMILIES_1, VECTOR_REPLACEMENTS_1
from tests.functions.running import calling

RECIPE = Recipe(families=VECTOR_FAMILIES_1, replacements=VECTOR_REPLACEMENTS_1)
generated = st.builds(generate, st.integers(0, 2**64), st.integers(0, 1_000), st.just(RECIPE))
SQUARE = (Interval(low=-4.0, high=4.0), Interval(low=-4.0, high=4.0))
LOG = Part(input=0, atom=Atom(family="logarithm", parameters={"scale": 1.0, "start": 0.0, "offset": 0.0}))
LINE = Part(input=1, atom=Atom(family="linear", parameters={"slope": 2.0, "intercept": 1.0}))
CONSTANT = Part(input=0, atom=Atom(family="constant", parameters={"value": 7.0}))


def around(spec: VectorSpec, times: float = 4.0) -> FloatArray:
    """Points in a box so many times as wide as the domain, the bounds of irregular boxes among them."""
    low, high = spec.bounds
    middle = (low + high) / 2
    x = middle + (quality.points(spec) - middle) * times
    for where in spec.irregular:
        for place, side in enumerate(where):
            x[place * 3 : place * 3 + 1, place] = side.low if side.low is not None else x[0, place]
            x[place * 3 + 1 : place * 3 + 2, place] = side.high if side.high is not None else x[0, place]
    return x


def disagreements(spec: VectorSpec, x: FloatArray) -> list[list[float]]:
    """The inputs at which reference code and `evaluate` differ by more than rounding near a bound explains."""
    function = calling(spec.reference_code())
    code = np.array([function(*row) for row in x.tolist()])
    near = [spec.evaluate(x), *(spec.evaluate(np.nextafter(x, side)) for side in (-np.inf, np.inf))]
    fits = [np.isclose(code, y, rtol=1e-9, atol=1e-9, equal_nan=True) for y in near]
    return [row.tolist() for row, fine in zip(x, np.any(fits, axis=0), strict=True) if not fine]


@given(generated)
def test_json_in_json_out_equal(spec: VectorSpec) -> None:
    """A spec survives its JSON as what it is, and so does its identity."""
    again = parse_spec(spec_json(spec))
    assert again == spec
    assert again.sha256 == spec.sha256


@given(generated)
def test_evaluation_is_pure(spec: VectorSpec) -> None:
    """Twice the same, row by row as in one array, and defined everywhere around the domain."""
    x = around(spec)
    y = spec.evaluate(x)
    assert np.isfinite(y).all()
    assert np.array_equal(y, spec.evaluate(x.copy()))
    alone = [spec.evaluate(x[i : i + 1])[0] for i in range(0, 100, 9)]
    assert np.allclose(alone, y[:100:9], rtol=1e-9, atol=1e-9)


@given(generated)
def test_reference_code_agrees(spec: VectorSpec) -> None:
    """Over four times the domain, and on the bounds of the irregular box."""
    assert disagreements(spec, around(spec)[::4]) == []


@given(generated)
def test_nothing_is_wrong_with_what_is_generated(spec: VectorSpec) -> None:
    """Every input it speaks of is seen, and what is irregular differs."""
    assert quality.flaw(spec) is None


@given(generated)
def test_claims_name_what_there_is(spec: VectorSpec) -> None:
    """Each input is claimed to matter or not to; each bound of a box is claimed; descriptions are as many as said."""
    claims = spec.claims()
    idle = {claim.input for claim in claims if claim.kind == "absent" and claim.about == "base"}
    assert idle == {INPUT_NAMES[place] for place in range(len(spec.domains)) if place not in places(spec.formula)}
    bounds = {(claim.input, claim.low, claim.high) for claim in claims if claim.kind == "interval"}
    named = [(x, side) for where in spec.irregular for x, side in zip(INPUT_NAMES, where, strict=False)]
    assert bounds == {(x, side.low, side.high) for x, side in named if side != Interval()}
    assert len({spec.describe(phrasing) for phrasing in range(spec.phrasings)}) == spec.phrasings


@given(generated, st.integers(0, 3))
def test_samples_replay_and_differ_by_noise_alone(spec: VectorSpec, asked: int) -> None:
    """The same question under the same secret has the same answer, whatever else is asked."""
    x = quality.points(spec)[:50]
    counts = np.full(len(x), asked)
    first = spec.sample(x, counts, b"secret")
    assert np.allclose(first[::-1], spec.sample(x[::-1], counts, b"secret"), rtol=1e-9, atol=1e-9)
    quiet = np.array_equal(first, spec.evaluate(x))
    assert quiet == (spec.noise.kind is NoiseKind.NONE)


def test_noise_hashes_the_whole_vector() -> None:
    """Inputs that differ in one number only have noise of their own, and -0.0 is 0.0."""
    noisy = VectorSpec(domains=SQUARE, formula=LINE, noise=Noise(kind=NoiseKind.GAUSSIAN, scale=1.0))
    x = np.array([[0.0, 1.0], [2.0, 1.0], [1.0, 0.0], [-0.0, 1.0]])
    noise = noisy.sample(x, np.zeros(4, dtype=int), b"secret") - noisy.evaluate(x)
    assert len(set(noise.tolist())) == 3
    assert noise[0] == noise[3]


def test_every_kind_and_both_sizes_are_drawn() -> None:
    """Eight in a row have each kind once; some have two inputs and some three, and some have an idle one."""
    specs = [generate(5, index, RECIPE) for index in range(64)]
    assert {len(spec.domains) for spec in specs} == {2, 3}
    assert any(len(places(spec.formula)) < len(spec.domains) for spec in specs)
    kinds = [spec.formula.by if isinstance(spec.formula, Joined) else spec.formula.node for spec in specs]
    assert all(kinds.count(kind) >= 8 for kind in set(KINDS) - {"mixed"})


def test_a_box_replaces_the_function_on_its_bounds_and_between_them() -> None:
    """Only where each number is in its interval; an open side has no end."""
    box = BoxCorruption(where=(Interval(low=1.0, high=2.0), Interval(low=0.0)), behaviour=CONSTANT)
    spec = VectorSpec(domains=SQUARE, formula=LINE, corruptions=(box,))
    x = np.array([[1.0, 0.0], [2.0, 99.0], [1.5, -0.001], [2.001, 1.0]])
    assert spec.evaluate(x).tolist() == [7.0, 7.0, pytest.approx(0.998), 3.0]
    assert disagreements(spec, x) == []


@pytest.mark.parametrize("by", ["sum", "product", "maximum", "minimum"])
def test_an_undefined_part_makes_the_whole_undefined(by: str) -> None:
    """Whatever joins it to others: in evaluation and in code."""
    spec = VectorSpec.model_validate({"domains": SQUARE, "formula": {"node": "joined", "by": by, "parts": (LOG, LINE)}})
    x = np.array([[-1.0, 1.0], [0.5, 2.0]])
    assert np.isnan(spec.evaluate(x)).tolist() == [True, False]
    assert disagreements(spec, x) == []


def test_the_words_say_every_number() -> None:
    """Of a distance, a plane and a condition: the formula that a reader could compute from."""
    said: list[tuple[Formula, str]] = [
        (Distance(center=(1.0, -2.0), atom=LINE.atom), "2 * r + 1, where r = sqrt((x - 1)^2 + (y + 2)^2)"),
        (Plane(constant=3.0, slopes=(2.0, -1.0), interaction=0.5, between=(0, 1)), "2 * x - y + 0.5 * x * y + 3"),
        (Conditional(on=0, threshold=1.5, below=LINE, above=CONSTANT), "(2 * y + 1) if x < 1.5 else (7)"),
    ]
    for formula, text in said:
        assert f"f(x, y) = {text}" in VectorSpec(domains=SQUARE, formula=formula).describe()


def test_the_brief_bounds_each_number_and_tells_nothing_else() -> None:
    """A vector has domains and no domain."""
    brief = VectorSpec(domains=SQUARE, formula=LINE).brief(100)
    assert (brief.category, brief.input_type, brief.domain) == (Category.NUMERIC, "vector", None)
    assert (brief.domains, brief.arity, brief.query_budget) == (SQUARE, 2, 100)


def test_exemplars_are_answers_all_over_the_domain() -> None:
    """A vector each, with an output; in the brief where they are asked for."""
    spec = VectorSpec(domains=SQUARE, formula=LINE)
    shown = spec.brief(100, exemplars=5).exemplars
    assert shown == spec.exemplars(8)[:5]
    assert [e.output for e in shown] == list(evaluate(spec, [e.input for e in shown]))


def test_exemplars_show_the_most_and_the_least_output() -> None:
    """By turns with those that fill the domain; none twice, however many are asked for."""
    spec = generate(11, 3, RECIPE)
    everywhere = spec.evaluate(filling(*spec.bounds, 1_024))
    shown = [exemplar.input for exemplar in spec.exemplars(1_000)]
    outputs = spec.evaluate(np.array(shown[:4]))
    assert (outputs.max(), outputs.min()) == pytest.approx((everywhere.max(), everywhere.min()), rel=1e-6)
    assert len(set(shown)) == len(shown) == 1_000
    assert np.ptp(np.array(shown[:20]), axis=0) == pytest.approx(spec.bounds[1] - spec.bounds[0], rel=0.2)


def test_an_oracle_takes_vectors_of_the_right_length_alone() -> None:
    """And answers one number to each."""
    spec = VectorSpec(domains=SQUARE, formula=LINE)
    assert answer(spec, [(9.0, 2.0), (0.0, 0.5)], [0, 0], b"") == evaluate(spec, [(9.0, 2.0), (0.0, 0.5)]) == (5.0, 2.0)
    for wrong in (1.0, "x", (1.0,), (1.0, 2.0, 3.0)):
        with pytest.raises(BadInput, match="2 numbers"):
            answer(spec, [wrong], [0], b"")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"domains": (Interval(low=0.0), SQUARE[1])}, "two bounds"),
        ({"domains": SQUARE[:1]}, "at least 2"),
        ({"formula": Distance(center=(1.0, 2.0, 3.0), atom=LINE.atom)}, "inputs that there are not"),
        ({"formula": Plane(constant=0, slopes=(1.0, 1.0), interaction=1.0, between=(0, 2))}, "inputs that there are"),
        ({"formula": LINE.model_copy(update={"input": 2})}, "inputs that there are not"),
        ({"corruptions": (BoxCorruption(where=(*SQUARE, SQUARE[0]), behaviour=LINE),)}, "an interval for each"),
        ({"noise": Noise(kind=NoiseKind.GAUSSIAN, scale=0.0)}, "scale of noise"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, object], message: str) -> None:
    """Open domains, too few, and formulas and boxes of another number of inputs."""
    with pytest.raises(ValidationError, match=message):
        VectorSpec.model_validate({"domains": SQUARE, "formula": LINE, **changes})


def test_hard_2_begins_with_hard_1() -> None:
    """What was pinned is there unchanged, under the same ids; behind it are 40 functions of two and three inputs."""
    old, new = (load_suite(name, Category.NUMERIC).members for name in ("hard@1", "hard@2"))
    assert new[: len(old)] == old
    sizes = [len(member.spec.domains) for member in new[len(old) :] if isinstance(member.spec, VectorSpec)]
    assert (len(sizes), sizes.count(2), sizes.count(3)) == (40, 19, 21)
    prints = [(m.spec.domains, quality.fingerprint(m.spec)) for m in new if isinstance(m.spec, VectorSpec)]
    assert all(a != b or not np.allclose(p, q) for (a, p), (b, q) in pairwise(prints))
    assert not any(math.isnan(y) for _, fingerprint in prints for y in fingerprint)
