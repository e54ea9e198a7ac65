"""Intervals, tests and power for scores in which functions are the clusters. Pure; every method is named in its result.

A study asks about functions it did not draw, so functions are what is resampled: seeds and repetitions of one function
are averaged first, and never count as further evidence. Equal data give equal figures: resampling has a fixed seed.

    interval of a mean     expanded percentile bootstrap over functions (Hesterberg 2015, section 3.3)
    interval of a share    Wilson
    difference of two arms the same bootstrap over paired differences; sign-flipping permutation test
    pass or fail           McNemar, mid-p (Fagerland, Lydersen and Laake 2013)
    several comparisons    Holm
    before a run           power of the paired t-test (noncentral t)

Hesterberg, What Teachers Should Know About the Bootstrap, The American Statistician 69(4). Fagerland et al., The
McNemar test for binary matched-pairs data, BMC Medical Research Methodology 13:91.
How well they do here: docs/statistics.md.
"""

import math
from collections.abc import Sequence

import numpy as np
from pydantic import FiniteFloat
from scipy import optimize, stats

from functions.arrays import FloatArray
from functions.brief import Record

RESAMPLES = 4_000
PERMUTATIONS = 9_999
CONFIDENCE = 0.95

BOOTSTRAP = "expanded percentile bootstrap over functions"
WILSON = "Wilson"
TOO_FEW = "none: fewer than two functions"
FLAT = "none: every function gave the same"
PERMUTATION = "paired permutation test over functions"


class Interval(Record):
    """An estimate with its 95 % interval over `n` functions; `lo` and `hi` are None where there is none."""

    estimate: FiniteFloat
    lo: FiniteFloat | None
    hi: FiniteFloat | None
    n: int
    method: str


class Difference(Record):
    """A paired comparison over `n` functions: the interval of the mean difference, the test, and how large it is.

    `effect` is the mean difference in standard deviations of the differences (Cohen's d_z; 0 where there are none).
    `better` and `worse` count functions by the sign of their difference.
    """

    interval: Interval
    p: FiniteFloat
    test: str
    effect: FiniteFloat
    better: int
    worse: int


def mean_interval(values: Sequence[float]) -> Interval:
    """The mean of one value for each function, each in 0..1.

    Where all values are 0, or all are 1, no resampling can tell how sure that is: Wilson's interval says it.
    """
    x = np.asarray(values, dtype=np.float64)
    estimate = float(x.mean()) if x.size else 0.0
    if x.size and estimate in (0.0, 1.0):
        return share_interval(round(estimate * x.size), x.size)
    return bootstrap(x)


def share_interval(hits: int, n: int) -> Interval:
    """The share of functions of which something holds. `n` of 0 has no interval."""
    if n == 0:
        return Interval(estimate=0.0, lo=None, hi=None, n=0, method=TOO_FEW)
    found = stats.binomtest(hits, n).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(estimate=hits / n, lo=float(found.low), hi=float(found.high), n=n, method=WILSON)


def bootstrap(x: FloatArray) -> Interval:
    """The mean of one value for each cluster.

    A percentile interval is too narrow by about 1 + 1/n and ignores that the deviation is estimated. It is expanded:
    its tails are the normal ones of sqrt(n / (n - 1)) times the quantile of t. It stays in the range of the data.
    """
    n, estimate = x.size, float(x.mean()) if x.size else 0.0
    if n < 2:
        return Interval(estimate=estimate, lo=None, hi=None, n=n, method=TOO_FEW)
    if np.ptp(x) == 0:
        return Interval(estimate=estimate, lo=estimate, hi=estimate, n=n, method=FLAT)
    tail = float(stats.norm.cdf(math.sqrt(n / (n - 1)) * stats.t.ppf((1 - CONFIDENCE) / 2, n - 1)))
    picks = np.random.default_rng(0).integers(0, n, size=(RESAMPLES, n))
    lo, hi = np.quantile(x[picks].mean(axis=1), [tail, 1 - tail])
    return Interval(estimate=estimate, lo=float(lo), hi=float(hi), n=n, method=BOOTSTRAP)


def difference(values: Sequence[float]) -> Difference:
    """What one paired difference for each function says about their mean."""
    d = np.asarray(values, dtype=np.float64)
    deviation = float(d.std(ddof=1)) if d.size > 1 else 0.0
    return Difference(
        interval=bootstrap(d),
        p=permutation_p(d),
        test=PERMUTATION,
        effect=float(d.mean()) / deviation if deviation > 0 else 0.0,
        better=int((d > 0).sum()),
        worse=int((d < 0).sum()),
    )


def permutation_p(differences: FloatArray) -> float:
    """Two-sided p of the mean of paired differences: their signs are flipped, all ways where they are few."""
    d = np.asarray(differences, dtype=np.float64)
    if d.size < 2 or not d.any():
        return 1.0
    found = stats.permutation_test(
        (d,),
        _mean,
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        rng=np.random.default_rng(0),
    )
    return float(found.pvalue)


def mcnemar_p(only_first: int, only_second: int) -> float:
    """Two-sided mid-p of McNemar's test, from the functions that only one of two arms passed."""
    n, low = only_first + only_second, min(only_first, only_second)
    if n == 0:
        return 1.0
    tail = 2 * float(stats.binom.cdf(low, n, 0.5)) - float(stats.binom.pmf(low, n, 0.5))
    return min(1.0, tail)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """p-values adjusted for their number, in their own order: the chance of any false alarm stays below the level."""
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def power(difference: float, deviation: float, n: int, *, comparisons: int = 1) -> float:
    """The chance to find a true mean difference over `n` functions whose differences deviate by `deviation`.

    The level is 5 %, divided by the number of comparisons: what Holm asks of the first.
    """
    if n < 2:
        return 0.0
    level = (1 - CONFIDENCE) / comparisons
    critical = stats.t.ppf(1 - level / 2, n - 1)
    shift = abs(difference) / deviation * math.sqrt(n)
    if shift > critical + 10:  # beyond any doubt, and beyond where scipy's noncentral t is a number
        return 1.0
    return float(stats.nct.sf(critical, n - 1, shift))


def detectable(deviation: float, n: int, *, comparisons: int = 1, wanted: float = 0.8) -> float | None:
    """The smallest true mean difference that is found with power `wanted`; None where 1 itself would not be."""
    if power(1.0, deviation, n, comparisons=comparisons) < wanted:
        return None
    found = optimize.brentq(lambda d: power(d, deviation, n, comparisons=comparisons) - wanted, 1e-6, 1.0, xtol=1e-4)
    return float(found)


def _mean(x: FloatArray, axis: int = -1) -> FloatArray:
    return np.asarray(np.mean(x, axis=axis))
