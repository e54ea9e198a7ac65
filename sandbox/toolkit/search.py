"""From answers to ranked explanations: single families first, then sums and products, then compositions.

Each stage screens thousands of candidates by variable projection and polishes the few best; the next stage runs only
where the last left more than noise. All work is counted, none is timed: equal data give equal results everywhere.
"""

from dataclasses import replace

import numpy as np

from .compose import Form, form
from .composed import compositions
from .families import FAMILIES, Scene, brinks, scene
from .fits import Data, Fit, polish
from .joined import pairs
from .noise import scatter
from .regions import jump_windows, leave_out, windows
from .screen import Candidate, diverse, natural, singles
from .select import Explanation, adequate, score
from .settle import exact, polished, settle
from .simpler import one_sided, simpler
from .types import Mask

Known = tuple[str, tuple[float, ...]]  # a form's name and parameters: an explanation from before


def search(data: Data, low: float, high: float, known: tuple[Known, ...] = ()) -> list[Explanation]:
    """Explanations of the data on [low, high], best first.

    `known` ones are refitted first; where one of them leaves nothing, that saves the search. Where it leaves only
    noise, it does not: more answers may tell it from others that were no better before.
    """
    with np.errstate(all="ignore"):  # overflow and undefined values are what candidates are screened for
        found = refit(data, known)
        if not data.defined.any():
            return [Explanation(Fit(Form("constant"), np.array([np.nan]), 0.0, 0), ~data.defined, 0.0)]
        if not found or data.scatter.noisy or not _solved(found, data, 0.0):
            found = _search(data, low, high, found, regions=1 if known else 3)
    return _ranked(found)


def refit(data: Data, known: tuple[Known, ...]) -> list[Explanation]:
    """Known explanations fitted anew to the data, best first, and nothing else."""
    sd, out = scatter(data.x, data.y).sd, list[Explanation]()
    with np.errstate(all="ignore"):
        for place, (name, p) in enumerate(known):
            start = Fit(form(name), np.array(p), 0.0, 0)
            held = leave_out(start, data, sd or 0.01 * data.scale)
            out.append(settle(start.form, start.p, held, data, sd))
            if start.form.hard and not held.all() and place == 0:  # a jump that moved is not a region
                out.append(settle(start.form, start.p, np.ones_like(held), data, sd))
        if out:
            beginnings = one_sided(min(out, key=lambda e: e.score), data)
            out += [settle(form, p, keep, data, sd) for form, p, keep in beginnings]
    return _ranked(out)


def _search(data: Data, low: float, high: float, found: list[Explanation], regions: int) -> list[Explanation]:
    """All stages, each only if the last left more than noise; joined families with up to `regions` left out."""
    sd = scatter(data.x, data.y).sd
    place = replace(scene(data.x, low, high, finest=_finest(data, low, high)), brinks=brinks(data.x, data.defined))
    everything = np.ones((1, len(data.x)), dtype=bool)
    screened = singles(data, place, sd, everything)
    found = [*found, _constant(data, sd), *polished(screened, data, sd)]
    if sd == 0 and not _solved(found, data, sd, regions=False):
        found += exact(screened, data)
    if not _solved(found, data, sd):
        left_out = np.concatenate([windows(len(data.x))[1:], jump_windows(data)])
        screened = diverse(screened + singles(data, place, sd, left_out))
        found += polished([c for c in screened if not c.keep.all()], data, sd)
    masks = _masks(data, screened, found, 1 + regions)
    others = list[list[Candidate]]()
    # A sum or product may make a region needless, and noise may hide one: tried before anything less is believed.
    for stage, keeps, partial in (
        (pairs, masks[:1], False),
        (compositions, masks[:1], False),
        (pairs, masks[1:], True),
        (compositions, masks[1:2], True),
    ):
        if _solved(found, data, sd, partial) and (partial or sd == 0):
            break
        for keep in keeps:
            others.append(list(stage(data, place, sd, keep, screened)))
            found += polished(others[-1], data, sd)
            if _solved(found, data, sd):
                break
    for candidates in others if sd == 0 else ():
        if _solved(found, data, sd):
            break
        found += exact(candidates, data)
    return _simplified(found, data, place, sd)


def _simplified(found: list[Explanation], data: Data, place: Scene, sd: float, rounds: int = 3) -> list[Explanation]:
    """With simpler forms of the best, and simpler ones of those, while that helps."""
    best = None
    for _ in range(rounds):
        before, best = best, min(found, key=lambda e: e.score)
        if best is before:
            break
        found = found + [settle(form, p, keep, data, sd) for form, p, keep in simpler(best, data, place, sd)]
    return found


def resembling(data: Data, low: float, high: float, off: float = 0.05) -> Explanation | None:
    """The simplest family that all answers come close to, within a share `off` of their range; None where there is
    none. For functions that only resemble a shape."""
    if not data.defined.any():
        return None
    sd = off * float(np.ptp(data.y[data.defined])) / 2
    with np.errstate(all="ignore"):
        place = scene(data.x, low, high, finest=_finest(data, low, high))
        screened = singles(data, place, sd, np.ones((1, len(data.x)), dtype=bool))
        best = min((_constant(data, sd), *polished(screened, data, sd)), key=lambda e: e.score)
    return best if best.fit.rms <= 2 * sd and best.keep.all() else None


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
        screened = singles(here, place, sd, everything[None], simple) if simple else []
        for candidate in sorted(screened, key=lambda c: c.score)[:10]:
            fit = polish(candidate.form, natural(candidate, here), here, everything)
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
    return settle(
        Form("constant"), np.array([float(np.median(data.y[data.defined]))]), np.ones(len(data.x), bool), data, sd
    )


def _masks(data: Data, screened: list[Candidate], found: list[Explanation], most: int) -> list[Mask]:
    """Everything kept; the region that the best explanation so far would leave out; then the best between jumps."""
    out: list[Mask] = [np.ones(len(data.x), dtype=bool)]
    at_jumps = {mask.tobytes() for mask in jump_windows(data)}
    ranked = [c.keep for c in sorted(screened, key=lambda c: (c.keep.tobytes() not in at_jumps, c.score))]
    for keep in [min(found, key=lambda e: e.score).keep, *ranked]:
        if len(out) < most and not any(np.mean(keep != other) < 0.05 for other in out):
            out.append(keep)
    return out
