"""Where a function jumps: found by bisection on the function itself, so that no spec has to list its jumps."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from judges.truth import BoolArray, FloatArray, Truth, defined, domain_bounds

CELLS = 2048  # per domain width: a jump is told from its neighbour when they are 1/2048 of the domain apart
HALVINGS = 30  # shrink a cell to about 5e-13 of the domain: what is still a step then is a jump
JUMP = 0.02  # of the robust scale: smaller steps are not worth a landmark
BEYOND = 4.0  # how far the judge looks, in half-widths of the domain from its centre


@dataclass(frozen=True)
class Landscape:
    """A function seen from afar: its domain, how large its values are, where it jumps."""

    truth: Truth

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Ends of the domain."""
        return domain_bounds(self.truth)

    @property
    def width(self) -> float:
        """Width of the domain."""
        return self.bounds[1] - self.bounds[0]

    @property
    def middle(self) -> float:
        """Centre of the domain."""
        return sum(self.bounds) / 2

    def values(self, x: FloatArray) -> FloatArray:
        """Expected output, NaN where undefined."""
        return defined(self.truth.evaluate(x))

    @cached_property
    def _survey(self) -> FloatArray:
        """Finite values on an even grid over the domain."""
        y = self.values(np.linspace(*self.bounds, CELLS + 1))
        return y[np.isfinite(y)]

    @cached_property
    def centre(self) -> float:
        """A typical value: the median over the domain (0 where it is undefined everywhere)."""
        return float(np.median(self._survey)) if self._survey.size else 0.0

    @cached_property
    def scale(self) -> float:
        """How much the output varies over the domain, unmoved by poles and not zero for a rare bump.

        The range of the middle 90 % of values, or a tenth of the middle 99.6 % where that is more; a function that
        is flat nearly everywhere falls back to its full range, then to its size, then to 1.
        """
        if not self._survey.size:
            return 1.0
        low, q05, q95, high = np.quantile(self._survey, [0.002, 0.05, 0.95, 0.998])
        candidates = (max(q95 - q05, 0.1 * (high - low)), np.ptp(self._survey), abs(self.centre), 1.0)
        return float(next(c for c in candidates if c > 1e-9))

    @cached_property
    def jumps(self) -> FloatArray:
        """Sorted inputs, within four times the domain, where the function jumps, has a pole or becomes undefined."""
        half = BEYOND * self.width / 2
        edges = np.linspace(self.middle - half, self.middle + half, int(BEYOND * CELLS) + 1)
        low, high, apart = edges[:-1], edges[1:], self._apart(edges[:-1], edges[1:])
        suspect = apart > JUMP * self.scale
        low, high = low[suspect], high[suspect]
        for _ in range(HALVINGS):
            mid = (low + high) / 2
            left = self._apart(low, mid) >= self._apart(mid, high)
            low, high = np.where(left, low, mid), np.where(left, mid, high)
        return ((low + high) / 2)[self._apart(low, high) > JUMP * self.scale]

    def _apart(self, a: FloatArray, b: FloatArray) -> FloatArray:
        """How far the outputs at `a` and `b` are apart; infinitely, where one of the two is undefined."""
        ya, yb = self.values(a), self.values(b)
        one_undefined: BoolArray = np.isnan(ya) != np.isnan(yb)
        with np.errstate(over="ignore"):
            return np.where(one_undefined, np.inf, np.nan_to_num(np.abs(ya - yb), nan=0.0, posinf=np.inf))
