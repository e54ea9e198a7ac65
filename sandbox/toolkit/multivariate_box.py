"""The irregular box of a function of several numbers: where answers are not what is believed, while the others are."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .explain import Formula
from .fits import sorted_data
from .investigate import stated
from .multivariate_model import NAMES, Named, renamed
from .multivariate_screen import roughness, trimmed
from .regions import simplest
from .search import inside_fit
from .statements import show
from .types import Array, Mask

FEWEST = 3  # answers that are off and make a box
PURE = 0.8  # of the answers in a box are off


@dataclass(frozen=True)
class Box:
    """For each input (lower, upper), None where it is open; what happens inside is a function of one input."""

    sides: tuple[tuple[float | None, float | None], ...]
    column: int = 0
    behaviour: Formula | None = None

    def contains(self, x: Array) -> Mask:
        """Which rows are inside."""
        inside = np.ones(len(x), dtype=bool)
        for column, (low, high) in enumerate(self.sides):
            inside &= (x[:, column] >= (-np.inf if low is None else low)) & (
                x[:, column] <= (np.inf if high is None else high)
            )
        return inside

    def value(self, x: Array) -> Array:
        """What happens at rows inside."""
        if self.behaviour is None:
            return np.full(len(x), np.nan)
        return self.behaviour.value(x[:, self.column])

    @property
    def condition(self) -> str:
        """As Python."""
        tests = [_test(name, *side) for name, side in zip(NAMES, self.sides, strict=False) if side != (None, None)]
        return " and ".join(tests) or "True"

    @property
    def where(self) -> str:
        """In words: `for x between 1 and 2, and y at or above 3`."""
        told = [_words(name, *side) for name, side in zip(NAMES, self.sides, strict=False) if side != (None, None)]
        return f"for {', and '.join(told)}"

    @property
    def code(self) -> str:
        """What happens inside, as a Python expression."""
        return "np.nan" if self.behaviour is None else renamed(self.behaviour.code, NAMES[self.column])

    @property
    def english(self) -> str:
        """What happens inside, in words, with its formula."""
        if self.behaviour is None:
            return "something else, which is not known"
        name = NAMES[self.column]
        plain = renamed(self.behaviour.plain.removeprefix("y = "), name)
        return f"{renamed(self.behaviour.english, name)} (f = {plain})"

    def named(self, behaviour: Formula) -> Named:
        """What there is to claim of what happens inside (see `Stated.named_parts`)."""
        constant = behaviour.families == ["constant"]
        return None if constant else NAMES[self.column], behaviour.families, behaviour.named_numbers


def _test(name: str, low: float | None, high: float | None) -> str:
    if low is None:
        return f"{name} <= {high!r}"
    return f"{name} >= {low!r}" if high is None else f"{low!r} <= {name} <= {high!r}"


def _words(name: str, low: float | None, high: float | None) -> str:
    if low is None:
        return f"{name} at or below {show(high or 0.0)}"
    return f"{name} at or above {show(low)}" if high is None else f"{name} between {show(low)} and {show(high)}"


def find_box(x: Array, off: Mask) -> Box | None:
    """The box of the rows that are off, if there are enough of them and few others lie among them."""
    if off.sum() < FEWEST:
        return None
    low, high = x[off].min(axis=0), x[off].max(axis=0)
    within = ((x >= low) & (x <= high)).all(axis=1)
    if off[within].mean() < PURE or within.mean() > 0.6:
        return None
    sides: list[tuple[float | None, float | None]] = []
    for column in range(x.shape[1]):
        others = np.delete((x >= low) & (x <= high), column, axis=1).all(axis=1) & ~off
        beneath = x[others & (x[:, column] < low[column]), column]
        above = x[others & (x[:, column] > high[column]), column]
        sides.append(
            (
                simplest(float(beneath.max()), float(low[column])) if len(beneath) else None,
                simplest(float(high[column]), float(above.min())) if len(above) else None,
            )
        )
    return None if all(side == (None, None) for side in sides) else Box(tuple(sides))


def ask_at_sides(
    box: Box,
    ask: Callable[[Array], Array],
    expected: Callable[[Array], Array],
    inside: Array,
    slack: float,
    queries: int,
) -> None:
    """Spend `queries` on halving, from the row `inside` (D,) outwards, where each side of the box is."""
    closed = [(c, bound) for c, side in enumerate(box.sides) for bound in side if bound is not None]
    for column, bound in closed:
        a, b = float(inside[column]), 2 * bound - float(inside[column])
        for _ in range(queries // len(closed)):
            point = inside.copy()
            point[column] = middle = round((a + b) / 2, 9)
            differs = abs(float(ask(point[None])[0]) - float(expected(point[None])[0])) > slack
            a, b = (middle, b) if differs else (a, middle)


def with_behaviour(box: Box, x: Array, y: Array, sd: float) -> Box:
    """The same with what happens inside: the function of one input that the answers there fit best."""
    rows = box.contains(x)
    if rows.sum() < FEWEST:
        return box
    column = min(range(x.shape[1]), key=lambda c: trimmed(roughness(x[rows, c], y[rows])))
    data = sorted_data(x[rows, column], y[rows])
    fit = inside_fit(data, np.ones(len(data.x), dtype=bool), float(data.x[0]), float(data.x[-1]), sd)
    if fit is None:
        return box
    return replace(box, column=column, behaviour=stated(fit, data, np.ones(len(data.x), dtype=bool), sd))
