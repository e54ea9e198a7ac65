"""From a fit to words and code: numbers rounded to what the data support, a formula, an English sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .compose import Form
from .fits import Data, Fit
from .noise import NoiseFinding
from .regions import Span
from .statements import STATEMENTS, Numbers, show
from .types import Array, Mask
from .wording import Named, called, numbers, raised


@dataclass(frozen=True)
class Formula:
    """A form in stated numbers: `offset` (e of a product), its parts' numbers, `second_offset` (g of a product)."""

    form: Form
    offset: float
    parts: tuple[Numbers, ...]
    second_offset: float = 0.0

    def value(self, x: Array) -> Array:
        """What the formula gives at `x`; NaN where it is undefined."""
        with np.errstate(all="ignore"):
            y = self._value(np.asarray(x, dtype=float))
        return np.where(np.isfinite(y), y, np.nan)

    def _value(self, x: Array) -> Array:
        curves: list[Callable[[Array], Array]] = [
            lambda u, f=family, n=numbers: f.value(u, STATEMENTS[f.name].fitted(n))  # type: ignore[misc]
            for family, numbers in zip(self.form.families, self.parts, strict=True)
        ]
        if self.form.kind == "constant":
            return np.full(x.shape, self.offset)
        if self.form.kind == "composition":
            return self.offset + curves[0](curves[1](x))
        if self.form.kind == "product":
            return (self.offset + curves[0](x)) * (self.second_offset + curves[1](x))
        return self.offset + sum((curve(x) for curve in curves), np.zeros(x.shape))

    def jumps(self, low: float, high: float) -> list[float]:
        """Where in [low, high] the formula jumps, as far as a fine grid shows; at most the outermost ten."""
        if not self.form.hard:
            return []
        x = np.linspace(low, high, 1201)
        parts = [
            (f, n)
            for f, n in zip(self.form.families, self.parts, strict=True)
            if f.hard or self.form.kind == "composition"
        ]

        def levels(u: Array) -> Array:
            if self.form.kind == "composition":
                return self._value(u)
            return np.asarray(sum((f.value(u, STATEMENTS[f.name].fitted(n)) for f, n in parts), np.zeros(u.shape)))

        with np.errstate(all="ignore"):
            y = levels(x)
            places = np.flatnonzero(np.abs(np.diff(y)) > 0)
            chosen = places if len(places) <= 10 else np.concatenate([places[:5], places[-5:]])
            left, right, before = x[chosen], x[chosen + 1], y[chosen]
            for _ in range(40):  # halved until the jump itself is met: samples may lie closer to it than the grid
                middle = (left + right) / 2
                same = levels(middle) == before
                left, right = np.where(same, middle, left), np.where(same, right, middle)
        return [float(v) for v in right]

    @property
    def code(self) -> str:
        """A Python expression in `x`, with numpy as `np`."""
        if self.form.kind == "constant":
            return repr(self.offset)
        texts = [STATEMENTS[f.name].code for f in self.form.families]
        if self.form.kind == "composition":
            inside = texts[1](self.parts[1], "x")
            return _plus(texts[0](self.parts[0], f"({inside})"), self.offset)
        terms = [text(numbers, "x") for text, numbers in zip(texts, self.parts, strict=True)]
        if self.form.kind == "product":
            return f"({_plus(terms[0], self.offset)}) * ({_plus(terms[1], self.second_offset)})"
        return _plus(" + ".join(terms), self.offset)

    @property
    def families(self) -> list[str]:
        """How the parts are joined, and what each is commonly called: `["sum", "sine", "linear"]`."""
        joined = [self.form.kind] if len(self.parts) > 1 else []
        return [*joined, *(called(*part) for part in self._raised)] or ["constant"]

    @property
    def named_numbers(self) -> Named:
        """Every number with its name, in the form that goes with the family's common name."""
        if self.form.kind == "constant":
            return [("value", self.offset)]
        return [pair for part in self._raised for pair in numbers(*part)]

    @property
    def _raised(self) -> list[tuple[str, Numbers, float]]:
        """Each part with its numbers and the offset that it carries. A sum's goes to a ratio, which takes it in."""
        names = [f.name for f in self.form.families]
        home = next((i for i, name in enumerate(names) if "rational" in name), 0) if self.form.kind == "sum" else 0
        offsets = [self.offset if i == home else self.second_offset for i in range(len(names))]
        return list(zip(names, self.parts, offsets, strict=True))

    @property
    def plain(self) -> str:
        """The formula as people write it in prose, `y = ...`; what is inside another function is written as u."""
        if self.form.kind != "composition":
            return f"y = {_as_written(self.code)}"
        outer, inner = (
            STATEMENTS[f.name].code(n, u) for f, n, u in zip(self.form.families, self.parts, "ux", strict=True)
        )
        return f"y = {_as_written(_plus(outer, self.offset))}, where u = {_as_written(inner)}"

    @property
    def english(self) -> str:
        """A noun phrase that names families, parameters and how they are joined."""
        if self.form.kind == "constant":
            return f"a constant with value {show(self.offset)}"
        inside = "u" if self.form.kind == "composition" else "x"
        texts = [raised(name, n, u, offset) for (name, n, offset), u in zip(self._raised, (inside, "x"), strict=False)]
        if self.form.kind == "single":
            return texts[0]
        if self.form.kind == "composition":
            return f"a composition: {texts[0]}, where u is {texts[1]}"
        return f"the {self.form.kind} of {texts[0]} and {texts[1]}"

    @property
    def written(self) -> str:
        """The noun phrase, and the formula after it."""
        return self.english if self.form.kind == "constant" else f"{self.english}: {self.plain}"


