"""Hypothesis strategies for numeric functions: what the generator makes, and trees that it never would."""

from hypothesis import strategies as st

from functions.brief import Interval, Noise, NoiseKind
from functions.heldout.numeric import HELD_OUT_1
from functions.numeric import Corruption, NumericSpec
from functions.numeric.draws import Draws
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum
from functions.numeric.families import Span, catalogue, family_named, held_out
from functions.numeric.generate import generate
from functions.numeric.tiers import tier
from functions.suites.catalogue import DEMO_1
from functions.suites.names import NUMERIC_FAMILIES_1, NUMERIC_REPLACEMENTS_1

seeds = st.integers(min_value=0, max_value=2**64)
HARD = tier("hard", NUMERIC_FAMILIES_1, NUMERIC_REPLACEMENTS_1)
generated = st.builds(generate, seeds, st.integers(0, 10_000), st.sampled_from([DEMO_1.numeric, HARD, HELD_OUT_1]))


def atom(family: str, seed: int) -> Atom:
    """An atom of that family with drawn parameters, for inputs from -8 to 8."""
    return Atom(family=family, parameters=family_named(family).draw(Draws(f"test {seed}"), Span(-8, 8), 5.0))


atoms = st.builds(atom, st.sampled_from(sorted(catalogue() | held_out())), seeds)
expressions: st.SearchStrategy[Expression] = st.recursive(
    atoms,
    lambda inner: (
        st.builds(lambda a, b: Sum(terms=(a, b)), inner, inner)
        | st.builds(lambda a, b: Product(factors=(a, b)), inner, inner)
        | st.builds(lambda a, b: Composition(outer=a, inner=b), inner, inner)
    ),
    max_leaves=3,  # more nested powers overflow, and Python raises where numpy gives infinity
)
bounds = st.sampled_from([-9.5, -6.0, -2.5, -1.0, 0.0, 0.5, 3.0, 7.25])
intervals = st.builds(lambda low, length: Interval(low=low, high=low + length), bounds, st.sampled_from([0.5, 3.0])) | (
    st.builds(lambda low: Interval(low=low), bounds) | st.builds(lambda high: Interval(high=high), bounds)
)
noises = st.just(Noise()) | st.builds(
    Noise,
    kind=st.sampled_from([kind for kind in NoiseKind if kind is not NoiseKind.NONE]),
    scale=st.floats(0.01, 10),
    growth=st.just(0.0) | st.floats(0.01, 1),
)
specs = st.builds(
    NumericSpec,
    domain=st.just(Interval(low=-8.0, high=8.0)),
    expression=expressions,
    corruptions=st.lists(st.builds(Corruption, where=intervals, behaviour=expressions), max_size=3).map(tuple),
    noise=noises,
)
