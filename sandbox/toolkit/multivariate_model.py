"""A function of several numbers as it is believed to be: fitted parts and a structure, then words and code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import leastsq

from .explain import Formula
from .fits import Data, Fit, polish, sorted_data
from .investigate import stated
from .multivariate_forms import Structure, moved, scaled
from .multivariate_lines import Start, families
from .multivariate_screen import Guess, outside_a_box, trimmed
from .regions import simplest
from .statements import show
from .types import Array, Mask

Named = tuple[str | None, list[str], list[tuple[str, float]]]

NAMES = "xyz"
SWEEPS, CHOOSING = 5, 2  # rounds over the parts, and those that may choose other families
HELPS = 0.97  # of the error before: with more left, another round is not worth it
ROUNDS = 2  # of improving a start and of looking again what it explains
EDGED = ("step", "rectangle")  # families whose numbers are places
KEPT = 0.55  # of the answers at least are held to the structure: what is irregular is the smaller part
JOINED = {"sum": "the sum", "product": "the product", "maximum": "the largest", "minimum": "the smallest"}


@dataclass(frozen=True)
class Model:
    """A structure with its fitted parts, and which answers it is held to. `rms` is what it leaves of those."""

    structure: Structure
    fits: tuple[Fit, ...]
    keep: Mask
    rms: float

    def value(self, x: Array) -> Array:
        """What it predicts at rows (N, D)."""
        values = [fit.curve(self.structure.coordinate(i, x)) for i, fit in enumerate(self.fits)]
        return self.structure.join(values, x)

    def with_number(self, part: int, position: int, number: float) -> "Model":
        """The same with one number of one part changed."""
        p = self.fits[part].p.copy()
        p[position] = number
        fits = (*self.fits[:part], replace(self.fits[part], p=p), *self.fits[part + 1 :])
        return replace(self, fits=fits)

    @property
    def size(self) -> int:
        """How many parameters it has."""
        return sum(fit.form.size for fit in self.fits) + len(self.structure.center)


def fit_start(start: Start, x: Array, y: Array, sd: float) -> Model:
    """Improve all parameters of a start together, held to the answers that it explains; then where its parts jump."""
    model = Model(start.structure, start.fits, np.ones(len(y), dtype=bool), 0.0)
    for _ in range(ROUNDS):
        model = _jumping(model, x, y)
        model = _together(replace(model, keep=_held(model.value(x) - y, sd)), x, y)
    return _without_constants(model)


def _without_constants(model: Model) -> Model:
    """A sum or a product without the parts that do not change, which another part takes over."""
    kind, put = model.structure.kind, {"sum": moved, "product": scaled}.get(model.structure.kind)
    parts = list(zip(model.structure.inputs, model.fits, strict=False))
    constant = [fit for _, fit in parts if fit.form.kind == "constant"]
    changing = [(column, fit) for column, fit in parts if fit.form.kind != "constant"]
    if put is None or not constant or not changing:
        return model
    for fit in constant:
        changing[0] = changing[0][0], put(changing[0][1], float(fit.p[0]))
    columns, fits = zip(*changing, strict=True)
    return replace(model, structure=Structure(kind, columns), fits=fits)


def fit_model(guess: Guess, x: Array, y: Array, sd: float) -> Model:
    """Find the family of each part in turn, given the others; then improve all parameters together."""
    keep = np.ones(len(y), dtype=bool)
    if guess.structure.kind == "distance":
        keep = outside_a_box(x, guess.structure.coordinate(0, x), y)
    return _swept(guess.structure, list(guess.values), keep, x, y, sd)


def improved(model: Model, x: Array, y: Array, sd: float) -> Model:
    """The same with the families that suit its parts best, given all answers that it explains."""
    values = [np.nan_to_num(fit.curve(model.structure.coordinate(i, x))) for i, fit in enumerate(model.fits)]
    return _swept(model.structure, values, model.keep, x, y, sd)


def _swept(structure: Structure, values: list[Array], keep: Mask, x: Array, y: Array, sd: float) -> Model:
    """Part after part given the others: its family at first, then its numbers alone; as long as that helps."""
    fits, left = list[Fit](), np.inf
    for sweep in range(SWEEPS):
        for part in range(len(values)):
            data = _data(structure, part, values, x, y, keep)
            if len(np.unique(data.x)) < 4:
                continue
            fit = (
                _family(data, sd)
                if sweep < CHOOSING or part >= len(fits)
                else polish(fits[part].form, fits[part].p, data, np.ones(len(data.x), dtype=bool))
            )
            fits[part : part + 1] = [fit]
            values[part] = np.nan_to_num(fit.curve(structure.coordinate(part, x)))
        if len(fits) < len(values):
            return Model(structure, (), keep, np.inf)
        structure = _switched(structure, values, x, y)
        off = structure.join(values, x) - y
        keep, before, left = _held(off, sd), left, trimmed(off)
        if left > HELPS * before:
            break
    model = _together(Model(structure, tuple(fits), keep, 0.0), x, y)
    keep = _held(model.value(x) - y, sd)
    return _together(replace(model, keep=keep), x, y)


def _jumping(model: Model, x: Array, y: Array) -> Model:
    """With the threshold and the edges of its parts where they explain most answers, one after the other."""
    values = [np.nan_to_num(fit.curve(model.structure.coordinate(i, x))) for i, fit in enumerate(model.fits)]
    model = replace(model, structure=_switched(model.structure, values, x, y))
    most = 0.3 * float(np.std(y))
    for part, fit in enumerate(model.fits):
        if not any(family.name in EDGED for family in fit.form.families):
            continue
        places = np.unique(model.structure.coordinate(part, x))
        middles = (places[1:] + places[:-1]) / 2
        for position in fit.form.hard:
            tried = [model.with_number(part, position, at) for at in [model.fits[part].p[position], *middles]]
            costs = [float(np.minimum(np.nan_to_num(np.abs(m.value(x) - y), nan=most), most).sum()) for m in tried]
            model = tried[int(np.argmin(costs))]
    return model


def _data(structure: Structure, part: int, values: Sequence[Array], x: Array, y: Array, keep: Mask) -> Data:
    target, rows = structure.partial(part, values, x, y)
    rows = rows & keep & np.isfinite(target)
    return sorted_data(structure.coordinate(part, x)[rows], target[rows])


def _family(data: Data, sd: float) -> Fit:
    return families(data, sd, whole=True)[0]


def _switched(structure: Structure, values: Sequence[Array], x: Array, y: Array) -> Structure:
    """A conditional with the threshold that fits its two parts best; any other as it is."""
    if structure.kind != "conditional":
        return structure
    order = np.argsort(x[:, structure.on], kind="stable")
    places = x[order, structure.on]
    below, above = (np.minimum(np.abs(v - y)[order], np.std(y)) for v in values)
    costs = np.concatenate([[0.0], np.cumsum(below)]) + np.concatenate([np.cumsum(above[::-1])[::-1], [0.0]])
    costs[1:-1][np.diff(places) <= 0] = np.inf
    cut = int(np.argmin(costs[1:-1])) + 1
    return replace(structure, threshold=simplest(float(places[cut - 1]), float(places[cut])))


def _held(off: Array, sd: float) -> Mask:
    """All but clear outliers; no fewer than the most usual ones."""
    size = np.nan_to_num(np.abs(off), nan=np.inf)
    usual = float(np.quantile(size, KEPT))
    return np.asarray(size <= max(4 * sd, 4 * usual, 1e-12))


def _together(model: Model, x: Array, y: Array) -> Model:
    """Levenberg-Marquardt in all smooth parameters at once, and in a distance's center."""
    rows = model.keep
    free = [[i for i in range(fit.form.size) if i not in fit.form.hard] for fit in model.fits]
    start = np.concatenate([*(fit.p[f] for fit, f in zip(model.fits, free, strict=True)), model.structure.center])

    def built(q: Array) -> Model:
        fits, at = [], 0
        for fit, places in zip(model.fits, free, strict=True):
            p = fit.p.copy()
            p[places] = q[at : at + len(places)]
            at += len(places)
            fits.append(replace(fit, p=p))
        return replace(model, fits=tuple(fits), structure=replace(model.structure, center=tuple(q[at:].tolist())))

    scale = float(np.std(y[rows])) or 1.0

    def off(q: Array) -> Array:
        with np.errstate(all="ignore"):
            left = (built(q).value(x[rows]) - y[rows]) / scale
        return np.where(np.abs(left) < 1e50, left, 1e3)

    if len(start) < rows.sum():
        found = leastsq(off, start, ftol=1e-13, xtol=1e-13, maxfev=400, full_output=True)[0]
        if np.sum(off(found) ** 2) < np.sum(off(start) ** 2):
            start = found
    return replace(built(start), rms=float(np.sqrt(np.mean(off(start) ** 2)) * scale))