def _as_written(code: str) -> str:
    """Python without its marks: no `np.`, powers with `^`, numbers as short as `show` makes them."""
    text = code.replace("np.", "").replace("**", "^").replace("+ -", "- ")
    return re.sub(r"\d+\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+", lambda number: show(float(number[0])), text)


def _plus(expression: str, offset: float) -> str:
    return f"{expression} {'+' if offset > 0 else '-'} {abs(offset)!r}" if offset else expression


def formula(fit: Fit) -> Formula:
    """The fit in stated numbers, none of them rounded."""
    parts = tuple(STATEMENTS[f.name].stated(q) for f, q in zip(fit.form.families, fit.form.parts(fit.p), strict=True))
    second = float(fit.p[1 + fit.form.families[0].size]) if fit.form.kind == "product" else 0.0
    return Formula(fit.form, float(fit.p[0]), parts, second)


def _numbers(whole: Formula) -> list[float]:
    return [whole.offset, whole.second_offset, *(v for part in whole.parts for v in part)]


def _with(whole: Formula, index: int, value: float) -> Formula:
    if index == 0:
        return replace(whole, offset=value)
    if index == 1:
        return replace(whole, second_offset=value)
    index, parts = index - 2, []
    for part in whole.parts:
        parts.append(tuple(value if i == index else v for i, v in enumerate(part)))
        index -= len(part)
    return replace(whole, parts=tuple(parts))


def rounded(whole: Formula, data: Data, keep: Mask, sd: float) -> Formula:
    """The formula with each number as short as the data allow: zero, else the fewest significant digits.

    A number may be shortened while the sum of squared residuals grows by less than a tenth of the noise variance,
    or, without noise, while residuals stay arithmetic dust.
    """
    rows = keep & data.defined
    x, y, lost = data.x[rows], data.y[rows], data.x[keep & ~data.defined]
    astray = int(np.isfinite(whole.value(lost)).sum())  # answers that are undefined, unlike what the fit says

    def sse(trial: Formula) -> float:
        off = np.abs(y - trial.value(x))
        bounded = (off < 1e100).all() and np.isfinite(trial.value(lost)).sum() <= astray  # NaN compares as false
        return float(np.sum(off**2)) if bounded else np.inf

    start = sse(whole)
    if not np.isfinite(start):
        return whole  # nothing to hold a shorter number to
    noise = min(sd, (start / max(len(y), 1)) ** 0.5) if sd else 0.0
    allowed = start + 0.1 * noise**2 + len(y) * (30 * data.dust) ** 2
    for index in range(len(_numbers(whole))):
        if sse(trial := _with(whole, index, 0.0)) <= allowed:
            whole = trial
    for index, value in enumerate(_numbers(whole)):
        for digits in range(1, 10):
            if sse(trial := _with(whole, index, float(f"{value:.{digits}g}"))) <= allowed:
                whole = trial
                break
    return whole


