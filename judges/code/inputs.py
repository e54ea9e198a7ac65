"""Hidden inputs: where a candidate is asked. From a secret and the spec alone, so they are the same for every team.

Five regions, each spread by jittered strata (one point in each of n equal cells, where in it only the secret fixes):

- `base`: the domain without its irregular parts
- `corrupted`: the irregular parts, within the domain
- `edges`: 0.1 % to 2 % of the domain's width away from bounds of irregular parts, jumps, poles, ends of definedness
- `tails`: the outermost tenth of the domain on each side, without irregular parts
- `beyond`: outside the domain, up to four times as wide

A region that a function does not have is left out.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

import numpy as np

from judges.code.landmarks import BEYOND, Landscape
from judges.truth import FloatArray

RegionName = Literal["base", "corrupted", "edges", "tails", "beyond"]

LABEL = "hidden-inputs@1"
COUNTS: dict[RegionName, int] = {"base": 110, "corrupted": 80, "edges": 72, "tails": 60, "beyond": 90}
MAX_EDGES = 16
NEAR, FAR = 0.001, 0.02  # how close to an edge, as shares of the domain's width
TAIL = 0.1  # of the domain's width, on each side

Span = tuple[float, float]


def hidden_inputs(landscape: Landscape) -> dict[RegionName, FloatArray]:
    """The inputs of each region that the function has; 260 to 412 in all, in increasing order within a region."""
    spans = _spans(landscape)
    inputs: dict[RegionName, FloatArray] = {
        region: _spread(spans[region], COUNTS[region], _secret(landscape, region)) for region in spans if spans[region]
    }
    if (near := _near_edges(landscape)).size:
        inputs["edges"] = near
    return inputs


def _spans(landscape: Landscape) -> dict[RegionName, list[Span]]:
    low, high = landscape.bounds
    tail = TAIL * landscape.width
    reach = BEYOND * landscape.width / 2
    irregular = _irregular(landscape)
    return {
        "base": _without([(low, high)], irregular),
        "corrupted": irregular,
        "tails": _without([(low, low + tail), (high - tail, high)], irregular),
        "beyond": [(landscape.middle - reach, low), (high, landscape.middle + reach)],
    }


def _irregular(landscape: Landscape) -> list[Span]:
    low, high = landscape.bounds
    cut = [
        (low if part.low is None else max(low, part.low), high if part.high is None else min(high, part.high))
        for part in landscape.truth.irregular
    ]
    return [(a, b) for a, b in cut if a < b]


def _without(spans: list[Span], holes: list[Span]) -> list[Span]:
    for a, b in holes:
        pieces = [piece for low, high in spans for piece in ((low, min(high, a)), (max(low, b), high))]
        spans = [(low, high) for low, high in pieces if low < high]
    return spans


def _spread(spans: list[Span], count: int, secret: bytes) -> FloatArray:
    """`count` points, one in each of `count` equal cells of the spans laid end to end."""
    lengths = np.array([high - low for low, high in spans])
    starts = np.concatenate([[0.0], np.cumsum(lengths)])
    along = (np.arange(count) + uniforms(secret, count)) / count * starts[-1]
    which = np.clip(np.searchsorted(starts, along, side="right") - 1, 0, len(spans) - 1)
    inputs: FloatArray = np.array([low for low, _ in spans])[which] + along - starts[which]
    return inputs


def _near_edges(landscape: Landscape) -> FloatArray:
    """Points on both sides of up to sixteen edges, log-evenly spread, at most half way to the next edge."""
    low, high = landscape.bounds
    bounds = [b for part in landscape.truth.irregular for b in (part.low, part.high) if b is not None]
    everything = np.unique(np.concatenate([np.array(bounds, dtype=np.float64), landscape.jumps]))
    inside = everything[(everything > low) & (everything < high)]
    if not inside.size:
        return np.array([])
    kept = inside[np.unique(np.linspace(0, inside.size - 1, MAX_EDGES).astype(np.int64))]
    each = COUNTS["edges"] // kept.size
    places = iter(uniforms(_secret(landscape, "edges"), each * kept.size))
    points = [x for edge in kept for x in _around(edge, everything, landscape.width, each, places)]
    inputs: FloatArray = np.clip(np.sort(np.array(points)), low, high)
    return inputs


def _around(edge: float, edges: FloatArray, width: float, count: int, places: Iterator[float]) -> Iterator[float]:
    apart = np.abs(edges - edge)
    room = float(np.min(apart[apart > 1e-9 * width], initial=np.inf)) / 2
    near, far = min(NEAR * width, room / 20), min(FAR * width, room)
    for i in range(count):
        distance = near * (far / near) ** ((i // 2 + next(places)) / max(1, count / 2))
        yield edge + (distance if i % 2 else -distance)


def _secret(landscape: Landscape, region: RegionName) -> bytes:
    return sha256(f"{LABEL}/{landscape.truth.sha256}/{region}".encode()).digest()


def uniforms(secret: bytes, count: int) -> FloatArray:
    """`count` numbers in [0, 1) from a keyed hash: the same with every numpy."""
    words = (sha256(secret + i.to_bytes(4, "big")).digest()[:4] for i in range(count))
    return np.array([int.from_bytes(word, "big") / 2**32 for word in words])
