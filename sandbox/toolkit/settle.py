"""From screened candidates to explanations: a few are polished, and each sees again which answers it cannot explain."""

import numpy as np

from .compose import Form, Kind
from .fits import Data, Fit, polish
from .regions import leave_out
from .screen import Candidate, diverse, off
from .select import Explanation, adequate, score
from .types import Array, Mask
from .varpro import start

POLISHED: dict[Kind, int] = {"single": 8, "sum": 6, "product": 9, "composition": 8}  # candidates of a stage to polish
GLANCE = 50  # evaluations in a first polish
JUMPING = 5  # forms with jumps that are polished although others look better
FINISHED = 4  # of a stage's candidates are polished to the end
TRIED = 40  # candidates that get a chance where the best few explain nothing and an exact fit would prove itself


def settle(form: Form, p: Array, keep: Mask, data: Data, sd: float) -> Explanation:
    """Polish a candidate, see again which answers it cannot explain, and repeat until that stays the same."""
    fit = polish(form, p, data, keep)
    best = Explanation(fit, keep, score(fit, keep, data, sd))
    for _ in range(2):
        spread = max(sd, min(fit.rms, 3 * sd) if sd else fit.rms * 0.5)
        again = leave_out(fit, data, spread)
        if np.array_equal(again, keep):
            break
        keep = again
        fit = polish(form, fit.p, data, keep)
        now = Explanation(fit, keep, score(fit, keep, data, sd))
        best = min(best, now, key=lambda e: e.score)
    return best


def polished(screened: list[Candidate], data: Data, sd: float) -> list[Explanation]:
    """The best few candidates, polished a little; the best few of those, to the end.

    Once one of them explains everything, only simpler ones are still tried.
    """
    out: list[Explanation] = []
    enough = np.inf
    for candidate in _shortlist(screened, data):
        if candidate.form.size >= enough:
            continue
        fit = _glance(candidate, data)
        out.append(Explanation(fit, candidate.keep, score(fit, candidate.keep, data, sd)))
        if adequate(fit, data, sd) and candidate.keep.all():
            enough = min(enough, candidate.form.size)
    best = sorted(out, key=lambda e: e.score)[:FINISHED]
    return [settle(e.fit.form, e.fit.p, e.keep, data, sd) for e in best]


def exact(screened: list[Candidate], data: Data) -> list[Explanation]:
    """Of many candidates the first that leaves nothing, and simpler ones that do so too: without noise alone, for there
    an exact fit is no accident, however many were tried."""
    out: list[Explanation] = []
    enough = np.inf
    for candidate in diverse(screened, each=2)[:TRIED]:
        if candidate.form.size >= enough:
            continue
        fit = _glance(candidate, data)
        if adequate(fit, data, 0.0):
            enough = candidate.form.size
            out.append(settle(fit.form, fit.p, candidate.keep, data, 0.0))
    return out


def _glance(candidate: Candidate, data: Data) -> Fit:
    form, p = start(candidate, data)
    return polish(form, p, data, candidate.keep, evaluations=GLANCE, turns=1)


def _shortlist(screened: list[Candidate], data: Data) -> list[Candidate]:
    """The best few of every kind, simplest kind first.

    A product is screened with more freedom than it has, so half of those come by how well they do without it.
    """
    out: list[Candidate] = []
    for kind, most in POLISHED.items():
        ranked = sorted((c for c in screened if c.form.kind == kind), key=lambda c: c.score)
        if kind == "product":
            factored = sorted(ranked[:40], key=lambda c: float(np.sum(off(c, data) ** 2)))[: most // 2]
            ranked = factored + [c for c in ranked if c not in factored]
        chosen = ranked[:most]
        seen = {c.form for c in chosen}
        for c in ranked[most:]:  # a jump that is a little off looks worse than it is: each such form gets one chance
            if c.form.hard and c.form not in seen and len(chosen) < most + JUMPING:
                chosen.append(c)
                seen.add(c.form)
        out += chosen
    return out
