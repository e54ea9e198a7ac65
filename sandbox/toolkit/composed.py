"""One function of another: y = outer(inner(x)).

Where that holds, y depends on u = inner(x) alone: sorted by the right u, neighbouring answers lie close together. That
costs one sort, so thousands of inner shapes are compared by it; only the smoothest few meet the outer families.
An inner shape that only rises or falls leaves the order as it is: of those a few, evenly chosen, meet them too.
Source: the von Neumann (1941) ratio, as an index test for y = f(g(x)).
"""

from collections.abc import Iterator

import numpy as np

from .compose import Form
from .families import FAMILIES, Family, Scene, scene
from .fits import Data, blocks, projected_sse, span, usable
from .screen import Best, Candidate, diverse, improve, rough
from .types import Array, Mask

NO_OUTER = ("linear", "leaky relu", "polynomial of degree 4")  # absorbed, or covered by others
ORDERED = ("cube root", "right root", "left root", "right logarithm", "left logarithm", "tanh")  # rise or fall only
FOLDING = ("absolute", "root", "logarithm", "reciprocal", "gaussian", "even rational")
PLACES = np.array([0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98])  # where, of those that keep the order, a few are chosen


def inner_starts(place: Scene) -> Iterator[tuple[Family, Array]]:
    """What may go inside another function: each family with its candidates (D, k) for what follows the amplitude."""
    half, middle = place.half, (place.low + place.high) / 2
    for family in FAMILIES.values():
        if family.name == "polynomial of degree 2":
            yield family, -2 * np.linspace(place.low, place.high, 60)[:, None]
        elif family.name == "polynomial of degree 3":
            yield family, _mesh(half * np.linspace(-3, 3, 13), half**2 * np.linspace(-3, 3, 13))
        elif family.name == "sine":
            rates = np.unique(np.concatenate([family.starts(place)[:32, 0], np.arange(1, 40) * 0.35 / half]))
            yield family, _mesh(rates, np.arange(10) * np.pi / 10)
        elif family.name == "floor":
            yield family, _mesh(np.geomspace(1.0, 16.0, 600) / half, np.zeros(1))
        elif family.name == "rational":
            offsets = (half * np.geomspace(0.05, 1.5, 6)) ** 2
            yield (
                family,
                _mesh(middle + half * np.linspace(-1, 1, 11), offsets, middle + half * np.linspace(-1.5, 1.5, 10)),
            )
        elif family.name in ORDERED or family.name in FOLDING:
            yield family, np.asarray(family.starts(place))


def _mesh(*axes: Array) -> Array:
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def roughness(inside: Array, y: Array) -> Array:
    """How far y (n,) jumps in all when sorted by each row of `inside` (D, n); ties by y, for they need not be apart.

    Ties cost their spread, three times: equal arguments must have equal answers.
    """
    order = np.argsort(inside, axis=1, kind="stable")
    steps = np.abs(np.diff(y[order], axis=1))
    tied = np.diff(np.take_along_axis(inside, order, axis=1), axis=1) == 0
    return np.asarray(np.sum(steps * np.where(tied, 3.0, 1.0), axis=1))


def smoothest(data: Data, place: Scene, keep: Mask, each: int = 3, most: int = 26) -> Iterator[tuple[Family, Array]]:
    """The inner shapes in whose order the kept answers are smoothest: some of every family, more of the best."""
    rows = keep & data.defined
    x, y = data.x[rows], data.y[rows]
    bounded = np.median(y) + 4 * data.scale * np.arctan((y - np.median(y)) / (4 * data.scale))
    rated: list[tuple[float, Family, Array]] = []
    for family, starts in inner_starts(place):
        if not starts.size:
            continue
        inside = family.value(x, np.concatenate([np.ones((1, len(starts))), starts.T])[:, :, None])
        starts = starts[np.isfinite(inside).all(axis=1)]
        inside = inside[np.isfinite(inside).all(axis=1)]
        if not len(starts):
            continue
        if family.name in ORDERED:
            yield from ((family, starts[i]) for i in np.unique((PLACES * (len(starts) - 1)).round().astype(int)))
            continue
        rough_by = roughness(inside, bounded)
        best = np.argsort(rough_by, kind="stable")
        yield from ((family, starts[i]) for i in best[:each])
        yield family, _refined(family, starts[best[:12]], x, bounded)
        rated += [(float(rough_by[i]), family, starts[i]) for i in best[each : each + 12]]
    for _, family, q in sorted(rated, key=lambda r: r[0])[:most]:
        yield family, q


def _refined(family: Family, starts: Array, x: Array, y: Array, rounds: int = 5, tries: int = 40) -> Array:
    """The first of `starts` (D, k), the best, moved to where answers are smoother still, by steps that shrink."""
    rng, best, step = np.random.default_rng(11), starts[0], starts.std(axis=0)
    for _ in range(rounds):
        trials = best + step * rng.normal(size=(tries, len(best)))
        trials[0] = best
        inside = family.value(x, np.concatenate([np.ones((1, tries)), trials.T])[:, :, None])
        unusable = ~np.isfinite(inside).all(axis=1)
        rough_by = np.where(unusable, np.inf, roughness(np.nan_to_num(inside), y))
        best, step = trials[int(np.argmin(rough_by))], step * 0.5
    return np.asarray(best)


def compositions(
    data: Data,
    place: Scene,
    sd: float,
    keep: Mask,
    screened: list[Candidate],  # noqa: ARG001 - a stage takes what the others take
) -> Iterator[Candidate]:
    """The smoothest inner shapes, each with all starts of every outer family on its range of values."""
    rows, basis = keep & data.defined, span(data, keep)
    outers = [f for f in FAMILIES.values() if f.name not in NO_OUTER]
    found: list[Candidate] = []
    for family, q in smoothest(data, place, keep):
        best: Best = {}
        inside = family.value(data.x, np.concatenate([[1.0], q]))
        u = inside[np.isfinite(inside)]
        if len(u) < 6 or np.ptp(u) == 0:
            continue
        around = scene(u, float(u.min()), float(u.max()), cuts=12, finest=30.0 / (np.ptp(u) / 2))
        for block in blocks(inside, [(f, _thinned(f, around)) for f in outers], data.weights):
            sse = projected_sse(np.nan_to_num(block.columns)[:, rows], basis, data.weighed[rows])
            for outer, start, off in block.best(sse, usable(block.columns, data, keep)):
                improve(best, Form("composition", (outer, family)), off, (start, q))
        found += [rough(joined, starts, off, keep, data, sd) for joined, (off, starts) in best.items()]
    yield from diverse(found, each=2)  # the coarse grid of an outer shape must not decide for one inner shape alone


def _thinned(family: Family, around: Scene) -> Array:
    """Starts of an outer family; of the two that have hundreds of jumping ones, a third."""
    starts = family.starts(around)
    return starts[::3] if family.hard and len(starts) > 400 else starts
