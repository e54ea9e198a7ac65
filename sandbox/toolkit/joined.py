"""Sums and products of two families: what the best single ones leave over is offered to all the others."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from .compose import Form, Kind
from .families import FAMILIES, Family, Scene
from .fits import Data, blocks, projected_sse, span, usable
from .screen import Best, Candidate, improve, rough
from .types import Array, Mask

KINDS: tuple[Kind, ...] = ("sum", "product")
ALTERNATED = 12  # of each kind, how many get their parts chosen anew in turn; where answers are left out, a third
MOST_POWERS = 5  # the highest degree among the families
FIRSTS = 12  # families tried as first part where some answers are left out


def pairs(data: Data, place: Scene, sd: float, keep: Mask, screened: list[Candidate]) -> Iterator[Candidate]:
    """Sums and products: each family's best start as first part, all starts of all families as second."""
    rows = keep & data.defined
    coarse = replace(place, cuts=place.cuts[:: max(1, len(place.cuts) // 30)])
    seconds = blocks(data.x, [(f, f.starts(coarse)) for f in FAMILIES.values()], data.weights)
    seen = [(b, np.nan_to_num(b.columns)[:, rows]) for b in seconds]
    best: Best = {}
    for family, theta in _firsts(screened, data, place, keep):
        columns = np.asarray(family.columns(data.x, theta[None]))[0]
        if not np.isfinite(columns[rows]).all():
            continue
        basis = span(data, keep, columns)
        for block, inside in seen:
            good = usable(block.columns, data, keep, beside=np.isfinite(columns).all(axis=1))
            for kind in KINDS:
                joined = inside if kind == "sum" else _times(inside, columns[rows])
                for second, start, off in block.best(projected_sse(joined, basis, data.weighed[rows]), good):
                    if not _merge(kind, family, second):
                        improve(best, Form(kind, (family, second)), off, (theta, start))
    found = sorted((rough(f, starts, off, keep, data, sd) for f, (off, starts) in best.items()), key=lambda c: c.score)
    for kind in KINDS:
        for candidate in [c for c in found if c.form.kind == kind][: ALTERNATED if keep.all() else ALTERNATED // 3]:
            yield from _alternated(candidate, data, coarse, sd)
    yield from found


def _merge(kind: Kind, first: Family, second: Family) -> bool:
    """Are the two joined one simpler shape? Then their parameters have no best values: every digit is chance."""
    degrees = [_degree(first), _degree(second)]
    if None not in degrees:
        return kind == "sum" or sum(d for d in degrees if d is not None) <= MOST_POWERS
    names = {first.name, second.name}
    return kind == "sum" and (names == {"linear", "leaky relu"} or first.name == second.name == "step")


def _degree(family: Family) -> int | None:
    """That of a polynomial."""
    return 1 if family.name == "linear" else int(family.name[-1]) if family.name.startswith("polynomial") else None


def _alternated(candidate: Candidate, data: Data, place: Scene, sd: float) -> Iterator[Candidate]:
    """The candidate with its first part's start chosen anew beside its second, then the second's beside that.

    What a first part looks like alone need not be what it is: a jump hides in an oscillation and the other way round.
    """
    kind, theta, keep = candidate.form.kind, list(candidate.theta), candidate.keep
    rows, off = keep & data.defined, np.inf
    for moving in (0, 1):
        family, other = candidate.form.families[moving], candidate.form.families[1 - moving]
        columns = np.asarray(other.columns(data.x, theta[1 - moving][None]))[0]
        basis, beside = span(data, keep, columns), np.isfinite(columns).all(axis=1)
        (block,) = blocks(data.x, [(family, family.starts(place))], data.weights)
        inside = np.nan_to_num(block.columns)[:, rows]
        joined = inside if kind == "sum" else _times(inside, columns[rows])
        good = usable(block.columns, data, keep, beside=beside)
        chosen = next(block.best(projected_sse(joined, basis, data.weighed[rows]), good), None)
        if chosen is not None:
            _, theta[moving], off = chosen
    if np.isfinite(off):
        yield rough(candidate.form, tuple(theta), off, keep, data, sd)


def _firsts(screened: list[Candidate], data: Data, place: Scene, keep: Mask) -> list[tuple[Family, Array]]:
    """Of each family the best start that was found while the same answers were kept, else while others were.

    And the best oscillation around a cubic: what rides on a trend is not seen while the trend is there.
    """
    out: dict[str, tuple[Family, Array]] = {}
    for c in sorted(screened, key=lambda c: (not np.array_equal(c.keep, keep), c.score)):
        out.setdefault(c.form.name, (c.form.families[0], c.theta[0]))
    sine, rows, powers = FAMILIES["sine"], keep & data.defined, data.x[:, None] ** np.arange(1, 4)
    tried = list(out.values())[: len(out) if keep.all() else FIRSTS]
    if rows.sum() < 8:
        return tried
    starts = sine.starts(place)
    waves = sine.columns(data.x[rows], starts) * data.weights[rows, None]
    sse = projected_sse(waves, span(data, keep, powers), data.weighed[rows])
    return [*tried, (sine, starts[int(np.argmin(sse))])]


def _times(second: Array, first: Array) -> Array:
    """Columns (D, n, m) of the second part, with their products with each column (n, q) of the first."""
    return np.concatenate([second, *(second * first[None, :, j, None] for j in range(first.shape[1]))], axis=2)
