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
    all_blocks = blocks(data.x, [(f, f.starts(place)) for f in families or FAMILIES.values()], data.weights)
    out: list[Candidate] = []
    for keep in masks:
        rows, basis = keep & data.defined, span(data, keep)
        if rows.sum() < 4:
            continue
        for block in all_blocks:
            good = usable(block.columns, data, keep)
            sse = projected_sse(np.nan_to_num(block.columns)[:, rows], basis, data.weighed[rows])
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
    families, theta = candidate.form.families, candidate.theta
    with np.errstate(all="ignore"):
        parts = linear_parts(candidate.form, theta, data.x[rows])
        c = coefficients(stacked(candidate.form, parts), data.y[rows], data.weights[rows])
        if candidate.form.kind == "composition":
            return np.concatenate([c[:1], families[0].natural(theta[0], c[1:]), theta[1]])
        if candidate.form.kind == "product":
            return _factored(c, parts, families, theta)
        out, position = [c[:1]], 1
        for family, q, columns in zip(families, theta, parts, strict=True):
            out.append(family.natural(q, c[position : position + columns.shape[1]]))
            position += columns.shape[1]
        return np.concatenate(out)


def linear_parts(start: Form, theta: tuple[Array, ...], x: Array) -> list[Array]:
    """The columns (n, m) of each part; of a composition those of the outer one, on what the inner one gives."""
    families = start.families
    if start.kind == "composition":
        inside = families[1].value(x, np.concatenate([[1.0], theta[1]]))
        return [np.asarray(families[0].columns(inside, theta[0][None]))[0]]
    return [np.asarray(f.columns(x, q[None]))[0] for f, q in zip(families, theta, strict=True)]


def stacked(start: Form, parts: list[Array]) -> Array:
    """What the form is linear in beside a constant, (n, m). A product has more freedom here than it really has."""
    if start.kind != "product":
        return np.hstack(parts)
    first, second = (np.hstack([np.ones((len(part), 1)), part]) for part in parts)
    return np.asarray((first[:, :, None] * second[:, None, :]).reshape(len(first), -1)[:, 1:])


def _factored(c: Array, parts: list[Array], families: tuple[Family, ...], theta: tuple[Array, ...]) -> Array:
    """A product's parameters: the free coefficients of all products of columns, made rank one (Eckart-Young)."""
    sizes = [np.append(len(part) ** 0.5, np.linalg.norm(part, axis=0)) for part in parts]
    c = c.reshape(len(sizes[0]), len(sizes[1]))
    table = np.nan_to_num(c * sizes[0][:, None] * sizes[1], posinf=0.0, neginf=0.0)  # of columns that overflow
    left, size, right = np.linalg.svd(table)
    u, v = left[:, 0] * size[0] / sizes[0], right[0] / sizes[1]
    one, two = families[0].natural(theta[0], u[1:]), families[1].natural(theta[1], v[1:])
    amplitude = two[0] or 1e-300
    return np.concatenate([[u[0] * amplitude, one[0] * amplitude], one[1:], [v[0] / amplitude], two[1:]])


def improve(best: Best, joined: Form, off: float, theta: tuple[Array, ...]) -> None:
    """Keep the starts of a form that leave the smallest sum of squares."""
    if joined not in best or off < best[joined][0]:
        best[joined] = off, theta
