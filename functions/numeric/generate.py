"""Draws numeric functions: the same from the same seed and index, on every machine.

What a function is made of is planned first, then its numbers are drawn, and drawn again until nothing is wrong with
them (see `quality`): so rejection does not thin out the kinds that are hard to draw.
"""

from itertools import count
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from functions.brief import Interval, Noise, NoiseKind, Record
from functions.numeric import quality
from functions.numeric.draws import Draws, rounded
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum, evaluate
from functions.numeric.families import Family, Span, catalogue, drawn_from, held_out
from functions.numeric.spec import Corruption, NumericSpec

GENERATOR_VERSION = 1

Shape = Literal["single", "sum", "product", "composition"]
Chance = Annotated[float, Field(ge=0, le=1)]

_HALF_WIDTHS = (8.0, 16.0, 32.0, 64.0, 128.0)
_SIZES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MERGE_IN_A_SUM = ("linear polynomial", "linear leaky_relu", "linear absolute", "step signum", "floor ceil")
_MERGE_IN_A_PRODUCT = ("linear polynomial", "linear reciprocal", "linear rational", "polynomial rational")
_TRIES_OF_A_MODIFIER = 20


class Recipe(Record):
    """What numeric functions are drawn from. A suite keeps its recipe, so that a new family changes no old suite."""

    families: tuple[str, ...]
    replacements: tuple[str, ...]  # families that may stand in a corrupted region
    held_out: bool = False  # True: all of them are held-out families; False: none is
    sums: Chance = 0.15
    products: Chance = 0.10
    compositions: Chance = 0.20  # what is left are single families
    noisy: Chance = 0.30
    corrupted: Chance = 0.30

    def family(self, name: str) -> Family:
        """One of its families. Raises ValueError for a held-out one in an ordinary recipe, and the other way round."""
        return drawn_from(held_out() if self.held_out else catalogue(), name)


class _Plan(Record):
    """What a function will be made of, before any number is drawn."""

    leading: str
    shape: Shape
    corrupted: bool
    noisy: bool


def generate(seed: int, index: int, recipe: Recipe, take: int = 0) -> NumericSpec:
    """The function at `index` of the endless sequence that `seed` starts. `take` gives others of the same plan.

    Every run of as many functions as there are families has each family once as its leading part.
    """
    plan = _plan(seed, index, recipe)
    key = f"numeric {GENERATOR_VERSION} {seed} {index} {take}"
    tries = (_draw(plan, recipe, Draws(f"{key} {attempt}")) for attempt in count())
    return next(spec for spec in tries if spec is not None)


def _plan(seed: int, index: int, recipe: Recipe) -> _Plan:
    turn, place = divmod(index, len(recipe.families))
    leading = Draws(f"families {seed} {turn}").shuffled(recipe.families)[place]
    draws = Draws(f"plan {seed} {index}")
    shape = _shape(draws.fraction(), recipe)
    family = recipe.family(leading)
    if leading == "constant" or (shape == "composition" and not (family.outer or family.inner)):
        shape = "single"
    return _Plan(
        leading=leading, shape=shape, corrupted=draws.chance(recipe.corrupted), noisy=draws.chance(recipe.noisy)
    )


def _shape(fraction: float, recipe: Recipe) -> Shape:
    if fraction < recipe.sums:
        return "sum"
    if fraction < recipe.sums + recipe.products:
        return "product"
    return "composition" if fraction < recipe.sums + recipe.products + recipe.compositions else "single"


def _draw(plan: _Plan, recipe: Recipe, draws: Draws) -> NumericSpec | None:
    """One try; None where something is wrong with it."""
    span = _domain(draws)
    domain = Interval(low=span.low, high=span.high)
    spec = NumericSpec(domain=domain, expression=_expression(plan, recipe, span, draws))
    if quality.flaw(spec):
        return None
    if plan.corrupted:
        tries = (_corrupted(spec, recipe, draws) for _ in range(_TRIES_OF_A_MODIFIER))
        found = next((candidate for candidate in tries if not quality.flaw(candidate)), None)
        if found is None:
            return None
        spec = found
    if plan.noisy:
        kind = draws.choose((NoiseKind.GAUSSIAN, NoiseKind.UNIFORM, NoiseKind.POISSON))
        scale = rounded(draws.number(0.02, 0.15) * quality.spread_of(spec))
        spec = spec.model_copy(update={"noise": Noise(kind=kind, scale=scale)})
    return spec


