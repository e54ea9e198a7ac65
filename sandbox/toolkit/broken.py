"""An interpolation that knows corners: straight pieces, where the answers show some, and no name for the whole.

Three neighbouring answers on one line are no accident where there is no noise: they belong to one piece. Two pieces
that follow each other meet where their lines cross, so corners are known far more finely than they were sampled.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .fits import Data
from .types import Array, Indices, Mask

SHARE = 0.3  # of neighbouring triples, those on one line, to interpolate along pieces
SLOPES = 4  # different ones: with fewer it may be something that has a formula
FAR = 10.0  # how far beyond the answers the last pieces are followed, in widths of what was asked
NARROW = 2.5e-3  # of the domain: an interval this narrow is not halved again
JUMP = 0.04  # of the range of all answers: what changes by more over such an interval jumps
STRAIGHT = 1e-6  # relative: how far a middle answer may be off the line through its neighbours


@dataclass(frozen=True)
class Piece:
    """A straight piece, from the `first` to the `last` of the sorted answers, at least three of them."""

    first: int
    last: int
    slope: float
    intercept: float

    def value(self, x: float) -> float:
        """The line, anywhere."""
        return self.slope * x + self.intercept


@dataclass(frozen=True)
class BrokenLine:
    """Straight pieces in order, and the answers (n,) that they were found in: sorted, defined, each input once."""

    x: Array
    y: Array
    pieces: tuple[Piece, ...]

    @property
    def slopes(self) -> int:
        """How many different slopes there are."""
        slopes = np.sort([piece.slope for piece in self.pieces])
        return 1 + int((np.diff(slopes) > 1e-4 * max(float(np.abs(slopes).max()), 1e-300)).sum())

    @property
    def many(self) -> bool:
        """Is it worth following piece by piece, rather than a V, a zigzag or stairs, which have formulas?"""
        return self.slopes >= SLOPES

    @property
    def corners(self) -> Array:
        """Where neighbouring pieces cross, between the last answer of the one and the first of the other."""
        return np.array([c for a, b in pairwise(self.pieces) if (c := self._corner(a, b)) is not None])

    def _corner(self, a: Piece, b: Piece) -> float | None:
        if b.first - a.last > 1 or abs(a.slope - b.slope) < 1e-9 * max(abs(a.slope), abs(b.slope), 1e-300):
            return None
        crossing = (b.intercept - a.intercept) / (a.slope - b.slope)
        left, right = float(self.x[a.last]), float(self.x[max(b.first, a.last)])
        slack = 1e-6 * (float(self.x[-1]) - float(self.x[0]))
        return crossing if left - slack <= crossing <= right + slack else None

    @property
    def knots(self) -> tuple[Array, Array]:
        """The answers with the corners among them, and one far beyond either end, where the last pieces lead: straight
        lines between these are the function."""
        corners = self.corners
        at = [next(a.value(c) for a, b in pairwise(self.pieces) if self._corner(a, b) == c) for c in corners]
        x, y = np.append(self.x, corners), np.append(self.y, at)
        order = np.argsort(x, kind="stable")
        x, y = x[order], y[order]
        far = FAR * (x[-1] - x[0])
        left, right = (y[1] - y[0]) / (x[1] - x[0]), (y[-1] - y[-2]) / (x[-1] - x[-2])
        return np.concatenate([[x[0] - far], x, [x[-1] + far]]), np.concatenate(
            [[y[0] - far * left], y, [y[-1] + far * right]]
        )

    @property
    def _unknown(self) -> Mask:
        """The intervals (n - 1,) in which there may be a corner that is not known."""
        unknown = np.ones(len(self.x) - 1, dtype=bool)
        for piece in self.pieces:
            unknown[piece.first : piece.last] = False
        for a, b in pairwise(self.pieces):
            if b.first - a.last == 1 and self._corner(a, b) is not None:
                unknown[a.last] = False
        return unknown

    def _sizes(self, low: float, high: float) -> tuple[Array, Array]:
        """How wide each interval is, and how far it rises or falls: shares of the domain [low, high] and of the range
        of answers there."""
        here = self.y[(self.x >= low) & (self.x <= high)]
        return np.diff(self.x) / (high - low), np.abs(np.diff(self.y)) / (float(np.ptp(here)) if len(here) else 1.0)

    def unsure(self, low: float, high: float) -> Array:
        """Middles of the intervals in which there may be a corner that is not known, largest first; none of those so
        narrow in the domain [low, high] that it must be a jump."""
        across, up = self._sizes(low, high)
        up = np.minimum(up, 1.0)
        size = np.where(self._unknown & (across > NARROW), across + up, 0.0)
        largest = np.argsort(-size, kind="stable")[: int((size > 0).sum())]
        return np.asarray(np.round((self.x[largest] + self.x[largest + 1]) / 2, 6))

    def apart(self, low: float, high: float) -> tuple[float, float] | None:
        """The first and the last input asked of a stretch of [low, high] that jumps set apart: the one between two of
        them, or the shorter side of a single one. None where there is no jump, or the stretch is most of the domain."""
        across, up = self._sizes(low, high)
        inside = (self.x[:-1] >= low) & (self.x[1:] <= high)
        jumps = np.flatnonzero(inside & self._unknown & (across <= 2 * NARROW) & (up > JUMP))
        if not len(jumps):
            return None
        first, last = int(jumps[0]), int(jumps[-1])
        if first != last:
            stretch = (float(self.x[first + 1]), float(self.x[last]))
        elif self.x[first] - low < high - self.x[first + 1]:
            stretch = (float(self.x[0]), float(self.x[first]))
        else:
            stretch = (float(self.x[first + 1]), float(self.x[-1]))
        return stretch if min(stretch[1], high) - max(stretch[0], low) < 0.5 * (high - low) else None


def broken_line(data: Data) -> BrokenLine | None:
    """The broken line that noise-free answers lie on; None where too few of them lie on straight pieces."""
    x, first = np.unique(data.x[data.defined], return_index=True)
    y = data.y[data.defined][first]
    if len(x) < 12:
        return None
    straight = _straight(x, y, data.scale)
    line = BrokenLine(x, y, tuple(_pieces(x, y, straight)))
    sloped = [piece for piece in line.pieces if abs(piece.slope) * float(np.ptp(x)) > 1e-3 * data.scale]
    return line if straight.mean() >= SHARE and len(sloped) >= 2 else None


def _straight(x: Array, y: Array, scale: float) -> Mask:
    """For each inner answer (n - 2,): does it lie on the line through its neighbours?"""
    share = (x[1:-1] - x[:-2]) / (x[2:] - x[:-2])
    off = np.abs(y[1:-1] - (y[:-2] + share * (y[2:] - y[:-2])))
    return np.asarray(off <= STRAIGHT * (np.abs(y[2:] - y[:-2]) + 0.01 * scale))


def _pieces(x: Array, y: Array, straight: Mask) -> list[Piece]:
    out: list[Piece] = []
    for run in _runs(straight):
        first, last = int(run[0]), int(run[-1]) + 2
        slope = float((y[last] - y[first]) / (x[last] - x[first]))
        out.append(Piece(first, last, slope, float(y[first]) - slope * float(x[first])))
    return out


def _runs(marked: Mask) -> list[Indices]:
    """The positions of each run of marked ones."""
    places = np.flatnonzero(marked)
    return [run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(run)]


def description(line: BrokenLine, roughly: str) -> str:
    """What was seen, in words; `roughly` writes a shape that it comes close to, and is empty where there is none."""
    said = (
        "The rule is unknown: nothing that was tried explains the answers. They lie on straight pieces that meet at "
        f"{len(line.corners)} corners or more; the code interpolates along these, and follows the last ones outwards."
    )
    return f"{said} It comes close to {roughly}." if roughly else said
