"""How far raters agree beyond chance: Krippendorff's alpha.

K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C (nominal) and D (interval). Missing
ratings are left out; a unit that fewer than two raters rated says nothing.
"""

from collections.abc import Sequence

Rating = str | float | None


def alpha(units: Sequence[Sequence[Rating]], *, interval: bool = False) -> float | None:
    """1 where all agree, 0 where they agree as by chance, below 0 where they agree less; None where nothing varies.

    `units` holds for each unit what each rater said (None: nothing). `interval` takes ratings as numbers whose distance
    counts; otherwise they are equal or not.
    """
    rated = [[r for r in unit if r is not None] for unit in units]
    rated = [unit for unit in rated if len(unit) > 1]
    everything = [r for unit in rated for r in unit]
    if not everything:
        return None
    observed = sum(_disagreement(unit, interval) / (len(unit) - 1) for unit in rated)
    expected = _disagreement(everything, interval) / (len(everything) - 1)
    return 1 - observed / expected if expected else None


def _disagreement(ratings: Sequence[Rating], interval: bool) -> float:
    """The sum of differences over all ordered pairs."""
    return float(sum(_difference(a, b, interval) for a in ratings for b in ratings))


def _difference(a: Rating, b: Rating, interval: bool) -> float:
    if interval and isinstance(a, float) and isinstance(b, float):
        return (a - b) ** 2
    return float(a != b)
