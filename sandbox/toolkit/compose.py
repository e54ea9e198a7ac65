"""Forms: one family alone, or two of them added, multiplied, or put one inside the other.

A form is a curve with a flat vector of parameters `p`:

    single       p = [offset, *first]                     offset + first(x)
    sum          p = [offset, *first, *second]            offset + first(x) + second(x)
    product      p = [e, *first, g, *second without a]    (e + first(x)) * (g + second(x)), second with amplitude 1
    composition  p = [offset, *outer, *inner without a]   offset + outer(inner(x)), inner with amplitude 1
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .families import FAMILIES, Family
from .types import Array

Kind = Literal["constant", "single", "sum", "product", "composition"]


@dataclass(frozen=True)
class Form:
    """How families are joined. `families` are (first, second), for a composition (outer, inner)."""

    kind: Kind
    families: tuple[Family, ...] = ()

    @property
    def name(self) -> str:
        """For example `sum(sine, linear)`. `form` reads it back."""
        return f"{self.kind}({', '.join(family.name for family in self.families)})"

    @property
    def size(self) -> int:
        """Length of the parameter vector."""
        sizes = [family.size for family in self.families]
        return 1 + sum(sizes) - (self.kind == "composition")

    @property
    def hard(self) -> tuple[int, ...]:
        """Positions in `p` that only move jumps about; all of what goes into an outer shape that has jumps."""
        if not self.families:
            return ()
        first, *rest = self.families
        inside = 1 + first.size - (self.kind == "composition")  # where the second's amplitude is, or would be
        if self.kind == "composition" and first.hard:
            return tuple(1 + i for i in first.hard) + tuple(range(inside + 1, self.size))
        return tuple(1 + i for i in first.hard) + tuple(inside + i for family in rest for i in family.hard)

    def parts(self, p: Array) -> tuple[Array, ...]:
        """The families' own parameters, amplitude 1 where it is left out; `p` is (k,), or (k, D, 1) for many."""
        if self.kind == "constant":
            return ()
        first = p[1 : 1 + self.families[0].size]
        rest = p[1 + self.families[0].size :]
        if self.kind == "single":
            return (first,)
        if self.kind == "sum":
            return first, rest
        return first, np.concatenate([np.ones_like(p[:1]), rest[1:] if self.kind == "product" else rest])

    def value(self, x: Array, p: Array) -> Array:
        """The curve at `x` (N,): (N,), NaN or infinite where undefined (numpy may warn there: see `Fit.curve`)."""
        if self.kind == "constant":
            return np.full(x.shape, p[0])
        parts = self.parts(p)
        first, *rest = self.families
        if self.kind == "single":
            return np.asarray(p[0] + first.value(x, parts[0]))
        second = rest[0].value(x, parts[1])
        if self.kind == "composition":
            return np.asarray(p[0] + first.value(second, parts[0]))
        one = first.value(x, parts[0])
        if self.kind == "sum":
            return np.asarray(p[0] + one + second)
        return np.asarray((p[0] + one) * (p[1 + first.size] + second))


def form(name: str) -> Form:
    """Read a form's name back. Raises KeyError for an unknown family, ValueError for a name of another shape."""
    kind, _, inside = name.removesuffix(")").partition("(")
    if kind not in ("constant", "single", "sum", "product", "composition"):
        raise ValueError(f"{name!r} is not the name of a form")
    return Form(kind, tuple(FAMILIES[part] for part in inside.split(", ") if part))  # type: ignore[arg-type]


def single(family: Family) -> Form:
    """One family alone."""
    return Form("single", (family,))
