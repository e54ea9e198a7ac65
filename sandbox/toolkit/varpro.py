"""Variable projection: a candidate's searched parameters improved while all that enters linearly is solved for.

Few parameters are left to descend in; those that are hardest to guess, amplitudes, slopes, coefficients of powers,
are never guessed. Source: Golub and Pereyra (1973), SIAM Journal on Numerical Analysis 10.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import leastsq

from .compose import Form
from .data import Data
from .screen import Candidate, linear_parts, natural, stacked
from .types import Array, Mask

UNUSABLE = 1e3  # scales off, where columns are undefined
Columns = Callable[
    [Array], NDArray[np.floating]
]  # what the curve is linear in, (n, m), from all that it is not linear in


def start(candidate: Candidate, data: Data) -> tuple[Form, Array]:
    """The form with its stated parameters, as good as descent in the searched ones makes them. Of a product's factors
    the one with more coefficients comes first."""
    with np.errstate(all="ignore"):
        if candidate.form.kind != "product":
            return candidate.form, natural(descended(candidate, data), data)
        ordered = _ordered(candidate, data)
        return ordered.form, _factored(ordered, natural(descended(ordered, data), data), data)


def _ordered(candidate: Candidate, data: Data) -> Candidate:
    one, two = (part.shape[1] for part in linear_parts(candidate.form, candidate.theta, data.x[:1]))
    if one >= two:
        return candidate
    return replace(candidate, form=Form("product", candidate.form.families[::-1]), theta=candidate.theta[::-1])


def descended(candidate: Candidate, data: Data, evaluations: int = 40) -> Candidate:
    """The candidate from a better start: never a worse one, and the same where it has nothing smooth to search."""
    flat, smooth = np.concatenate([*candidate.theta, np.empty(0)]), _smooth(candidate)
    x = data.x[candidate.keep & data.defined]
    cuts = np.cumsum([len(q) for q in candidate.theta])[:-1]

    def columns(q: Array) -> Array:
        inside = stacked(candidate.form, linear_parts(candidate.form, tuple(np.split(q, cuts)), x))
        return np.hstack([np.ones((len(x), 1)), inside])

    found = _descend(columns, flat, smooth, data, candidate.keep, evaluations)
    return candidate if found is flat else replace(candidate, theta=tuple(np.split(found, cuts)))


def _factored(candidate: Candidate, p: Array, data: Data, evaluations: int = 60) -> Array:
    """A product's stated parameters `p` improved: it is linear in one factor's columns while the other one is held.

    So it stays a product; what `descended` finds has more freedom than one.
    """
    first, second = candidate.form.families
    rows, split, own = candidate.keep & data.defined, 1 + first.size, len(candidate.theta[0])
    x = data.x[rows]

    def columns(u: Array) -> Array:
        factor: Array = first.columns(x, u[None, :own])[0]
        other = u[own] + second.value(x, np.concatenate([[1.0], u[own + 1 :]]))
        return np.asarray(np.hstack([np.ones((len(x), 1)), factor]) * other[:, None])

    flat: Array = np.concatenate([candidate.theta[0], p[split:]])
    smooth = np.ones(len(flat), dtype=bool)
    smooth[[i - 1 for i in first.hard] + [own + i for i in second.hard]] = False
    found = _descend(columns, flat, smooth, data, candidate.keep, evaluations)
    if found is flat:
        return p
    table = columns(found) * data.weights[rows, None]
    c: Array = np.linalg.lstsq(table, data.weighed[rows], rcond=None)[0].astype(np.float64)
    return np.concatenate([c[:1], first.natural(found[:own], c[1:]), found[own:]])


def _descend(columns: Columns, flat: Array, smooth: Mask, data: Data, keep: Mask, evaluations: int) -> Array:
    """`flat` moved, where it is smooth, to where the columns leave less of the kept answers; itself if nowhere."""
    rows = keep & data.defined
    weights, y = data.weights[rows, None], data.weighed[rows] / data.scale

    def moved(q: Array) -> Array:
        trial = flat.copy()
        trial[smooth] = q
        return trial

    def left(q: Array) -> Array:
        table = columns(moved(q)) * weights
        if not (np.abs(table) < 1e100).all():
            return np.full(len(y), UNUSABLE)
        basis, triangle = np.linalg.qr(table / np.maximum(np.linalg.norm(table, axis=0), 1e-300))
        basis = basis[:, np.abs(np.diag(triangle)) > 1e-11]  # the others add nothing
        return np.asarray(y - basis @ (basis.T @ y))

    if not smooth.any() or len(y) <= smooth.sum():
        return flat
    found = leastsq(left, flat[smooth], ftol=1e-13, xtol=1e-13, maxfev=evaluations, full_output=True)[0]
    better = float(np.sum(left(found) ** 2)) < float(np.sum(left(flat[smooth]) ** 2))
    return moved(found) if better else flat


def _smooth(candidate: Candidate) -> Mask:
    """Which of the searched parameters do more than move jumps about."""
    out = [
        [i + 1 not in family.hard for i in range(len(q))]
        for family, q in zip(candidate.form.families, candidate.theta, strict=True)
    ]
    hidden = candidate.form.kind == "composition" and bool(candidate.form.families[0].hard)
    return np.array([value and not hidden for part in out for value in part], dtype=bool)
