"""Is it noisy, how much, and in which way? From repeats first, then from the residuals of a fit.

Two equal answers do not show that there is no noise: with y + s*(Poisson(1) - 1) two draws agree 31 % of the time.
"""

from dataclasses import dataclass
from math import lgamma

import numpy as np

from .types import Array

LEVELS = np.arange(-1, 8)  # a Poisson(1) draw minus its mean; beyond 7 has a chance below 1e-6


@dataclass(frozen=True)
class Scatter:
    """What repeats say: pooled standard deviation of one answer, and how many comparisons it rests on."""

    sd: float
    comparisons: int

    @property
    def noisy(self) -> bool:
        """Did any repeat differ by more than arithmetic dust?"""
        return self.sd > 0


@dataclass(frozen=True)
class NoiseFinding:
    """The kind of noise and its scale: standard deviation (gaussian), half-width (uniform), step (poisson)."""

    kind: str  # "none", "gaussian", "uniform", "poisson"
    scale: float

    @property
    def sd(self) -> float:
        """Standard deviation of one answer."""
        return self.scale / 3**0.5 if self.kind == "uniform" else self.scale


def scatter(x: Array, y: Array) -> Scatter:
    """Pool the variance of answers to equal inputs. Undefined answers are left out."""
    squares, comparisons = 0.0, 0
    for value in np.unique(x):
        same = y[(x == value) & np.isfinite(y)]
        if len(same) > 1:
            around = same - same.mean()
            dust = 1e-9 * (1 + np.abs(same).max())
            squares += float(np.sum(np.where(np.abs(around) > dust, around, 0.0) ** 2))
            comparisons += len(same) - 1
    return Scatter(sd=(squares / comparisons) ** 0.5 if comparisons else 0.0, comparisons=comparisons)


def lattice(residuals: Array) -> tuple[float, float, Array]:
    """The step s for which residuals sit best on s * {-1, 0, 1, 2, ...}: (s, rms misfit relative to s, levels)."""
    spread = float(residuals.std()) or 1.0
    steps = spread * np.linspace(0.6, 1.6, 401)
    nearest = levels(residuals, steps[:, None])
    misfit = np.sqrt(np.mean((residuals / steps[:, None] - nearest) ** 2, axis=1))
    best = int(np.argmin(misfit))
    return float(steps[best]), float(misfit[best]), nearest[best]


def classify(residuals: Array, observed: Scatter, freedom: int) -> NoiseFinding:
    """The most likely kind of noise behind the residuals of a fit that spent `freedom` parameters.

    Compares maximised likelihoods: a normal, a box as wide as the largest residual (smoothed by one observation), and a
    Poisson comb blurred by the error of the fit.
    """
    n = len(residuals)
    rms = float(np.sqrt(np.mean(residuals**2))) if n else 0.0
    if not observed.noisy:
        return NoiseFinding("none", 0.0)
    if n < 8:
        return NoiseFinding("gaussian", observed.sd)
    sd = rms * (n / max(n - freedom, 1)) ** 0.5
    normal = -0.5 * n * np.log(2 * np.pi * rms**2) - n / 2
    half_width = float(np.abs(residuals).max()) * (n + 1) / n
    uniform = -n * np.log(2 * half_width)
    step, misfit, drawn = lattice(residuals)
    blur = max(misfit, 1e-3) * step
    chances = -1.0 - np.array([lgamma(k + 2.0) for k in LEVELS])  # log Poisson(1) of level + 1
    poisson = float(np.sum(chances[(drawn - LEVELS[0]).astype(int)])) - n * np.log(blur * (2 * np.pi) ** 0.5) - n / 2
    best = max((poisson, "poisson"), (uniform, "uniform"), (normal, "gaussian"))[1]
    return NoiseFinding(best, {"poisson": step, "uniform": max(half_width, sd * 3**0.5 * 0.97), "gaussian": sd}[best])


def comb(x: Array, y: Array, least: int = 4) -> float | None:
    """The step s, if answers to equal inputs differ by whole multiples of one step: Poisson noise gives itself away.

    None where fewer than `least` repeats differ, or any of them by something else.
    """
    differences: list[float] = []
    for value in np.unique(x):
        same = y[(x == value) & np.isfinite(y)]
        differences += [abs(float(d)) for d in np.diff(same)]
    dust = 1e-7 * max(differences, default=0.0) + 1e-9 * float(np.abs(y[np.isfinite(y)]).max(initial=0.0))
    apart = np.array([d for d in differences if d > dust])
    if len(apart) < least:
        return None
    step = float(apart.min())
    whole = np.abs(apart / step - np.round(apart / step)) * step
    return float(np.sum(apart) / np.sum(np.round(apart / step))) if (whole <= 10 * dust).all() else None


def levels(residuals: Array, step: Array | float) -> Array:
    """The nearest level of Poisson noise, a draw minus its mean, behind each residual."""
    return np.asarray(np.clip(np.round(residuals / step), LEVELS[0], LEVELS[-1]))
