"""Draws what disturbs a function: irregular regions, and noise."""

from functions.brief import Interval, Noise, NoiseKind
from functions.numeric import quality
from functions.numeric.draws import Draws, rounded
from functions.numeric.families import Span
from functions.numeric.recipe import Recipe
from functions.numeric.shapes import draw_atom
from functions.numeric.spec import Corruption, NumericSpec

_SHARE = {1: (0.08, 0.30), 2: (0.07, 0.18), 3: (0.06, 0.14)}  # of the domain, for each of so many regions


def with_region(spec: NumericSpec, of: int, recipe: Recipe, draws: Draws) -> NumericSpec:
    """The same with one more region, of as many as there shall be, where something else happens that can be seen."""
    domain = Span(spec.domain.low or 0.0, spec.domain.high or 0.0)
    where, span = _region(domain, draws, *_SHARE[of])
    family = recipe.family(draws.choose(recipe.replacements))
    behaviour = draw_atom(family, draws, span, quality.spread_of(spec))
    regions = (*spec.corruptions, Corruption(where=where, behaviour=behaviour))
    return spec.model_copy(update={"corruptions": tuple(sorted(regions, key=_start))})


def draw_noise_of(spec: NumericSpec, growing: bool, draws: Draws) -> Noise:
    """Noise of 2 to 15 % of the spread. Where it grows, 1 to 5 % at 0 and 5 to 20 % more at the largest values."""
    kind = draws.choose((NoiseKind.GAUSSIAN, NoiseKind.UNIFORM, NoiseKind.POISSON))
    spread = quality.spread_of(spec)
    low, high = quality.range_of_size(spec)
    if not growing or high - low < 0.5 * high:  # nobody could see it grow
        return Noise(kind=kind, scale=rounded(draws.number(0.02, 0.15) * spread))
    scale = rounded(draws.number(0.01, 0.05) * spread)
    return Noise(kind=kind, scale=scale, growth=rounded(draws.number(0.05, 0.20) * spread / high))


def _start(corruption: Corruption) -> float:
    return float("-inf") if corruption.where.low is None else corruption.where.low


def _region(domain: Span, draws: Draws, least: float, most: float) -> tuple[Interval, Span]:
    """A share of the domain, either well inside or everything beyond a bound, and what of it lies in the domain."""
    share = draws.number(least, most)
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
