"""What a family is: one small class in one file of this folder says all there is to know about it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from functions.arrays import FloatArray
from functions.numeric.draws import Draws
from functions.numeric.text import as_python

Parameters = Mapping[str, float]


class Span(NamedTuple):
    """The inputs over which a family's behaviour shall be visible."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def at(self, fraction: float) -> float:
        """The input at this fraction of the way from low to high."""
        return self.low + fraction * self.width

    def place(self, draws: Draws, low: float = 0.2, high: float = 0.8) -> float:
        """A drawn input between two fractions of the span."""
        return draws.number(self.at(low), self.at(high))


class Family(ABC):
    """One kind of formula in x with named parameters, always in the canonical form its docstring states.

    `scale` names the parameter that multiplies the whole and `offset` the one that is added to it, where there are
    such: they let sums, products and compositions be written without redundant parameters.
    """

    name: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]]
    optional: ClassVar[frozenset[str]] = frozenset()  # may be left out, and are 0 then
    scale: ClassVar[str | None] = None
    offset: ClassVar[str | None] = None
    outer: ClassVar[bool] = True  # may be applied to another function
    inner: ClassVar[bool] = True  # may have another applied to it: takes many values, and is not just a straight line

    @abstractmethod
    def draw(self, draws: Draws, span: Span, size: float, /) -> Parameters:
        """Draw parameters so that over `span` the values vary by about `size`."""

    @abstractmethod
    def evaluate(self, x: FloatArray, p: Parameters, /) -> FloatArray:
        """The value at each x. Anything that is not finite means undefined."""

    @abstractmethod
    def write(self, p: Parameters, x: str, /) -> str:
        """The formula in the variable `x`, as people write it: powers as ^, functions by their bare names."""

    @abstractmethod
    def noun(self, p: Parameters, x: str, /) -> str:
        """An English noun phrase that gives every parameter by its name."""

    @abstractmethod
    def plain(self, p: Parameters, x: str, /) -> str:
        """The same for a reader who wants to see what it does rather than what its parameters are called."""

    def code(self, p: Parameters, x: str, /) -> str:
        """A Python expression in the variable `x`, with `math` imported: NaN where undefined."""
        formula, defined = as_python(self.write(p, x)), self.defined(p, x)
        return formula if defined is None else f"{formula} if {as_python(defined)} else math.nan"

    def defined(self, _p: Parameters, _x: str, /) -> str | None:
        """Where it is defined, as a condition on the variable; None: everywhere."""
        return None

    def check(self, p: Parameters) -> None:
        """Raise ValueError where the parameters do not belong to the family or are not in canonical form."""
        unknown = sorted(set(p) - set(self.parameters))
        missing = [name for name in self.parameters if name not in p and name not in self.optional]
        if unknown or missing:
            raise ValueError(f"{self.name} takes {', '.join(self.parameters)}; unknown: {unknown}, missing: {missing}")

    def stated(self, p: Parameters) -> dict[str, float]:
        """The parameters worth a claim: all but an offset or optional part of zero."""
        silent = self.optional | {self.offset}
        return {name: p[name] for name in self.parameters if name in p and (p[name] != 0 or name not in silent)}

    def levelled(self, p: Parameters) -> Parameters:
        """The same without its vertical shift: for use where another part carries it."""
        return p if self.offset is None else {**p, self.offset: 0.0}

    def unit(self, p: Parameters) -> Parameters:
        """The same without vertical shift and with a scale of one: for use where another part carries both."""
        return self.levelled(p) if self.scale is None else {**self.levelled(p), self.scale: 1.0}


def need(truth: bool, message: str) -> None:
    """Raise ValueError with the message unless it is true."""
    if not truth:
        raise ValueError(message)
