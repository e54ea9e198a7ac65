"""Under noise, numbers that the answers do not ask for are zero: an offset, or a power of a polynomial.

A free number is always a little off; beyond the samples even a small one leads far away.
"""

import numpy as np

from .compose import Form
from .fits import Data, Fit, descend
from .types import Mask


def pruned(fit: Fit, data: Data, keep: Mask, evaluations: int = 60) -> Fit:
    """The fit with as many zeros as the Bayesian criterion allows: each saves log(n) of squared residuals in units of
    their variance. All others are fitted anew. The fit itself where it has nothing to spare."""
    spare, zeros = max(fit.count - fit.form.size, 1), list[int]()
    allowed = fit.sse / spare * np.log(max(fit.count, 2))
    while fit.sse > 0:
        tried = [_without(fit, [*zeros, i], data, keep, evaluations) for i in _spared(fit.form) if fit.p[i] != 0]
        best = min(tried, key=lambda f: f.sse, default=fit)
        if best is fit or best.sse - fit.sse > allowed:
            return fit
        zeros = [i for i in _spared(fit.form) if best.p[i] == 0]
        fit = best
    return fit


def _spared(form: Form) -> list[int]:
    """Positions of the offsets, and of what follows the leading coefficient of a polynomial."""
    if not form.families:
        return []
    second = 1 + form.families[0].size
    out = [0, *([second] if form.kind == "product" else [])]
    after_leading = (2, second + (form.kind != "composition"))
    for family, start in zip(form.families, after_leading, strict=False):
        if family.name.startswith("polynomial"):
            out += range(start, start + family.size - 1)
    return out


def _without(fit: Fit, zeros: list[int], data: Data, keep: Mask, evaluations: int) -> Fit:
    p = fit.p.copy()
    p[zeros] = 0.0
    free = np.array([i for i in range(fit.form.size) if i not in (*zeros, *fit.form.hard)], dtype=int)
    with np.errstate(all="ignore"):
        return descend(fit.form, p, free, data, keep, evaluations)
