"""What the answers along lines say: a family for each line, and what these families make of the whole.

Along a line every part but one is a constant, whatever joins them, so its family is seen undisturbed: but for what is
irregular (a run of the answers is then left out) and for where a largest or smallest part hides it (the answers at the
line's own limit are). Each way of joining the families of lines through one point or the other is compared with all
answers; what a structure leaves open, a level or a factor, is what suits most of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations, product

import numpy as np

from .compose import Form
from .families import FAMILIES, scene
from .fits import Data, Fit, polish, sorted_data
from .multivariate_forms import Kind, Structure, moved, scaled
from .multivariate_screen import LEVELS, Lines, trimmed, trimmed_rows
from .regions import windows
from .screen import Candidate, natural, singles
from .select import score
from .types import Array, Mask

EXACT = 1e-7  # of the spread: errors below it are alike, and simple curves come first
ALIKE = 3  # starts of one kind of structure
FEWEST = 5  # answers that a family is fitted to
FEW, OTHERS, MANY = 4, 2, 13  # starts that are fitted to a line, and those of other forms; without noise of many
MASKS = 4  # ways of leaving answers out that are looked into, without noise
EACH = 4  # families of one line that are tried in the whole
CLOSER = 3  # times that a level is looked for more closely
STEPS = 5  # places where a run that is left out may begin or end


@dataclass(frozen=True)
class Start:
    """A structure with a fitted curve for each part, and its error as a share of the spread of the answers."""

    structure: Structure
    fits: tuple[Fit, ...]
    error: float


@dataclass(frozen=True)
class Line:
    """Curves that a line may be, the best first, and what they say at all rows (K, N)."""

    fits: tuple[Fit, ...]
    values: Array


def starts(
    x: Array, y: Array, through: Sequence[Lines], active: tuple[int, ...], sd: float, scale: float
) -> Iterator[Start]:
    """Structures of the active inputs with the families that their lines show, the most promising first; a few of each
    kind."""
    lines = {(k, c): _line(through[k], c, x, sd) for k in range(len(through)) for c in active}
    found = [*_plain(y, len(through), lines, active), *_choices(x, y, lines, active)]
    if len(active) == 3:
        found += [s for k, point in enumerate(through) for s in _mixed(y, point, lines, k)]
    best: dict[tuple[object, ...], Start] = {}
    for start in sorted(found, key=lambda s: (max(s.error, EXACT * scale), sum(fit.form.size for fit in s.fits))):
        key = (start.structure.kind, start.structure.inputs, *(fit.form.name for fit in start.fits))
        best.setdefault(key, start)
    kinds = Counter[Kind]()
    for start in best.values():
        kinds[start.structure.kind] += 1
        if kinds[start.structure.kind] <= ALIKE:
            yield replace(start, error=start.error / scale)


def _line(through: Lines, column: int, x: Array, sd: float) -> Line:
    fits = _remembered(*(tuple(values.tolist()) for values in through.along[column]), sd)
    with np.errstate(all="ignore"):
        values = np.array([np.nan_to_num(fit.curve(x[:, column]), posinf=0.0, neginf=0.0) for fit in fits])
    return Line(fits, values)


@lru_cache(maxsize=64)
def _remembered(at: tuple[float, ...], y: tuple[float, ...], sd: float) -> tuple[Fit, ...]:
    """`families`, once for each line: most lines stay as they are when more is asked."""
    return families(sorted_data(np.array(at), np.array(y)), sd)


def families(data: Data, sd: float, whole: bool = False) -> tuple[Fit, ...]:
    """The families that explain the answers along a line best: all of them (`whole`: no others), or without those that
    something hides."""
    level = float(np.mean(data.y) if whole else np.median(data.y))
    flat = Fit(Form("constant"), np.array([level]), float(np.sum((data.y - level) ** 2)), len(data.x))
    everything = np.ones(len(data.x), dtype=bool)
    if np.ptp(data.y) <= data.dust:
        return (flat,)
    found = [*_fitted(data, everything[None], sd), (score(flat, everything, data, sd), flat)]
    if not whole:
        found += _fitted(data, _partial(data, sd, runs=sd > 0 or found[0][1].rms > 100 * data.dust), sd)
    out: dict[str, Fit] = {}
    for _, fit in sorted(found, key=lambda pair: pair[0]):
        out.setdefault(f"{fit.form.name} {np.round(fit.p, 3).tolist()}", fit)
    best = list(out.values())[:EACH]
    return tuple(best) if any(fit is flat for fit in best) else (*best, flat)


def _partial(data: Data, sd: float, runs: bool) -> Mask:
    """Answers that may be left out: at either limit, where something else is the largest, or a run of them (`runs`)."""
    slack = max(3 * sd, 1e-9 * float(np.ptp(data.y)))
    masks = np.array([data.y > data.y.min() + slack, data.y < data.y.max() - slack])
    masks = np.concatenate([masks, windows(len(data.x), STEPS)[1:]]) if runs else masks
    return np.asarray(masks[masks.sum(axis=1) >= FEWEST])


def _fitted(data: Data, masks: Mask, sd: float) -> list[tuple[float, Fit]]:
    """The best few families of the most promising of the masks (W, n), with their scores.

    Without noise the right family may look worse than others at its best start, and is exact once it is fitted: then
    many forms are fitted to few masks.
    """
    place = scene(data.x, float(data.x[0]), float(data.x[-1]), cuts=20, finest=_finest(data))
    out, screened = list[tuple[float, Fit]](), list[list[Candidate]]()
    with np.errstate(all="ignore"):
        for keep in masks:
            simple = [f for f in FAMILIES.values() if f.size + (2 if keep.all() else 3) <= keep.sum()]
            screened += [singles(data, place, sd, keep[None], simple)] if simple else []
        for of_mask in sorted((s for s in screened if s), key=lambda s: s[0].score)[: len(masks) if sd else MASKS]:
            for candidate in _few(of_mask, FEW if sd or len(masks) == 1 else 1, OTHERS if sd else MANY):
                fit = polish(candidate.form, natural(candidate, data), data, candidate.keep, evaluations=100)
                out.append((score(fit, candidate.keep, data, sd), fit))
    return sorted(out, key=lambda pair: pair[0])


def _few(screened: list[Candidate], most: int, others: int) -> list[Candidate]:
    """The best few candidates, and those of other forms that come next: a rough score may put the right one behind."""
    best = {id(candidate): candidate for candidate in screened[:most]}
    forms = {candidate.form.name for candidate in best.values()}
    for candidate in screened[most:]:
        if candidate.form.name not in forms and len(best) < most + others:
            best[id(candidate)] = candidate
            forms.add(candidate.form.name)
    return list(best.values())


def _finest(data: Data) -> float:
    return min(np.pi * len(data.x) * 2 / float(np.ptp(data.x) or 1.0), 12.0)


def _plain(y: Array, points: int, lines: dict[tuple[int, int], Line], active: tuple[int, ...]) -> Iterator[Start]:
    """Sums, products, largest and smallest of a curve for each input, each from any of its lines."""
    options = [[(k, i) for k in range(points) for i in range(len(lines[k, c].fits))] for c in active]
    for chosen in product(*options):
        fits = [lines[k, c].fits[i] for c, (k, i) in zip(active, chosen, strict=True)]
        values = [lines[k, c].values[i] for c, (k, i) in zip(active, chosen, strict=True)]
        whole = np.sum(values, axis=0)
        level = float(np.median(y - whole))
        yield _start("sum", active, (moved(fits[0], level), *fits[1:]), y - whole - level)
        if len(active) == 1:
            continue
        whole = np.prod(values, axis=0)
        large = np.abs(whole) > 0.1 * np.median(np.abs(whole))
        factor = float(np.median(y[large] / whole[large])) if large.any() else 0.0
        if factor:
            yield _start("product", active, (scaled(fits[0], factor), *fits[1:]), y - factor * whole)
        yield _start("maximum", active, tuple(fits), y - np.max(values, axis=0))
        yield _start("minimum", active, tuple(fits), y - np.min(values, axis=0))


def _mixed(y: Array, through: Lines, lines: dict[tuple[int, int], Line], k: int) -> Iterator[Start]:
    """A product of two inputs plus a curve of the third; the lines leave one level open, which is tried out."""
    reach = float(np.ptp(y))
    for alone in range(3):
        i, j = (column for column in range(3) if column != alone)
        first, second, third = lines[k, i], lines[k, j], lines[k, alone]
        for a, b, c in product(range(len(first.fits)), range(len(second.fits)), range(len(third.fits))):
            one, two, rest = first.values[a], second.values[b], y - third.values[c] + through.value
            levels, step = np.linspace(y.min() - reach, y.max() + reach, LEVELS), 3 * reach / (LEVELS - 1)
            for _ in range(CLOSER):
                factors = through.value - levels
                factors = np.where(np.abs(factors) > 1e-9 * reach, factors, np.inf)
                joined = (one - levels[:, None]) * (two - levels[:, None]) / factors[:, None]
                errors = trimmed_rows(rest - joined - levels[:, None])
                best = int(np.argmin(errors))
                level, factor = float(levels[best]), float(factors[best])
                levels, step = np.linspace(level - step, level + step, 9), step / 4
            fits = (
                moved(first.fits[a], -level),
                scaled(moved(second.fits[b], -level), 1 / factor),
                moved(third.fits[c], level - through.value),
            )
            yield Start(Structure("mixed", (i, j, alone)), fits, float(errors[best]))


def _choices(x: Array, y: Array, lines: dict[tuple[int, int], Line], active: tuple[int, ...]) -> Iterator[Start]:
    """For each input a threshold, with a curve of another input on either side of it."""
    curves = [(c, *curve) for (_, c), line in lines.items() for curve in zip(line.fits, line.values, strict=True)]
    for on in active:
        order = np.argsort(x[:, on], kind="stable")
        places = x[order, on]
        cuts = np.flatnonzero(np.diff(places) > 0) + 1
        mine = [(c, fit, np.minimum(np.abs(value - y)[order], np.std(y))) for c, fit, value in curves if c != on]
        for below, above in permutations(mine if len(cuts) else (), 2):
            costs = np.concatenate([[0.0], np.cumsum(below[2])]) + (above[2].sum() - np.append(0, np.cumsum(above[2])))
            cut = int(cuts[np.argmin(costs[cuts])])
            off = np.where(np.arange(len(y)) < cut, below[2], above[2])
            threshold = float(places[cut - 1] + places[cut]) / 2
            structure = Structure("conditional", (below[0], above[0]), on=on, threshold=threshold)
            yield Start(structure, (below[1], above[1]), trimmed(off))


def _start(kind: Kind, active: tuple[int, ...], fits: tuple[Fit, ...], off: Array) -> Start:
    return Start(Structure(kind, active), fits, trimmed(off))
