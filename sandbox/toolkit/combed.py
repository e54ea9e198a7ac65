"""Poisson noise taken off: its draws are whole multiples of one step, so a curve that is nearly right tells each draw.

What is left then has no noise, and whatever is true of it is true exactly.
"""

import numpy as np

from .fits import Data, Fit, polish
from .noise import LEVELS, levels
from .regions import leave_out
from .search import search
from .select import Explanation, score
from .types import Array

CHANCE = 0.2  # steps: the mean distance of residuals from the nearest level; a quarter is what chance leaves
EXACT = 1e-5  # steps


def combed(data: Data, explanations: list[Explanation], step: float) -> tuple[Data, list[Explanation]] | None:
    """Answers with their noise taken off, and the explanations, the one that is exact then first.

    The levels are rounded from the residuals of a fit and the fit is repeated without them, until they stay the same.
    None where no explanation becomes exact: then the noise hides something else, and stays on.
    """
    for i, e in enumerate(explanations):
        fit, clean = e.fit, data
        for _ in range(12):
            off = data.y - fit.curve(data.x)
            if np.nanmean(np.abs(off - step * levels(np.nan_to_num(off), step))) > CHANCE * step:
                break
            again = without_noise(data, fit.curve(data.x), step)
            if np.array_equal(again.y, clean.y, equal_nan=True):
                break
            clean, fit = again, polish(fit.form, fit.p, again, e.keep)
        if fit.count > fit.form.size + 4 and fit.rms <= EXACT * step:
            exact = Explanation(fit, e.keep, score(fit, e.keep, clean, 0.0))
            return clean, [exact, *explanations[:i], *explanations[i + 1 :]]
    return None


def without_noise(data: Data, curve: Array, step: float) -> Data:
    """The answers less the level of noise that leaves each nearest to the curve (N,)."""
    return Data(data.x, data.y - step * levels(np.nan_to_num(data.y - curve), step))


def unwrapped(data: Data, curve: Array, step: float) -> Data:
    """The answers less the noise, where the curve (N,) may be more than half a step off: its error is known but for
    whole steps, and changes by less than half of one from each answer to the next. How many steps it is off in all is
    what makes the draws likeliest: none is below the lowest level.
    """
    rows = data.defined & np.isfinite(curve)
    off = (data.y - curve)[rows]
    error = np.unwrap(np.mod(off + step / 2, step) - step / 2, period=step)
    drawn = np.round((off - error) / step)
    drawn += LEVELS[0] - drawn.min(initial=0.0)
    y = data.y.copy()
    y[rows] -= step * drawn
    return Data(data.x, y)


def uncovered(data: Data, low: float, high: float, explanations: list[Explanation], step: float) -> list[Explanation]:
    """What explains the answers on [low, high] once the noise is taken off by the closest of the explanations so far,
    which need not be right, and these after it."""
    here = data.part((data.x >= low) & (data.x <= high))
    closest = min((e for e in explanations if e.keep.all()), key=lambda e: e.fit.rms, default=explanations[0])
    curve = closest.fit.curve(here.x)
    tried = (unwrapped(here, curve, step), without_noise(here, curve, step))
    clean = next((data for data in tried if not data.scatter.noisy), None)
    found = [] if clean is None else [e.fit for e in search(clean, low, high)[:2] if e.fit.rms <= EXACT * step]
    return [*(_held(fit, data, step) for fit in found), *explanations]


def _held(fit: Fit, data: Data, step: float) -> Explanation:
    """The fit with the answers that it is exact on but for noise."""
    keep = leave_out(fit, without_noise(data, fit.curve(data.x), step), EXACT * step)
    return Explanation(fit, keep, score(fit, keep, data, data.scatter.sd))
