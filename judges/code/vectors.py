"""The code judge for functions of two and three numbers: the same rules as for one, in a box.

Hidden inputs come from a secret and the spec alone, in up to five regions that count the same:

- `base`: the domain without its irregular boxes
- `corrupted`: the irregular boxes, within the domain
- `edges`: 0.1 % to 2 % of the domain's width away from a face of an irregular box, on both sides of it
- `tails`: where at least one number is in the outermost tenth of its domain, without irregular boxes
- `beyond`: outside the domain, in a box twice as wide

An output is right as `judges.code.agreement` says, with these differences: the local spread is that of points half a
per cent of the width away in each direction, the noise term is that of a fitted plane, and a jump may be misplaced by
0.2 % of the width along each number. The trivial answers are the best constant, each of the numbers itself, and as
many noisy answers as the budget has, spread evenly: the nearest of them, and straight lines between them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import cast

import numpy as np
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import ConvexHull, cKDTree

from functions.noise import deviation_at
from functions.numeric.vector import VectorSpec
from functions.numeric.vector.space import filling
from functions.numeric.vector.spec import Box, inside_box
from judges.code.agreement import NEIGHBOURHOOD, OF_SCALE, OF_SPREAD, OF_VALUE, ROUNDING, SLACK, Expected
from judges.code.baselines import DRAWS, Baseline, Candidate, agreement_of, best_constant, headline
from judges.code.inputs import FAR, NEAR, TAIL, RegionName, uniforms
from judges.code.landmarks import HALVINGS, JUMP
from judges.truth import BoolArray, FloatArray, defined

LABEL = "hidden-vectors@1"
COUNTS: dict[RegionName, int] = {"base": 140, "corrupted": 80, "edges": 72, "tails": 60, "beyond": 60}
BEYOND = 2.0  # how far the judge looks, in widths of the domain around its centre
_SURVEY = 4096


@dataclass(frozen=True)
class Space:
    """A function of several numbers seen from afar: its domain, and how large its values are."""

    truth: VectorSpec

    @property
    def low(self) -> FloatArray:
        """The lower ends of the domain, (D,)."""
        return self.truth.bounds[0]

    @property
    def width(self) -> FloatArray:
        """The widths of the domain, (D,)."""
        low, high = self.truth.bounds
        return high - low

    @cached_property
    def _values(self) -> FloatArray:
        y = self.truth.evaluate(filling(*self.truth.bounds, _SURVEY))
        return y[np.isfinite(y)]

    @property
    def centre(self) -> float:
        """A typical value: the median over the domain."""
        return float(np.median(self._values)) if self._values.size else 0.0

    @property
    def scale(self) -> float:
        """How much the output varies over the domain (see `Landscape.scale`)."""
        if not self._values.size:
            return 1.0
        low, q05, q95, high = np.quantile(self._values, [0.002, 0.05, 0.95, 0.998])
        candidates = (max(q95 - q05, 0.1 * (high - low)), np.ptp(self._values), abs(self.centre), 1.0)
        return float(next(c for c in candidates if c > 1e-9))


def hidden_vectors(truth: VectorSpec) -> dict[RegionName, FloatArray]:
    """The inputs of each region that the function has, (N, D) each."""
    drawn = {
        "base": _kept(truth, "base", lambda u: u, lambda x: ~_irregular(truth, x)),
        "corrupted": _in_boxes(truth),
        "edges": _near_faces(truth),
        "tails": _kept(truth, "tails", lambda u: u, lambda x: _outermost(truth, x) & ~_irregular(truth, x)),
        "beyond": _kept(truth, "beyond", lambda u: BEYOND * (u - 0.5) + 0.5, lambda x: ~_in_domain(truth, x)),
    }
    return {cast(RegionName, name): x for name, x in drawn.items() if len(x)}


def expected_of(space: Space, x: FloatArray, query_budget: int) -> Expected:
    """What is right at each row of x, for teams that could ask `query_budget` times."""
    y = defined(space.truth.evaluate(x))
    steps = np.eye(space.low.size) * space.width
    around = np.stack([space.truth.evaluate(x + side * NEIGHBOURHOOD * step) for step in steps for side in (-1, 1)])
    spread = np.nan_to_num(np.ptp(np.sort(around, axis=0)[1:-1], axis=0))
    t = (x - space.low) / space.width * 2 - 1
    deviation = np.nan_to_num(deviation_at(space.truth.noise, y))
    noise = 2 * deviation * np.sqrt((1 + 3 * np.sum(t**2, axis=1)) / (query_budget / 2))
    of_value = OF_VALUE * np.abs(np.nan_to_num(y) - space.centre)
    local = np.maximum(np.maximum(of_value, OF_SPREAD * spread), OF_SCALE * space.scale)
    others = tuple(_across(space, x, y, side * SLACK * step) for step in steps for side in (-1, 1))
    return Expected(x, y, others, local + noise + ROUNDING * np.abs(np.nan_to_num(y)))


def best_trivial(space: Space, regions: dict[RegionName, Expected], query_budget: int) -> Baseline:
    """The strongest of the trivial answers."""
    named = [("identity", _number(place)) for place in range(space.low.size)]
    for draw in range(DRAWS):
        named += _copies(space, query_budget, draw)
    tried = [Baseline(name, agreement_of(candidate, regions)) for name, candidate in named]
    return max([*tried, best_constant(regions)], key=lambda b: headline(b.agreement))


def _number(place: int) -> Candidate:
    return lambda x: x[:, place]


def _copies(space: Space, count: int, draw: int) -> Iterator[tuple[str, Candidate]]:
    """The nearest of `count` noisy answers, and straight lines between them; each draw moves all of them on."""
    dimensions, secret = space.low.size, _secret(space.truth, f"baseline {draw}")
    shift = uniforms(secret, dimensions) if draw else np.zeros(dimensions)
    unit = (filling(np.zeros(dimensions), np.ones(dimensions), count) + shift) % 1.0
    x = space.low + space.width * unit
    y = defined(space.truth.sample(x, np.zeros(count, dtype=np.int64), secret))
    tree = cKDTree(unit)

    def nearest(at: FloatArray) -> FloatArray:
        return np.asarray(y[tree.query((at - space.low) / space.width)[1]])

    yield "nearest", nearest
    if count > dimensions + 1:
        lines, hull = LinearNDInterpolator(unit, y), ConvexHull(unit).equations

        def between(at: FloatArray) -> FloatArray:
            y, places = nearest(at), (at - space.low) / space.width
            outward = places @ hull[:, :-1].T + hull[:, -1]  # asking `lines` itself what lies outside is slow
            within = np.flatnonzero((outward < 0).all(axis=1))
            line = lines(places[within])
            y[within] = np.where(np.isnan(line), y[within], line)
            return y

        yield "interpolation", between


def _across(space: Space, x: FloatArray, y: FloatArray, step: FloatArray) -> FloatArray:
    """The value on the other side of a jump between x and x + step; y itself where there is none."""
    near, far = np.zeros(len(x)), np.ones(len(x))
    there = defined(space.truth.evaluate(x + step))
    low, high = y, there
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        value = defined(space.truth.evaluate(x + middle[:, None] * step))
        left = _apart(low, value) >= _apart(value, high)
        near, far = np.where(left, near, middle), np.where(left, middle, far)
        low, high = np.where(left, low, value), np.where(left, value, high)
    return np.where(_apart(low, high) > JUMP * space.scale, there, y)


def _apart(a: FloatArray, b: FloatArray) -> FloatArray:
    """How far two outputs are apart; infinitely, where one of them is undefined."""
    one: BoolArray = np.isnan(a) != np.isnan(b)
    return np.where(one, np.inf, np.nan_to_num(np.abs(a - b), nan=0.0))


def _kept(
    truth: VectorSpec,
    region: RegionName,
    place: Callable[[FloatArray], FloatArray],
    wanted: Callable[[FloatArray], BoolArray],
) -> FloatArray:
    """The first inputs of a shifted sequence over the domain, moved by `place`, that are wanted."""
    low, high = truth.bounds
    count, size = COUNTS[region], low.size
    shift = uniforms(_secret(truth, region), size)
    unit = (filling(np.zeros(size), np.ones(size), 40 * count) + shift) % 1.0
    x = low + (high - low) * place(unit)
    return x[wanted(x)][:count]


def _in_boxes(truth: VectorSpec) -> FloatArray:
    """Inputs in each irregular box, as far as it lies in the domain."""
    boxes = [cut for where in truth.irregular if (cut := _cut(truth, where))]
    if not boxes:
        return np.empty((0, truth.bounds[0].size))
    each = COUNTS["corrupted"] // len(boxes)
    parts = []
    for number, (low, high) in enumerate(boxes):
        shift = uniforms(_secret(truth, f"corrupted {number}"), low.size)
        unit = (filling(np.zeros(low.size), np.ones(low.size), each) + shift) % 1.0
        parts.append(low + (high - low) * unit)
    return np.concatenate(parts)


def _near_faces(truth: VectorSpec) -> FloatArray:
    """Inputs on both sides of each face that a box has within the domain, log-evenly spread."""
    low, high = truth.bounds
    faces = [
        (cut, place, face)
        for where in truth.irregular
        if (cut := _cut(truth, where))
        for place, side in enumerate(where)
        for face in (side.low, side.high)
        if face is not None and low[place] < face < high[place]
    ]
    rows = []
    for number, (cut, place, face) in enumerate(faces):
        each = max(2, COUNTS["edges"] // len(faces))
        drawn = uniforms(_secret(truth, f"edges {number}"), each * (low.size + 1)).reshape(each, -1)
        x = cut[0] + (cut[1] - cut[0]) * drawn[:, :-1]
        away = (high - low)[place] * NEAR * (FAR / NEAR) ** drawn[:, -1]
        x[:, place] = np.clip(face + np.where(np.arange(each) % 2, away, -away), low[place], high[place])
        rows.append(x)
    return np.concatenate(rows) if rows else np.empty((0, low.size))


def _cut(truth: VectorSpec, where: Box) -> tuple[FloatArray, FloatArray] | None:
    """The corners of a box within the domain; None where it lies outside."""
    low, high = truth.bounds
    start = np.array([end if side.low is None else max(end, side.low) for side, end in zip(where, low, strict=True)])
    stop = np.array([end if side.high is None else min(end, side.high) for side, end in zip(where, high, strict=True)])
    return (start, stop) if (start < stop).all() else None


def _irregular(truth: VectorSpec, x: FloatArray) -> BoolArray:
    masks = [np.zeros(len(x), dtype=np.bool_), *(inside_box(where, x) for where in truth.irregular)]
    return np.asarray(np.any(masks, axis=0))


def _in_domain(truth: VectorSpec, x: FloatArray) -> BoolArray:
    return inside_box(truth.domains, x)


def _outermost(truth: VectorSpec, x: FloatArray) -> BoolArray:
    low, high = truth.bounds
    share = (x - low) / (high - low)
    return np.asarray(np.any((share < TAIL) | (share > 1 - TAIL), axis=1))


def _secret(truth: VectorSpec, what: str) -> bytes:
    return sha256(f"{LABEL}/{truth.sha256}/{what}".encode()).digest()
