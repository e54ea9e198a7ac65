"""Which explanation to believe: the Bayesian information criterion, with a price for having looked in many places."""

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from .fits import Data, Fit
from .regions import inside_variance
from .types import Array, Mask

SPIKY = {
    "sine": 7.0,
    "square wave": 12.0,
    "floor": 9.0,
    "rectangle": 6.0,
    "gaussian": 3.0,
}  # 2 log(places looked at / 10)
REGION = 9.0  # 2 log(regions tried)
JOINED = {"constant": 0.0, "single": 0.0, "sum": 9.0, "product": 9.0, "composition": 12.0}  # 2 log(pairs tried)
SURE = 0.99  # of the F test


@dataclass(frozen=True)
class Explanation:
    """A fit with the answers it is held to (`keep`), and its score: lower is better, a difference of 10 is decisive."""

    fit: Fit
    keep: Mask
    score: float


def score(fit: Fit, keep: Mask, data: Data, sd: float, slack: float = 0.0) -> float:
    """BIC of a fit: n log(variance) + parameters log(n), answers left out being paid for with their own variance.

    `sd` is what repeats say of the noise: no fit is rewarded for going below half of it. Nor below `slack`.
    Source: Schwarz (1978), Estimating the dimension of a model, Annals of Statistics 6.
    """
    n, left_out = len(data.x), int((~keep & data.defined).sum())
    floor = data.dust**2 + 0.25 * sd**2 + slack**2
    out = fit.count * np.log(fit.sse / max(fit.count, 1) + floor)
    parameters = fit.form.size - (fit.form.kind == "composition")
    if not keep.all():
        variance, inside = inside_variance(data, keep)
        out += left_out * np.log(variance + floor)
        parameters += inside + 2
        out += REGION
    price = JOINED[fit.form.kind] + sum(SPIKY.get(family.name, 0.0) for family in fit.form.families)
    return float(out + parameters * np.log(max(n, 2)) + price)


def _seen(fit: Fit, data: Data) -> bool:
    """Is the outer function of a composition seen at enough values? Stairs inside show no more than there are."""
    if fit.form.kind != "composition" or not fit.form.families[1].hard:
        return True
    stairs = np.unique(fit.form.families[1].value(data.x[data.defined], fit.form.parts(fit.p)[1]))
    return len(stairs) >= fit.form.families[0].size + 3


def weights(scores: Array) -> Array:
    """Relative support of explanations, from their scores: exp(-difference / 2), normalised."""
    raw = np.exp(-0.5 * (np.asarray(scores) - np.min(scores)))
    return np.asarray(raw / raw.sum())


def adequate(fit: Fit, data: Data, sd: float) -> bool:
    """Does nothing but noise remain? Exact where there is none, else within what repeats allow (an F test: few of them
    tell the size of the noise only roughly)."""
    if fit.count < fit.form.size + 3 or not _seen(fit, data):
        return False  # so many parameters explain anything
    if sd == 0:
        return fit.rms <= 100 * data.dust
    spare = max(fit.count - fit.form.size, 1)
    return fit.sse / spare <= max(1.25**2, float(fdtri(spare, max(data.comparisons, 1), SURE))) * sd**2
