"""Draws numeric functions: the same from the same seed and index, on every machine.

What a function is made of is planned first, then its numbers are drawn, and drawn again until nothing is wrong with
them (see `quality`): so rejection does not thin out the kinds that are hard to draw.
"""

from itertools import count
from typing import Literal

from functions.brief import Interval, Record
from functions.numeric import quality
from functions.numeric.draws import Draws
from functions.numeric.families import Span
from functions.numeric.modifiers import draw_noise_of, with_region
from functions.numeric.networks import pool
from functions.numeric.recipe import Recipe
from functions.numeric.shapes import Shape, draw_expression
from functions.numeric.spec import NumericSpec

__all__ = ["GENERATOR_VERSION", "Recipe", "generate"]

GENERATOR_VERSION = 1

_HALF_WIDTHS = (8.0, 16.0, 32.0, 64.0, 128.0)
_TRIES_OF_A_REGION = 20


class _Plan(Record):
    """What a function will be made of, before any number is drawn."""

    leading: str
    shape: Shape | Literal["network"]
    parts: int
    regions: int
    noisy: bool
    growing: bool


def generate(seed: int, index: int, recipe: Recipe, take: int = 0) -> NumericSpec:
    """The function at `index` of the endless sequence that `seed` starts. `take` gives others of the same plan.

    Every run of as many functions as there are families has each family once as its leading part.
    """
    plan = _plan(seed, index, recipe)
    key = f"numeric {GENERATOR_VERSION} {seed} {index} {take}"
    place = _rank(seed, index, recipe) + take if plan.shape == "network" else 0
    tries = (_draw(plan, seed, place, recipe, Draws(f"{key} {attempt}")) for attempt in count())
    return next(spec for spec in tries if spec is not None)


def _plan(seed: int, index: int, recipe: Recipe) -> _Plan:
    turn, place = divmod(index, len(recipe.families))
    leading = Draws(f"families {seed} {turn}").shuffled(recipe.families)[place]
    draws = Draws(f"plan {seed} {index}")
    shape = _shape(draws.fraction(), recipe)
    family = recipe.family(leading)
    if (leading == "constant" and shape != "network") or (
        shape == "composition" and not (family.outer or family.inner)
    ):
        shape = "single"
    corrupted, noisy = draws.chance(recipe.corrupted), draws.chance(recipe.noisy)
    return _Plan(
        leading=leading,
        shape=shape,
        parts=3 if draws.chance(recipe.deep) else 2,
        regions=draws.choose(range(1, recipe.regions + 1)) if corrupted else 0,
        noisy=noisy,
        growing=draws.chance(recipe.growing),
    )


def _shape(fraction: float, recipe: Recipe) -> Shape | Literal["network"]:
    if fraction < recipe.sums:
        return "sum"
    if fraction < recipe.sums + recipe.products:
        return "product"
    if fraction < recipe.sums + recipe.products + recipe.compositions:
        return "composition"
    return "network" if fraction >= 1 - recipe.networks else "single"


def _rank(seed: int, index: int, recipe: Recipe) -> int:
    """How many networks there are before this index: so each gets another one, as long as there are enough."""
    return sum(_shape(Draws(f"plan {seed} {n}").fraction(), recipe) == "network" for n in range(index))


def _network(seed: int, place: int) -> NumericSpec:
    """One of the pool of networks, which the seed shuffles."""
    shuffled = Draws(f"networks {seed}").shuffled(pool())
    network = shuffled[place % len(shuffled)]
    return NumericSpec(domain=network.trained, expression=network)


def _formula(shape: Shape, plan: _Plan, recipe: Recipe, draws: Draws) -> NumericSpec:
    span = _domain(draws)
    expression = draw_expression(recipe.family(plan.leading), shape, plan.parts, recipe, span, draws)
    return NumericSpec(domain=Interval(low=span.low, high=span.high), expression=expression)


def _draw(plan: _Plan, seed: int, place: int, recipe: Recipe, draws: Draws) -> NumericSpec | None:
    """One try; None where something is wrong with it. `place` is that of a network in its pool."""
    spec = _network(seed, place) if plan.shape == "network" else _formula(plan.shape, plan, recipe, draws)
    if quality.flaw(spec):
        return None
    for _ in range(plan.regions):
        tries = (with_region(spec, plan.regions, recipe, draws) for _ in range(_TRIES_OF_A_REGION))
        found = next((candidate for candidate in tries if not quality.flaw(candidate)), None)
        if found is None:
            return None
        spec = found
    if plan.noisy:
        spec = spec.model_copy(update={"noise": draw_noise_of(spec, plan.growing, draws)})
    return spec


def _domain(draws: Draws) -> Span:
    """Nine in ten are symmetric; the others begin at 0."""
    half = draws.choose(_HALF_WIDTHS)
    return Span(0.0, 2 * half) if draws.chance(0.1) else Span(-half, half)
