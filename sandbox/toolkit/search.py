"""From answers to ranked explanations: single families first, then sums and products, then compositions.

Each stage screens thousands of candidates by variable projection and polishes the few best; the next stage runs only
where the last left more than noise. All work is counted, none is timed: equal data give equal results everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .compose import Form, Kind, form, single
from .families import FAMILIES, Family, Scene, brinks, scene
from .fits import Data, Fit, blocks, coefficients, polish, projected_sse, residuals, span, usable
from .noise import scatter
from .regions import jump_windows, leave_out, windows
from .select import Explanation, adequate, score
from .types import Array, Mask

KINDS: tuple[Kind, ...] = ("sum", "product")
NO_OUTER = ("linear", "rectangle", "leaky relu", "polynomial of degree 4")  # absorbed, or covered by others
ONE_SIDED = ("right root", "left root", "right logarithm", "left logarithm")
PLAIN_INNER = ("absolute", "root", "cube root", "logarithm", "reciprocal", "tanh", "gaussian", "even rational")
POLISHED: dict[Kind, int] = {"single": 8, "sum": 6, "product": 9, "composition": 8}  # candidates of a stage to polish
Known = tuple[str, tuple[float, ...]]  # a form's name and parameters: an explanation from before


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A screened candidate: approximate score, form, the searched parameters of its parts, and the answers kept."""

    score: float
    form: Form
    theta: tuple[Array, ...]
    keep: Mask


def search(data: Data, low: float, high: float, known: tuple[Known, ...] = ()) -> list[Explanation]:
    """Explanations of the data on [low, high], best first.

    `known` ones are refitted first; where one of them leaves nothing but noise, that saves the search.
    """
    with np.errstate(all="ignore"):  # overflow and undefined values are what candidates are screened for
        found = refit(data, known)
        if not data.defined.any():
            return [Explanation(Fit(Form("constant"), np.array([np.nan]), 0.0, 0), ~data.defined, 0.0)]
        if not found or not _solved(found, data, scatter(data.x, data.y).sd):
            found = _search(data, low, high, found)
    return _ranked(found)


def refit(data: Data, known: tuple[Known, ...]) -> list[Explanation]:
    """Known explanations fitted anew to the data, best first, and nothing else."""
    sd, out = scatter(data.x, data.y).sd, list[Explanation]()
    with np.errstate(all="ignore"):
        for name, p in known:
            start = Fit(form(name), np.array(p), 0.0, 0)
            held = leave_out(start, data, sd or 0.01 * data.scale)
            out.append(_settle(start.form, start.p, held, data, sd))
            if start.form.hard and not held.all():  # a jump that moved is not a region
                out.append(_settle(start.form, start.p, np.ones_like(held), data, sd))
    return _ranked(out)


def _search(data: Data, low: float, high: float, found: list[Explanation]) -> list[Explanation]:
    sd = scatter(data.x, data.y).sd
    place = replace(scene(data.x, low, high, finest=_finest(data, low, high)), brinks=brinks(data.x, data.defined))
    everything = np.ones((1, len(data.x)), dtype=bool)
    screened = _singles(data, place, sd, everything)
    found = [*found, _constant(data, sd), *_polished(screened, data, sd)]
    if not _solved(found, data, sd):
        left_out = np.concatenate([windows(len(data.x))[1:], jump_windows(data)])
        screened = _diverse(screened + _singles(data, place, sd, left_out))
        found += _polished([c for c in screened if not c.keep.all()], data, sd)
    masks = _masks(data, screened, found)
    # A sum or product may make a region needless, and noise may hide one: tried before anything less is believed.
    for stage, keeps, regions in (
        (_pairs, masks[:1], False),
        (_pairs, masks[1:], True),
        (_compositions, masks[:2], True),
    ):
        if _solved(found, data, sd, regions) and (regions or sd == 0):
            break
        for keep in keeps:
            found += _polished(list(stage(data, place, sd, keep, screened)), data, sd)
            if _solved(found, data, sd):
                break
    return found


def inside_fit(data: Data, rows: Mask, low: float, high: float, sd: float) -> Fit | None:
    """The best single family for the answers `rows` alone: what happens inside a region. None: nothing is defined."""
    defined = rows & data.defined
    if not defined.any():
        return None
    here = Data(data.x[defined], data.y[defined])
    start = Form("constant")
    level = Fit(start, np.array([here.y.mean()]), float(np.sum((here.y - here.y.mean()) ** 2)), len(here.x))
    everything = np.ones(len(here.x), dtype=bool)
    out = [Explanation(level, everything, score(level, everything, here, sd))]
    with np.errstate(all="ignore"):
        simple = [f for f in FAMILIES.values() if f.size + 3 <= len(np.unique(here.x))]
        place = scene(here.x, low, high, cuts=20, finest=_finest(here, float(here.x[0]), float(here.x[-1]) + 1e-9))
        screened = _singles(here, place, sd, everything[None], simple) if simple else []
        for candidate in sorted(screened, key=lambda c: c.score)[:10]:
            fit = polish(candidate.form, _natural(candidate, here), here, everything)
            out.append(Explanation(fit, everything, score(fit, everything, here, sd)))
    return min(out, key=lambda e: e.score).fit


