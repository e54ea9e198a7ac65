"""How numeric functions are built: atoms of a family, joined by sum, product or composition.

One meaning of undefined: where any part is not a finite number, the whole is undefined (NaN).
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, FiniteFloat, model_validator

from functions.arrays import FloatArray
from functions.brief import Record
from functions.numeric.families import Family, family_named


class Atom(Record):
    """One family with its parameters."""

    node: Literal["atom"] = "atom"
    family: str
    parameters: Mapping[str, FiniteFloat]

    @model_validator(mode="after")
    def _belongs(self) -> Self:
        self.kind.check(self.parameters)
        return self

    @property
    def kind(self) -> Family:
        """The family itself."""
        return family_named(self.family)


class Sum(Record):
    """The sum of its terms."""

    node: Literal["sum"] = "sum"
    terms: Annotated[tuple["Expression", ...], Field(min_length=2, max_length=8)]


class Product(Record):
    """The product of its factors."""

    node: Literal["product"] = "product"
    factors: Annotated[tuple["Expression", ...], Field(min_length=2, max_length=8)]


class Composition(Record):
    """`outer` applied to what `inner` gives."""

    node: Literal["composition"] = "composition"
    outer: "Expression"
    inner: "Expression"


Expression = Annotated[Atom | Sum | Product | Composition, Field(discriminator="node")]


def evaluate(node: Expression, x: FloatArray) -> FloatArray:
    """The value at each x, NaN where undefined. Call it where numpy's floating-point warnings are off."""
    match node:
        case Atom():
            y = node.kind.evaluate(x, node.parameters)
        case Sum():
            y = np.sum([evaluate(term, x) for term in node.terms], axis=0)
        case Product():
            y = np.prod([evaluate(factor, x) for factor in node.factors], axis=0)
        case Composition():
            inner = evaluate(node.inner, x)
            y = np.where(np.isnan(inner), np.nan, evaluate(node.outer, inner))
    return np.where(np.isfinite(y), y, np.nan)


def atoms(node: Expression) -> Iterator[Atom]:
    """Every atom, in the order in which the prose names them."""
    match node:
        case Atom():
            yield node
        case Sum():
            for term in node.terms:
                yield from atoms(term)
        case Product():
            for factor in node.factors:
                yield from atoms(factor)
        case Composition():
            yield from atoms(node.inner)
            yield from atoms(node.outer)


def joins(node: Expression) -> Iterator[Literal["sum", "product", "composition"]]:
    """Every way in which parts are joined, from the outside in."""
    match node:
        case Atom():
            return
        case Sum():
            yield node.node
            for term in node.terms:
                yield from joins(term)
        case Product():
            yield node.node
            for factor in node.factors:
                yield from joins(factor)
        case Composition():
            yield node.node
            yield from joins(node.inner)
            yield from joins(node.outer)
