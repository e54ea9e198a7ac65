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
NEARER = 0.9  # of the way from the last answer inside to the first outside: a bound must not reach that


@dataclass(frozen=True)
class Bracket:
    """Where one side of a box lies: beyond the answer that was `inside`, before the one that was `outside`."""

    column: int
    end: int  # 0: the lower, 1: the upper side
    inside: float
    outside: float

    @property
    def bound(self) -> float:
        """A short number between the two, nearer to the inside."""
        return simplest(self.inside, self.inside + NEARER * (self.outside - self.inside))


@dataclass(frozen=True)
class Box:
    """For each input (lower, upper), None where it is open; what happens inside is a function of one input.

    Each side that is not open has a bracket.
    """

    sides: tuple[tuple[float | None, float | None], ...]
    brackets: tuple[Bracket, ...] = ()
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
    brackets = _brackets(x, off, low, high)
    if not brackets:
        return None
    bounds = {(b.column, b.end): b.bound for b in brackets}
    return Box(tuple((bounds.get((c, 0)), bounds.get((c, 1))) for c in range(x.shape[1])), brackets)


def _brackets(x: Array, off: Mask, low: Array, high: Array) -> tuple[Bracket, ...]:
    """The sides that it takes to keep all answers out that are not off: those far from the domain's ends, if it can."""
    ends, wide = np.array([low, high]), np.array([low, high])
    room = np.abs(np.array([x.min(axis=0), x.max(axis=0)]) - ends) / np.maximum(np.ptp(x, axis=0), 1e-300)
    found = []
    for place in np.argsort(room, axis=None, kind="stable").tolist():
        end, column = divmod(place, x.shape[1])
        trial, sign = wide.copy(), -1.0 if end == 0 else 1.0
        trial[end, column] = sign * np.inf
        entering = ((x >= trial[0]) & (x <= trial[1])).all(axis=1) & ~off
        beyond = sign * (x[entering, column] - ends[end, column])
        if (beyond > 0).any():
            nearest = float(ends[end, column] + sign * beyond[beyond > 0].min())
            found.append(Bracket(column, end, float(ends[end, column]), nearest))
        else:
            wide = trial
    return tuple(found)


def ask_at_sides(
    box: Box,
    ask: Callable[[Array], Array],
    expected: Callable[[Array], Array],
    inside: Array,
    slack: float,
    queries: int,
) -> None:
    """Spend `queries` on halving where each side of the box is, along the line through the row `inside` (D,)."""
    for number, bracket in enumerate(box.brackets):
        a, b = bracket.inside, bracket.outside
        for _ in range((queries + number) // len(box.brackets)):
            point = inside.copy()
            point[bracket.column] = middle = round((a + b) / 2, 9)
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