@dataclass(frozen=True)
class Stated:
    """A model in numbers as short as the answers allow: what is handed in."""

    structure: Structure
    parts: tuple[Formula, ...]

    def value(self, x: Array) -> Array:
        """What is stated, at rows (N, D)."""
        values = [part.value(self.structure.coordinate(i, x)) for i, part in enumerate(self.parts)]
        return self.structure.join(values, x)

    @property
    def single(self) -> bool:
        """Is it a function of one input alone?"""
        return len(self.parts) == 1 and self.structure.kind != "distance"

    @property
    def lines(self) -> list[str]:
        """The body of the function, which returns."""
        texts = [f"({renamed(part.code, self._name(i))})" for i, part in enumerate(self.parts)]
        match self.structure.kind:
            case "sum":
                return [f"return {' + '.join(texts)}"]
            case "product":
                return [f"return {' * '.join(texts)}"]
            case "mixed":
                return [f"return {texts[0]} * {texts[1]} + {texts[2]}"]
            case "maximum" | "minimum":
                return [f"return {self.structure.kind[:3]}({', '.join(texts)})"]
            case "distance":
                return [f"r = np.sqrt({self._squares('**')})", f"return {texts[0]}"]
            case "conditional":
                on = f"{NAMES[self.structure.on]} < {self.structure.threshold!r}"
                return [f"return {texts[0]} if {on} else {texts[1]}"]

    @property
    def written(self) -> str:
        """The formula as people write it."""
        texts = [renamed(part.plain.removeprefix("y = "), self._name(i)) for i, part in enumerate(self.parts)]
        match self.structure.kind:
            case "sum" | "product":
                sign = " + " if self.structure.kind == "sum" else " * "
                return sign.join(f"({text})" for text in texts)
            case "mixed":
                return f"({texts[0]}) * ({texts[1]}) + ({texts[2]})"
            case "maximum" | "minimum":
                return f"{self.structure.kind[:3]}({', '.join(texts)})"
            case "distance":
                return f"{texts[0]}, where r = sqrt({self._squares('^')})"
            case "conditional":
                on = f"{NAMES[self.structure.on]} < {show(self.structure.threshold)}"
                return f"({texts[0]}) if {on} else ({texts[1]})"

    @property
    def english(self) -> str:
        """A noun phrase that names what joins the parts, and each of them."""
        told = [renamed(part.english, self._name(i)) for i, part in enumerate(self.parts)]
        match self.structure.kind:
            case "distance":
                center = f"({', '.join(show(c) for c in self.structure.center)})"
                return f"a function of the distance r from the point {center} alone: {told[0]}"
            case "conditional":
                on = f"{NAMES[self.structure.on]} is below {show(self.structure.threshold)}"
                return f"a choice: where {on}, {told[0]}; otherwise, {told[1]}"
            case "mixed":
                inner = f"the product of 2 parts: (a) {told[0]}; (b) {told[1]}"
                return f"the sum of 2 parts: (1) {inner}; (2) {told[2]}"
            case kind:
                if len(told) == 1:
                    return told[0]
                listed = "; ".join(f"({i}) {text}" for i, text in enumerate(told, 1))
                return f"{JOINED[kind]} of {len(told)} parts: {listed}"

    @property
    def named_parts(self) -> list[Named]:
        """What there is to claim: by the input it is true of (None: of no one alone), family names and numbers."""
        structure, joins = self.structure, {"mixed": ["sum", "product"]}
        out: list[Named] = [] if self.single else [(None, joins.get(structure.kind, [structure.kind]), [])]
        out += [(name, [], [("center", c)]) for name, c in zip(NAMES, structure.center, strict=False)]
        if structure.kind == "conditional":
            out.append((NAMES[structure.on], [], [("threshold", structure.threshold)]))
        for i, part in enumerate(self.parts):
            out.append((None if structure.kind == "distance" else self._name(i), part.families, part.named_numbers))
        return out

    def jumps(self, low: Array, high: Array) -> list[tuple[int, float]]:
        """Where, in which column, it jumps: at the edges of its parts, and at a threshold."""
        if self.structure.kind == "distance":
            return []
        found = [(self.structure.on, self.structure.threshold)] if self.structure.kind == "conditional" else []
        for i, part in enumerate(self.parts):
            column = self.structure.inputs[i]
            found += [(column, at) for at in part.jumps(float(low[column]), float(high[column]))]
        return found

    def _name(self, part: int) -> str:
        return "r" if self.structure.kind == "distance" else NAMES[self.structure.inputs[part]]

    def _squares(self, power: str) -> str:
        pairs = zip(NAMES, self.structure.center, strict=False)
        return " + ".join(f"({name} - {show(c)}){power}2" if c else f"{name}{power}2" for name, c in pairs)


