"""Planes, with the product of two inputs where that is needed: the one structure that is solved at once."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .compose import single
from .families import FAMILIES
from .fits import Fit
from .multivariate_model import NAMES, Named
from .statements import show
from .types import Array, Mask

ROUNDS = 6  # of fitting and leaving out what is clearly off
KEPT = 0.55


@dataclass(frozen=True)
class Plane:
    """constant + slopes . x + interaction * the product of the inputs `between`; 0 for none."""

    constant: float
    slopes: tuple[float, ...]
    interaction: float
    between: tuple[int, int]

    def value(self, x: Array) -> Array:
        """At rows (N, D)."""
        a, b = self.between
        return np.asarray(self.constant + x @ np.array(self.slopes) + self.interaction * x[:, a] * x[:, b])

    @property
    def line(self) -> tuple[int, Fit] | None:
        """The input that it is a line of, and that line; None where it depends on several."""
        sloping = [column for column, slope in enumerate(self.slopes) if slope]
        if len(sloping) != 1 or self.interaction:
            return None
        p = np.array([self.constant, self.slopes[sloping[0]]])
        return sloping[0], Fit(single(FAMILIES["linear"]), p, 0.0, 0)

    @property
    def lines(self) -> list[str]:
        """The body of the function."""
        terms = [repr(self.constant), *(f"{s!r} * {x}" for s, x in zip(self.slopes, NAMES, strict=False) if s)]
        if self.interaction:
            terms.append(f"{self.interaction!r} * {NAMES[self.between[0]]} * {NAMES[self.between[1]]}")
        return [f"return {' + '.join(terms)}"]

    @property
    def written(self) -> str:
        """The formula as people write it."""
        a, b = (NAMES[place] for place in self.between)
        terms = [*zip(self.slopes, NAMES, strict=False), (self.interaction, f"{a} * {b}")]
        text = " + ".join(f"{show(factor)} * {of}" for factor, of in terms if factor)
        return f"{text} + {show(self.constant)}".replace("+ -", "- ") if text else show(self.constant)

    @property
    def english(self) -> str:
        """A noun phrase."""
        slopes = " and ".join(f"slope {show(s)} in {x}" for s, x in zip(self.slopes, NAMES, strict=False) if s)
        a, b = (NAMES[place] for place in self.between)
        meeting = f", an interaction of {a} and {b} (their product times {show(self.interaction)})"
        return f"a plane with {slopes}{meeting if self.interaction else ''} and the constant {show(self.constant)}"

    @property
    def named_parts(self) -> list[Named]:
        """What there is to claim (see `Stated.named_parts`)."""
        slopes: list[Named] = [(x, [], [("slope", s)]) for x, s in zip(NAMES, self.slopes, strict=False) if s]
        others = [("intercept", self.constant), ("interaction", self.interaction)]
        return [(None, ["plane"], [(name, value) for name, value in others if value]), *slopes]

    def jumps(self, _low: Array, _high: Array) -> list[tuple[int, float]]:
        """Nowhere."""
        return []


def fit_plane(x: Array, y: Array, sd: float) -> tuple[Plane, Mask, float]:
    """The best plane with at most one interaction, which answers it is held to, and what it leaves of those (rms)."""
    tried = [_fitted(x, y, sd, pair) for pair in combinations(range(x.shape[1]), 2)]
    plane, keep, _ = min(tried, key=lambda t: t[2])
    short = _shortened(plane, x[keep], y[keep], sd)
    return short, keep, float(np.sqrt(np.mean((short.value(x[keep]) - y[keep]) ** 2)))


def _fitted(x: Array, y: Array, sd: float, pair: tuple[int, int]) -> tuple[Plane, Mask, float]:
    columns = np.column_stack([np.ones(len(x)), x, x[:, pair[0]] * x[:, pair[1]]])
    size = np.abs(columns).max(axis=0)
    keep = np.ones(len(y), dtype=bool)
    for _ in range(ROUNDS):
        solved = np.linalg.lstsq(columns[keep] / size, y[keep], rcond=None)[0] / size
        off = np.abs(columns @ solved - y)
        keep = off <= max(4 * sd, 4 * float(np.quantile(off, KEPT)), 1e-9 * float(np.abs(y).max()))
    plane = Plane(float(solved[0]), tuple(float(s) for s in solved[1:-1]), float(solved[-1]), pair)
    return plane, keep, float(np.quantile(off, KEPT))


def _shortened(plane: Plane, x: Array, y: Array, sd: float) -> Plane:
    """The same with as few digits as change nothing beside the noise."""
    reach = np.concatenate(
        [[1.0], np.abs(x).max(axis=0), [np.abs(x[:, plane.between[0]] * x[:, plane.between[1]]).max()]]
    )
    allowed = max(0.05 * sd, 1e-7 * float(np.abs(y).max()))
    numbers = [plane.constant, *plane.slopes, plane.interaction]
    short = [
        next((r for d in range(8) if abs((r := _digits(value, d)) - value) * far <= allowed), value)
        for value, far in zip(numbers, reach, strict=True)
    ]
    return Plane(short[0], tuple(short[1:-1]), short[-1], plane.between)


def _digits(value: float, digits: int) -> float:
    """With so many significant digits; with none, 0."""
    return float(f"{value:.{digits}g}") if digits else 0.0
