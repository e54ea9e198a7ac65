"""Draws numeric functions: the same from the same seed and index, on every machine.

What a function is made of is planned first, then its numbers are drawn, and drawn again until nothing is wrong with
them (see `quality`): so rejection does not thin out the kinds that are hard to draw.
"""

from itertools import count

from functions.brief import Interval, Record
from functions.numeric import quality
from functions.numeric.draws import Draws
from functions.numeric.families import Span
from functions.numeric.modifiers import draw_noise_of, with_region
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
    shape: Shape
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
    corrupted, noisy = draws.chance(recipe.corrupted), draws.chance(recipe.noisy)
    return _Plan(
        leading=leading,
        shape=shape,
        parts=3 if draws.chance(recipe.deep) else 2,
        regions=draws.choose(range(1, recipe.regions + 1)) if corrupted else 0,
        noisy=noisy,
        growing=draws.chance(recipe.growing),
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
    expression = draw_expression(recipe.family(plan.leading), plan.shape, plan.parts, recipe, span, draws)
    spec = NumericSpec(domain=Interval(low=span.low, high=span.high), expression=expression)
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
