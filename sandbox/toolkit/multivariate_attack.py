"""Where a hypothesis on a function of several numbers is most likely to break, and whether it did."""

from collections.abc import Callable

import numpy as np

from .multivariate import filling
from .types import Array

Json = dict[str, object]
BEYOND = 0.15  # of the domain's width: how far outside an attack asks


def attacks(x: Array, low: Array, high: Array, count: int) -> list[tuple[str, Array]]:
    """Rows furthest from all that were asked, and one row beyond the domain for each end of its diagonal."""
    fresh = filling(low, high, 40 * count, seed=500)
    known = (np.asarray(x).reshape(-1, len(low)) - low) / (high - low)
    chosen: list[tuple[str, Array]] = []
    beyond = [
        ("beyond the domain", np.round(end, 6)) for end in (low - BEYOND * (high - low), high + BEYOND * (high - low))
    ]
    while len(chosen) < count - min(len(beyond), count // 3):
        apart = np.sqrt((((fresh - low) / (high - low))[:, None] - known) ** 2).sum(axis=2).min(axis=1)
        furthest = fresh[int(np.argmax(apart))]
        chosen.append(("far from all that was asked", furthest))
        known = np.concatenate([known, [(furthest - low) / (high - low)]])
    return (chosen + beyond)[:count]


def confront(
    function: Callable[..., float], planned: list[tuple[str, Array]], ask: Callable[[Array], Array], y: Array, sd: float
) -> list[Json]:
    """Ask every planned row and compare; the blows are ready for a report.

    Expected and observed may lie four noise deviations and 2 % of the spread of the answers `y` apart.
    """
    if not planned:
        return []
    rows = np.array([row for _, row in planned])
    known = y[np.isfinite(y)]
    tolerance = 4 * sd + 0.02 * float(np.ptp(known) if len(known) else 1.0) + 1e-9
    blows = []
    for (kind, row), observed in zip(planned, ask(rows).tolist(), strict=True):
        expected = float(function(*row.tolist()))
        off = abs(expected - observed)
        broke = not off <= tolerance and not (np.isnan(expected) and np.isnan(observed))
        blows.append(
            {
                "kind": kind,
                "input": row.tolist(),
                "expected": expected if np.isfinite(expected) else None,
                "observed": observed if np.isfinite(observed) else None,
                "tolerance": tolerance,
                "broke": bool(broke),
            }
        )
    return blows
