"""What joins one-dimensional parts into a function of two or three numbers, and how to take it apart again.

A structure turns the question about a function of several numbers into questions about functions of one: given what the
other parts say, `partial` is what this part has to explain. So each part is found by the tools for one number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

import numpy as np

from .fits import Fit
from .types import Array, Mask

Kind = Literal["sum", "product", "maximum", "minimum", "distance", "conditional", "mixed"]
SMALL = 0.15  # of a factor's usual size: where the other factors are smaller, a product says nothing of this one


@dataclass(frozen=True)
class Structure:
    """How parts are joined. `inputs` has the column that each part is a function of.

    A distance has one part, of the distance from `center`; a conditional has two, the first for inputs whose column
    `on` is below `threshold`; a mixed one has three, the product of the first two plus the third.
    """

    kind: Kind
    inputs: tuple[int, ...]
    center: tuple[float, ...] = ()
    on: int = 0
    threshold: float = 0.0

    def coordinate(self, part: int, x: Array) -> Array:
        """What a part is a function of, (N,), at the rows of `x` (N, D)."""
        if self.kind == "distance":
            return np.asarray(np.sqrt(np.sum((x - np.array(self.center)) ** 2, axis=1)))
        return np.asarray(x[:, self.inputs[part]])

    def join(self, values: Sequence[Array], x: Array) -> Array:
        """The whole, from what each part says at the rows of `x`."""
        match self.kind:
            case "sum":
                return reduce(np.add, values)
            case "product":
                return reduce(np.multiply, values)
            case "maximum":
                return reduce(np.maximum, values)
            case "minimum":
                return reduce(np.minimum, values)
            case "distance":
                return values[0]
            case "mixed":
                return values[0] * values[1] + values[2]
            case "conditional":
                return np.where(x[:, self.on] < self.threshold, values[0], values[1])

    def partial(self, part: int, values: Sequence[Array], x: Array, y: Array) -> tuple[Array, Mask]:
        """What one part has to explain at each row, given the others, and at which rows it is asked to."""
        others = [v for i, v in enumerate(values) if i != part]
        everywhere = np.ones(len(y), dtype=bool)
        match self.kind:
            case "sum":
                return y - reduce(np.add, others, np.zeros(len(y))), everywhere
            case "product":
                return _divided(y, reduce(np.multiply, others, np.ones(len(y))))
            case "mixed":
                return (y - values[0] * values[1], everywhere) if part == 2 else _divided(y - values[2], others[0])
            case "maximum" | "minimum":
                sign = 1.0 if self.kind == "maximum" else -1.0
                rest = reduce(np.maximum, [sign * v for v in others])
                larger = np.maximum(sign * values[part], sign * y - 0.05 * float(np.std(y)))
                return y, np.asarray(larger > rest + 1e-9 * np.abs(rest))
            case "distance":
                return y, everywhere
            case "conditional":
                below = x[:, self.on] < self.threshold
                return y, below if part == 0 else ~below


def _divided(y: Array, rest: Array) -> tuple[Array, Mask]:
    """What the other factors leave, and where they are large enough to tell."""
    usable = np.abs(rest) > SMALL * np.median(np.abs(rest))
    return y / np.where(usable, rest, 1.0), np.asarray(usable)


def moved(fit: Fit, by: float) -> Fit:
    """The curve, higher by so much."""
    p = fit.p.copy()
    p[0] += by
    return replace(fit, p=p)


def scaled(fit: Fit, by: float) -> Fit:
    """The curve, so many times as high."""
    p = fit.p.copy()
    p[:2] *= by
    return replace(fit, p=p)
