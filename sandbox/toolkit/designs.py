"""Where to ask: designs that place queries. Each returns inputs; only `bisect` asks while it goes.

All are deterministic: the same arguments give the same inputs.
"""

from collections.abc import Callable

import numpy as np

from .types import Array, Curve


def survey(low: float, high: float, n: int, seed: int = 0) -> Array:
    """`n` inputs that fill [low, high]: one at a random place in each of `n` equal cells, ends included, sorted.

    The jitter keeps a regular grid from mistaking a fast oscillation for a slow one (aliasing).
    """
    if n <= 0:
        return np.empty(0)
    if n == 1:
        return np.array([(low + high) / 2])
    jitter = np.random.default_rng(seed).uniform(0.1, 0.9, n)
    jitter[0], jitter[-1] = 0.0, 1.0
    return np.round(low + (high - low) * (np.arange(n) + jitter) / n, 6)


def zoom(center: float, radius: float, n: int, seed: int = 0) -> Array:
    """`n` inputs around `center`, alternating sides, at distances spread evenly in logarithm from radius/40 to radius.

    Poles, kinks and fast oscillations often sit at small inputs, where a survey of a wide domain is blind.
    """
    if n <= 0:
        return np.empty(0)
    jitter = np.random.default_rng(seed).uniform(-0.3, 0.3, n)
    distance = radius * np.power(40.0, -(np.arange(n) + 0.5 + jitter) / n)
    return np.asarray(np.round(np.sort(center + distance * np.where(np.arange(n) % 2, -1.0, 1.0)), 6))


def pairs(x: Array, n: int) -> Array:
    """`n` of the inputs `x`, evenly chosen, to be asked a second time: only repeats show noise apart from shape."""
    if n <= 0 or len(x) == 0:
        return np.empty(0)
    chosen = np.unique(np.linspace(0, len(x) - 1, min(n, len(x)) + 2).round().astype(int)[1:-1])
    return np.asarray(np.sort(x)[chosen])


def gaps(x: Array, low: float, high: float, n: int) -> Array:
    """The middles of the `n` widest gaps that `x` leaves in [low, high], widest first; none where that is a point."""
    out: list[float] = []
    ordered = np.unique(np.concatenate([[low, high], x[(x >= low) & (x <= high)]]))
    for _ in range(n if len(ordered) > 1 else 0):
        widest = int(np.argmax(np.diff(ordered)))
        middle = float(ordered[widest] + ordered[widest + 1]) / 2
        out.append(middle)
        ordered = np.insert(ordered, widest + 1, middle)
    return np.array(out)


def largest_steps(x: Array, y: Array, low: float, high: float, n: int, narrow: float = 2.5e-3) -> Array:
    """Up to `n` middles between those neighbours in [low, high] that lie furthest apart, in x and y together, as shares
    of their ranges; none between neighbours closer than a share `narrow` of the domain. Undefined counts as far."""
    inside = (x >= low) & (x <= high)
    at = np.unique(x[inside])
    mean = np.array([y[x == value].mean() for value in at])
    known = mean[np.isfinite(mean)]
    if len(at) < 2 or not len(known):
        return np.empty(0)
    across = np.diff(at) / (high - low)
    up = np.abs(np.diff(mean)) / (float(np.ptp(known)) or 1.0)
    up = np.where(np.isnan(mean[1:]) & np.isnan(mean[:-1]), 0.0, np.nan_to_num(up, nan=1.0))
    size = np.where(across > narrow, across + up, 0.0)
    chosen = np.argsort(-size, kind="stable")[: min(n, int((size > 0).sum()))]
    return np.asarray(np.round((at[chosen] + at[chosen + 1]) / 2, 6))


def around(points: list[float], x: Array, low: float, high: float, n: int) -> Array:
    """`n` inputs near `points`: halfway to the nearest neighbours among `x`, on either side, then the widest gaps."""
    out: list[float] = []
    for point in points:
        left, right = x[x < point], x[x > point]
        out += [(point + left.max()) / 2] if len(left) else []
        out += [(point + right.min()) / 2] if len(right) else []
    chosen = np.round(np.unique(out), 6)[:n]
    return np.concatenate([chosen, gaps(np.append(x, chosen), low, high, n - len(chosen))])


def rivals(curves: list[Curve], weights: Array, candidates: Array, n: int, noise: float = 0.0) -> Array:
    """Up to `n` of `candidates` where weighted `curves` disagree most, best first; none where all agree.

    Disagreement is the weighted spread of predictions, squashed so that a pole does not outshout everything else.
    `noise` is the standard deviation of one answer: a disagreement that it would drown is not worth a query.
    """
    with np.errstate(all="ignore"):
        table = np.array([curve(candidates) for curve in curves])
    scale = np.nanmedian(np.abs(table)) + noise + 1e-12 if np.isfinite(table).any() else 1.0
    table = np.arctan(np.where(np.isfinite(table), table, 1e6 * scale) / (10 * scale)) * 10 * scale
    center = weights @ table / weights.sum()
    spread = np.sqrt(weights @ (table - center) ** 2 / weights.sum())
    worth = np.where(spread > max(noise / 3, 1e-7 * scale), spread, 0.0)
    chosen: list[int] = []
    apart = (candidates.max() - candidates.min()) / 400
    for i in np.argsort(-worth, kind="stable"):
        if len(chosen) == n or worth[i] <= 0:
            break
        if all(abs(candidates[i] - candidates[j]) > apart for j in chosen):
            chosen.append(int(i))
    return candidates[chosen]


def informative(seen: Array, offered: Array, n: int) -> list[int]:
    """Which `n` of the offered rows (M, k) of sensitivities teach most about the parameters, given those seen (N, k).

    Greedy: each time the row whose prediction is least certain, which is the D-optimal step.
    Source: Fedorov (1972), Theory of Optimal Experiments.
    """
    size = np.maximum(np.sqrt((seen**2).sum(axis=0)), 1e-300)
    rows, information = offered / size, (seen / size).T @ (seen / size) + 1e-9 * np.eye(seen.shape[1])
    chosen: list[int] = []
    for _ in range(n):
        uncertain = np.einsum("mk,km->m", rows, np.linalg.solve(information, rows.T))
        uncertain[chosen] = -1.0
        chosen.append(int(np.argmax(uncertain)))
        information = information + np.outer(rows[chosen[-1]], rows[chosen[-1]])
    return chosen


def bisect(belongs: Callable[[float], bool], inside: float, outside: float, steps: int) -> tuple[float, float]:
    """Close in on the edge between an input where `belongs` is true and one where it is false: halves `steps` times.

    Returns the last (inside, outside). `belongs` asks as often as it needs to be sure.
    """
    for _ in range(steps):
        middle = round((inside + outside) / 2, 9)
        inside, outside = (middle, outside) if belongs(middle) else (inside, middle)
    return inside, outside