def reproduces(whole: Formula, fit: Fit, data: Data, keep: Mask, sd: float) -> bool:
    """Does what is stated still say what was fitted, at the answers it is held to, within dust and a third of noise?"""
    rows = keep & data.defined
    if not rows.any():
        return False
    off = np.abs(whole.value(data.x[rows]) - fit.curve(data.x[rows]))
    slack = max(sd, 0.1 * fit.rms) / 3 + 1e3 * data.dust + 1e-6 * np.abs(data.y[rows])
    return bool(np.mean(off <= slack) > 0.95)  # NaN compares as false


@dataclass(frozen=True)
class Irregular:
    """An irregular region as found: where, and the formula inside (None: nothing is defined there)."""

    span: Span
    inside: Formula | None

    @property
    def condition(self) -> str:
        """The region as a Python condition on `x`."""
        if self.span.low is None:
            return f"x <= {self.span.high!r}"
        return f"x >= {self.span.low!r}" if self.span.high is None else f"{self.span.low!r} <= x <= {self.span.high!r}"

    @property
    def where(self) -> str:
        """The region in English."""
        if self.span.low is None:
            return f"Below {show(self.span.high or 0.0)}"
        return (
            f"Above {show(self.span.low)}"
            if self.span.high is None
            else f"Between {show(self.span.low)} and {show(self.span.high)}"
        )

    @property
    def behaviour(self) -> str:
        """What happens inside, as a noun phrase."""
        return "undefined" if self.inside is None else self.inside.english


def code(whole: Formula, irregular: Irregular | None) -> str:
    """Source that defines `function(x)` for one number, NaN where it is undefined, with numpy alone."""
    return program(whole.code, irregular)


def program(expression: str, irregular: Irregular | None, constants: str = "") -> str:
    """The same for any expression in `x`, with definitions of `constants` before it."""
    usual = f"        y = {expression}"
    if irregular is not None:
        inside = "np.nan" if irregular.inside is None else irregular.inside.code
        usual = f"        if {irregular.condition}:\n            y = {inside}\n        else:\n    {usual}"
    return (
        f"import numpy as np\n\n{constants}\n"
        "def function(x):\n"
        "    x = np.float64(x)\n"
        '    with np.errstate(all="ignore"):\n'
        f"{usual}\n"
        '    return float(y) if np.isfinite(y) else float("nan")\n'
    )


def noise_sentence(noise: NoiseFinding) -> str:
    """One sentence about noise, with its kind and scale."""
    size = f"{noise.scale:.3g}"
    return {
        "none": "There is no sign of noise.",
        "gaussian": f"It adds Gaussian noise with standard deviation about {size}.",
        "uniform": f"It adds uniform noise with half-width about {size}.",
        "poisson": f"It adds Poisson noise with scale about {size} (a Poisson draw of mean one, less one, times that).",
    }[noise.kind]


def description(
    whole: Formula, irregular: Irregular | None, noise: NoiseFinding, beginning: str = "The function is"
) -> str:
    """What a person would write: what it is, where it departs from that and how, and how noisy it is."""
    return f"{beginning} {whole.written}. {region_sentence(irregular)} {noise_sentence(noise)}"


def region_sentence(irregular: Irregular | None) -> str:
    """One sentence about a region, with what happens there."""
    if irregular is None:
        return "No irregular region was found."
    if irregular.inside is None:
        return f"{irregular.where} it is undefined."
    return f"{irregular.where} it instead returns {irregular.inside.written}."