def _domain(draws: Draws) -> Span:
    """Nine in ten are symmetric; the others begin at 0."""
    half = draws.choose(_HALF_WIDTHS)
    return Span(0.0, 2 * half) if draws.chance(0.1) else Span(-half, half)


def _expression(plan: _Plan, recipe: Recipe, span: Span, draws: Draws) -> Expression:
    size, leading = draws.choose(_SIZES), recipe.family(plan.leading)
    if plan.shape == "single":
        return _atom(leading, draws, span, size)
    if plan.shape == "composition":
        return _composition(leading, recipe, draws, span, size)
    first = _atom(leading, draws, span, size)
    if plan.shape == "sum":
        other = draws.choose(_partners(leading, recipe, _MERGE_IN_A_SUM))
        return Sum(terms=(first, _atom(other, draws, span, size, "levelled")))
    other = draws.choose([family for family in _partners(leading, recipe, _MERGE_IN_A_PRODUCT) if family.scale])
    return Product(factors=(first, _atom(other, draws, span, 1.0, "unit")))


def _composition(leading: Family, recipe: Recipe, draws: Draws, span: Span, size: float) -> Composition:
    """The leading family outside or inside. The inner part gets unit scale, the outer one fits the values it gives."""
    others = _partners(leading, recipe, ())
    if leading.outer and (not leading.inner or draws.chance(0.5)):
        outer, inner = leading, draws.choose([family for family in others if family.inner])
    else:
        outer, inner = draws.choose([family for family in others if family.outer]), leading
    inside = _atom(inner, draws, span, 1.0, "unit")
    with np.errstate(all="ignore"):
        low, high = quality.usual_range(evaluate(inside, quality.grid(span.low, span.high)))
    return Composition(outer=_atom(outer, draws, Span(low, high), size), inner=inside)


def _partners(leading: Family, recipe: Recipe, merging: tuple[str, ...]) -> list[Family]:
    """The families that may stand beside the leading one without the two being one simpler function."""
    barred = {name for pair in merging if leading.name in pair.split() for name in pair.split()}
    barred |= {leading.name, "constant"}
    return [recipe.family(name) for name in recipe.families if name not in barred]


def _atom(
    family: Family, draws: Draws, span: Span, size: float, form: Literal["whole", "levelled", "unit"] = "whole"
) -> Atom:
    parameters = family.draw(draws, span, size)
    if form == "levelled":
        parameters = family.levelled(parameters)
    elif form == "unit":
        parameters = family.unit(parameters)
    return Atom(family=family.name, parameters=parameters)


def _corrupted(spec: NumericSpec, recipe: Recipe, draws: Draws) -> NumericSpec:
    """The same with one region where something else happens, drawn so that it can be seen there."""
    where, span = _region(Span(spec.domain.low or 0.0, spec.domain.high or 0.0), draws)
    family = recipe.family(draws.choose(recipe.replacements))
    behaviour = _atom(family, draws, span, quality.spread_of(spec))
    return spec.model_copy(update={"corruptions": (Corruption(where=where, behaviour=behaviour),)})


def _region(domain: Span, draws: Draws) -> tuple[Interval, Span]:
    """8 to 30 % of the domain, either well inside or everything beyond a bound, and what of it lies in the domain."""
    share = draws.number(0.08, 0.30)
    start = draws.number(0.05, 0.95 - share)
    side = draws.choose(("inside", "inside", "inside", "below", "above"))
    if side == "below":
        bound = rounded(domain.at(share))
        return Interval(high=bound), Span(domain.low, bound)
    if side == "above":
        bound = rounded(domain.at(1 - share))
        return Interval(low=bound), Span(bound, domain.high)
    span = Span(rounded(domain.at(start)), rounded(domain.at(start + share)))
    return Interval(low=span.low, high=span.high), span
