"""Draws functions of two and three numbers: the same from the same seed and index, on every machine."""

from collections.abc import Sequence
from itertools import count
from typing import Annotated, Literal

from pydantic import Field

from functions.brief import Interval, Noise, NoiseKind, Record
from functions.numeric.draws import Draws, rounded
from functions.numeric.families import Span, catalogue, drawn_from
from functions.numeric.recipe import Chance
from functions.numeric.shapes import draw_atom
from functions.numeric.vector import quality
from functions.numeric.vector.formula import Conditional, Distance, Formula, Joined, Part, Plane
from functions.numeric.vector.spec import BoxCorruption, VectorSpec

GENERATOR_VERSION = 1

Kind = Literal["sum", "product", "maximum", "minimum", "distance", "plane", "conditional", "mixed"]
KINDS: tuple[Kind, ...] = ("sum", "product", "maximum", "minimum", "distance", "plane", "conditional", "mixed")

_HALF_WIDTHS = (4.0, 8.0, 16.0, 32.0)
_SIZES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_FACTORS = ("linear", "absolute", "tanh", "sine", "cosine", "gaussian")  # what a product is made of, after its first
_TRIES_OF_A_BOX = 30


class Recipe(Record):
    """What functions of several numbers are drawn from; all their families are defined everywhere."""

    families: tuple[str, ...]
    replacements: tuple[str, ...]  # families that may stand in an irregular box
    three: Chance = 0.4  # of the functions that can have two inputs or three: those with three
    idle: Chance = 0.2  # of the sums, products, maxima and minima of three inputs: those that one does not change
    corrupted: Chance = 0.4
    noisy: Chance = 0.4


class _Plan(Record):
    """What a function will be made of, before any number is drawn."""

    kind: Kind
    inputs: Annotated[int, Field(ge=2, le=3)]
    used: tuple[int, ...]
    corrupted: bool
    noisy: bool


def generate(seed: int, index: int, recipe: Recipe, take: int = 0) -> VectorSpec:
    """The function at `index` of the endless sequence that `seed` starts. `take` gives others of the same plan.

    Every run of as many functions as there are kinds has each kind once.
    """
    plan = _plan(seed, index, recipe)
    key = f"vector {GENERATOR_VERSION} {seed} {index} {take}"
    tries = (_draw(plan, recipe, Draws(f"{key} {attempt}")) for attempt in count())
    return next(spec for spec in tries if spec is not None)


def _plan(seed: int, index: int, recipe: Recipe) -> _Plan:
    turn, place = divmod(index, len(KINDS))
    kind = Draws(f"kinds {seed} {turn}").shuffled(KINDS)[place]
    draws = Draws(f"vector plan {seed} {index}")
    inputs = 3 if draws.chance(recipe.three) or kind == "mixed" else 2
    used = tuple(range(inputs))
    if draws.chance(recipe.idle) and inputs == 3 and kind in ("sum", "product", "maximum", "minimum"):
        idle = draws.choose(used)
        used = tuple(place for place in used if place != idle)
    return _Plan(
        kind=kind,
        inputs=inputs,
        used=used,
        corrupted=draws.chance(recipe.corrupted),
        noisy=draws.chance(recipe.noisy),
    )


def _draw(plan: _Plan, recipe: Recipe, draws: Draws) -> VectorSpec | None:
    """One try; None where something is wrong with it."""
    spans = _spans(plan, draws)
    domains = tuple(Interval(low=span.low, high=span.high) for span in spans)
    spec: VectorSpec | None = VectorSpec(domains=domains, formula=_formula(plan, spans, recipe, draws))
    if spec is None or quality.flaw(spec):
        return None
    if plan.corrupted:
        tries = (_with_box(spec, spans, recipe, draws) for _ in range(_TRIES_OF_A_BOX))
        spec = next((candidate for candidate in tries if not quality.flaw(candidate)), None)
    if spec is not None and plan.noisy:
        kind = draws.choose((NoiseKind.GAUSSIAN, NoiseKind.UNIFORM, NoiseKind.POISSON))
        scale = rounded(draws.number(0.02, 0.10) * quality.spread_of(spec))
        spec = spec.model_copy(update={"noise": Noise(kind=kind, scale=scale)})
    return spec


def _spans(plan: _Plan, draws: Draws) -> tuple[Span, ...]:
    """Domains of the inputs, equal for a distance; nine in ten are symmetric, the others begin at 0."""
    half = draws.choose(_HALF_WIDTHS)
    halves = [half if plan.kind == "distance" else draws.choose(_HALF_WIDTHS) for _ in range(plan.inputs)]
    return tuple(Span(0.0, 2 * half) if draws.chance(0.1) else Span(-half, half) for half in halves)


