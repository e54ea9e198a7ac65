"""Geometry of a plot, pure: where an axis begins, ends and has its ticks, and where a value lands on the page."""

import math
from collections.abc import Sequence

from functions.brief import Record

_HUGE = 1e150  # differences of what is drawn must stay finite
_FEW = 8  # values fewer than these are all shown


class Axis(Record):
    """A linear map of `low..high` onto the pixels `start..end` (which may run backwards, as upward does in SVG)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of `value`, to a tenth, held within one length outside of the axis."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + max(-1.0, min(2.0, share)) * (self.end - self.start), 1)

    def holds(self, value: float) -> bool:
        """Is `value` on the axis?"""
        return self.low <= value <= self.high

    def held(self, value: float) -> float:
        """The value on the axis that is nearest to `value`."""
        return max(self.low, min(self.high, value))

    def ticks(self, about: int) -> tuple[float, ...]:
        """Round numbers on the axis: so many, or somewhat fewer."""
        step = _round_step((self.high - self.low) / about)
        first = math.ceil(self.low / step)
        count = math.floor(self.high / step) - first + 1
        return tuple((first + i) * step for i in range(max(0, min(count, 20))))


def number(value: float) -> str:
    """A number for a person: four significant digits, a true minus sign, no tail of zeros."""
    return f"{value:.4g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e").replace("-", "\N{MINUS SIGN}")


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The range worth drawing: all of it, or, where a few values dwarf the rest (poles), what nearly all lie in.

    Always `low < high`, with a margin; (-1, 1) for no values at all.
    """
    ordered = sorted(max(-_HUGE, min(_HUGE, v)) for v in values if math.isfinite(v))
    if not ordered:
        return -1.0, 1.0
    low, high = ordered[0], ordered[-1]
    if len(ordered) > _FEW:
        cut = len(ordered) * 3 // 100
        inner_low, inner_high = ordered[cut], ordered[-1 - cut]
        room = (inner_high - inner_low) * 1.5
        if room > 0:
            low, high = max(low, inner_low - room), min(high, inner_high + room)
    pad = max((high - low) * 0.06, abs(high) * 1e-6, abs(low) * 1e-6, 1e-9)
    if high - low <= 2 * pad:  # flat: leave room to see that it is
        pad = max(1.0, abs(high) * 0.5)
    return low - pad, high + pad


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough * 0.999)
