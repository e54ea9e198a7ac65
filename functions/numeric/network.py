"""Neural approximations: a small network of ReLU units that was trained on a formula. The truth is the network."""

from typing import Annotated, Literal, NamedTuple, Self

import numpy as np
from pydantic import Field, FiniteFloat, model_validator

from functions.arrays import BoolArray, FloatArray
from functions.brief import Interval, Record
from functions.numeric.draws import rounded, rounded_up
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum, evaluate
from functions.numeric.text import number

_POINTS = 1_001  # over the trained inputs, where network and formula are compared
_TOLERANCE = 0.05  # of the formula's range: a larger difference is a departure
_MERGED = 0.02  # of the trained inputs: departures closer than this are one
_NARROWEST = 0.01  # of the trained inputs: a narrower stretch could not be found, and is no departure

Layer = Annotated[tuple[FiniteFloat, ...], Field(min_length=1, max_length=32)]


class Departure(NamedTuple):
    """A stretch of the trained inputs where the network is not its formula.

    `above` and `below` are the largest differences there, to either side of the formula: in output units, 0 for a side
    on which the network stays within its tolerance.
    """

    where: Interval
    above: float
    below: float


class Network(Record):
    """`offset` + the sum over all units of output * max(0, weight * x + bias): one hidden layer.

    It was trained to give what `approximates` gives on the inputs in `trained`; beyond them it goes on in straight
    lines. Everywhere in its evaluation the units are added up in order, so that all machines agree to the bit.
    """

    node: Literal["network"] = "network"
    approximates: Expression
    trained: Interval
    weights: Layer
    biases: Layer
    outputs: Layer
    offset: FiniteFloat

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.trained.low is None or self.trained.high is None:
            raise ValueError("the inputs that a network was trained on have two bounds")
        if not len(self.weights) == len(self.biases) == len(self.outputs):
            raise ValueError("each unit of a network has a weight, a bias and an output")
        return self

    @property
    def units(self) -> list[tuple[float, float, float]]:
        """Weight, bias and output of each unit."""
        return list(zip(self.weights, self.biases, self.outputs, strict=True))

    def evaluate(self, x: FloatArray) -> FloatArray:
        """The value at each x. Anything that is not finite means undefined."""
        y = np.full(x.shape, self.offset)
        for weight, bias, output in self.units:
            y = y + output * np.maximum(0.0, weight * x + bias)
        return y

    def code(self) -> list[str]:
        """The body of a Python function of x."""
        units = (f"    ({number(weight)}, {number(bias)}, {number(output)})," for weight, bias, output in self.units)
        return [
            "units = [  # weight, bias and output of each hidden unit",
            *units,
            "]",
            f"y = {number(self.offset)}",
            "for weight, bias, output in units:",
            "    y += output * max(0.0, weight * x + bias)",
            "return y",
        ]

    @property
    def tolerance(self) -> float:
        """The difference from the formula, in output units, that counts as none."""
        return rounded(_TOLERANCE * float(np.ptp(self._formula())))

    @property
    def within(self) -> float:
        """How near it stays to the formula, in output units, apart from its departures: the tolerance or a bit more."""
        x, off = self._inputs(), np.abs(self._off())
        for where, *_ in self.departures():
            off = np.where((x >= (where.low or 0.0)) & (x <= (where.high or 0.0)), 0.0, off)
        return max(self.tolerance, rounded_up(float(np.nanmax(off))))

    def departures(self, narrowest: float = _NARROWEST) -> tuple[Departure, ...]:
        """Where it differs from the formula by more than `tolerance`, from low to high.

        `narrowest`: stretches of a smaller share of the trained inputs are none.
        """
        x, difference = self._inputs(), self._off()
        return tuple(
            Departure(
                Interval(low=_bound(x[max(a - 1, 0)]), high=_bound(x[min(b + 1, x.size - 1)])),
                self._beyond(difference[a : b + 1]),
                self._beyond(-difference[a : b + 1]),
            )
            for a, b in _runs(np.abs(difference) > self.tolerance, round(_MERGED * x.size))
            if b + 1 - a >= narrowest * x.size
        )

    def _beyond(self, differences: FloatArray) -> float:
        """The largest of them, 0 where it is no larger than the tolerance."""
        largest = float(np.nanmax(differences))
        return rounded(largest) if largest > self.tolerance else 0.0

    def _off(self) -> FloatArray:
        """The network less the formula, at each of the inputs where they are compared."""
        with np.errstate(all="ignore"):
            return self.evaluate(self._inputs()) - self._formula()

    def _inputs(self) -> FloatArray:
        return np.linspace(self.trained.low or 0.0, self.trained.high or 0.0, _POINTS)

    def _formula(self) -> FloatArray:
        with np.errstate(all="ignore"):
            return evaluate(self.approximates, self._inputs())


Base = Annotated[Atom | Sum | Product | Composition | Network, Field(discriminator="node")]


def values(base: Base, x: FloatArray) -> FloatArray:
    """What a formula or a network gives at each x, NaN where undefined. Without numpy's floating-point warnings."""
    with np.errstate(all="ignore"):
        y = base.evaluate(x) if isinstance(base, Network) else evaluate(base, x)
        return np.where(np.isfinite(y), y, np.nan)


def _bound(x: float) -> float:
    """Four digits: with three, neighbours of 1001 points could be one."""
    return float(f"{x:.4g}") + 0.0


def _runs(marked: BoolArray, gap: int) -> list[tuple[int, int]]:
    """First and last index of each run of marked points; runs with less than `gap` points between them are one."""
    runs: list[tuple[int, int]] = []
    for index in np.flatnonzero(marked).tolist():
        if runs and index - runs[-1][1] <= gap:
            runs[-1] = runs[-1][0], index
        else:
            runs.append((index, index))
    return runs
