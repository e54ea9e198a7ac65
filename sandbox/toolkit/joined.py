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


def pairs(data: Data, place: Scene, sd: float, keep: Mask, screened: list[Candidate]) -> Iterator[Candidate]:
    """Sums and products: each family's best start as first part, all starts of all families as second."""
    rows = keep & data.defined
    coarse = replace(place, cuts=place.cuts[:: max(1, len(place.cuts) // 30)])
    seconds = blocks(data.x, [(f, f.starts(coarse)) for f in FAMILIES.values()])
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
                for second, start, off in block.best(projected_sse(joined, basis, data.y[rows]), good):
                    improve(best, Form(kind, (family, second)), off, (theta, start))
    for joined_form, (off, starts) in best.items():
        yield rough(joined_form, starts, off, keep, data, sd)


def _firsts(screened: list[Candidate], data: Data, place: Scene, keep: Mask) -> list[tuple[Family, Array]]:
    """Of each family the best start that was found while the same answers were kept, else while others were.

    And the best oscillation around a cubic: what rides on a trend is not seen while the trend is there.
    """
    out: dict[str, tuple[Family, Array]] = {}
    for c in sorted(screened, key=lambda c: (not np.array_equal(c.keep, keep), c.score)):
        out.setdefault(c.form.name, (c.form.families[0], c.theta[0]))
    sine, rows, powers = FAMILIES["sine"], keep & data.defined, data.x[:, None] ** np.arange(1, 4)
    if rows.sum() < 8:
        return list(out.values())
    starts = sine.starts(place)
    sse = projected_sse(sine.columns(data.x[rows], starts), span(data, keep, powers), data.y[rows])
    return [*out.values(), (sine, starts[int(np.argmin(sse))])]


def _times(second: Array, first: Array) -> Array:
    """Columns (D, n, m) of the second part, with their products with each column (n, q) of the first."""
    return np.concatenate([second, *(second * first[None, :, j, None] for j in range(first.shape[1]))], axis=2)
