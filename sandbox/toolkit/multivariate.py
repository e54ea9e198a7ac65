"""Functions of two and three numbers: where to ask, what joins one-dimensional parts, and how to say it.

    found = multivariate.study(observations.x, observations.y, oracle.query, domains, 80)
    found.description, found.code, found.as_json()

Answers along lines through two points, and others that fill the space, are explained (`multivariate_explain`); more
goes along the lines through a point that is not explained, then to where a box ends and where a formula jumps. Where
nothing fits, the code interpolates and the description says so.
"""

from collections.abc import Callable

import numpy as np

from .designs import survey
from .multivariate_box import ask_at_sides
from .multivariate_explain import SHORTEST, explain
from .multivariate_found import Found
from .multivariate_model import Stated
from .multivariate_plane import Plane
from .noise import comb
from .types import Array

__all__ = ["Found", "explain", "filling", "study"]

Ask = Callable[[Array], Array]

ON_LINES = 0.54  # of the queries go along lines
_STEPS = {2: (0.7548776662466927, 0.5698402909980532), 3: (0.8191725133961645, 0.6710436067037893, 0.5497004779019703)}


def filling(low: Array, high: Array, count: int, seed: int = 0) -> Array:
    """So many rows that fill a box evenly (a Kronecker sequence)."""
    steps = np.array(_STEPS[len(low)])
    return np.asarray(
        np.round(low + (high - low) * ((0.37 + (seed + np.arange(1, count + 1))[:, None] * steps) % 1.0), 6)
    )


def study(x: Array, y: Array, ask: Ask, domains: tuple[tuple[float, float], ...], queries: int) -> Found:
    """Ask up to `queries` rows, and say what explains all answers; `x` (N, D) and `y` (N,) are those there are already.

    With fewer than ten answers it begins with points all over, repeats, and lines; else it asks where it is off.
    """
    low, high = np.array([d[0] for d in domains]), np.array([d[1] for d in domains])
    known = _Known(np.asarray(x, dtype=float).reshape(-1, len(low)), np.asarray(y, dtype=float), ask, queries)
    if len(known.y) < 10:
        _survey(known, low, high)
    found = explain(known.x, known.y, low, high)
    if not found.explained and known.left >= SHORTEST * len(low):
        each = max(SHORTEST, int(ON_LINES * known.left / len(low)))
        _lines(known, found.oddest, low, high, each, seed=len(known.y))
        found = explain(known.x, known.y, low, high)
    if found.fits and (found.box is not None or found.whole.jumps(low, high)):
        _sharpen(known, found, found.whole)
        found = explain(known.x, known.y, low, high, found.model)
    if known.left and not (found.explained and found.noise.kind == "none"):
        known.ask(filling(low, high, known.left, seed=200 + len(known.y)))
        found = explain(known.x, known.y, low, high, found.model)
    return found


def _sharpen(known: "_Known", found: Found, whole: Stated | Plane) -> None:
    """Spend what is left on where the box ends and where the formula jumps."""
    jumps = whole.jumps(found.low, found.high)
    if found.box is not None:
        inside = known.x[found.box.contains(known.x)]
        middle = inside[np.argmin(((inside - inside.mean(axis=0)) ** 2).sum(axis=1))]
        slack = max(5 * found.noise.sd, 1e-6 * float(np.ptp(known.y)))
        ask_at_sides(found.box, known.ask, whole.value, middle, slack, known.left // (2 if jumps else 1))
    for number, (column, at) in enumerate(jumps):
        _halve(known, whole, column, at, known.left // (len(jumps) - number))


def _halve(known: "_Known", whole: Stated | Plane, column: int, at: float, queries: int) -> None:
    """Ask between the answers next to a jump, along the row where it is largest."""
    places = np.unique(known.x[:, column])
    below, above = places[places < at], places[places >= at]
    if not len(below) or not len(above):
        return
    a, b = float(below[-1]), float(above[0])
    before, after = known.x.copy(), known.x.copy()
    before[:, column], after[:, column] = a, b
    left, right = whole.value(before), whole.value(after)
    row = int(np.argmax(np.abs(left - right)))
    for _ in range(queries):
        point = known.x[row].copy()
        point[column] = middle = round((a + b) / 2, 9)
        answer = float(known.ask(point[None])[0])
        a, b = (middle, b) if abs(answer - left[row]) < abs(answer - right[row]) else (a, middle)


class _Known:
    """The answers so far, and what is left to ask."""

    def __init__(self, x: Array, y: Array, ask: Ask, left: int) -> None:
        self.x, self.y, self._ask, self.left = x, y, ask, left

    def ask(self, rows: Array) -> Array:
        """Ask as many of the rows as are left; NaN for the others."""
        rows = rows[: max(0, self.left)] if len(rows) > self.left else rows
        if not len(rows):
            return np.full(1, np.nan)
        answers = np.asarray(self._ask(rows), dtype=float)
        self.x, self.y = np.concatenate([self.x, rows]), np.concatenate([self.y, answers])
        self.left -= len(rows)
        return answers


def _survey(known: _Known, low: Array, high: Array) -> None:
    """Points all over; then lines through one with a low and one with a high answer, with repeats."""
    total = known.left
    known.ask(filling(low, high, max(4, total // 8)))
    order = np.argsort(known.y)
    first, last = known.x[order[int(0.2 * len(order))]], known.x[order[int(0.8 * len(order))]]
    known.ask(np.repeat(np.array([first, last]), 4, axis=0)[: total // 11])
    _repeat(known, first, total // 11)
    each = max(3, int(ON_LINES * total) // (2 * len(low)))
    for seed, point in enumerate((first, last)):
        _lines(known, point, low, high, each, seed=10 * seed)
    known.ask(filling(low, high, min(known.left, total // 16), seed=50))


def _repeat(known: _Known, point: Array, most: int) -> None:
    """Ask a row again while its answers may show the steps of Poisson noise, but too few of them do yet."""
    before = known.left
    while before - known.left < most:
        rows = np.unique(known.x, axis=0, return_inverse=True)[1].ravel().astype(float)
        if comb(rows, known.y, least=1) is None or comb(rows, known.y) is not None:
            return
        known.ask(point[None])


def _lines(known: _Known, point: Array, low: Array, high: Array, each: int, seed: int) -> None:
    """So many rows along each input through a row."""
    for column in range(len(low)):
        rows = np.tile(point, (each, 1))
        rows[:, column] = survey(low[column], high[column], each, seed=seed + column)
        known.ask(rows)