def _formula(plan: _Plan, spans: Sequence[Span], recipe: Recipe, draws: Draws) -> Formula:
    size = draws.choose(_SIZES)
    match plan.kind:
        case "sum":
            return Joined(by="sum", parts=_terms(plan.used, spans, size, recipe, draws))
        case "product":
            return Joined(by="product", parts=_factors(plan.used, spans, size, recipe, draws))
        case "maximum" | "minimum":
            parts = tuple(_part(place, spans, size, recipe.families, draws) for place in plan.used)
            return Joined(by=plan.kind, parts=parts)
        case "distance":
            return _distance(spans, size, recipe, draws)
        case "plane":
            return _plane(plan.inputs, spans, size, draws)
        case "conditional":
            on, *rest = draws.shuffled(plan.used)
            below, above = (_part(place, spans, size, recipe.families, draws) for place in (rest[0], rest[-1]))
            return Conditional(on=on, threshold=spans[on].place(draws, 0.3, 0.7), below=below, above=above)
        case "mixed":
            alone, *pair = draws.shuffled(plan.used)
            product = Joined(by="product", parts=_factors(sorted(pair), spans, size, recipe, draws))
            return Joined(by="sum", parts=(product, *_terms((alone,), spans, size, recipe, draws, levelled=True)))


def _part(
    place: int,
    spans: Sequence[Span],
    size: float,
    families: Sequence[str],
    draws: Draws,
    form: Literal["whole", "levelled", "unit"] = "whole",
) -> Part:
    family = drawn_from(catalogue(), draws.choose(families))
    return Part(input=place, atom=draw_atom(family, draws, spans[place], size, form))


def _terms(
    used: Sequence[int], spans: Sequence[Span], size: float, recipe: Recipe, draws: Draws, levelled: bool = False
) -> tuple[Part, ...]:
    """The first one carries the vertical shift, unless another part does."""
    return tuple(
        _part(place, spans, size, recipe.families, draws, "levelled" if number or levelled else "whole")
        for number, place in enumerate(used)
    )


def _factors(used: Sequence[int], spans: Sequence[Span], size: float, recipe: Recipe, draws: Draws) -> tuple[Part, ...]:
    """The first one carries the size."""
    first, *others = used
    factors = [name for name in recipe.families if name in _FACTORS]
    return (
        _part(first, spans, size, recipe.families, draws),
        *(_part(place, spans, 1.0, factors, draws, "unit") for place in others),
    )


def _distance(spans: Sequence[Span], size: float, recipe: Recipe, draws: Draws) -> Distance:
    center = tuple(span.place(draws, 0.3, 0.7) for span in spans)
    furthest = sum(max(at - span.low, span.high - at) ** 2 for at, span in zip(center, spans, strict=True)) ** 0.5
    reach = Span(0.0, rounded(0.8 * furthest))
    family = drawn_from(catalogue(), draws.choose(recipe.families))
    return Distance(center=center, atom=draw_atom(family, draws, reach, size))


def _plane(inputs: int, spans: Sequence[Span], size: float, draws: Draws) -> Plane:
    first, second = sorted(draws.shuffled(range(inputs))[:2])
    return Plane(
        constant=draws.offset(size),
        slopes=tuple(rounded(draws.signed(0.3 * size, size) / (span.width / 2)) for span in spans),
        interaction=rounded(draws.signed(0.5 * size, 1.5 * size) / (spans[first].width * spans[second].width / 4)),
        between=(first, second),
    )


def _with_box(spec: VectorSpec, spans: Sequence[Span], recipe: Recipe, draws: Draws) -> VectorSpec:
    """The same with an irregular box, bounded in one input at least, where a part of one input or a level is all."""
    bounded = [place for place in range(len(spans)) if draws.chance(0.7)] or [draws.choose(range(len(spans)))]
    share = draws.number(0.08, 0.30) ** (1 / len(bounded))
    where = tuple(_side(span, share, draws) if place in bounded else Interval() for place, span in enumerate(spans))
    behaviour = _part(draws.choose(range(len(spans))), spans, quality.spread_of(spec), recipe.replacements, draws)
    return spec.model_copy(update={"corruptions": (BoxCorruption(where=where, behaviour=behaviour),)})


def _side(span: Span, share: float, draws: Draws) -> Interval:
    """A share of a domain, either inside of it or everything beyond a bound."""
    side = draws.choose(("inside", "inside", "below", "above"))
    if side == "below":
        return Interval(high=rounded(span.at(share)))
    if side == "above":
        return Interval(low=rounded(span.at(1 - share)))
    start = draws.number(0.05, 0.95 - share) if share < 0.85 else 0.05
    return Interval(low=rounded(span.at(start)), high=rounded(span.at(start + share)))