def _finest(data: Data, low: float, high: float) -> float:
    """The highest frequency worth a try: what the closest samples can carry, within what is affordable."""
    return min(np.pi * len(data.x) * 4 / (high - low), 12.0)


def _solved(found: list[Explanation], data: Data, sd: float, regions: bool = True) -> bool:
    """Is the best explanation as good as noise allows?

    One that leaves answers out counts only where `regions` are allowed, and must be more than a flat stretch.
    """
    best = min(found, key=lambda e: e.score)
    flat = best.fit.form.kind == "constant" or all(family.hard for family in best.fit.form.families)
    partial = regions and not flat and best.fit.count >= 0.55 * data.defined.sum()
    return adequate(best.fit, data, sd) and (bool(best.keep.all()) or partial)


def _ranked(found: list[Explanation]) -> list[Explanation]:
    """Best first; of each form and set of kept answers only the best."""
    out: dict[tuple[str, bool], Explanation] = {}
    for explanation in sorted(found, key=lambda e: e.score):
        out.setdefault((explanation.fit.form.name, bool(explanation.keep.all())), explanation)
    return list(out.values())


def _constant(data: Data, sd: float) -> Explanation:
    return _settle(
        Form("constant"), np.array([float(np.median(data.y[data.defined]))]), np.ones(len(data.x), bool), data, sd
    )


def _settle(start: Form, p: Array, keep: Mask, data: Data, sd: float) -> Explanation:
    """Polish a candidate, see again which answers it cannot explain, and repeat until that stays the same."""
    fit = polish(start, p, data, keep)
    best = Explanation(fit, keep, score(fit, keep, data, sd))
    for _ in range(3):
        spread = max(sd, min(fit.rms, 3 * sd) if sd else fit.rms * 0.5)
        again = leave_out(fit, data, spread)
        if np.array_equal(again, keep):
            break
        keep = again
        fit = polish(start, fit.p, data, keep)
        now = Explanation(fit, keep, score(fit, keep, data, sd))
        best = min(best, now, key=lambda e: e.score)
    return best


def _polished(screened: list[_Candidate], data: Data, sd: float) -> list[Explanation]:
    """The best few candidates, polished. Once one of them explains everything, only simpler ones are still tried."""
    out: list[Explanation] = []
    enough = np.inf
    for candidate in _shortlist(screened, data):
        if candidate.form.size >= enough:
            continue
        out.append(_settle(candidate.form, _natural(candidate, data), candidate.keep, data, sd))
        if adequate(out[-1].fit, data, sd) and out[-1].keep.all():
            enough = min(enough, candidate.form.size)
    return out


