"""What says the same with less: simpler forms that the best explanation may be in disguise.

A fit finds what reproduces the answers, which need not be how a person would say it: two reciprocals are a ratio, a
ratio whose numerator cancels a pole is a reciprocal, an absolute distance met from one side alone is none.
"""

from collections.abc import Iterator

import numpy as np

from .compose import Form, single
from .families import FAMILIES, Scene
from .fits import Data, Fit
from .screen import natural, singles
from .select import Explanation
from .types import Array, Mask

Start = tuple[Form, Array, Mask]  # a form, where its parameters may start from, and the answers to hold it to

ALONE = 4  # single families tried on the answers that the best explanation is held to
ONE_SIDED = {"root": ("right root", "left root"), "logarithm": ("right logarithm", "left logarithm")}


def simpler(best: Explanation, data: Data, place: Scene, sd: float) -> Iterator[Start]:
    """Simpler forms worth a try beside the best explanation."""
    kind = best.fit.form.kind
    if kind in ("sum", "product"):
        yield from _parts_alone(best, data)
        yield from _ratio(best)
    if kind in ("single", "sum"):
        yield from _cancelled(best)
    yield from _lower_powers(best)
    yield from one_sided(best, data)
    if kind in ("sum", "product", "composition"):
        screened = singles(data, place, sd, best.keep[None])
        yield from ((c.form, natural(c, data), c.keep) for c in screened[:ALONE] if c.form.size < best.fit.form.size)


def _parts_alone(best: Explanation, data: Data) -> Iterator[Start]:
    """Each part of a sum or product without the other: one that does nothing must not be believed in. Of a product's
    other factor its median stays."""
    form, p = best.fit.form, best.fit.p
    levels = [float(p[0]), float(p[1 + form.families[0].size]) if form.kind == "product" else float(p[0])]
    parts = form.parts(p)
    for place, family in enumerate(form.families):
        factor = 1.0
        if form.kind == "product":
            other = levels[1 - place] + form.families[1 - place].value(data.x[best.keep], parts[1 - place])
            factor = float(np.median(other[np.isfinite(other)])) if np.isfinite(other).any() else 1.0
        start = np.append(levels[place], parts[place]) * np.append([factor, factor], np.ones(family.size - 1))
        yield single(family), start, best.keep


def _lower_powers(best: Explanation) -> Iterator[Start]:
    """A polynomial without its highest powers: a fit finds room for more of them than there are."""
    form, p = best.fit.form, best.fit.p
    for place, (family, q) in enumerate(zip(form.families, form.parts(p), strict=True)):
        if not family.name.startswith("polynomial") or (place and form.kind == "composition"):
            continue
        begin, end = 1 + place * form.families[0].size, 1 + place * form.families[0].size + family.size
        powers = np.append(q[1:], 1.0) * q[0]  # the coefficients of x, x^2 and so on
        for degree in range(1, len(powers)):
            lower = FAMILIES["linear" if degree == 1 else f"polynomial of degree {degree}"]
            families = tuple(lower if i == place else f for i, f in enumerate(form.families))
            leading = powers[degree - 1] or 1e-300
            before, after = p[:begin], np.append(leading, powers[: degree - 1] / leading)
            if place and form.kind == "product":  # its amplitude is the first one's, and a level stands in its place
                before = np.concatenate([p[:2] * leading, p[2:begin]])
                after[0] = p[begin] / leading
            yield Form(form.kind, families), np.concatenate([before, after, p[end:]]), best.keep


def swapped(fit: Fit) -> Fit:
    """A product with its factors, and the amplitude that the first one carries, in each other's places."""
    (first, second), p = fit.form.families, fit.p
    split, amplitude = 1 + first.size, p[1] or 1e-300
    lead, level = np.array([amplitude * p[split], amplitude]), np.array([p[0] / amplitude])
    moved = np.concatenate([lead, p[split + 1 :], level, p[2:split]])
    return Fit(Form("product", (second, first)), moved, fit.sse, fit.count)


def _ratio(best: Explanation) -> Iterator[Start]:
    """Two reciprocals, added or multiplied, as one ratio."""
    form, p = best.fit.form, best.fit.p
    if [family.name for family in form.families] != ["reciprocal", "reciprocal"]:
        return
    a, c, g, d = p[1], p[2], (p[3] if form.kind == "product" else 0.0), p[-1]
    if form.kind == "product":  # (e + a / (x - c)) (g + 1 / (x - d))
        level, near, far = p[0] * g, a * g, p[0]
        crossed = a
    else:
        level, near, far, crossed = p[0], a, p[3], 0.0
    slope, rest = near + far, crossed - near * d - far * c  # over (x - c) (x - d)
    center, apart = (c + d) / 2, -(((c - d) / 2) ** 2)
    root = -rest / (slope or 1e-300)
    yield single(FAMILIES["rational"]), np.array([level, slope, center, apart, root]), best.keep


def _cancelled(best: Explanation) -> Iterator[Start]:
    """A reciprocal at each pole of a ratio: what is left of it where the numerator cancels the other pole."""
    form = best.fit.form
    for i, (family, q) in enumerate(zip(form.families, form.parts(best.fit.p), strict=True)):
        if family.name != "rational" or q[2] >= 0:
            continue
        parts = list(form.parts(best.fit.p))
        families = list(form.families)
        families[i] = FAMILIES["reciprocal"]
        for pole in (q[1] - np.sqrt(-q[2]), q[1] + np.sqrt(-q[2])):
            parts[i] = np.array([q[0], pole])
            yield Form(form.kind, tuple(families)), np.concatenate([best.fit.p[:1], *parts]), best.keep


def one_sided(best: Explanation, data: Data) -> Iterator[Start]:
    """The absolute distance in a root or logarithm as none, where one side of its center is undefined."""
    form = best.fit.form
    if data.defined.all() or form.kind == "composition":
        return
    for place, family in enumerate(form.families):
        for name in ONE_SIDED.get(family.name, ()):
            families = tuple(FAMILIES[name] if i == place else f for i, f in enumerate(form.families))
            yield Form(form.kind, families), best.fit.p, np.ones(len(data.x), dtype=bool)
