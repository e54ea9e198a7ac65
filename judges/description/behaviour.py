"""What a numeric function is said to do, executed on it: `rising on the left`, `symmetric about 3`, `f(3) = 7`.

A clause becomes predicates with a region, a polarity and a hedge. A true one is worth its surprisal: minus the binary
logarithm of the share of a reference suite's functions that satisfy it too, so that what holds of most functions earns
nothing; a false one costs as much, at least one bit. Point values count as little more than a bit each, two at most:
a table of queries is no description.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log2
from typing import NamedTuple

import numpy as np

from functions.numeric import NumericSpec
from functions.suites import load_suite
from judges.code.landmarks import Landscape
from judges.description import lexicon
from judges.description.intervals import intervals
from judges.description.text import NUMBER, clauses, excerpt, normalise
from judges.truth import FloatArray, Truth

REFERENCE = "demo@1"
ENOUGH = 8.0  # bits of true surprisal that count as knowing how a function behaves
LEAST = 1.0  # bit: the least that a false statement costs
MAX_POINTS, POINT_BITS = 2, 1.5
MAX_PREDICATES = 40
POINTS = 801
MOSTLY, STRICT = 0.8, 0.95  # shares of points that must agree, hedged or not
OF_SCALE, OF_WIDTH = 0.05, 0.02  # tolerances of outputs and of places; twice as much where hedged

Holds = Callable[[Landscape], bool]

_N = f"({NUMBER})"
_AT = rf"(?: \w+)?? (?:at|near|around|close to)(?: about)?(?: x)?(?: ?=)? ?{_N}"
_FORMULA = re.compile(r"\by ?=|\bf\(x\) ?=")
_HEDGED = re.compile(r"\b(?:about|approximately|roughly|near\w*|around|mostly|generally|almost|close to|some)\b|~")
_RISES = re.compile(
    r"\b(?:ris(?:es|ing)|increas(?:es|ing)|grow(?:s|ing)|climb(?:s|ing)|goes up|going up|upwards?)\b(?! by \d)"
)
_FALLS = re.compile(
    r"\b(?:fall(?:s|ing)|decreas(?:es|ing)|declin(?:es|ing)|drop(?:s|ping)|goes down|going down|downwards?)\b"
    r"(?! by \d)"
)
_FLAT = re.compile(r"\b(?:flat|stays? (?:constant|the same))\b")
_LEVELS = re.compile(
    r"\b(?:levels? (?:off|out)|plateaus?|saturat\w+|flattens?(?: out| off)?|settles|approaches"
    r"|tends? to(?:wards?)?)"
    rf"(?: (?:down|out|off|at|near|around|of|about|to|towards?|value|roughly|is|a|the))* ?{_N}?"
)
_GOES = re.compile(
    r"\b(?:rises|climbs|grows|increases|goes|falls|drops|declines|decreases|descends|moves|switches|jumps"
    r"|changes)(?: \w+)?"
    rf" from (?:about )?{_N} (?:on the left )?(?:up |down )?to (?:about )?{_N}"
)
_EVEN = re.compile(
    r"\b(?<!anti)(?<!point-)(?<!point )symmetric(?:al)?\b(?: (?:about|around|with respect to)(?: the point| x)?"
    rf"(?: ?=)? ?(?:{_N}|the y-?axis|zero))?|\beven function"
)
_ODD = re.compile(r"\b(?:antisymmetric|odd function|odd symmetry|point[- ]symmetric)")
_PEAK = re.compile(rf"\b(?:peaks?|maxim(?:um|a)|highest(?: value| point)?|largest(?: value)?){_AT}")
_DIP = re.compile(rf"\b(?:dips?|troughs?|minim(?:um|a)|lowest(?: value| point)?|smallest(?: value)?){_AT}")
_POINT = re.compile(
    rf"\bf\( ?{_N} ?\) ?(?:=|~|is)(?: about)? ?{_N}|passes through \( ?{_N} ?, ?{_N} ?\)"
    rf"|at x ?= ?{_N} (?:it|the output|the value) (?:is|equals) (?:about )?{_N}"
)
_BOUNDED = re.compile(
    r"\b(?:bounded|oscillat\w+|stays?|rang\w+|outputs? (?:lie|are)|varies|moves|swings?|confined)(?: \w+){0,2}?"
    rf" (?:between|from|within) (?:about )?{_N} (?:and|to) (?:about )?{_N}"
)
_PERIOD = re.compile(
    r"\b(?:period(?:ic)?|repeat\w*|cycles?|wavelength|oscillations?)\b(?: \w+){0,4}? (?:of|every|is|about|="
    r"|with period|takes|lasts)"
    r"(?: (?:about|roughly|around|some|every|nearly))* ?"
    rf"{_N}"
)
_POSITIVE = re.compile(r"\b(?:always|everywhere|only) (?:\w+ )?positive|never negative|\bnon-?negative")
_NEGATIVE = re.compile(r"\b(?:always|everywhere|only) (?:\w+ )?negative|never positive|\bnon-?positive")
_JUMP = re.compile(rf"\b(?:jump\w*|discontinu\w+|breaks?|steps? (?:up|down)){_AT}")
_LEFT = re.compile(
    r"\b(?:on|to|at) the (?:far )?left|left (?:half|side|part|of the (?:peak|domain))"
    r"|for (?:very )?negative (?:x|inputs?|values)|small(?:er)? (?:x|inputs?)"
)
_RIGHT = re.compile(
    r"\b(?:on|to|at) the (?:far )?right|right (?:half|side|part)"
    r"|for (?:very )?positive (?:x|inputs?|values)|larger? (?:x|inputs?)"
)


@dataclass(frozen=True)
class Predicate:
    """One statement about behaviour, with the words that make it. `point`: it is a single value."""

    holds: Holds
    negated: bool
    point: bool
    words: str

    def true_of(self, landscape: Landscape) -> bool:
        """Is it so?"""
        return self.holds(landscape) is not self.negated


@dataclass(frozen=True)
class Behaviour:
    """How much true and false surprisal, in bits, a text has in its statements about behaviour."""

    true_bits: float = 0.0
    false_bits: float = 0.0
    said: tuple[tuple[str, bool], ...] = ()  # words, and whether it is so

    @property
    def worth(self) -> float:
        """-1 to 1: true less false bits, as a share of what is enough."""
        return float(np.clip((self.true_bits - self.false_bits) / ENOUGH, -1.0, 1.0))


def behaviour(truth: Truth, description: str) -> Behaviour:
    """Execute what the text says on the function."""
    landscape = Landscape(truth)
    true = false = 0.0
    said: list[tuple[str, bool]] = []
    points = 0
    for predicate in islice(dict.fromkeys(predicates(description)), MAX_PREDICATES):
        holds = predicate.true_of(landscape)
        bits = _surprisal(predicate)
        said.append((predicate.words, holds))
        if not holds:
            false += max(bits, LEAST)
        elif not predicate.point:
            true += bits
        elif points < MAX_POINTS:
            true += min(bits, POINT_BITS)
            points += 1
    return Behaviour(true, false, tuple(said))


def _surprisal(predicate: Predicate) -> float:
    suite = _reference()
    like = sum(predicate.true_of(landscape) for landscape in suite)
    return -log2((like + 0.5) / (len(suite) + 0.5))


@cache
def _reference() -> tuple[Landscape, ...]:
    members = load_suite(REFERENCE).members
    return tuple(Landscape(m.spec) for m in members if isinstance(m.spec, NumericSpec))


def predicates(description: str) -> Iterator[Predicate]:
    """What the text says of behaviour, clause by clause; nothing of noise.

    A sentence that holds a formula, or names a family where the text names several, is left to the claims: its words
    describe parts of the function (`a cosine that repeats every 17`), not the whole.
    """
    text = normalise(description)
    several = sum(bool(pattern.search(text)) for _, pattern in lexicon.FAMILIES) > 1
    for sentence in clauses(text):
        whole = " ".join(sentence)
        if _FORMULA.search(whole) or (several and any(pattern.search(whole) for _, pattern in lexicon.FAMILIES)):
            continue
        for clause in sentence:
            if not lexicon.NOISE.search(clause):
                yield from _of_clause(clause)


Region = Callable[[Landscape], tuple[float, float]]


class _Said(NamedTuple):
    """A match of a pattern, with what its clause says besides."""

    match: re.Match[str]
    region: Region
    share: float  # of points that must agree
    wide: float  # how much tolerances are widened

    @property
    def numbers(self) -> list[float]:
        return [float(g) for g in self.match.groups() if g is not None]


def _of_clause(clause: str) -> Iterator[Predicate]:
    share, wide = (MOSTLY, 2.0) if _HEDGED.search(clause) else (STRICT, 1.0)
    region = _region(clause)
    for pattern, made in _patterns():
        every = islice(pattern.finditer(clause), MAX_PREDICATES if pattern is _POINT else 1)
        for m in every:
            negated = bool(lexicon.NEGATED.search(clause[max(0, m.start() - 40) : m.start()]))
            yield Predicate(made(_Said(m, region, share, wide)), negated, pattern is _POINT, excerpt(m[0]))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[[_Said], Holds]], ...]:
    """What can be said of behaviour, each with the test that it stands for."""
    return (
        (_RISES, lambda said: _monotone(said.region, 1.0, said.share)),
        (_FALLS, lambda said: _monotone(said.region, -1.0, said.share)),
        (_LEVELS, lambda said: _levels(said.numbers, said.wide)),
        (_GOES, lambda said: _goes(said.region, said.numbers[0], said.numbers[1], said.wide)),
        (_FLAT, lambda said: _flat(said.region, said.wide)),
        (_EVEN, lambda said: _symmetric(sum(said.numbers), 1.0, said.wide)),
        (_ODD, lambda said: _symmetric(0.0, -1.0, said.wide)),
        (_PEAK, lambda said: _extreme(said.numbers[0], 1.0, said.wide)),
        (_DIP, lambda said: _extreme(said.numbers[0], -1.0, said.wide)),
        (_POINT, lambda said: _point(said.numbers[0], said.numbers[1], said.wide)),
        (_BOUNDED, lambda said: _bounded(said.numbers[0], said.numbers[1], said.wide)),
        (_PERIOD, lambda said: _periodic(said.numbers[0], said.wide)),
        (_POSITIVE, lambda _: _signed(1.0)),
        (_NEGATIVE, lambda _: _signed(-1.0)),
        (_JUMP, lambda said: _jumps(said.numbers[0], said.wide)),
    )


def _region(clause: str) -> Region:
    """The part of the domain that a clause speaks of."""
    found, _ = intervals(clause)
    if found:
        low, high = found[0].low, found[0].high
        return lambda f: (
            f.bounds[0] if low is None else max(low, f.bounds[0]),
            f.bounds[1] if high is None else min(high, f.bounds[1]),
        )
    if _LEFT.search(clause):
        return lambda f: (f.bounds[0], f.middle)
    if _RIGHT.search(clause):
        return lambda f: (f.middle, f.bounds[1])
    return lambda f: f.bounds


def _values(f: Landscape, low: float, high: float) -> FloatArray:
    y = f.values(np.linspace(low, high, POINTS if low < high else 0))
    known: FloatArray = y[np.isfinite(y)]
    return known


def _monotone(region: Region, sign: float, share: float) -> Holds:
    def holds(f: Landscape) -> bool:
        y = sign * _values(f, *region(f))
        if y.size < POINTS / 2:
            return False
        steps, nothing = np.diff(y), 1e-9 * f.scale
        moves = y[-1] - y[0] >= OF_SCALE * f.scale or (
            np.mean(steps > nothing) > MOSTLY and np.ptp(y) > OF_SCALE * f.scale
        )
        return bool(moves) and bool(np.mean(steps >= -nothing) >= share)

    return holds


def _flat(region: Region, wide: float) -> Holds:
    def holds(f: Landscape) -> bool:
        y = _values(f, *region(f))
        return y.size > POINTS / 2 and bool(np.ptp(y) <= wide * OF_SCALE * f.scale)

    return holds


def _levels(numbers: list[float], wide: float) -> Holds:
    """Is one of its ends flat, at the number that is said if one is?"""

    def holds(f: Landscape) -> bool:
        low, high = f.bounds
        tenth = (high - low) / 10
        ends = (_values(f, low, low + tenth), _values(f, high - tenth, high))
        near = wide * OF_SCALE * f.scale
        flat = [float(np.median(y)) for y in ends if y.size > POINTS / 2 and np.ptp(y) <= near]
        return any(not numbers or abs(level - numbers[0]) <= near for level in flat)

    return holds


def _goes(region: Region, start: float, end: float, wide: float) -> Holds:
    """Are these its first and its last value?"""

    def holds(f: Landscape) -> bool:
        y = _values(f, *region(f))
        near = wide * OF_SCALE * f.scale
        return y.size > 1 and bool(abs(y[0] - start) <= near and abs(y[-1] - end) <= near)

    return holds


def _symmetric(centre: float, sign: float, wide: float) -> Holds:
    def holds(f: Landscape) -> bool:
        reach = min(centre - f.bounds[0], f.bounds[1] - centre)
        if reach < 0.1 * f.width:
            return False
        d = np.linspace(0, reach, POINTS)[1:]
        right, left = f.values(centre + d), sign * f.values(centre - d)
        if np.isfinite(right).mean() < 0.5 or not np.nanstd(right) > OF_SCALE * f.scale / 2:
            return False
        return _agree(right, left, wide * OF_SCALE * f.scale)

    return holds


def _agree(a: FloatArray, b: FloatArray, allowed: float) -> bool:
    return bool(np.mean((np.abs(a - b) <= allowed) | (np.isnan(a) & np.isnan(b))) >= STRICT)


def _extreme(place: float, sign: float, wide: float) -> Holds:
    def holds(f: Landscape) -> bool:
        near, around = wide * OF_WIDTH * f.width, 0.1 * f.width
        if not f.bounds[0] + near < place < f.bounds[1] - near:
            return False
        here = sign * _values(f, place - near, place + near)
        beside = [
            sign * _values(f, max(f.bounds[0], place - around), place - near),
            sign * _values(f, place + near, min(f.bounds[1], place + around)),
        ]
        if not here.size or not all(part.size for part in beside):
            return False
        return all(here.max() >= part.max() and here.max() - part.min() > OF_SCALE * f.scale for part in beside)

    return holds


def _point(x: float, y: float, wide: float) -> Holds:
    def holds(f: Landscape) -> bool:
        (value,) = f.values(np.array([x]))
        return bool(abs(value - y) <= wide * OF_WIDTH * max(f.scale, abs(y)))

    return holds


def _bounded(a: float, b: float, wide: float) -> Holds:
    low, high = min(a, b), max(a, b)

    def holds(f: Landscape) -> bool:
        y = _values(f, *f.bounds)
        if not y.size or low == high:
            return False
        q01, q99 = np.quantile(y, [0.01, 0.99])
        slack = wide * OF_SCALE * (high - low)
        return bool(q01 >= low - slack and q99 <= high + slack and q99 - q01 >= MOSTLY * (high - low))

    return holds


def _periodic(period: float, wide: float) -> Holds:
    def holds(f: Landscape) -> bool:
        if not 0 < period <= 0.6 * f.width:
            return False
        x = np.linspace(f.bounds[0], f.bounds[1] - period, POINTS)
        y, later = f.values(x), f.values(x + period)
        if not np.isfinite(y).any() or np.nanstd(y) <= OF_SCALE * f.scale / 2:
            return False
        return bool(np.nanmean(np.abs(y - later)) <= wide * OF_SCALE * f.scale)

    return holds


def _signed(sign: float) -> Holds:
    def holds(f: Landscape) -> bool:
        y = _values(f, *f.bounds)
        return bool(y.size) and bool(np.mean(sign * y >= 0) >= 0.99)

    return holds


def _jumps(place: float, wide: float) -> Holds:
    return lambda f: bool(np.any(np.abs(f.jumps - place) <= wide * OF_WIDTH / 2 * f.width))
