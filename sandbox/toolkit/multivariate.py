"""Functions of two and three numbers: where to ask, what joins one-dimensional parts, and how to say it.

    found = multivariate.study(observations.x, observations.y, oracle.query, domains, 80)
    found.description, found.code, found.as_json()

Answers along lines through two points screen the structures (`multivariate_screen`), the best of which are fitted
(`multivariate_model`, `multivariate_plane`) and checked on the answers that fill the space; what is clearly off in a
box is its own behaviour (`multivariate_box`). Where nothing fits, the code interpolates and the description says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import fdtri

from .designs import survey
from .explain import noise_sentence
from .multivariate_box import Box, ask_at_sides, find_box, with_behaviour
from .multivariate_model import NAMES, Stated, fit_model, state
from .multivariate_plane import Plane, fit_plane
from .multivariate_screen import Lines, guesses, lines_through
from .noise import NoiseFinding, Scatter, classify, scatter
from .select import SURE
from .types import Array, Mask

Ask = Callable[[Array], Array]
Json = dict[str, object]

FITTED = 6  # guesses that are fitted
CLOSE = 0.03  # of the answers' spread: what a formula may leave, beside noise, and still be worth stating
_STEPS = {2: (0.7548776662466927, 0.5698402909980532), 3: (0.8191725133961645, 0.6710436067037893, 0.5497004779019703)}


@dataclass(frozen=True)
class Found:
    """What is believed of a function of several numbers. `whole` is None where no formula fits."""

    x: Array
    y: Array
    low: Array
    high: Array
    whole: Stated | Plane | None
    active: tuple[int, ...]
    box: Box | None
    noise: NoiseFinding
    residual: float
    explained: bool

    def value(self, x: Array) -> Array:
        """What is believed at rows (N, D)."""
        if self.whole is None:
            return self._interpolated(x)
        y = self.whole.value(x)
        return y if self.box is None else np.where(self.box.contains(x), self.box.value(x), y)

    @property
    def names(self) -> str:
        """The inputs, as arguments."""
        return ", ".join(NAMES[: len(self.low)])

    @cached_property
    def _weights(self) -> tuple[Array, Array]:
        """Places (as shares of the domain) and weights of linear radial functions through the answers, the last the
        constant; smoothed where answers are noisy."""
        places, which = np.unique((self.x - self.low) / (self.high - self.low), axis=0, return_inverse=True)
        means = np.array([self.y[which.ravel() == i].mean() for i in range(len(places))])
        apart = np.sqrt(((places[:, None] - places) ** 2).sum(axis=2))
        spread = float(means.std()) or 1.0
        ridge = np.eye(len(places)) * -0.3 * (self.noise.sd / spread) ** 2
        edge = np.ones((len(places), 1))
        system = np.block([[apart + ridge, edge], [edge.T, np.zeros((1, 1))]])
        return places, np.linalg.lstsq(system, np.append(means, 0.0), rcond=None)[0]

    def _interpolated(self, x: Array) -> Array:
        places, weights = self._weights
        at = np.clip((x - self.low) / (self.high - self.low), -0.02, 1.02)
        return np.asarray(np.sqrt(((at[:, None] - places) ** 2).sum(axis=2)) @ weights[:-1] + weights[-1])

    @property
    def code(self) -> str:
        """Source of the function."""
        if self.whole is None:
            return self._interpolating_code
        lines = [] if self.box is None else [f"if {self.box.condition}:", f"    return float({self.box.code})"]
        body = "".join(f"    {line}\n" for line in [*lines, *self.whole.lines])
        return f"import numpy as np\n\n\ndef function({self.names}):\n{body}"

    @property
    def _interpolating_code(self) -> str:
        places, weights = self._weights
        rows = ", ".join(f"({', '.join(f'{v:.5g}' for v in place)})" for place in places)
        return (
            f"import numpy as np\n\nPLACES = np.array([{rows}])\n"
            f"WEIGHTS = np.array([{', '.join(f'{w:.8g}' for w in weights[:-1])}])\n"
            f"LOW, WIDTH = np.array({self.low.tolist()}), np.array({(self.high - self.low).tolist()})\n\n\n"
            f"def function({self.names}):\n"
            f"    at = np.clip((np.array([{self.names}]) - LOW) / WIDTH, -0.02, 1.02)\n"
            f"    return float(np.sqrt(((at - PLACES) ** 2).sum(axis=1)) @ WEIGHTS + {weights[-1]!r})\n"
        ).replace("np.float64", "float")

    @property
    def description(self) -> str:
        """Prose."""
        count = {2: "two", 3: "three"}[len(self.low)]
        idle = " ".join(f"The input {NAMES[c]} changes nothing." for c in range(len(self.low)) if c not in self.active)
        noise = noise_sentence(self.noise)
        if self.whole is None:
            text = (
                f"The rule is unknown: nothing that was tried explains how the answers depend on the {count} inputs. "
                f"The smallest answer was {self.y.min():.4g}, the largest {self.y.max():.4g}. "
                "The code only interpolates."
            )
            return " ".join(part for part in (text, idle, noise) if part)
        text = (
            f"The function takes {count} numbers. It is {self.whole.english}: f({self.names}) = {self.whole.written}."
        )
        region = "There is no irregular region."
        if self.box is not None:
            region = (
                f"{self.box.where[:1].upper()}{self.box.where[1:]} it is irregular: there it is {self.box.english}."
            )
        doubt = "" if self.explained else "This is an approximation: something is left that it does not explain."
        return " ".join(part for part in (text, idle, region, noise, doubt) if part)

    def as_json(self) -> Json:
        """Everything a report needs."""
        return {
            "description": self.description,
            "code": self.code,
            "noise": {"kind": self.noise.kind, "scale": self.noise.scale, "sd": self.noise.sd},
            "box": None if self.box is None else [list(side) for side in self.box.sides],
            "behaviour": "" if self.box is None else self.box.english,
            "explained": self.explained,
            "named": self.whole is not None,
            "form": "unknown" if self.whole is None else self.whole.written,
            "residual": self.residual,
            "parts": self._parts,
        }

    @property
    def _parts(self) -> list[Json]:
        base = [] if self.whole is None else [("base", *part) for part in self.whole.named_parts]
        there = None if self.box is None else self.box.behaviour
        inside = [] if self.box is None or there is None else [("region", *self.box.named(there))]
        return [
            {"about": about, "input": name, "families": families, "numbers": numbers}
            for about, name, families, numbers in (*base, *inside)
        ]


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
    if found.whole is None or (found.box is None and not found.whole.jumps(low, high)):
        known.ask(filling(low, high, known.left, seed=200 + len(known.y)))
        return explain(known.x, known.y, low, high)
    _sharpen(known, found, found.whole)
    return explain(known.x, known.y, low, high)


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
    dimensions, total = len(low), known.left
    known.ask(filling(low, high, max(4, total // 8)))
    order = np.argsort(known.y)
    first, last = known.x[order[int(0.2 * len(order))]], known.x[order[int(0.8 * len(order))]]
    known.ask(np.repeat(np.array([first, last]), 4, axis=0)[: total // 11])
    each = max(3, int(0.62 * total) // (2 * dimensions))
    for seed, point in enumerate((first, last)):
        for column in range(dimensions):
            rows = np.tile(point, (each, 1))
            rows[:, column] = survey(low[column], high[column], each, seed=10 * seed + column)
            known.ask(rows)
    known.ask(filling(low, high, max(0, known.left - total // 8), seed=50))


def explain(x: Array, y: Array, low: Array, high: Array) -> Found:
    """What explains the answers so far best."""
    defined = np.isfinite(y)
    x, y = x[defined], y[defined]
    repeats = _scatter(x, y)
    sd, spread = repeats.sd, float(np.quantile(y, 0.9) - np.quantile(y, 0.1)) or 1.0
    through = _longest(x, y)
    active = _active(through, sd, spread)
    tried: list[tuple[Stated | Plane, Mask, float, int]] = []
    plane, keep, rms = fit_plane(x, y, sd)
    tried.append((plane, keep, rms, 2 + x.shape[1]))
    if sd > 0 or rms > 1e-6 * spread or keep.mean() < 0.9:
        for guess in guesses(x, y, *through, active, (low, high))[:FITTED]:
            model = fit_model(guess, x, y, sd)
            if model.fits and np.isfinite(model.rms):
                tried.append((state(model, x, y, sd), model.keep, model.rms, model.size))
            if sd == 0 and model.rms <= 1e-6 * spread and model.keep.mean() > 0.95:
                break
    ranked = sorted(tried, key=lambda t: _price(t, len(y), sd, spread))
    found = [_concluded(x, y, low, high, *t, active, repeats, spread) for t in ranked]
    return min(found, key=lambda f: (not f.explained, f.whole is None))


def _price(tried: tuple[Stated | Plane, Mask, float, int], n: int, sd: float, spread: float) -> float:
    """BIC, with what is left out paid for as if it were as wide as the answers; nothing is gained below a thousandth
    of their spread, so that more answers explained nearly count for more than fewer explained exactly."""
    _, keep, rms, size = tried
    floor = (0.5 * sd) ** 2 + (1e-3 * spread) ** 2
    kept = int(keep.sum())
    return float(kept * np.log(rms**2 + floor) + (n - kept) * np.log(0.3 * spread**2) + size * np.log(n))


def _concluded(
    x: Array,
    y: Array,
    low: Array,
    high: Array,
    whole: Stated | Plane,
    keep: Mask,
    rms: float,
    size: int,
    active: tuple[int, ...],
    repeats: Scatter,
    spread: float,
) -> Found:
    """The box, the noise, and whether the formula is worth stating at all."""
    sd, most = repeats.sd, _most_noise(repeats, len(y))
    slack = max(4 * most, 4 * rms, 1e-6 * spread)
    off = np.abs(whole.value(x) - y) > slack
    box = find_box(x, off)
    box = None if box is None else with_behaviour(box, x, y, sd)
    rest = off if box is None else np.where(box.contains(x), np.abs(box.value(x) - y) > slack, off)
    good = ~off & keep
    noise = classify((y - whole.value(x))[good], repeats, size) if repeats.noisy else NoiseFinding("none", 0.0)
    fits = rms <= max(most, CLOSE * spread) and rest.mean() <= 0.12
    explained = rms <= max(most, 1e-5 * spread) and not rest.any()
    return Found(x, y, low, high, whole if fits else None, active, box if fits else None, noise, rms, explained)


def _scatter(x: Array, y: Array) -> Scatter:
    """What answers to equal rows say of the noise."""
    _, which = np.unique(x, axis=0, return_inverse=True)
    return scatter(which.ravel().astype(float), y)


def _most_noise(repeats: Scatter, n: int) -> float:
    """The largest root mean square that noise alone may leave of n answers: a few repeats tell its size roughly."""
    return float(repeats.sd * np.sqrt(fdtri(n, max(repeats.comparisons, 1), SURE)))


def _longest(x: Array, y: Array) -> tuple[Lines, Lines]:
    """The lines through the two rows that have most answers along them."""
    rows = np.unique(x, axis=0)
    found = sorted((lines_through(row, x, y) for row in rows), key=lambda t: -sum(len(a) for a, _ in t.along))[:2]
    first, last = sorted(found, key=lambda t: t.value)
    return first, last


def _active(through: tuple[Lines, Lines], sd: float, spread: float) -> tuple[int, ...]:
    """The inputs along which answers change by more than noise explains."""
    slack = max(6 * sd, 1e-6 * spread)
    changing = [
        column
        for column in range(len(through[0].along))
        if max(float(np.ptp(lines.along[column][1])) for lines in through) > slack
    ]
    return tuple(changing) or tuple(range(len(through[0].along)))
