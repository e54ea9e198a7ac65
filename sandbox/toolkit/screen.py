"""Screening: thousands of starts at once, by least squares in what enters linearly; the best few become candidates."""

from dataclasses import dataclass

import numpy as np

from .compose import Form, single
from .families import FAMILIES, Family, Scene
from .fits import Data, Fit, blocks, coefficients, projected_sse, residuals, span, usable
from .select import score
from .types import Array, Mask

Best = dict[Form, tuple[float, tuple[Array, ...]]]  # of each form the least sum of squares, and the starts that gave it


@dataclass(frozen=True, eq=False)
class Candidate:
    """A screened candidate: approximate score, form, the searched parameters of its parts, and the answers kept."""

    score: float
    form: Form
    theta: tuple[Array, ...]
    keep: Mask


def rough(start: Form, theta: tuple[Array, ...], sse: float, keep: Mask, data: Data, sd: float) -> Candidate:
    """A screened candidate. The grid is coarse: below a hundredth of the scale, simplicity counts more than fit."""
    rough = Fit(start, np.zeros(start.size), sse, int((keep & data.defined).sum()))
    return Candidate(score(rough, keep, data, sd, slack=0.01 * data.scale), start, theta, keep)


def singles(data: Data, place: Scene, sd: float, masks: Mask, families: list[Family] | None = None) -> list[Candidate]:
    """The best starts of every family, held to each of the `masks` (W, n) of answers."""
    all_blocks = blocks(data.x, [(f, f.starts(place)) for f in families or FAMILIES.values()])
    out: list[Candidate] = []
    for keep in masks:
        rows, basis = keep & data.defined, span(data, keep)
        if rows.sum() < 4:
            continue
        for block in all_blocks:
            good = usable(block.columns, data, keep)
            sse = projected_sse(np.nan_to_num(block.columns)[:, rows], basis, data.y[rows])
            for family, theta, off in block.best(sse, good, 2 if keep.all() else 1):
                out.append(rough(single(family), (theta,), off, keep, data, sd))
    return diverse(out)


def diverse(candidates: list[Candidate], each: int = 3) -> list[Candidate]:
    """Of each form at most `each` candidates."""
    out: list[Candidate] = []
    taken: dict[str, int] = {}
    for candidate in sorted(candidates, key=lambda c: c.score):
        name = candidate.form.name
        taken[name] = taken.get(name, 0) + 1
        if taken[name] <= each:
            out.append(candidate)
    return out


def off(candidate: Candidate, data: Data) -> Array:
    return residuals(candidate.form, natural(candidate, data), data, candidate.keep)


def natural(candidate: Candidate, data: Data) -> Array:
    """The stated parameters of a screened candidate, its linear coefficients solved for."""
    rows = candidate.keep & data.defined
    x, y = data.x[rows], data.y[rows]
    families, kind = candidate.form.families, candidate.form.kind
    with np.errstate(all="ignore"):
        if kind == "composition":
            inner = candidate.theta[1]
            inside = families[1].value(x, np.concatenate([[1.0], inner]))
            columns = families[0].columns(inside, candidate.theta[0][None])[0]
            c = coefficients(columns, y)
            return np.concatenate([c[:1], families[0].natural(candidate.theta[0], c[1:]), inner])
        parts = [f.columns(x, t[None])[0] for f, t in zip(families, candidate.theta, strict=True)]
        if kind == "product":
            return _factored(parts, families, candidate.theta, y)
        c = coefficients(np.hstack(parts), y)
        out, position = [c[:1]], 1
        for family, theta, columns in zip(families, candidate.theta, parts, strict=True):
            out.append(family.natural(theta, c[position : position + columns.shape[1]]))
            position += columns.shape[1]
        return np.concatenate(out)


def _factored(parts: list[Array], families: tuple[Family, ...], theta: tuple[Array, ...], y: Array) -> Array:
    """A product's parameters: the free coefficients of all products of columns, made rank one (Eckart-Young)."""
    first, second = (np.hstack([np.ones((len(y), 1)), part]) for part in parts)
    sizes = [np.linalg.norm(part, axis=0) for part in (first, second)]
    cross = (first[:, :, None] * second[:, None, :]).reshape(len(y), -1)
    c = coefficients(cross[:, 1:], y).reshape(first.shape[1], second.shape[1])
    left, size, right = np.linalg.svd(c * sizes[0][:, None] * sizes[1])
    u, v = left[:, 0] * size[0] / sizes[0], right[0] / sizes[1]
    one, two = families[0].natural(theta[0], u[1:]), families[1].natural(theta[1], v[1:])
    amplitude = two[0] or 1e-300
    return np.concatenate([[u[0] * amplitude, one[0] * amplitude], one[1:], [v[0] / amplitude], two[1:]])


def improve(best: Best, joined: Form, off: float, theta: tuple[Array, ...]) -> None:
    """Keep the starts of a form that leave the smallest sum of squares."""
    if joined not in best or off < best[joined][0]:
        best[joined] = off, theta
