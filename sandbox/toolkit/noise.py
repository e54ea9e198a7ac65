"""Is it noisy, how much, and in which way? From repeats first, then from the residuals of a fit.

Two equal answers do not show that there is no noise: with y + s*(Poisson(1) - 1) two draws agree 31 % of the time.
"""

from dataclasses import dataclass
from math import lgamma

import numpy as np

from .types import Array, Mask

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
    levels = np.clip(np.round(residuals / steps[:, None]), LEVELS[0], LEVELS[-1])
    misfit = np.sqrt(np.mean((residuals / steps[:, None] - levels) ** 2, axis=1))
    best = int(np.argmin(misfit))
    return float(steps[best]), float(misfit[best]), levels[best]


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
    step, misfit, levels = lattice(residuals)
    blur = max(misfit, 1e-3) * step
    chances = -1.0 - np.array([lgamma(k + 2.0) for k in LEVELS])  # log Poisson(1) of level + 1
    poisson = float(np.sum(chances[(levels - LEVELS[0]).astype(int)])) - n * np.log(blur * (2 * np.pi) ** 0.5) - n / 2
    best = max((poisson, "poisson"), (uniform, "uniform"), (normal, "gaussian"))[1]
    return NoiseFinding(best, {"poisson": step, "uniform": max(half_width, sd * 3**0.5 * 0.97), "gaussian": sd}[best])


def on_lattice(residuals: Array, misfit: float = 0.12) -> tuple[float, Array, Mask] | None:
    """For noise of steps: (step, level of each answer, answers that sit on the lattice); None where it is not that.

    Once the levels are known the noise can be taken off each answer, and what is left is as good as noise-free.
    """
    if len(residuals) < 8:
        return None
    step, off, levels = lattice(residuals)
    used = np.unique(levels)
    if off > misfit or len(used) < 2:
        return None
    return step, levels, np.abs(residuals / step - levels) < 0.35
