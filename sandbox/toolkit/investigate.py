"""All of it in one call: answers in, findings out, ready to be reported as JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import explain, unknown
from .broken import BrokenLine, broken_line
from .broken import description as broken_description
from .designs import gaps, informative, largest_steps, rivals
from .explain import Formula, Irregular, formula, reproduces, rounded
from .fits import Data, Fit, polish, sensitivity, sorted_data
from .noise import NoiseFinding, classify, comb, levels, scatter
from .prune import pruned
from .regions import Span, span_of
from .search import Known, inside_fit, refit, resembling, search
from .select import Explanation, adequate, score, weights
from .types import Array, Curve, Mask

Json = dict[str, object]

EDGE = 6e-4  # of the domain: a bracket around an edge or a jump that is this narrow is not halved again
NOISY_WIDTH = 0.02  # of the domain: under noise a narrower region is a few outliers
REACH = 1.5  # widths of the domain, on either side of it: how far anybody may want to know what a function does
CLEARLY = 0.5  # of interpolation's loss: a formula that leaves something unexplained names families that may be wrong


@dataclass(frozen=True)
class Findings:
    """What is believed now. `explanations` are ranked, best first; `whole` states the best, `irregular` its region."""

    data: Data
    low: float
    high: float
    explanations: tuple[Explanation, ...]
    support: Array
    whole: Formula
    irregular: Irregular | None
    noise: NoiseFinding
    explained: bool  # nothing but noise is left; else `named` decides between formula and interpolation
    pieces: BrokenLine | None = None  # the many straight ones that it consists of, where no formula explains it

    @property
    def sd(self) -> float:
        """Standard deviation of one answer."""
        return self.noise.sd

    @cached_property
    def named(self) -> bool:
        """Is the formula worth stating? Not where it fails to say what was fitted, or interpolation does better."""
        best = self.explanations[0]
        if self.pieces is not None:
            return False
        if not reproduces(self.whole, best.fit, self.data, best.keep, self.sd):
            return False
        return self.explained or self._beats_interpolation()

    def _beats_interpolation(self) -> bool:
        """Does the best explanation do better on answers held back, among those it is held to? What noise alone costs
        counts for neither."""
        best, off = self.explanations[0], np.ones(len(self.data.x))
        for fold in unknown.folds(self.data):
            again = polish(best.fit.form, best.fit.p, self.data, best.keep & ~fold, evaluations=60)
            off[fold] = unknown.loss(again.curve(self.data.x), self.data, fold)
        chance = 0.8 * min(self.sd / self.data.scale, 1.0)  # of a normal deviate: its mean size
        return bool(off[best.keep].mean() - chance < CLEARLY * (self.interpolation[1][best.keep].mean() - chance))

    @cached_property
    def resembles(self) -> Formula | None:
        """What straight pieces come close to, where they come close to anything."""
        here = self.data.part((self.data.x >= self.low) & (self.data.x <= self.high) & self.outside)
        close = resembling(here, self.low, self.high)
        return rounded(formula(close.fit), here, close.keep, close.fit.rms) if close is not None else None

    @property
    def outside(self) -> Mask:
        """Which answers lie in no irregular region."""
        everything = np.ones(len(self.data.x), dtype=bool)
        return everything if self.irregular is None else ~self.irregular.span.seen(self.data.x)

    @cached_property
    def interpolation(self) -> tuple[unknown.Interpolation, Array]:
        """The best there is without a rule, and its loss at each answer while that was held back."""
        return unknown.best(self.data, self.sd > 0)

    @property
    def code(self) -> str:
        """Source of `function(x)`."""
        if self.pieces is not None:
            lines = unknown.Interpolation("lines", *self.pieces.knots)
            return explain.program(lines.expression, self.irregular, lines.constants)
        return explain.code(self.whole, self.irregular) if self.named else self.interpolation[0].code

    @property
    def description(self) -> str:
        """Prose, with what was not tested."""
        tested = (
            f"Tested on {len(np.unique(self.data.x))} inputs; between them, and far outside the domain, it was not."
        )
        return f"{self._said} {tested}"

    @property
    def _said(self) -> str:
        if self.pieces is not None:
            roughly = self.resembles.written if self.resembles is not None else ""
            rest = f"{explain.region_sentence(self.irregular)} {explain.noise_sentence(self.noise)}"
            return f"{broken_description(self.pieces, roughly)} {rest}"
        if not self.named:
            return unknown.description(self.data, explain.noise_sentence(self.noise), self.noise)
        text = explain.description(self.whole, self.irregular, self.noise)
        return (
            text if self.explained else f"{text} This is an approximation: something is left that it does not explain."
        )

    def curve(self, x: Array) -> Array:
        """What the best explanation predicts, its region included."""
        lines = unknown.Interpolation("lines", *self.pieces.knots) if self.pieces is not None else None
        y = self.whole.value(x) if lines is None else lines.value(x)
        if self.irregular is not None:
            there = np.full(len(x), np.nan) if self.irregular.inside is None else self.irregular.inside.value(x)
            y = np.where(self.irregular.span.contains(x), there, y)
        return y

    @property
    def curves(self) -> list[Curve]:
        """The best explanation and its rivals, as curves: where they disagree is where to ask."""
        if self.pieces is not None:
            return [self.curve]
        return [self.curve, *(e.fit.curve for e in self.explanations[1:])]

    @property
    def known(self) -> tuple[Known, ...]:
        """The explanations in a form that a later search can start from."""
        return tuple((e.fit.form.name, tuple(float(v) for v in e.fit.p)) for e in self.explanations)

    def _parts(self) -> list[Json]:
        """Families and numbers of the formula, and of what happens inside the region."""
        inside = self.irregular.inside if self.irregular is not None else None
        base = self.whole if self.pieces is None else None
        return [
            {"about": about, "families": whole.families, "numbers": whole.named_numbers}
            for about, whole in (("base", base), ("region", inside))
            if whole is not None and (self.named or self.pieces is not None)
        ]

    def as_json(self) -> Json:
        """Everything a report needs."""
        return {
            "description": self.description,
            "code": self.code,
            "noise": {"kind": self.noise.kind, "scale": self.noise.scale, "sd": self.noise.sd},
            "region": _region_json(self.irregular) if self.named or self.pieces is not None else None,
            "parts": self._parts(),
            "explained": self.explained,
            "named": self.named,
            "residual": self.explanations[0].fit.rms,
            "hypotheses": [
                {
                    "form": e.fit.form.name,
                    "p": [float(v) for v in e.fit.p],
                    "statement": f"It is {_statement(e, self).english}.",
                    "code": self.code if i == 0 else explain.code(_statement(e, self), None),
                    "support": float(weight),
                }
                for i, (e, weight) in enumerate(zip(self.explanations, self.support, strict=True))
            ],
        }


def _statement(e: Explanation, findings: Findings) -> Formula:
    if e is findings.explanations[0]:
        return findings.whole
    return stated(e.fit, findings.data, e.keep, findings.sd)


def _region_json(irregular: Irregular | None) -> Json | None:
    if irregular is None:
        return None
    return {"low": irregular.span.low, "high": irregular.span.high, "behaviour": irregular.behaviour}


def investigate(x: Array, y: Array, low: float, high: float, known: tuple[Known, ...] = (), most: int = 4) -> Findings:
    """Search, classify the noise, find the region and what happens inside, and state it all.

    `x` and `y` are (N,), NaN in `y` where undefined; [low, high] is the domain. Keeps up to `most` explanations.
    `known` explanations (from `Findings.known`) are tried first.
    """
    data = sorted_data(x, y)
    if known and _along_pieces(data, low, high)[0] is not None:
        return _state(data, low, high, refit(data, known))  # what was searched for before was not there
    return _state(data, low, high, search(data, low, high, known)[:most])


def _state(data: Data, low: float, high: float, explanations: list[Explanation]) -> Findings:
    """Everything that follows from ranked explanations."""
    step = comb(data.x, data.y)
    combed = None if step is None else _combed(data, explanations, step)
    clean, explanations = combed or (data, explanations)
    best = explanations[0]
    noise = _noise(data, best) if step is None else NoiseFinding("poisson", step)
    explained = combed is not None or adequate(best.fit, data, scatter(data.x, data.y).sd)
    line, keep = (None, best.keep) if explained else _along_pieces(data, low, high)
    return Findings(
        data=data,
        low=low,
        high=high,
        explanations=tuple(explanations),
        support=weights(np.array([e.score for e in explanations])),
        whole=stated(best.fit, clean, best.keep, 0.0 if combed else noise.sd),
        irregular=_irregular(data, best.keep if line is None else keep, low, high, noise.sd),
        noise=noise,
        explained=explained,
        pieces=line,
    )


def stated(fit: Fit, data: Data, keep: Mask, sd: float) -> Formula:
    """The fit in numbers as short as the data allow; as they are, where short ones would say something else."""
    fit = pruned(fit, data, keep) if sd else fit
    whole = formula(fit)
    short = rounded(whole, data, keep, sd)
    return short if reproduces(short, fit, data, keep, sd) else whole


def _combed(data: Data, explanations: list[Explanation], step: float) -> tuple[Data, list[Explanation]] | None:
    """Answers with their Poisson noise taken off, and the explanations, the one that is exact then first.

    The levels are rounded from the residuals of a fit and the fit is repeated without them, until they stay the same.
    None where no explanation becomes exact: then the noise hides something else, and stays on.
    """
    for i, e in enumerate(explanations):
        fit, clean = e.fit, data
        for _ in range(12):
            off = data.y - fit.curve(data.x)
            if np.nanmean(np.abs(off - step * levels(np.nan_to_num(off), step))) > 0.2 * step:
                break  # a quarter is what chance leaves
            again = Data(data.x, data.y - step * levels(np.nan_to_num(data.y - fit.curve(data.x)), step))
            if np.array_equal(again.y, clean.y, equal_nan=True):
                break
            clean, fit = again, polish(fit.form, fit.p, again, e.keep)
        if fit.count > fit.form.size + 4 and fit.rms <= 1e-5 * step:
            exact = Explanation(fit, e.keep, score(fit, e.keep, clean, 0.0))
            return clean, [exact, *explanations[:i], *explanations[i + 1 :]]
    return None


def _noise(data: Data, best: Explanation) -> NoiseFinding:
    repeats, rows = scatter(data.x, data.y), best.keep & data.defined
    if repeats.noisy and not adequate(best.fit, data, repeats.sd):
        return NoiseFinding("gaussian", repeats.sd)  # residuals would show what is not understood
    off = data.y[rows] - best.fit.curve(data.x[rows])
    return classify(off[np.isfinite(off)], repeats, best.fit.form.size)


def _irregular(data: Data, keep: Mask, low: float, high: float, sd: float) -> Irregular | None:
    span: Span | None = span_of(data, keep)
    if span is None or _seen_width(span, low, high) < (NOISY_WIDTH if sd else 0.0) * (high - low):
        return None
    inside = inside_fit(data, ~keep, low, high, sd)
    return Irregular(span, None if inside is None else stated(inside, data, ~keep, sd))


def _seen_width(span: Span, low: float, high: float) -> float:
    """How much of the domain lies between the answers that are inside; negative where they lie beyond it."""
    left = low if span.left is None else max(low, span.left[1])
    return (high if span.right is None else min(high, span.right[0])) - left


def sharpen(found: Findings, ask: Callable[[Array], Array], budget: int, rounds: int = 8) -> tuple[Findings, int]:
    """Spend up to `budget` queries at the edges of a region and where explanations disagree, refitting as answers come.

    Returns the new findings and how many queries were spent. `ask` answers inputs (N,) with outputs (N,). Where an
    explanation that had held no longer does, the search is done again, once, and what is left is spent after it.
    """
    before, held = len(found.data.x), found.explained
    found = _sharpened(found, ask, budget, rounds)
    if held and not found.explained:
        found = investigate(found.data.x, found.data.y, found.low, found.high, found.known)
        found = _sharpened(found, ask, budget - (len(found.data.x) - before), rounds)
    return found, len(found.data.x) - before


def _sharpened(found: Findings, ask: Callable[[Array], Array], budget: int, rounds: int) -> Findings:
    """With up to `budget` more answers; where nothing explains those there are, first what interpolation needs most."""
    left = budget
    if not found.explained:
        data, left = _filled(found, ask, budget)
        found = _state(data, found.low, found.high, refit(data, found.known))
    for _ in range(rounds if found.explained or found.pieces else 0):
        points = worth_asking(found, min(left, max(2, budget // rounds)))
        if not len(points):
            break
        data, left = _more(found.data, points, ask), left - len(points)
        found = _state(data, found.low, found.high, refit(data, found.known))
    return found


def _more(data: Data, points: Array, ask: Callable[[Array], Array]) -> Data:
    return sorted_data(np.append(data.x, points), np.append(data.y, ask(points)))


def _filled(found: Findings, ask: Callable[[Array], Array], budget: int) -> tuple[Data, int]:
    """More answers, and what is left of `budget`: beyond the domain, where no formula says what to expect; then at the
    corners of a broken line until they are known, or wherever there is most between neighbouring answers."""
    data, width, left = found.data, found.high - found.low, budget
    beyond = [found.low - REACH * width, found.low - width / 2, found.high + width / 2, found.high + REACH * width]
    looked = data.x.min() < found.low - 0.4 * width or data.x.max() > found.high + 0.4 * width
    points = np.round(beyond[: 0 if looked else budget], 6)
    while True:
        data, left = _more(data, points, ask) if len(points) else data, left - len(points)
        line = None if scatter(data.x, data.y).noisy else broken_line(data)
        if line is not None and line.many:
            points = line.unsure(found.low, found.high)[: min(3, left)]
        else:
            points = largest_steps(data.x, data.y, found.low, found.high, min(6, left))
        if not len(points):
            return data, left


def _along_pieces(data: Data, low: float, high: float) -> tuple[BrokenLine | None, Mask]:
    """The broken line of many slopes that the answers lie on, and on which of them: jumps set others apart. Noise hides
    any."""
    keep = np.ones(len(data.x), dtype=bool)
    line = None if scatter(data.x, data.y).noisy else broken_line(data)
    if line is not None and (stretch := line.apart(low, high)) is not None:
        keep = (data.x < stretch[0]) | (data.x > stretch[1])
        line = broken_line(data.part(keep))
    return (line, keep) if line is not None and line.many else (None, keep)


def worth_asking(found: Findings, most: int) -> Array:
    """Up to `most` inputs: the brackets of edges and jumps halved, widest first; a region that is thinly sampled; where
    rivals disagree; under noise, where the best explanation is least sure."""
    out = _edges(found)[:most]
    out = np.append(out, _thin_region(found, most - len(out)))
    if found.pieces is not None:
        return out
    offered = np.round(found.low + (found.high - found.low) * (np.arange(240) + 0.5) / 240, 6)
    if len(found.explanations) > 1:
        out = np.append(out, rivals(found.curves, found.support, offered, most - len(out), found.sd))
    if found.sd and len(out) < most:
        best, far = found.explanations[0], _far(found)
        with np.errstate(all="ignore"):
            seen, candidates = (sensitivity(best.fit, x) for x in (found.data.x[best.keep], far))
        out = np.append(out, far[informative(seen, candidates, most - len(out))])
    return out


def _far(found: Findings) -> Array:
    """Inputs on the domain and on either side of it, as far as a region does not reach: from far away a small slope or
    frequency is seen best."""
    width, span = found.high - found.low, found.irregular.span if found.irregular is not None else None
    low = found.low - (0.0 if span is not None and span.low is None else REACH * width)
    high = found.high + (0.0 if span is not None and span.high is None else REACH * width)
    return np.round(np.linspace(low, high, 400), 6)


def _edges(found: Findings) -> Array:
    """Middles of the brackets of a region's edges and of jumps, widest first, while they are wide enough to matter."""
    span = found.irregular.span if found.irregular is not None else None
    brackets = [b for b in (span.left, span.right) if b is not None] if span is not None else []
    x, flips = found.data.x, np.flatnonzero(found.data.defined[1:] != found.data.defined[:-1])
    brackets += [(float(x[i]), float(x[i + 1])) for i in flips[:4]]
    if found.pieces is None:
        brackets += [bracket(found.data.x, jump) for jump in found.whole.jumps(found.low, found.high)]
    wide = sorted({(min(b), max(b)) for b in brackets}, key=lambda b: b[0] - b[1])
    return np.array([round((a + b) / 2, 6) for a, b in wide if b - a > EDGE * (found.high - found.low)])


def _thin_region(found: Findings, most: int) -> Array:
    """Inputs inside a region that holds fewer than a dozen different ones."""
    if found.irregular is None or most <= 0:
        return np.empty(0)
    x = found.data.x[~found.outside]
    return np.round(gaps(x, float(x.min()), float(x.max()), min(most, max(0, 12 - len(np.unique(x))))), 6)


def bracket(x: Array, jump: float) -> tuple[float, float]:
    """The nearest samples on either side of a jump; the jump itself on a side that has none."""
    left, right = x[x < jump], x[x >= jump]
    return (float(left.max()) if len(left) else jump), (float(right.min()) if len(right) else jump)
