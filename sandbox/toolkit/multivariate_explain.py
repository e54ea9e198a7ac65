"""What explains answers to rows of several numbers: structures fitted in stages, compared, and one of them believed.

Families that lines show come first (`multivariate_lines`), then rougher guesses (`multivariate_screen`). What is
clearly off in a box is its own behaviour (`multivariate_box`). Poisson noise is taken off where it gives itself away.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np
from scipy.special import fdtri

from .explain import formula
from .multivariate_box import Box, find_box, with_behaviour
from .multivariate_forms import Structure
from .multivariate_found import Found
from .multivariate_lines import Start, starts
from .multivariate_model import Model, Stated, fit_model, fit_start, improved, state
from .multivariate_plane import Plane, fit_plane
from .multivariate_screen import Guess, Lines, guesses, lines_through
from .noise import NoiseFinding, Scatter, classify, comb, levels, scatter
from .select import SURE
from .types import Array, Mask

SHORTEST = 5  # answers on a line of a third point that may say something
BEGUN, IMPROVED = 9, 2  # starts that are fitted, and that are given other families
ROUGH = 4  # guesses that are fitted
EXACT, MOSTLY = 1e-6, 0.6  # of the spread, and of the answers: see `exact`
NEARLY = 0.75  # of the answers: that many, exactly explained, are worth a formula although the others are not
LITTLE_LEFT = 0.8  # of the answers: with fewer held to a formula, others are still tried
CLOSE = 0.03  # of the answers' spread: what a formula may leave, beside noise, and still be worth stating
HALF_SPACE = 0.34  # of the domain: where a rule holds beyond a threshold in more of it, that is no irregular region
COMBED, ROUNDS = 4, 12  # formulas that Poisson noise is taken off with, and how often each


@dataclass(frozen=True)
class Answers:
    """Defined answers `y` (N,) to rows `x` (N, D) of a domain, and what is seen of them at first."""

    x: Array
    y: Array
    low: Array
    high: Array
    repeats: Scatter

    @property
    def sd(self) -> float:
        """Standard deviation of one answer."""
        return self.repeats.sd

    @cached_property
    def spread(self) -> float:
        """How far the answers vary, but for the tenths at both ends."""
        return float(np.quantile(self.y, 0.9) - np.quantile(self.y, 0.1)) or 1.0

    @cached_property
    def through(self) -> tuple[Lines, ...]:
        """The lines through those rows, two or three, that have many answers along each input; by the answer there."""
        rows = np.unique(self.x, axis=0)
        lines = (lines_through(row, self.x, self.y) for row in rows)
        counted = [(sorted(len(at) for at, _ in found.along), found) for found in lines]
        best = sorted(counted, key=lambda pair: [-n for n in pair[0]])[:3]
        found = [lines for place, (counts, lines) in enumerate(best) if place < 2 or counts[0] >= SHORTEST]
        return tuple(sorted(found, key=lambda t: t.value))

    @cached_property
    def active(self) -> tuple[int, ...]:
        """The inputs along which answers change by more than noise explains."""
        slack = max(6 * self.sd, 1e-6 * self.spread)
        changes = [max(np.ptp(lines.along[c][1]) for lines in self.through) for c in range(self.x.shape[1])]
        return tuple(c for c, change in enumerate(changes) if change > slack) or tuple(range(len(changes)))


@dataclass(frozen=True)
class Tried:
    """A formula, the answers it is held to, what it leaves of those (rms), its parameters; the model behind it."""

    whole: Stated | Plane
    keep: Mask
    rms: float
    size: int
    model: Model | None

    def exact(self, seen: Answers) -> bool:
        """Is it so close to so many answers, without noise, that this is no accident?"""
        return seen.sd == 0 and self.rms <= EXACT * seen.spread and bool(self.keep.mean() > MOSTLY)

    def price(self, seen: Answers) -> float:
        """BIC, with what is left out paid for as if it were as wide as the answers; nothing is gained below a
        thousandth of their spread, so that more answers explained nearly count for more than fewer exactly."""
        n, kept = len(seen.y), int(self.keep.sum())
        floor = (0.5 * seen.sd) ** 2 + (1e-3 * seen.spread) ** 2
        missed = (n - kept) * np.log(0.3 * seen.spread**2)
        return float(kept * np.log(self.rms**2 + floor) + missed + self.size * np.log(n))


def explain(x: Array, y: Array, low: Array, high: Array, known: Model | None = None) -> Found:
    """What explains the answers so far best; `known` is what explained fewer of them."""
    defined = np.isfinite(y)
    x, y = x[defined], y[defined]
    _, which = np.unique(x, axis=0, return_inverse=True)
    rows = which.ravel().astype(float)
    seen = Answers(x, y, low, high, scatter(rows, y))
    tried = _tried(seen, known)
    found = min((concluded(t, seen) for t in tried), key=lambda f: (not f.explained, not f.fits))
    step = comb(rows, y)
    return found if step is None else next(combed(seen, tried, step), found)


def _tried(seen: Answers, known: Model | None) -> list[Tried]:
    """Formulas for the answers, the best first; one alone if it explains them exactly."""
    plane, keep, rms = fit_plane(seen.x, seen.y, seen.sd)
    tried = [Tried(plane, keep, rms, 2 + seen.x.shape[1], None)]
    if _settled(tried[0], seen):
        return tried
    for stage in _stages(seen, known):
        for model in stage:
            if model.fits and np.isfinite(model.rms):
                tried.append(_stated(model, seen))
                if _settled(tried[-1], seen):
                    again = improved(model, seen.x, seen.y, seen.sd)
                    simpler = again.fits and again.size < model.size and _settled(_stated(again, seen), seen)
                    return [_stated(again, seen) if simpler else tried[-1]]
        if known is not None and any(concluded(t, seen).explained for t in tried[:3]):
            break  # the plane, what was known, and that with other families
        if seen.sd == 0 and any(concluded(t, seen).explained for t in tried):
            break  # a few repeats tell the size of the noise too roughly to be content with anything
    return sorted(tried, key=lambda t: t.price(seen))


def _settled(tried: Tried, seen: Answers) -> bool:
    """Is everything explained exactly, and no box so large that another rule may do without one?"""
    return tried.exact(seen) and bool(tried.keep.mean() > LITTLE_LEFT) and concluded(tried, seen).explained


def _stated(model: Model, seen: Answers) -> Tried:
    return Tried(state(model, seen.x, seen.y, seen.sd), model.keep, model.rms, model.size, model)


def _stages(seen: Answers, known: Model | None) -> Iterator[Iterator[Model]]:
    """Fitted structures: what was known; what lines show, with other families too; then from rougher guesses."""
    if known is not None:
        again = fit_start(Start(known.structure, known.fits, 0.0), seen.x, seen.y, seen.sd)
        yield iter([again, improved(again, seen.x, seen.y, seen.sd)] if seen.sd else [again])
    guessed = guesses(seen.x, seen.y, seen.through[0], seen.through[-1], seen.active, (seen.low, seen.high))
    yield _from_lines(seen, [guess for guess in guessed if guess.structure.center])
    if not seen.sd:  # what lines show exactly needs no rougher guess
        guessed = [guess for guess in guessed if guess.structure.kind in ("distance", "conditional")]
    yield (fit_model(guess, seen.x, seen.y, seen.sd) for guess in guessed[:ROUGH])


def _from_lines(seen: Answers, distances: list[Guess]) -> Iterator[Model]:
    x, y, sd = seen.x, seen.y, seen.sd
    begun = []
    yield from (fit_model(guess, x, y, sd) for guess in distances)
    for start in islice(starts(x, y, seen.through, seen.active, sd, seen.spread), BEGUN):
        begun.append(fit_start(start, x, y, sd))
        yield begun[-1]
    for model in sorted(begun, key=lambda m: m.rms / max(m.keep.mean(), 0.1))[:IMPROVED]:
        yield improved(model, x, y, sd)
        if model.structure.kind in ("maximum", "minimum"):
            yield improved(replace(model, keep=np.ones(len(y), dtype=bool)), x, y, sd)


def concluded(tried: Tried, seen: Answers) -> Found:
    """The box, the noise, and whether the formula is worth stating at all."""
    x, y, sd, whole, rms = seen.x, seen.y, seen.sd, tried.whole, tried.rms
    most = _most_noise(seen.repeats, len(y))
    slack = max(4 * most, 4 * rms, 1e-6 * seen.spread)
    misfit = np.abs(whole.value(x) - y)
    off = misfit > slack
    box = find_box(x, off)
    box = None if box is None else with_behaviour(box, x, y, sd)
    rest = off if box is None else np.where(box.contains(x), np.abs(box.value(x) - y) > slack, off)
    good = ~off & tried.keep
    choice = None if box is None else _as_choice(whole, box, seen)
    whole, box = (whole, box) if choice is None else (choice, None)
    noise = classify((y - whole.value(x))[good], seen.repeats, tried.size)
    explained = bool(rms <= max(most, 1e-5 * seen.spread) and not rest.any())
    enough = tried.exact(seen) and (explained or tried.keep.mean() > NEARLY)
    fits = bool(enough or (rms <= max(most, CLOSE * seen.spread) and rest.mean() <= 0.12))
    return Found(
        x,
        y,
        seen.low,
        seen.high,
        whole=whole,
        fits=fits,
        active=seen.active,
        box=box if fits or (box is not None and box.behaviour is not None) else None,
        noise=noise,
        residual=rms,
        explained=explained,
        oddest=x[np.argmax(np.where(rest, misfit, -1.0))],
        model=tried.model,
    )


def _as_choice(whole: Stated | Plane, box: Box, seen: Answers) -> Stated | None:
    """A function of one input, and another one on one side of a threshold, as a choice between the two, where either
    has a third of the domain or more; None where it is none."""
    if len(box.brackets) != 1 or box.behaviour is None:
        return None
    on, end, bound = box.brackets[0].column, box.brackets[0].end, box.brackets[0].bound
    if abs(bound - (seen.low if end else seen.high)[on]) < HALF_SPACE * (seen.high - seen.low)[on]:
        return None
    if isinstance(whole, Plane):
        line = whole.line
        usual = None if line is None else (line[0], formula(line[1]))
    else:
        usual = (whole.structure.inputs[0], whole.parts[0]) if whole.single else None
    if usual is None:
        return None
    inside = (box.column, box.behaviour)
    below, above = (inside, usual) if end else (usual, inside)
    structure = Structure("conditional", (below[0], above[0]), on=on, threshold=bound)
    return Stated(structure, (below[1], above[1]))


def combed(seen: Answers, tried: list[Tried], step: float) -> Iterator[Found]:
    """What explains the answers exactly once Poisson noise of this step is taken off.

    Its levels are rounded from what a formula leaves, and the formula is fitted again without them, until they stay
    the same. Nothing where no formula becomes exact: then the noise hides something else.
    """
    for begun in [t for t in tried if t.rms <= 2 * seen.sd][:COMBED]:
        now, before = begun, np.full(len(seen.y), np.nan)
        for _ in range(ROUNDS):
            off = seen.y - concluded(now, seen).value(seen.x)
            drawn = np.where(np.abs(off) < 8 * step, levels(np.nan_to_num(off), step), 0.0)
            if now.model is None or np.array_equal(drawn, before):
                break
            before, clean = drawn, replace(seen, y=seen.y - step * drawn, repeats=Scatter(0.0, 0))
            model = fit_start(Start(now.model.structure, now.model.fits, 0.0), clean.x, clean.y, 0.0)
            now = _stated(model, clean)
            if now.exact(clean):
                yield replace(concluded(now, clean), noise=NoiseFinding("poisson", step))
                break


def _most_noise(repeats: Scatter, n: int) -> float:
    """The largest root mean square that noise alone may leave of n answers: a few repeats tell its size roughly."""
    return float(repeats.sd * np.sqrt(fdtri(n, max(repeats.comparisons, 1), SURE)))