def renamed(text: str, name: str) -> str:
    """A text about x as one about another letter."""
    return re.sub(r"\bx\b", name, text)


def state(model: Model, x: Array, y: Array, sd: float) -> Stated:
    """The model in short numbers, part by part: each is rounded as far as the answers allow, given the others."""
    structure = replace(model.structure, center=tuple(_short(c) for c in model.structure.center))
    if np.abs(replace(model, structure=structure).value(x[model.keep]) - y[model.keep]).max() > 1.01 * max(
        4 * sd, float(np.abs(model.value(x[model.keep]) - y[model.keep]).max())
    ):
        structure = model.structure
    values = [fit.curve(structure.coordinate(i, x)) for i, fit in enumerate(model.fits)]
    parts = []
    for part, fit in enumerate(model.fits):
        data = _data(structure, part, values, x, y, model.keep)
        parts.append(stated(fit, data, np.ones(len(data.x), dtype=bool), sd))
        values[part] = parts[-1].value(structure.coordinate(part, x))
    return Stated(structure, _gathered(parts) if structure.kind == "sum" else tuple(parts))


def _gathered(parts: list[Formula]) -> tuple[Formula, ...]:
    """The parts of a sum with all their offsets in the first."""
    offset = float(f"{sum(part.offset for part in parts):.9g}")
    return tuple(replace(part, offset=0.0 if at else offset) for at, part in enumerate(parts))


def _short(value: float) -> float:
    return float(f"{value:.6g}")
