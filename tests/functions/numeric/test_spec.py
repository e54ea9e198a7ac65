"""A numeric spec: pure, frozen, one meaning of undefined, and code that says what it does."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.brief import Category, Interval, Noise, NoiseKind
from functions.numeric import Corruption, NumericSpec
from functions.numeric.expression import Atom, Composition, Product, Sum
from functions.spec import parse_spec, spec_json
from tests.functions import strategies
from tests.functions.running import agree, run

DOMAIN = Interval(low=-8.0, high=8.0)
X = np.linspace(-40.0, 40.0, 161)
LINE = Atom(family="linear", parameters={"slope": 2.0, "intercept": 1.0})
LOG = Atom(family="logarithm", parameters={"scale": 1.0, "start": 0.0, "offset": 0.0})
STEP = Atom(family="step", parameters={"threshold": 0.0, "before": 1.0, "after": 2.0})
ZERO = Atom(family="constant", parameters={"value": 0.0})


@given(strategies.specs)
def test_json_in_json_out_equal(spec: NumericSpec) -> None:
    """A spec survives its JSON, and so does its identity."""
    again = parse_spec(spec_json(spec))
    assert again == spec
    assert again.sha256 == spec.sha256


@given(strategies.specs)
def test_evaluation_is_pure_and_silent(spec: NumericSpec) -> None:
    """Twice the same, input untouched, point by point as in one array, finite or NaN, and never a warning."""
    x = np.concatenate([X, np.array([0.0, -0.0, 1e300, -1e300, 5e-324])])
    before = x.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = spec.evaluate(x)
    assert np.array_equal(x, before)
    assert not np.isinf(y).any()
    assert np.array_equal(y, spec.evaluate(x), equal_nan=True)
    alone = np.array([spec.evaluate(x[i : i + 1])[0] for i in range(0, x.size, 10)])
    assert np.allclose(alone, y[::10], rtol=1e-12, atol=0, equal_nan=True)


@given(strategies.specs)
def test_code_of_any_tree_runs_and_is_undefined_where_evaluation_is(spec: NumericSpec) -> None:
    """However parts are joined: no exception, and NaN where the function is undefined."""
    y, code = spec.evaluate(X), run(spec.reference_code(), X)
    moderate = ~(np.abs(y) > 1e9)  # beyond, one of the two may overflow where the other just does not
    assert np.mean(np.isnan(y[moderate]) == ~np.isfinite(code[moderate])) > 0.97


@given(strategies.generated)
def test_code_of_a_generated_function_agrees_with_it(spec: NumericSpec) -> None:
    """Within 1e-9 over four times the domain and at the bounds of the irregular region."""
    half = spec.domain.high or 0.0
    edges = [edge for where in spec.irregular for edge in (where.low, where.high) if edge is not None]
    x = np.concatenate([np.linspace(-4 * half, 4 * half, 201), np.array([0.0, *edges])])
    assert agree(spec, x) == []


@given(strategies.specs, st.integers(0, 5))
def test_samples_replay_and_differ_from_the_truth_by_noise_alone(spec: NumericSpec, asked: int) -> None:
    """The same question under the same secret has the same answer; NaN stays NaN."""
    counts = np.full(X.size, asked)
    first, again = spec.sample(X, counts, b"secret"), spec.sample(X, counts, b"secret")
    truth = spec.evaluate(X)
    assert np.array_equal(first, again, equal_nan=True)
    assert np.array_equal(np.isnan(first), np.isnan(truth))
    if spec.noise.kind is NoiseKind.NONE:
        assert np.array_equal(first, truth, equal_nan=True)
    else:
        assert not np.array_equal(first, spec.sample(X, counts, b"another"), equal_nan=True) or np.isnan(truth).all()


@pytest.mark.parametrize("growth", [0.0, 0.1])
def test_samples_average_to_the_truth(growth: float) -> None:
    """The expected output is the mean of many answers, also where they scatter the more the larger it is."""
    spec = NumericSpec(domain=DOMAIN, expression=LINE, noise=Noise(kind=NoiseKind.POISSON, scale=0.5, growth=growth))
    answers = spec.sample(np.full(20_000, 3.0), np.arange(20_000), b"secret")
    deviation = 0.5 + 7.0 * growth
    assert answers.mean() == pytest.approx(7.0, abs=4 * deviation / np.sqrt(20_000))
    assert answers.std() == pytest.approx(deviation, rel=0.05)


@pytest.mark.parametrize(
    "expression",
    [
        Composition(outer=STEP, inner=LOG),
        Sum(terms=(LOG, STEP)),
        Product(factors=(LOG, ZERO)),
        Composition(outer=ZERO, inner=LOG),
    ],
)
def test_an_undefined_part_makes_the_whole_undefined(expression: Sum | Product | Composition) -> None:
    """A step of NaN is NaN, and so is NaN times zero: in evaluation and in code."""
    spec = NumericSpec(domain=DOMAIN, expression=expression)
    x = np.array([-1.0, 0.0, 0.5, 2.0])
    assert np.isnan(spec.evaluate(x)).tolist() == [True, True, False, False]
    assert agree(spec, x) == []


def test_overflow_is_undefined() -> None:
    """A result too large for a float is not a finite number, so it is undefined."""
    quintic = Atom(family="polynomial", parameters={"c5": 1.0})
    assert np.isnan(NumericSpec(domain=DOMAIN, expression=quintic).evaluate(np.array([1e80]))[0])


def test_a_region_replaces_the_function_on_its_bounds_and_between_them() -> None:
    """Bounds belong to the region; outside nothing changes; of two regions the first counts."""
    first = Corruption(where=Interval(low=1.0, high=2.0), behaviour=ZERO)
    second = Corruption(where=Interval(low=2.0), behaviour=STEP)
    spec = NumericSpec(domain=DOMAIN, expression=LINE, corruptions=(first, second))
    x = np.array([0.999, 1.0, 1.5, 2.0, 2.001])
    assert spec.evaluate(x).tolist() == [pytest.approx(2.998), 0.0, 0.0, 0.0, 2.0]
    assert agree(spec, x) == []
    assert spec.irregular == (first.where, second.where)


def test_the_brief_tells_the_domain_and_nothing_of_the_function() -> None:
    """Two functions on one domain have the same brief."""
    briefs = {
        NumericSpec(domain=DOMAIN, expression=expression).brief(100).model_dump_json() for expression in (LINE, STEP)
    }
    assert len(briefs) == 1
    brief = NumericSpec(domain=DOMAIN, expression=LINE).brief(100)
    assert (brief.category, brief.input_type, brief.domain, brief.query_budget) == (
        Category.NUMERIC,
        "float",
        DOMAIN,
        100,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"domain": Interval(low=0.0)}, "two bounds"),
        ({"noise": Noise(kind=NoiseKind.GAUSSIAN, scale=0.0)}, "scale of noise"),
        ({"noise": Noise(kind=NoiseKind.NONE, scale=1.0)}, "scale of noise"),
        ({"noise": Noise(growth=0.1)}, "cannot grow"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, object], message: str) -> None:
    """An open domain, noise without size, size without noise."""
    with pytest.raises(ValidationError, match=message):
        NumericSpec.model_validate({"domain": DOMAIN, "expression": LINE, **changes})