def _shortlist(screened: list[_Candidate], data: Data) -> list[_Candidate]:
    """The best few of every kind, simplest kind first.

    A product is screened with more freedom than it has, so half of those come by how well they do without it.
    """
    out: list[_Candidate] = []
    for kind, most in POLISHED.items():
        ranked = sorted((c for c in screened if c.form.kind == kind), key=lambda c: c.score)
        if kind == "product":
            factored = sorted(ranked[:40], key=lambda c: float(np.sum(_off(c, data) ** 2)))[: most // 2]
            ranked = factored + [c for c in ranked if c not in factored]
        out += ranked[:most]
    return out


def _off(candidate: _Candidate, data: Data) -> Array:
    return residuals(candidate.form, _natural(candidate, data), data, candidate.keep)


def _natural(candidate: _Candidate, data: Data) -> Array:
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


def _singles(
    data: Data, place: Scene, sd: float, masks: Array, families: list[Family] | None = None
) -> list[_Candidate]:
    """The best starts of every family, held to each of the `masks` (W, n) of answers."""
    all_blocks = blocks(data.x, [(f, f.starts(place)) for f in families or FAMILIES.values()])
    out: list[_Candidate] = []
    for keep in masks:
        rows, basis = keep & data.defined, span(data, keep)
        if rows.sum() < 4:
            continue
        for block in all_blocks:
            good = usable(block.columns, data, keep)
            sse = projected_sse(np.nan_to_num(block.columns)[:, rows], basis, data.y[rows])
            for family, theta, off in block.best(sse, good, 2 if keep.all() else 1):
                out.append(_rough(single(family), (theta,), off, keep, data, sd))
    return _diverse(out)


def _diverse(candidates: list[_Candidate], each: int = 3) -> list[_Candidate]:
    """Of each form at most `each` candidates."""
    out: list[_Candidate] = []
    taken: dict[str, int] = {}
    for candidate in sorted(candidates, key=lambda c: c.score):
        name = candidate.form.name
        taken[name] = taken.get(name, 0) + 1
        if taken[name] <= each:
            out.append(candidate)
    return out


def _masks(data: Data, screened: list[_Candidate], found: list[Explanation], most: int = 4) -> list[Mask]:
    """Everything kept; the region that the best explanation so far would leave out; then the best between jumps."""
    out: list[Mask] = [np.ones(len(data.x), dtype=bool)]
    at_jumps = {mask.tobytes() for mask in jump_windows(data)}
    ranked = [c.keep for c in sorted(screened, key=lambda c: (c.keep.tobytes() not in at_jumps, c.score))]
    for keep in [min(found, key=lambda e: e.score).keep, *ranked]:
        if len(out) < most and not any(np.mean(keep != other) < 0.05 for other in out):
            out.append(keep)
    return out


def _pairs(data: Data, place: Scene, sd: float, keep: Mask, screened: list[_Candidate]) -> Iterator[_Candidate]:
    """Sums and products: each family's best start as first part, all starts of all families as second."""
    rows = keep & data.defined
    coarse = replace(place, cuts=place.cuts[:: max(1, len(place.cuts) // 30)])
    seconds = blocks(data.x, [(f, f.starts(coarse)) for f in FAMILIES.values()])
    seen = [(b, np.nan_to_num(b.columns)[:, rows]) for b in seconds]
    best: dict[Form, tuple[float, tuple[Array, ...]]] = {}
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
                    _improve(best, Form(kind, (family, second)), off, (theta, start))
    for joined_form, (off, starts) in best.items():
        yield _rough(joined_form, starts, off, keep, data, sd)


def _firsts(screened: list[_Candidate], data: Data, place: Scene, keep: Mask) -> list[tuple[Family, Array]]:
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


def _improve(
    best: dict[Form, tuple[float, tuple[Array, ...]]], joined: Form, off: float, theta: tuple[Array, ...]
) -> None:
    """Keep the starts of a form that leave the smallest sum of squares."""
    if joined not in best or off < best[joined][0]:
        best[joined] = off, theta


def _times(second: Array, first: Array) -> Array:
    """Columns (D, n, m) of the second part, with their products with each column (n, q) of the first."""
    return np.concatenate([second, *(second * first[None, :, j, None] for j in range(first.shape[1]))], axis=2)


def _rough(start: Form, theta: tuple[Array, ...], sse: float, keep: Mask, data: Data, sd: float) -> _Candidate:
    """A screened candidate. The grid is coarse: below a hundredth of the scale, simplicity counts more than fit."""
    rough = Fit(start, np.zeros(start.size), sse, int((keep & data.defined).sum()))
    return _Candidate(score(rough, keep, data, sd, slack=0.01 * data.scale), start, theta, keep)


def _inner_starts(place: Scene) -> Iterator[tuple[Family, Array]]:
    """What may go inside another function: unit-amplitude shapes, by the parameters that follow the amplitude."""
    few = replace(place, cuts=place.cuts[:: max(1, len(place.cuts) // 12)])
    for family in FAMILIES.values():
        if family.name == "polynomial of degree 2":
            yield from ((family, np.array([-2 * c])) for c in few.cuts)
        elif family.name == "polynomial of degree 3":
            yield from ((family, np.array([0.0, b * place.half**2])) for b in (-0.7, -0.3, 0.0, 0.5))
        elif family.name == "sine":
            for w in family.starts(place)[:32, 0]:
                yield from ((family, np.array([w, phase])) for phase in np.arange(4) * np.pi / 4)
        elif family.name == "floor":
            yield from ((family, np.array([rate, 0.0])) for rate in np.unique(family.starts(place)[:, 0])[::3])
        elif family.name in ONE_SIDED:  # begins between two neighbours: every cut is tried, most are out at once
            yield from ((family, np.array([c])) for c in (*place.cuts, *place.brinks))
        elif family.name in PLAIN_INNER:
            starts = family.starts(few)
            yield from ((family, q) for q in starts[:: max(1, len(starts) // 20)])


def _compositions(
    data: Data,
    place: Scene,
    sd: float,
    keep: Mask,
    screened: list[_Candidate],  # noqa: ARG001 - a stage takes what the others take
) -> Iterator[_Candidate]:
    """One function of another: every inner start, with all starts of every outer family on its range of values."""
    rows, basis = keep & data.defined, span(data, keep)
    outers = [f for f in FAMILIES.values() if f.name not in NO_OUTER]
    best: dict[Form, tuple[float, tuple[Array, ...]]] = {}
    for family, q in _inner_starts(place):
        inside = family.value(data.x, np.concatenate([[1.0], q]))
        u = inside[np.isfinite(inside)]
        if len(u) < 6 or np.ptp(u) == 0 or not np.isfinite(inside[rows]).all():
            continue
        around = scene(u, float(u.min()), float(u.max()), cuts=12, finest=30.0 / (np.ptp(u) / 2))
        for block in blocks(inside, [(f, f.starts(around)) for f in outers]):
            sse = projected_sse(np.nan_to_num(block.columns)[:, rows], basis, data.y[rows])
            for outer, start, off in block.best(sse, usable(block.columns, data, keep)):
                _improve(best, Form("composition", (outer, family)), off, (start, q))
    for joined, (off, starts) in best.items():
        yield _rough(joined, starts, off, keep, data, sd)
