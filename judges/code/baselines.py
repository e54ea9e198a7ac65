"""What a team gets without understanding anything: the best of four trivial answers to the same function."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from judges.code.agreement import Expected
from judges.code.inputs import RegionName, uniforms
from judges.code.landmarks import Landscape
from judges.truth import FloatArray, defined

CEILING = 0.99  # a function that a trivial answer reproduces is one where the trivial answer is right

DRAWS = 8

Candidate = Callable[[FloatArray], FloatArray]
Agreement = dict[RegionName, float]


@dataclass(frozen=True)
class Baseline:
    """A trivial answer, and how often it is right in each region."""

    name: str
    agreement: Agreement


def headline(agreement: Agreement) -> float:
    """Mean over regions, with equal weights."""
    return float(np.mean(list(agreement.values())))


def normalised(score: float, baseline: float) -> float:
    """(s - b) / (1 - b), clamped to 0..1: 0 is no better than trivial, 1 is the truth."""
    ceiling = min(baseline, CEILING)
    return float(np.clip((score - ceiling) / (1 - ceiling), 0.0, 1.0))


def agreement_of(candidate: Candidate, regions: dict[RegionName, Expected]) -> Agreement:
    """How often a candidate is right in each region."""
    return {name: float(np.mean(region.right(candidate(region.x)))) for name, region in regions.items()}


def best_baseline(landscape: Landscape, regions: dict[RegionName, Expected], query_budget: int) -> Baseline:
    """The strongest of: best constant (undefined is one), identity, interpolation and nearest neighbour of queries.

    The queries are `query_budget` noisy answers over the domain, evenly spread or, to count for luck, with each moved
    within its share, in eight draws. Both copies hold the last answer beyond the domain. The best constant is sought
    among the expected outputs themselves, which no team has.
    """
    named: list[tuple[str, Candidate]] = [("identity", _identity)]
    for draw in range(DRAWS):
        x, y = _queries(landscape, query_budget, draw)
        named += [("interpolation", _interpolation(x, y)), ("nearest", _nearest(x, y))]
    tried = [Baseline(name, agreement_of(candidate, regions)) for name, candidate in named]
    return max([*tried, best_constant(regions)], key=lambda b: headline(b.agreement))


def _queries(landscape: Landscape, count: int, draw: int) -> tuple[FloatArray, FloatArray]:
    """Inputs and noisy answers: the first draw on an even grid, the others one in each of `count` equal cells."""
    secret = sha256(f"baseline@1/{landscape.truth.sha256}/{draw}".encode()).digest()
    low, high = landscape.bounds
    x = (
        low + (high - low) * (np.arange(count) + uniforms(secret, count)) / count
        if draw
        else np.linspace(low, high, count)
    )
    return x, defined(landscape.truth.sample(x, asked_before=np.zeros(count, dtype=np.int64), secret=secret))


def _identity(x: FloatArray) -> FloatArray:
    return x


def _nearest(x: FloatArray, y: FloatArray) -> Candidate:
    middles = (x[1:] + x[:-1]) / 2
    return lambda at: y[np.searchsorted(middles, at)]


def _interpolation(x: FloatArray, y: FloatArray) -> Candidate:
    """Straight lines between answers; next to an undefined answer, the nearest one."""
    nearest = _nearest(x, y)

    def between(at: FloatArray) -> FloatArray:
        line = np.interp(at, x, y)
        return np.where(np.isnan(line), nearest(at), line)

    return between


def best_constant(regions: dict[RegionName, Expected]) -> Baseline:
    """The expected output that is right most often when it is always given; undefined is one."""
    values = np.unique(np.concatenate([region.y for region in regions.values()]))
    tried = (agreement_of(_constant(value), regions) for value in values)
    return Baseline("constant", max(tried, key=headline))


def _constant(value: float) -> Candidate:
    return lambda at: np.full(len(at), value)
