"""When nothing fits: an honest interpolation, the kind that does best on answers held back, described as what it is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .fits import Data
from .noise import NoiseFinding
from .types import Array, Mask

Kind = Literal["lines", "nearest"]
FOLDS = 5


@dataclass(frozen=True)
class Interpolation:
    """Straight lines between knots, or the value of the nearest one. `y` is NaN where answers are undefined."""

    kind: Kind
    x: Array
    y: Array

    def value(self, x: Array) -> Array:
        """What it says at `x` (N,)."""
        if not len(self.x):
            return np.full(len(x), np.nan)
        if self.kind == "lines":
            return np.asarray(np.interp(x, self.x, self.y))
        return np.asarray(self.y[np.searchsorted((self.x[1:] + self.x[:-1]) / 2, x)])

    @property
    def code(self) -> str:
        """Source that defines `function(x)`."""
        if not len(self.x):
            return 'def function(x):\n    return float("nan")\n'
        return f"import numpy as np\n\n{self.constants}\n\ndef function(x):\n    return float({self.expression})\n"

    @property
    def expression(self) -> str:
        """What it says at `x`, as an expression in the `constants`."""
        return "np.interp(x, X, Y)" if self.kind == "lines" else "Y[int(np.argmin(np.abs(np.subtract(X, x))))]"

    @property
    def constants(self) -> str:
        """Definitions of the lists `X` and `Y`."""
        return f"X = {_listed(self.x)}\nY = {_listed(self.y)}\n"


def _listed(values: Array) -> str:
    return "[" + ", ".join("np.nan" if np.isnan(v) else f"{v:.7g}" for v in values) + "]"


def knots(data: Data) -> tuple[Array, Array]:
    """Inputs with the mean of their defined answers, in order. Undefined answers count where two neighbours are so."""
    x = np.unique(data.x)
    y = np.full(len(x), np.nan)
    for i, value in enumerate(x):
        same = data.y[data.defined & (data.x == value)]
        y[i] = same.mean() if len(same) else np.nan
    lone = np.isnan(y) & ~np.isnan(np.append(y[1:], 0.0)) & ~np.isnan(np.append(0.0, y[:-1]))
    return x[~lone], y[~lone]


def interpolation(data: Data, kind: Kind, smooth: int) -> Interpolation:
    """Through the knots; each first replaced by the mean of itself and `smooth` neighbours on either side."""
    x, y = knots(data)
    if smooth and len(y) > 2 * smooth:
        near = np.clip(np.arange(len(y))[:, None] + np.arange(-smooth, smooth + 1), 0, len(y) - 1)
        means = np.array([np.mean(y[np.unique(row)]) for row in near])
        y = np.where(np.isnan(means), y, means)
    return Interpolation(kind, x, y)


def folds(data: Data) -> list[Mask]:
    """For each fold which answers are held back: of equal inputs all or none, so that none is told in advance."""
    place = np.unique(data.x, return_inverse=True)[1]
    return [place % FOLDS == fold for fold in range(min(FOLDS, int(place.max(initial=0)) + 1))]


def loss(said: Array, data: Data, rows: Mask) -> Array:
    """How far off each of the answers `rows` is, in scales, at most 1; undefined must agree with undefined."""
    off = np.abs(said[rows] - data.y[rows]) / data.scale
    off = np.where(np.isnan(said[rows]) & ~data.defined[rows], 0.0, off)
    return np.asarray(np.minimum(np.nan_to_num(off, nan=1.0, posinf=1.0), 1.0))


def held_back(data: Data, kind: Kind, smooth: int) -> Array:
    """The loss (N,) of an interpolation at each answer, while that was held back."""
    out = np.ones(len(data.x))
    for fold in folds(data):
        rest = Data(data.x[~fold], data.y[~fold])
        out[fold] = loss(interpolation(rest, kind, smooth).value(data.x), data, fold)
    return out


def best(data: Data, noisy: bool = True) -> tuple[Interpolation, Array]:
    """The interpolation that does best on answers held back, with its loss at each of them. Only noise is smoothed."""
    tried = [
        (held_back(data, kind, smooth), kind, smooth)
        for kind in ("lines", "nearest")
        for smooth in ((0, 1, 2) if noisy else (0,))
    ]
    off, kind, smooth = min(tried, key=lambda t: float(t[0].mean()))
    return interpolation(data, kind, smooth), off  # type: ignore[arg-type]


def description(data: Data, noise_words: str, noise: NoiseFinding) -> str:
    """Says that the rule is unknown, and what can be said all the same."""
    x, y = knots(data)
    x, y = x[np.isfinite(y)], y[np.isfinite(y)]
    if not len(x):
        return "The function is unknown: no answer was defined."
    way = np.corrcoef(x, y)[0, 1] if len(x) > 2 and y.std() > 3 * noise.sd else 0.0
    trend = "mostly rises" if way > 0.5 else "mostly falls" if way < -0.5 else "has no clear trend"
    return (
        f"The rule is unknown: nothing that was tried explains the answers. Over the inputs asked it {trend}; "
        f"the smallest answer was {y.min():.4g}, the largest {y.max():.4g}. The code only interpolates. {noise_words}"
    )
