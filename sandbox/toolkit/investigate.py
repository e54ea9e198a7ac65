"""All of it in one call: answers in, findings out, ready to be reported as JSON."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import explain, unknown
from .broken import BrokenLine, broken_line
from .broken import description as broken_description
from .combed import combed, uncovered
from .explain import Formula, Irregular, formula, reproduces, rounded
from .fits import Data, Fit, polish, sorted_data
from .noise import NoiseFinding, classify, comb, scatter
from .prune import pruned
from .regions import Span, span_of
from .search import Known, inside_fit, refit, resembling, search
from .select import Explanation, adequate, weights
from .simpler import swapped
from .types import Array, Curve, Mask

Json = dict[str, object]

NOISY_WIDTH = 0.02  # of the domain: under noise a narrower region is a few outliers
UNKNOWN = "The rule is unknown"
OPEN = 0.2  # support of all other forms: with more, nobody can tell which it is
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
    exact: bool = False  # noise was taken off, and what was left was explained exactly
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

    @property
    def undecided(self) -> bool:
        """Does noise leave it open which of several forms it is? Without noise an exact fit is no accident."""
        names = [e.fit.form.name for e in self.explanations]
        others = [s for name, s in zip(names, self.support, strict=True) if name != names[0]]
        return self.sd > 0 and not self.exact and sum(others) > OPEN

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
        beginning = "The function is"
        if not self.explained:
            beginning = (
                f"{UNKNOWN}: nothing that was tried explains all answers. An approximation, which the code computes, is"
            )
        elif self.undecided:
            beginning = f"{UNKNOWN} within the noise: several that were tried explain the answers, and best"
        return explain.description(self.whole, self.irregular, self.noise, beginning)

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
        return believed(data, low, high, refit(data, known))  # what was searched for before was not there
    found, step = search(data, low, high, known)[:most], comb(data.x, data.y)
    if step is not None and combed(data, found, step) is None:
        found = uncovered(data, low, high, found, step)[:most]
    return believed(data, low, high, found)


def believed(data: Data, low: float, high: float, explanations: list[Explanation]) -> Findings:
    """Everything that follows from ranked explanations."""
    step = comb(data.x, data.y)
    clean_too = None if step is None else combed(data, explanations, step)
    clean, explanations = clean_too or (data, explanations)
    best = explanations[0]
    noise = _noise(data, best) if step is None else NoiseFinding("poisson", step)
    explained = clean_too is not None or adequate(best.fit, data, scatter(data.x, data.y).sd)
    line, keep = (None, best.keep) if explained else _along_pieces(data, low, high)
    return Findings(
        data=data,
        low=low,
        high=high,
        explanations=tuple(explanations),
        support=weights(np.array([e.score for e in explanations])),
        whole=stated(best.fit, clean, best.keep, 0.0 if clean_too else noise.sd),
        irregular=_irregular(data, best.keep if line is None else keep, low, high, noise.sd),
        noise=noise,
        explained=explained,
        exact=clean_too is not None,
        pieces=line,
    )


def stated(fit: Fit, data: Data, keep: Mask, sd: float) -> Formula:
    """The fit in numbers as short as the data allow; as they are, where short ones would say something else."""
    fit = pruned(fit, data, keep) if sd else fit
    whole = formula(fit)
    short = rounded(whole, data, keep, sd)
    if fit.form.kind == "product" and short.offset == 0 != short.second_offset:  # the factor with a level has a size
        fit = swapped(fit)
        whole = formula(fit)
        short = rounded(whole, data, keep, sd)
    return short if reproduces(short, fit, data, keep, sd) else whole


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


def _along_pieces(data: Data, low: float, high: float) -> tuple[BrokenLine | None, Mask]:
    """The broken line of many slopes that the answers lie on, and on which of them: jumps set others apart. Noise hides
    any."""
    keep = np.ones(len(data.x), dtype=bool)
    line = None if scatter(data.x, data.y).noisy else broken_line(data)
    if line is not None and (stretch := line.apart(low, high)) is not None:
        keep = (data.x < stretch[0]) | (data.x > stretch[1])
        line = broken_line(data.part(keep))
    return (line, keep) if line is not None and line.many else (None, keep)
