"""All of it in one call: answers in, findings out, ready to be reported as JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import explain, unknown
from .designs import gaps, informative, rivals
from .explain import Formula, Irregular, formula, reproduces, rounded
from .fits import Data, Fit, polish, sensitivity, sorted_data
from .noise import NoiseFinding, classify, comb, levels, scatter
from .regions import Span, span_of
from .search import Known, inside_fit, refit, search
from .select import Explanation, adequate, score, weights
from .types import Array, Curve, Mask

Json = dict[str, object]

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
    explained: bool  # nothing but noise is left; else `best_guess` decides between formula and interpolation

    @property
    def sd(self) -> float:
        """Standard deviation of one answer."""
        return self.noise.sd

    @cached_property
    def named(self) -> bool:
        """Is the formula worth stating? Not where it fails to say what was fitted, or interpolation does better."""
        best = self.explanations[0]
        if not reproduces(self.whole, best.fit, self.data, best.keep, self.sd):
            return False
        return self.explained or self._beats_interpolation()

    def _beats_interpolation(self) -> bool:
        """Does the best explanation do better on answers held back, among those it is held to?"""
        best, off = self.explanations[0], np.ones(len(self.data.x))
        for fold in unknown.folds(self.data):
            again = polish(best.fit.form, best.fit.p, self.data, best.keep & ~fold, evaluations=60)
            off[fold] = unknown.loss(again.curve(self.data.x), self.data, fold)
        return bool(off[best.keep].mean() < CLEARLY * self.interpolation[1][best.keep].mean())

    @cached_property
    def interpolation(self) -> tuple[unknown.Interpolation, Array]:
        """The best there is without a rule, and its loss at each answer while that was held back."""
        return unknown.best(self.data, self.sd > 0)

    @property
    def code(self) -> str:
        """Source of `function(x)`."""
        return explain.code(self.whole, self.irregular) if self.named else self.interpolation[0].code

    @property
    def description(self) -> str:
        """Prose."""
        if not self.named:
            return unknown.description(self.data, explain.noise_sentence(self.noise), self.noise)
        text = explain.description(self.whole, self.irregular, self.noise)
        return (
            text if self.explained else f"{text} This is an approximation: something is left that it does not explain."
        )

    def curve(self, x: Array) -> Array:
        """What the best explanation predicts, its region included."""
        y = self.whole.value(x)
        if self.irregular is not None:
            there = np.full(len(x), np.nan) if self.irregular.inside is None else self.irregular.inside.value(x)
            y = np.where(self.irregular.span.contains(x), there, y)
        return y

    @property
    def curves(self) -> list[Curve]:
        """The best explanation and its rivals, as curves: where they disagree is where to ask."""
        return [self.curve, *(e.fit.curve for e in self.explanations[1:])]

    @property
    def known(self) -> tuple[Known, ...]:
        """The explanations in a form that a later search can start from."""
        return tuple((e.fit.form.name, tuple(float(v) for v in e.fit.p)) for e in self.explanations)

    def _parts(self) -> list[Json]:
        """Families and numbers of the formula, and of what happens inside the region."""
        inside = self.irregular.inside if self.irregular is not None else None
        return [
            {"about": about, "families": whole.families, "numbers": whole.named_numbers}
            for about, whole in (("base", self.whole), ("region", inside))
            if whole is not None
        ]

    def as_json(self) -> Json:
        """Everything a report needs."""
        return {
            "description": self.description,
            "code": self.code,
            "noise": {"kind": self.noise.kind, "scale": self.noise.scale, "sd": self.noise.sd},
            "region": _region_json(self.irregular) if self.named else None,
            "parts": self._parts() if self.named else [],
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
    return _state(data, low, high, search(data, low, high, known)[:most])


def _state(data: Data, low: float, high: float, explanations: list[Explanation]) -> Findings:
    """Everything that follows from ranked explanations."""
    step = comb(data.x, data.y)
    combed = None if step is None else _combed(data, explanations, step)
    clean, explanations = combed or (data, explanations)
    best = explanations[0]
    noise = _noise(data, best) if step is None else NoiseFinding("poisson", step)
    return Findings(
        data=data,
        low=low,
        high=high,
        explanations=tuple(explanations),
        support=weights(np.array([e.score for e in explanations])),
        whole=stated(best.fit, clean, best.keep, 0.0 if combed else noise.sd),
        irregular=_irregular(data, best, low, high, noise.sd),
        noise=noise,
        explained=combed is not None or adequate(best.fit, data, scatter(data.x, data.y).sd),
    )


def stated(fit: Fit, data: Data, keep: Mask, sd: float) -> Formula:
    """The fit in numbers as short as the data allow; as they are, where short ones would say something else."""
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


def _irregular(data: Data, best: Explanation, low: float, high: float, sd: float) -> Irregular | None:
    span: Span | None = span_of(data, best.keep)
    if span is None:
        return None
    inside = inside_fit(data, ~best.keep, low, high, sd)
    if inside is None:
        return Irregular(span, None)
    return Irregular(span, stated(inside, data, ~best.keep, sd))


def sharpen(found: Findings, ask: Callable[[Array], Array], budget: int, rounds: int = 8) -> tuple[Findings, int]:
    """Spend up to `budget` queries at the edges of a region and where explanations disagree, refitting as answers come.

    Returns the new findings and how many queries were spent. `ask` answers inputs (N,) with outputs (N,). The search is
    done again at most once: at the end, where an explanation that had held no longer does.
    """
    spent, x, y, held = 0, found.data.x, found.data.y, found.explained
    for _ in range(rounds):
        points = worth_asking(found, min(budget - spent, max(2, budget // rounds)))
        if not len(points):
            break
        x, y, spent = np.append(x, points), np.append(y, ask(points)), spent + len(points)
        data = sorted_data(x, y)
        found = _state(data, found.low, found.high, refit(data, found.known))
    if held and not found.explained:
        found = investigate(x, y, found.low, found.high, found.known)
    return found, spent


def worth_asking(found: Findings, most: int) -> Array:
    """Up to `most` inputs: the brackets of edges and jumps halved, widest first; a region that is thinly sampled; where
    rivals disagree; under noise, where the best explanation is least sure."""
    out = _edges(found)[:most]
    out = np.append(out, _thin_region(found, most - len(out)))
    offered = np.round(found.low + (found.high - found.low) * (np.arange(240) + 0.5) / 240, 6)
    if len(found.explanations) > 1:
        out = np.append(out, rivals(found.curves, found.support, offered, most - len(out), found.sd))
    if found.sd and len(out) < most:
        best = found.explanations[0]
        with np.errstate(all="ignore"):
            seen, candidates = (sensitivity(best.fit, x) for x in (found.data.x[best.keep], offered))
        out = np.append(out, offered[informative(seen, candidates, most - len(out))])
    return out


def _edges(found: Findings) -> Array:
    """Middles of the brackets of a region's edges and of jumps, widest first, while they are wide enough to matter."""
    span = found.irregular.span if found.irregular is not None else None
    brackets = [b for b in (span.left, span.right) if b is not None] if span is not None else []
    x, flips = found.data.x, np.flatnonzero(found.data.defined[1:] != found.data.defined[:-1])
    brackets += [(float(x[i]), float(x[i + 1])) for i in flips[:4]]
    brackets += [bracket(found.data.x, jump) for jump in found.whole.jumps(found.low, found.high)]
    wide = sorted({(min(b), max(b)) for b in brackets}, key=lambda b: b[0] - b[1])
    return np.array([round((a + b) / 2, 6) for a, b in wide if b - a > 2.5e-3 * (found.high - found.low)])


def _thin_region(found: Findings, most: int) -> Array:
    """Inputs inside a region that holds fewer than a dozen different ones."""
    if found.irregular is None or most <= 0:
        return np.empty(0)
    x = found.data.x[~found.explanations[0].keep]
    return np.round(gaps(x, float(x.min()), float(x.max()), min(most, max(0, 12 - len(np.unique(x))))), 6)


def bracket(x: Array, jump: float) -> tuple[float, float]:
    """The nearest samples on either side of a jump; the jump itself on a side that has none."""
    left, right = x[x < jump], x[x >= jump]
    return (float(left.max()) if len(left) else jump), (float(right.min()) if len(right) else jump)
