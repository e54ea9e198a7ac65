"""How functions of several numbers are built. Arrays of inputs have the shape (N, D), those of outputs (N,)."""

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, FiniteFloat

from functions.arrays import FloatArray
from functions.brief import Record
from functions.numeric.expression import Atom
from functions.numeric.expression import evaluate as evaluate_atom

Place = Annotated[int, Field(ge=0, le=2)]  # which of the numbers of an input: 0 is x, 1 is y, 2 is z
Join = Literal["sum", "product", "maximum", "minimum"]


class Part(Record):
    """A family of one of the inputs."""

    node: Literal["part"] = "part"
    input: Place
    atom: Atom


class Joined(Record):
    """What its parts give, added, multiplied, or the largest or the smallest of it."""

    node: Literal["joined"] = "joined"
    by: Join
    parts: Annotated[tuple["Term", ...], Field(min_length=2, max_length=3)]


Term = Annotated[Part | Joined, Field(discriminator="node")]


class Distance(Record):
    """A family of the Euclidean distance from a point, which has a coordinate for each input."""

    node: Literal["distance"] = "distance"
    center: tuple[FiniteFloat, ...]
    atom: Atom


class Plane(Record):
    """constant + a slope for each input + interaction * the product of two of them."""

    node: Literal["plane"] = "plane"
    constant: FiniteFloat
    slopes: tuple[FiniteFloat, ...]
    interaction: FiniteFloat
    between: tuple[Place, Place]


class Conditional(Record):
    """`below` where one of the inputs is below a threshold, else `above`."""

    node: Literal["conditional"] = "conditional"
    on: Place
    threshold: FiniteFloat
    below: Part
    above: Part


Formula = Annotated[Part | Joined | Distance | Plane | Conditional, Field(discriminator="node")]

_JOINS: dict[Join, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "sum": np.add,
    "product": np.multiply,
    "maximum": np.maximum,
    "minimum": np.minimum,
}


def values(node: Formula, x: FloatArray) -> FloatArray:
    """The value at each row of x, NaN where undefined. Without numpy's floating-point warnings."""
    with np.errstate(all="ignore"):
        y = _values(node, x)
        return np.where(np.isfinite(y), y, np.nan)


def distance(center: tuple[float, ...], x: FloatArray) -> FloatArray:
    """How far each row of x is from a point. Squares are added in order, so that all machines agree to the bit."""
    squares = [(x[:, place] - at) ** 2 for place, at in enumerate(center)]
    return np.asarray(np.sqrt(reduce(np.add, squares)))


def _values(node: Formula, x: FloatArray) -> FloatArray:
    match node:
        case Part():
            return evaluate_atom(node.atom, x[:, node.input])
        case Joined():
            return reduce(_JOINS[node.by], [_values(part, x) for part in node.parts])
        case Distance():
            return evaluate_atom(node.atom, distance(node.center, x))
        case Plane(between=(a, b)):
            y = np.full(len(x), node.constant)
            for place, slope in enumerate(node.slopes):
                y = y + slope * x[:, place]
            return np.asarray(y + node.interaction * x[:, a] * x[:, b])
        case Conditional():
            return np.where(x[:, node.on] < node.threshold, _values(node.below, x), _values(node.above, x))


def parts(node: Formula) -> Iterator[Part]:
    """Every family of one input alone, in the order in which the prose names them."""
    match node:
        case Part():
            yield node
        case Joined():
            for part in node.parts:
                yield from parts(part)
        case Conditional():
            yield from (node.below, node.above)
        case Distance() | Plane():
            return


def places(node: Formula) -> frozenset[int]:
    """The inputs that it depends on."""
    match node:
        case Part():
            return frozenset({node.input})
        case Joined():
            return frozenset(place for part in node.parts for place in places(part))
        case Distance():
            return frozenset(range(len(node.center)))
        case Plane():
            sloping = {place for place, slope in enumerate(node.slopes) if slope}
            return frozenset(sloping | (set(node.between) if node.interaction else set()))
        case Conditional():
            return frozenset({node.on, node.below.input, node.above.input})


def fits(node: Formula, inputs: int) -> bool:
    """Does it speak of so many inputs, and of no others?"""
    match node:
        case Distance():
            return len(node.center) == inputs
        case Plane():
            return len(node.slopes) == inputs and max(node.between) < inputs and len(set(node.between)) == 2
        case Joined():
            return all(fits(part, inputs) for part in node.parts)
        case _:
            return max(places(node)) < inputs
