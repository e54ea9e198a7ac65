"""Draws formulas: one family alone, or two or three of them joined."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from functions.numeric import quality
from functions.numeric.draws import Draws
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum, evaluate
from functions.numeric.families import Family, Span
from functions.numeric.recipe import Recipe

Shape = Literal["single", "sum", "product", "composition"]

_SIZES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MERGE_IN_A_SUM = ("linear polynomial", "linear leaky_relu", "linear absolute", "step signum", "floor ceil")
_MERGE_IN_A_PRODUCT = ("linear polynomial", "linear reciprocal", "linear rational", "polynomial rational")


def draw_expression(leading: Family, shape: Shape, parts: int, recipe: Recipe, span: Span, draws: Draws) -> Expression:
    """A formula to be seen over the span, with the leading family in it. `parts` counts those of a joined shape."""
    size = draws.choose(_SIZES)
    match shape:
        case "single":
            return draw_atom(leading, draws, span, size)
        case "sum":
            return Sum(terms=_terms(leading, parts, recipe, span, size, draws))
        case "product":
            return Product(factors=_factors(leading, parts, recipe, span, size, draws))
        case "composition":
            return _composition(_levels(leading, parts, recipe, draws), span, size, draws)


def draw_atom(
    family: Family, draws: Draws, span: Span, size: float, form: Literal["whole", "levelled", "unit"] = "whole"
) -> Atom:
    """One family with drawn parameters, in the form that its place asks for."""
    parameters = family.draw(draws, span, size)
    if form == "levelled":
        parameters = family.levelled(parameters)
    elif form == "unit":
        parameters = family.unit(parameters)
    return Atom(family=family.name, parameters=parameters)


def _terms(leading: Family, parts: int, recipe: Recipe, span: Span, size: float, draws: Draws) -> tuple[Atom, ...]:
    """The first one carries the vertical shift."""
    families, terms = [leading], [draw_atom(leading, draws, span, size)]
    while len(terms) < parts:
        families.append(draws.choose(_partners(families, recipe, _MERGE_IN_A_SUM)))
        terms.append(draw_atom(families[-1], draws, span, size, "levelled"))
    return tuple(terms)


def _factors(leading: Family, parts: int, recipe: Recipe, span: Span, size: float, draws: Draws) -> tuple[Atom, ...]:
    """The first one carries the size."""
    families, factors = [leading], [draw_atom(leading, draws, span, size)]
    while len(factors) < parts:
        partners = _partners(families, recipe, _MERGE_IN_A_PRODUCT)
        families.append(draws.choose([family for family in partners if family.scale]))
        factors.append(draw_atom(families[-1], draws, span, 1.0, "unit"))
    return tuple(factors)


def _levels(leading: Family, levels: int, recipe: Recipe, draws: Draws) -> list[Family]:
    """Families from the innermost to the outermost, the leading one wherever it may stand."""
    places = [level for level in reversed(range(levels)) if _fits(leading, level, levels)]
    place = draws.choose(places) if len(places) > 1 else places[0]
    chosen, order = [leading], []
    for level in range(levels):
        if level != place:
            partners = _partners(chosen, recipe, ())
            chosen.append(draws.choose([family for family in partners if _fits(family, level, levels)]))
        order.append(leading if level == place else chosen[-1])
    return order


def _fits(family: Family, level: int, levels: int) -> bool:
    """May it stand at this level, counted from the inside?"""
    return (level == 0 or family.outer) and (level == levels - 1 or family.inner)


def _composition(order: Sequence[Family], span: Span, size: float, draws: Draws) -> Expression:
    """Inner parts get unit scale; each outer one fits the values that the part inside it gives."""
    node: Expression = draw_atom(order[0], draws, span, 1.0, "unit")
    x = quality.grid(span.low, span.high)
    for level, family in enumerate(order[1:], 1):
        with np.errstate(all="ignore"):
            given = Span(*quality.usual_range(evaluate(node, x)))
        last = level == len(order) - 1
        outer = draw_atom(family, draws, given, size) if last else draw_atom(family, draws, given, 1.0, "unit")
        node = Composition(outer=outer, inner=node)
    return node


def _partners(families: Sequence[Family], recipe: Recipe, merging: tuple[str, ...]) -> list[Family]:
    """The families that may stand beside these without any two being one simpler function."""
    barred = {"constant"}
    for family in families:
        barred |= {family.name, *(name for pair in merging if family.name in pair.split() for name in pair.split())}
    return [recipe.family(name) for name in recipe.families if name not in barred]
