"""True claims against claims made, both ways.

A formula that reproduces the function on a part settles everything about that part. Where there is none, families are
matched by name and numbers by value: 5 % apart is right (or a rounding, up to 10 %), more is wrong. A claim that is
stated rightly but more often wrongly is contradicted: offering alternatives earns nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import pi, sqrt
from typing import Literal

import numpy as np

from functions.brief import Claim, Interval
from judges.code.landmarks import Landscape
from judges.description import equation
from judges.description.expression import evaluate
from judges.description.facts import Fact, Hints, atoms_of, facts_of
from judges.description.lexicon import ALIKE, JOINS
from judges.description.reader import Bounds, Formula, Quantity, Reading
from judges.grade import ClaimVerdict
from judges.truth import FloatArray, Truth

NEAR, ROUNDED = 0.05, 0.10  # relative: right, and right where it is written no more finely
NOISE_NEAR = 0.25  # a scale cannot be told more closely from a few dozen repeats
BOUND_NEAR, OF_LENGTH = 0.01, 0.10  # of the domain's width, but no more than this share of the interval's own length
PLACE_NEAR = 0.0005  # of the domain's width
REPRODUCES, WITHIN = 0.95, 0.003  # share of points, and relative distance, for a formula to reproduce a part
IGNORED = (0.0, 1.0, 2.0)  # small numbers that English is full of: they count only where they are right

Where = Literal["base", "region"]
PARTS: tuple[Where, ...] = ("base", "region")
Verdict = Literal["supported", "contradicted", "missing", "unsupported"]


@dataclass
class Ledger:
    """What is known so far: for each true claim what speaks for and against it, and each claim made with its verdict."""

    claims: tuple[Claim, ...]
    right: Counter[int] = field(default_factory=Counter)
    wrong: Counter[int] = field(default_factory=Counter)
    words: dict[int, str] = field(default_factory=dict)
    made: list[ClaimVerdict] = field(default_factory=list)

    def support(self, claim: int, words: str) -> None:
        self.right[claim] += 1
        self.words.setdefault(claim, words)

    def oppose(self, claim: int, words: str) -> None:
        self.wrong[claim] += 1
        self.words.setdefault(claim, words)

    def make(self, claim: Claim, verdict: Verdict) -> None:
        """A claim of the description; the words it was made with are its text. The same one twice counts once."""
        entry = ClaimVerdict(claim=claim, verdict=verdict, found=claim.text)
        bare = claim.model_copy(update={"text": ""})
        if not any(entry.claim.model_copy(update={"text": ""}) == bare for entry in self.made):
            self.made.append(entry)

    def verdict(self, claim: int) -> Verdict:
        if self.right[claim] > self.wrong[claim]:
            return "supported"
        return "contradicted" if self.wrong[claim] else "missing"


@dataclass(frozen=True)
class Verdicts:
    """Each true claim and each claim made, judged."""

    true: tuple[ClaimVerdict, ...]
    made: tuple[ClaimVerdict, ...]


def match(truth: Truth, reading: Reading) -> Verdicts:
    """Judge a reading against the truth. Pure."""
    ledger = Ledger(truth.claims())
    landscape = Landscape(truth)
    for part in PARTS:
        _match_part(part, landscape, reading, ledger)
    _match_intervals(landscape, reading, ledger)
    _match_noise(reading, ledger)
    _match_absences(reading, ledger)
    true = tuple(
        ClaimVerdict(claim=claim, verdict=ledger.verdict(i), found=ledger.words.get(i, ""))
        for i, claim in enumerate(ledger.claims)
    )
    return Verdicts(_gated(true), tuple(ledger.made))


def _gated(true: tuple[ClaimVerdict, ...]) -> tuple[ClaimVerdict, ...]:
    """Saying what a function has not earns nothing without saying anything of what it is."""
    if any(v.verdict == "supported" and v.claim.about == "base" for v in true):
        return true
    return tuple(
        v.model_copy(update={"verdict": "missing"}) if v.claim.kind == "absent" and v.verdict == "supported" else v
        for v in true
    )


# One part: its formulas, families and numbers


@dataclass(frozen=True)
class _Item:
    """A number to be matched: the values it may stand for, what it is said to be (None: not said), and its words."""

    values: tuple[float, ...]
    hints: Hints | None
    step: float
    words: str


def _match_part(part: Where, landscape: Landscape, reading: Reading, ledger: Ledger) -> None:
    whole = [f for f in reading.formulas if f.part == part and f.whole]
    passing = [f for f in reading.formulas if f.part == part and not f.whole]
    settled = bool(whole) and all(reproduces(f, landscape) for f in whole)
    if settled:
        for i, claim in enumerate(ledger.claims):
            if claim.about == part and claim.kind in ("family", "parameter"):
                ledger.support(i, whole[0].words)
                ledger.make(claim.model_copy(update={"text": whole[0].words}), "supported")
    said = _match_families(part, reading, [] if settled else whole, ledger)
    items = [_item(q) for q in reading.quantities if q.part == part]
    items += [_Item(c.values, None, 0.0, f.words) for f in passing for c in equation.constants(f.expression)]
    if not settled:
        items += [_Item(c.values, c.roles, 0.0, f.words) for f in whole for c in equation.constants(f.expression)]
    _match_numbers(part, landscape, items, said, ledger)


def reproduces(formula: Formula, landscape: Landscape) -> bool:
    """Does the formula give the expected output on nearly all of the part it speaks of?"""
    x = _points(landscape, formula.part == "region")
    if not x.size:
        return False
    y, said = landscape.values(x), evaluate(formula.expression, x)
    near = np.abs(y - said) <= WITHIN * (np.abs(y - landscape.centre) + landscape.scale)
    return bool(np.mean(near | (np.isnan(y) & np.isnan(said))) >= REPRODUCES)


def _points(landscape: Landscape, irregular: bool) -> FloatArray:
    x = np.linspace(*landscape.bounds, 4001)
    inside = np.zeros(x.shape, dtype=bool)
    for where in landscape.truth.irregular:
        low = -np.inf if where.low is None else where.low
        high = np.inf if where.high is None else where.high
        inside |= (low <= x) & (x <= high)
    points: FloatArray = x[inside == irregular]
    return points


def _match_families(part: Where, reading: Reading, formulas: list[Formula], ledger: Ledger) -> frozenset[str]:
    """Families by name. Returns those that are said and true, as they are said."""
    true = {c.name: i for i, c in enumerate(ledger.claims) if c.about == part and c.kind == "family" and c.name}
    mentions = [(m.families, m.words, m.negated, m.alternative) for m in reading.mentions if m.part == part]
    mentions += [(names, f.words, False, False) for f in formulas for names in equation.families(f.expression)]
    said: set[str] = set()
    wrong: dict[frozenset[str], tuple[str, bool]] = {}
    for names, words, negated, alternative in mentions:
        meant = [name for name in true if any(_alike(name, said_name) for said_name in names)]
        exact = [name for name in meant if name in names] or meant
        claim = Claim(kind="family", about=part, name=" or ".join(sorted(names)), text=words)
        if negated:
            for name in exact if len(names) == 1 else []:
                ledger.oppose(true[name], words)
        elif exact:
            said |= names
            for name in exact:
                ledger.support(true[name], words)
            ledger.make(claim, "supported")
        else:
            wrong[names] = (words, alternative)
            ledger.make(claim, "contradicted")
    _discount(true, wrong, ledger)
    return frozenset(said)


def _alike(name: str, other: str) -> bool:
    return name == other or any(name in group and other in group for group in ALIKE)


def _discount(true: dict[str, int], wrong: dict[frozenset[str], tuple[str, bool]], ledger: Ledger) -> None:
    """Wrong names take back the right ones where they are offered as alternatives, or are the more numerous."""
    supported = [i for i in true.values() if ledger.right[i]]
    alternatives = any(alternative for _, alternative in wrong.values())
    takes_back = alternatives or len(wrong) > max(1, len(supported))
    for names, (words, _) in wrong.items():
        for i in true.values():
            if not ledger.right[i] and (names <= JOINS) == (ledger.claims[i].name in JOINS):
                ledger.oppose(i, words)
    if takes_back and wrong:
        words = next(iter(wrong.values()))[0]
        for i in supported:
            ledger.wrong[i] += ledger.right[i]
            ledger.words[i] = words


def _item(q: Quantity) -> _Item:
    return _Item((q.value,), None if q.hint is None else frozenset({q.hint}), q.step, q.words)


def _match_numbers(part: Where, landscape: Landscape, items: list[_Item], said: frozenset[str], ledger: Ledger) -> None:
    """Numbers by value. Without a family that is right, a number is a number: it supports nothing."""
    facts = facts_of(atoms_of(ledger.claims, part, JOINS), said)
    others = facts_of(atoms_of(ledger.claims, "region" if part == "base" else "base", JOINS), said)
    others += [Fact(b, frozenset(), None) for w in landscape.truth.irregular for b in (w.low, w.high) if b is not None]
    understood = any(ledger.verdict(i) == "supported" for i, c in enumerate(ledger.claims) if _names_family(c, part))
    missed: list[tuple[_Item, list[Fact]]] = []
    for item in sorted(items, key=lambda item: item.hints is None):
        called = [fact for fact in facts if item.hints is None or item.hints & fact.hints]
        fitting = [fact for fact in called if _fits(item, fact, landscape.width)] if understood else []
        claims = [fact.claim for fact in fitting if fact.claim is not None]
        if claims:
            ledger.support(next((c for c in claims if not ledger.right[c]), claims[0]), item.words)
        if fitting:
            ledger.make(_number(part, item), "supported")
        elif item.hints is not None and called:
            missed.append((item, called))
        elif not _harmless(item, others, landscape.width):
            ledger.make(_number(part, item), "unsupported")
    for item, called in missed:
        _oppose_number(part, item, called, ledger)


def _names_family(claim: Claim, part: Where) -> bool:
    return claim.about == part and claim.kind == "family" and claim.name not in JOINS


def _oppose_number(part: Where, item: _Item, called: list[Fact], ledger: Ledger) -> None:
    """A number that is said to be something and is not: it speaks against what nothing supports, or else against all."""
    ledger.make(_number(part, item), "contradicted")
    claims = {fact.claim for fact in called if fact.claim is not None}
    unsupported = {claim for claim in claims if not ledger.right[claim]}
    said_plainly = item.hints is not None and len(item.hints) == 1
    for claim in unsupported or (claims if said_plainly else ()):
        ledger.oppose(claim, item.words)


def _number(part: Where, item: _Item) -> Claim:
    return Claim(kind="parameter", about=part, name=_called(item), value=item.values[0], text=item.words)


def _called(item: _Item) -> str:
    return "number" if item.hints is None else " or ".join(sorted(item.hints))


def _harmless(item: _Item, others: list[Fact], width: float) -> bool:
    if item.hints is None and abs(item.values[0]) in IGNORED:
        return True
    return any(_fits(item, fact, width) for fact in others)


def _fits(item: _Item, fact: Fact, width: float) -> bool:
    return any(_near(value, fact, item.step, width) for value in item.values)


def _near(value: float, fact: Fact, step: float, width: float) -> bool:
    apart = abs(value - fact.value)
    if fact.turns:
        apart = abs((value - fact.value + pi) % (2 * pi) - pi)
    allowed = max(NEAR * abs(fact.value), min(0.5001 * step, ROUNDED * abs(fact.value)))
    if "place" in fact.hints:
        allowed = max(allowed, PLACE_NEAR * width)
    return apart <= max(allowed, NEAR if fact.turns else 1e-9)


# Intervals


def _match_intervals(landscape: Landscape, reading: Reading, ledger: Ledger) -> None:
    true = {i: c for i, c in enumerate(ledger.claims) if c.kind == "interval"}
    shapes = [f for f in facts_of(atoms_of(ledger.claims, "base", JOINS), frozenset()) if "place" in f.hints]
    for said in reading.intervals:
        if _is_domain(said, landscape.truth.domain):
            continue
        claim = Claim(kind="interval", about="region", low=said.low, high=said.high, text=said.words)
        matching = [i for i, c in true.items() if _same_bounds(said, c, landscape.width)]
        if not matching and _explained(said, shapes, landscape.width):
            continue
        for i in matching:
            ledger.support(i, said.words)
        for i in () if matching else true:
            ledger.oppose(i, said.words)
        ledger.make(claim, "supported" if matching else "contradicted")


def _same_bounds(said: Bounds, true: Claim, width: float) -> bool:
    length = width if true.low is None or true.high is None else true.high - true.low
    allowed = min(BOUND_NEAR * width, OF_LENGTH * length)
    pairs = ((said.low, true.low), (said.high, true.high))
    return all((a is None and b is None) or (a is not None and b is not None and abs(a - b) <= allowed) for a, b in pairs)


def _is_domain(said: Bounds, domain: Interval) -> bool:
    return (said.low, said.high) == (domain.low, domain.high)


def _explained(said: Bounds, facts: list[Fact], width: float) -> bool:
    """Are the bounds places of the base itself: where a pulse begins, where a step jumps?"""
    bounds = [b for b in (said.low, said.high) if b is not None]
    return all(any(_near(b, fact, 0.0, width) for fact in facts) for b in bounds)


# Noise and absences


def _match_noise(reading: Reading, ledger: Ledger) -> None:
    true = next((i for i, c in enumerate(ledger.claims) if c.kind == "noise"), None)
    scales = [q for q in reading.quantities if q.part == "noise"]
    kinds = dict(reversed(reading.noise_kinds))
    for kind, words in kinds.items():
        right = true is not None and ledger.claims[true].name == kind
        ledger.make(Claim(kind="noise", about="noise", name=kind, text=words), "supported" if right else "contradicted")
        if true is not None and not right:
            ledger.oppose(true, words)
    fitting = [q for q in scales if true is not None and _noise_fits(abs(q.value), ledger.claims[true])]
    others = [q for q in scales if q not in fitting and abs(q.value) not in IGNORED]
    for q, verdict in [*((q, "supported") for q in fitting), *((q, "contradicted") for q in others)]:
        claim = Claim(kind="noise", about="noise", value=abs(q.value), text=q.words)
        ledger.make(claim, "supported" if verdict == "supported" else "contradicted")
    if true is None:
        return
    distinct = {abs(q.value) for q in others}
    if fitting and len(distinct) < 2 and ledger.claims[true].name in kinds:
        ledger.support(true, fitting[0].words)
    elif kinds and others:
        ledger.oppose(true, others[0].words)


def _noise_fits(value: float, claim: Claim) -> bool:
    """Scale, or what people give in its place: a uniform's full width or deviation, a variance."""
    scale = claim.value or 0.0
    forms = [scale, scale**2, *([2 * scale, scale / sqrt(3)] if claim.name == "uniform" else [])]
    return any(abs(value - form) <= NOISE_NEAR * form for form in forms)


def _match_absences(reading: Reading, ledger: Ledger) -> None:
    for about, words, otherwise in (
        ("noise", reading.no_noise, bool(reading.noise_kinds)),
        ("region", reading.no_region, bool(reading.intervals)),
    ):
        _match_absence("noise" if about == "noise" else "region", words, otherwise, ledger)


def _match_absence(about: Literal["noise", "region"], words: str, otherwise: bool, ledger: Ledger) -> None:
    """`otherwise`: the description also says that there is such a thing."""
    absent = next((i for i, c in enumerate(ledger.claims) if c.kind == "absent" and c.about == about), None)
    present = [i for i, c in enumerate(ledger.claims) if c.kind in ("noise", "interval") and c.about == about]
    if absent is not None and words:
        ledger.support(absent, words)
    if absent is not None and otherwise:
        made = [m for m in ledger.made if m.claim.about == about and m.verdict == "contradicted"]
        if made:
            ledger.oppose(absent, made[0].found)
    for i in present if words else ():
        ledger.oppose(i, words)
    if words:
        claim = Claim(kind="absent", about=about, text=words)
        ledger.make(claim, "supported" if absent is not None else "contradicted")
