"""Least squares: screen many candidates at once by variable projection, then polish a few in all their parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from scipy.optimize import leastsq

from .compose import Form
from .data import Data, sorted_data
from .families import Family
from .types import Array, Indices, Mask

__all__ = [
    "Block",
    "Data",
    "Fit",
    "blocks",
    "coefficients",
    "descend",
    "polish",
    "projected_sse",
    "residuals",
    "sensitivity",
    "sorted_data",
    "span",
    "usable",
]

FAR = 1e3  # a prediction that is undefined where the answer is defined counts as this many scales off


@dataclass(frozen=True)
class Block:
    """Candidate columns of one width: `columns` (D, N, m), and for each family its starts and where they are in D."""

    columns: Array
    members: tuple[tuple[Family, Array, slice], ...]

    def best(self, sse: Array, good: Mask, each: int = 1) -> Iterator[tuple[Family, Array, float]]:
        """The `each` best of the good candidates of every family: family, start, residual sum of squares."""
        sse = np.where(good, sse, np.inf)
        for family, starts, where in self.members:
            here = sse[where]
            for i in np.argsort(here, kind="stable")[:each] if each > 1 or not len(here) else [int(np.argmin(here))]:
                if np.isfinite(here[i]):
                    yield family, starts[i], float(here[i])


def blocks(x: Array, starts: list[tuple[Family, Array]], weights: Array) -> list[Block]:
    """Columns of all candidates at `x`, each row times its weight, grouped by how many coefficients they have. NaN:
    undefined or overflow."""
    made = [(family, theta, np.asarray(family.columns(x, theta)) * weights[:, None]) for family, theta in starts]
    out: list[Block] = []
    for _, group in groupby(sorted(made, key=lambda m: m[2].shape[2]), key=lambda m: m[2].shape[2]):
        members = list(group)
        ends = np.cumsum([len(theta) for _, theta, _ in members])
        columns = np.concatenate([columns for _, _, columns in members])
        placed = [
            (f, theta, slice(int(e) - len(theta), int(e))) for (f, theta, _), e in zip(members, ends, strict=True)
        ]
        out.append(Block(np.where(np.abs(columns) < 1e100, columns, np.nan), tuple(placed)))
    return out


def usable(columns: Array, data: Data, keep: Mask, beside: Mask | None = None) -> Mask:
    """Which candidates (D,) are defined wherever the kept answers are, and undefined wherever those are undefined.

    `beside` (N,) is where another part, added or multiplied, is defined.
    """
    finite = np.isfinite(columns).all(axis=2)
    if beside is not None:
        finite = finite & beside
    wrong = (finite != data.defined[None]) & keep[None]
    return np.asarray(~wrong.any(axis=1))


def projected_sse(columns: Array, against: Array, y: Array) -> Array:
    """Residual sum of squares (D,) of y on [against, candidate] for each candidate (D, N, m), all of it finite.

    `against` is (N, q) and orthonormal. Candidates are scaled first, so the answer does not depend on their units.
    """
    flat = np.ascontiguousarray(np.moveaxis(columns, 2, 1))  # (D, m, N)
    rest = y - against @ (against.T @ y)
    total = float(rest @ rest)
    seen, gram, along = flat @ against, flat @ np.moveaxis(flat, 1, 2), flat @ rest
    size = np.sqrt(np.maximum(np.einsum("dmm->dm", gram), 1e-300))
    along = along / size
    gram = (gram - seen @ np.moveaxis(seen, 1, 2)) / (size[:, :, None] * size[:, None, :])
    if columns.shape[2] == 1:
        left = gram[:, 0, 0]
        gained = np.where(left > 1e-12, along[:, 0] ** 2 / np.maximum(left, 1e-12), 0.0)
    else:
        gram = gram + 1e-13 * np.eye(columns.shape[2])
        gained = np.einsum("dm,dm->d", along, np.linalg.solve(gram, along[..., None])[..., 0])
    return np.asarray(np.maximum(total - gained, 0.0))


def span(data: Data, keep: Mask, columns: Array | None = None) -> Array:
    """An orthonormal basis (n, q) of the constant and `columns` (N, m) on the kept, defined answers, all weighed."""
    rows = keep & data.defined
    ones = data.weights[rows, None]
    stacked = ones if columns is None else np.hstack([ones, columns[rows] * ones])
    basis, triangle = np.linalg.qr(stacked / np.maximum(np.linalg.norm(stacked, axis=0), 1e-300))
    return np.asarray(basis[:, np.abs(np.diag(triangle)) > 1e-10])


def coefficients(columns: Array, y: Array, weights: Array) -> Array:
    """Least squares of y on [1, columns], weighed: the constant first. Columns are scaled first, so powers of x do no
    harm."""
    stacked = np.hstack([np.ones((len(y), 1)), columns]) * weights[:, None]
    size = np.maximum(np.linalg.norm(stacked, axis=0), 1e-300)
    return np.asarray(np.linalg.lstsq(stacked / size, y * weights, rcond=None)[0] / size)


@dataclass(frozen=True)
class Fit:
    """A form with its parameters, and how it does on the answers it was fitted to: `sse` over `count` of them."""

    form: Form
    p: Array
    sse: float
    count: int

    @property
    def rms(self) -> float:
        """Root mean square residual, weighed."""
        return float((self.sse / max(self.count, 1)) ** 0.5)

    def curve(self, x: Array) -> Array:
        """What it predicts, NaN where it is undefined."""
        with np.errstate(all="ignore"):
            y = self.form.value(np.asarray(x, dtype=float), self.p)
        return np.where(np.isfinite(y), y, np.nan)


def residuals(fit_form: Form, p: Array, data: Data, keep: Mask) -> Array:
    """Answer minus prediction on the kept, defined answers, weighed; an undefined prediction is FAR off."""
    rows = keep & data.defined
    off = (data.y[rows] - fit_form.value(data.x[rows], p)) * data.weights[rows]
    return np.where(np.abs(off) < 1e50 * data.scale, off, FAR * data.scale)


def polish(start: Form, p: Array, data: Data, keep: Mask, evaluations: int = 200, turns: int = 3) -> Fit:
    """Improve all parameters of a form from `p`. Smooth ones by Levenberg-Marquardt, jumps by a shrinking search.

    A form that has both takes `turns`, because neither can be right while the other is wrong.
    """
    p = np.where(np.isfinite(p), p, 0.0)
    smooth = np.array([i for i in range(start.size) if i not in start.hard], dtype=int)
    exact = len(data.x) * data.dust**2
    for _ in range(turns if start.hard and start.kind in ("sum", "product") else 1):
        if start.hard:
            p = _shake(start, p, data, keep)
        fit = descend(start, p, smooth, data, keep, evaluations)
        p = fit.p
        if fit.sse <= exact:
            break
    return fit


def descend(start: Form, p: Array, free: Indices, data: Data, keep: Mask, evaluations: int) -> Fit:
    """Levenberg-Marquardt in the `free` parameters alone; never worse than `p`."""
    p = _descended(start, p, free, data, keep, evaluations)
    return Fit(start, p, float(np.sum(residuals(start, p, data, keep) ** 2)), int((keep & data.defined).sum()))


def _descended(start: Form, p: Array, free: Indices, data: Data, keep: Mask, evaluations: int) -> Array:
    rows = keep & data.defined
    x, y, weights = data.x[rows], data.y[rows], data.weights[rows] / data.scale
    if len(x) < len(free):
        return p

    def objective(q: Array) -> Array:
        trial = p.copy()
        trial[free] = q
        off = (y - start.value(x, trial)) * weights
        return np.where(np.abs(off) < 1e50, off, FAR)

    found = leastsq(objective, p[free], ftol=1e-13, xtol=1e-13, maxfev=evaluations, full_output=True)[0]
    out = p.copy()
    if np.sum(objective(found) ** 2) <= np.sum(objective(p[free]) ** 2):
        out[free] = found
    return out


def sensitivity(fit: Fit, x: Array) -> Array:
    """How the curve at `x` (N,) answers to each smooth parameter, (N, k), by central differences; 0 where undefined."""
    rows = []
    for i in (i for i in range(fit.form.size) if i not in fit.form.hard):
        step = np.zeros(fit.form.size)
        step[i] = 1e-6 * max(abs(fit.p[i]), 1e-3)
        rows.append((fit.form.value(x, fit.p + step) - fit.form.value(x, fit.p - step)) / (2 * step[i]))
    return np.asarray(np.nan_to_num(np.stack(rows, axis=1), posinf=0.0, neginf=0.0))


def _unit_columns(start: Form, trials: Array, x: Array) -> Array:
    """What a form is linear in, (D, N, m), for each of `trials` (D, k): unit parts, and their product."""
    whole = start.parts(trials.T[:, :, None])
    parts = [np.concatenate([np.ones_like(q[:1]), q[1:]]) for q in whole]
    if start.kind == "composition":
        inside = np.asarray(start.families[1].value(x, parts[1]))
        return np.asarray(start.families[0].value(inside, parts[0]))[:, :, None]
    shape = (len(trials), len(x))
    columns = [np.broadcast_to(f.value(x, q), shape) for f, q in zip(start.families, parts, strict=True)]
    return np.stack([*columns, columns[0] * columns[1]] if start.kind == "product" else columns, axis=2)


def _solve(start: Form, p: Array, columns: Array, y: Array, weights: Array) -> Array:
    """`p` with the offsets and amplitudes that fit best on `columns`; a product is made rank one."""
    c, out = coefficients(columns, y, weights), p.copy()
    if start.kind == "product":
        first, second, both = c[1:] if abs(c[3]) > 1e-300 else (c[1], c[2], 1e-300)
        out[0], out[1], out[1 + start.families[0].size] = second, both, first / both
        return out
    out[0], out[1] = c[0], c[1]
    if start.kind == "sum":
        out[1 + start.families[0].size] = c[2]
    return out


def _shake(start: Form, p: Array, data: Data, keep: Mask, rounds: int = 14, tries: int = 48) -> Array:
    """A search that shrinks around the best: for parameters that only move jumps, where slopes are zero."""
    rng = np.random.default_rng(7)
    hard = np.array(start.hard, dtype=int)
    rows = keep & data.defined
    x, y, weights, basis = data.x[rows], data.y[rows], data.weights[rows], span(data, keep)
    reach = float(np.ptp(data.x)) or 1.0
    radius = np.array(_reach(start, reach))
    best, least = p, np.inf
    for _ in range(rounds):
        steps = rng.normal(size=(tries, len(hard))) * (rng.uniform(size=(tries, len(hard))) < 0.7) * radius
        steps[0] = 0.0
        trials = np.repeat(best[None], tries, axis=0)
        trials[:, hard] += steps
        columns = _unit_columns(start, trials, x) * weights[:, None]
        fine = np.asarray((np.abs(columns) < 1e100).all(axis=(1, 2)))
        sse = np.where(fine, projected_sse(np.where(fine[:, None, None], columns, 0.0), basis, y * weights), np.inf)
        i = int(np.argmin(sse))
        if sse[i] < least * (1 - 1e-9):
            best, least = trials[i], float(sse[i])
            radius = radius * (1.0 if i else 0.5)
        else:
            radius = radius * 0.45
        if least <= data.dust**2 * len(y):
            break
    return _solve(start, best, _unit_columns(start, best[None], x)[0], y, weights) if np.isfinite(least) else p


def _reach(start: Form, reach: float) -> list[float]:
    """First step sizes for the hard parameters: about what separates the starts of a search from one another."""
    sizes = {"frequency": 0.6 / reach, "rate": 0.6 / reach, "phase": 0.3}
    names = ["offset"] + [name for family in start.families for name in ("amplitude", *family.params)]
    if start.kind == "composition":
        names.pop(1 + start.families[0].size)
    return [sizes.get(names[i], reach / 60) for i in start.hard]
