"""What is said of one part, the base or the irregular region: its formulas, its families, its numbers.

A formula that reproduces the function on the part settles everything about it. Where there is none, families are
matched by name and numbers by value: 5 % apart is right (or what rounding explains, up to 10 %), more is wrong.
"""

from dataclasses import dataclass
from math import pi
from typing import Literal

import numpy as np

from functions.brief import Claim
from judges.code.agreement import standard_deviation
from judges.code.inputs import hidden_inputs
from judges.code.landmarks import Landscape
from judges.description import equation
from judges.description.expression import evaluate
from judges.description.facts import Fact, Hints, atoms_of, facts_of
from judges.description.ledger import Ledger
from judges.description.lexicon import ALIKE, JOINS, MADE_OF
from judges.description.reading import Formula, Mention, Quantity, Reading
from judges.truth import BoolArray, FloatArray

NEAR, ROUNDED = 0.05, 0.10  # relative: right, and right where it is written no more finely
OF_SCALE = 0.002  # of the function's scale: an offset that is there is larger
PLACE_NEAR = 0.0005  # of the domain's width
NEAR_EDGES = 0.9  # share of points within 2 % of the domain's width from an edge
REPRODUCES, WITHIN = 0.95, 0.003  # share of points, and relative distance, for a formula to reproduce a part
WAVES = {"sine", "cosine", "square_wave", "triangle_wave", "two_sinusoids", "damped_oscillation", "modulo", "sinc"}
WAVES |= {"quantised_sine"}
FORM = frozenset({"degree"})  # what a right formula shows by itself
IGNORED = (0.0, 1.0, 2.0)  # small numbers that English is full of: they count only where they are right

Where = Literal["base", "region"]
PARTS: tuple[Where, ...] = ("base", "region")


def match_part(part: Where, landscape: Landscape, reading: Reading, ledger: Ledger) -> None:
    """Judge all that is said of one part."""
    formulas = [f for f in reading.formulas if f.part == part]
    whole = [f for f in formulas if f.whole]
    settled: frozenset[float] | None = None
    if whole and all(reproduces(f, landscape) for f in whole):
        _settle(part, whole[0], ledger)
        settled = frozenset(abs(v) for f in whole for c in equation.constants(f.expression) for v in c.values)
        formulas = [f for f in formulas if not f.whole]
    said = _match_families(part, reading, [f for f in formulas if f.whole], ledger)
    items = [_spoken(q) for q in reading.quantities if q.part == part]
    versions = len({f.expression for f in formulas if f.whole})
    items += [_written(c, f, versions) for f in formulas for c in equation.constants(f.expression)]
    if settled is not None:
        items = [item for item in items if not item.follows(settled)]
    _match_numbers(part, landscape, items, said, ledger)
    if versions == 1 and not (part == "region" and len(landscape.truth.irregular) > 1):
        _exchanged(part, [f for f in formulas if f.whole and not _resembles(f, landscape)], ledger)


def reproduces(formula: Formula, landscape: Landscape) -> bool:
    """Does the formula give the expected output on nearly all of the part it speaks of, and near its edges?"""
    irregular = formula.part == "region"
    x = _points(landscape, irregular)
    if not x.size or _agreement(formula, landscape, x) < REPRODUCES:
        return False
    edges = hidden_inputs(landscape).get("edges", np.array([]))
    edges = edges[_irregular(landscape, edges) == irregular]
    return not edges.size or _agreement(formula, landscape, edges) >= NEAR_EDGES


def _agreement(formula: Formula, landscape: Landscape, x: FloatArray) -> float:
    y, said = landscape.values(x), evaluate(formula.expression, x)
    near = np.abs(y - said) <= WITHIN * (np.abs(y - landscape.centre) + landscape.scale)
    return float(np.mean(near | (np.isnan(y) & np.isnan(said))))


def _resembles(formula: Formula, landscape: Landscape) -> bool:
    """Does the formula explain at least half of how the output varies on its part?"""
    x = _points(landscape, irregular=formula.part == "region")
    y, said = landscape.values(x), evaluate(formula.expression, x)
    both = np.isfinite(y) & np.isfinite(said)
    if both.mean() < 0.5 or not np.ptp(y[both]):
        return True  # too little to tell
    with np.errstate(over="ignore"):
        return bool(np.mean((y[both] - said[both]) ** 2) <= 0.5 * np.var(y[both]))


def _exchanged(part: Where, formulas: list[Formula], ledger: Ledger) -> None:
    """A formula that is far off although it has every number right has them in each other's places.

    Waves are left out: a frequency that is right within its tolerance is out of step before long.
    """
    names = {ledger.claims[i].name for i in ledger.places("family", part)}
    parameters = ledger.places("parameter", part)
    right = all(ledger.verdict(i) == "supported" for i in parameters)
    if not formulas or len(parameters) < 2 or not right or names & WAVES:
        return
    for i in parameters:
        ledger.take_back(i, formulas[0].words)
    claim = Claim(kind="parameter", about=part, name="formula", text=formulas[0].words)
    ledger.make(claim, "contradicted")


def _points(landscape: Landscape, irregular: bool) -> FloatArray:
    x = np.linspace(*landscape.bounds, 4001)
    points: FloatArray = x[_irregular(landscape, x) == irregular]
    return points


def _irregular(landscape: Landscape, x: FloatArray) -> BoolArray:
    """Which inputs are in irregular regions."""
    inside = np.zeros(x.shape, dtype=bool)
    for where in landscape.truth.irregular:
        low = -np.inf if where.low is None else where.low
        high = np.inf if where.high is None else where.high
        inside |= (low <= x) & (x <= high)
    return inside


def _settle(part: Where, formula: Formula, ledger: Ledger) -> None:
    for kind in ("family", "parameter"):
        for i in ledger.places(kind, part):
            ledger.support(i, formula.words)
            ledger.make(ledger.claims[i].model_copy(update={"text": formula.words}), "supported")


# Families


def _match_families(part: Where, reading: Reading, formulas: list[Formula], ledger: Ledger) -> frozenset[str]:
    """Families by name. Returns those that are said and true, as they are said."""
    true = {ledger.claims[i].name or "": i for i in ledger.places("family", part)}
    mentions = [m for m in reading.mentions if m.part == part]
    for f in formulas:
        mentions += [Mention(part, names, False, False, f.words) for names in equation.families(f.expression)]
    said: frozenset[str] = frozenset()
    wrong: list[Mention] = []
    for m in mentions:
        meant = [name for name in true if name in m.families] or [name for name in true if _alike(name, m.families)]
        claim = Claim(kind="family", about=part, name=" or ".join(sorted(m.families)), text=m.words)
        if m.negated:
            for name in meant if m.families == {*meant} else ():
                ledger.oppose(true[name], m.words)
        elif meant:
            said |= m.families
            for name in meant:
                ledger.support(true[name], m.words)
            ledger.make(claim, "supported")
        elif not any(m.families & MADE_OF.get(name, frozenset()) for name in true):
            wrong.append(m)
            ledger.make(claim, "contradicted")
    _discount(list(true.values()), wrong, ledger)
    return said


def _alike(name: str, others: frozenset[str]) -> bool:
    return any(name in group and group & others for group in ALIKE)


def _discount(true: list[int], wrong: list[Mention], ledger: Ledger) -> None:
    """Wrong names speak against families that are not named. Where they are offered as alternatives, or are the more
    numerous, they speak against those that are named too."""
    supported = [i for i in true if ledger.right[i]]
    for m in wrong:
        for i in true:
            if not ledger.right[i] and (m.families <= JOINS) == (ledger.claims[i].name in JOINS):
                ledger.oppose(i, m.words)
    named = {m.families for m in wrong}
    if any(m.alternative for m in wrong) or len(named) > max(1, len(supported)):
        for i in supported:
            ledger.take_back(i, wrong[0].words)


# Numbers


@dataclass(frozen=True)
class _Item:
    """A number to be matched: the values it may stand for, what it is said to be (None: not said), and its words.

    `plain`: where it is wrong it speaks against every parameter that it may mean, whatever else is said of that.
    """

    values: tuple[float, ...]
    hints: Hints | None
    step: float
    plain: bool
    words: str

    def fits(self, fact: Fact, width: float) -> bool:
        """Is it this true number? `width` is the domain's."""
        return any(near(value, fact, width, self.step) for value in self.values)

    def follows(self, settled: frozenset[float]) -> bool:
        """Where a formula is right, is this a number in it, or one that is said to be nothing in particular?"""
        close = any(abs(abs(v) - s) <= NEAR * s for v in self.values for s in settled)
        return close or self.hints is None or self.hints <= FORM

    def claim(self, part: Where) -> Claim:
        name = "number" if self.hints is None else " or ".join(sorted(self.hints))
        return Claim(kind="parameter", about=part, name=name, value=self.values[0], text=self.words)


def _spoken(q: Quantity) -> _Item:
    return _Item((q.value,), None if q.hint is None else frozenset({q.hint}), q.step, q.hint is not None, q.words)


def _written(constant: equation.Constant, formula: Formula, versions: int) -> _Item:
    """A constant of a formula. In one that is only mentioned in passing its role says nothing; where the whole is
    written in several versions, a wrong one speaks against the right one."""
    roles = constant.roles if formula.whole else None
    return _Item(constant.values, roles, 0.0, formula.whole and versions > 1, formula.words)


def near(value: float, fact: Fact, width: float, step: float = 0.0) -> bool:
    """Is the value this true number, within the tolerances above? `step` is a unit of its last digit."""
    apart = abs(value - fact.value)
    if fact.turns:
        apart = abs((value - fact.value + pi) % (2 * pi) - pi)
    allowed = max(NEAR * abs(fact.value), min(0.5001 * step, ROUNDED * abs(fact.value)), fact.slack, 1e-9)
    if "place" in fact.hints:
        allowed = max(allowed, PLACE_NEAR * width)
    return apart <= max(allowed, NEAR if fact.turns else 0.0)


def _match_numbers(part: Where, landscape: Landscape, items: list[_Item], said: frozenset[str], ledger: Ledger) -> None:
    """Numbers by value. Without a family that is right, a number is a number: it supports nothing."""
    nothing = OF_SCALE * landscape.scale + 0.2 * standard_deviation(landscape.truth.noise)
    facts = facts_of(atoms_of(ledger.claims, part, JOINS), said, nothing)
    others = facts_of(atoms_of(ledger.claims, "region" if part == "base" else "base", JOINS), said)
    others += [Fact(b, frozenset(), None) for w in landscape.truth.irregular for b in (w.low, w.high) if b is not None]
    understood = any(
        ledger.verdict(i) == "supported" for i in ledger.places("family", part) if ledger.claims[i].name not in JOINS
    )
    missed: list[tuple[_Item, list[Fact]]] = []
    dump = _is_dump(items, facts + others, landscape.width)
    for item in sorted(items, key=lambda item: item.hints is None):
        called = [fact for fact in facts if item.hints is None or item.hints & fact.hints]
        fitting = [fact for fact in called if understood and item.fits(fact, landscape.width)]
        if dump and item.hints is None:
            fitting = []
        claims = [fact.claim for fact in fitting if fact.claim is not None]
        new = [claim for claim in claims if not ledger.right[claim]]
        for claim in (new or claims)[:1]:
            ledger.support(claim, item.words)
        if fitting and item.hints is None and not new:
            continue  # a true number said again, or that follows from others, is no further claim
        if fitting:
            ledger.make(item.claim(part), "supported")
        elif item.hints is not None and called:
            missed.append((item, called))
        elif not _harmless(item, others, landscape.width):
            ledger.make(item.claim(part), "unsupported")
    for item, called in missed:
        _oppose(part, item, called, ledger)


def _is_dump(items: list[_Item], facts: list[Fact], width: float) -> bool:
    """Of the numbers that are said to be nothing in particular, are there more that are false than true?"""
    loose = [item for item in items if item.hints is None and abs(item.values[0]) not in IGNORED]
    explained = {item.values: any(item.fits(fact, width) for fact in facts) for item in loose}
    return sum(explained.values()) < len(explained) / 2


def _oppose(part: Where, item: _Item, called: list[Fact], ledger: Ledger) -> None:
    """A number that is not what it is said to be speaks against what nothing supports, else against all it may mean."""
    ledger.make(item.claim(part), "contradicted")
    claims = {fact.claim for fact in called if fact.claim is not None}
    for claim in {c for c in claims if not ledger.right[c]} or (claims if item.plain else ()):
        ledger.oppose(claim, item.words)


def _harmless(item: _Item, others: list[Fact], width: float) -> bool:
    """A small number of English, or one that is true elsewhere in the function."""
    if item.hints is None and abs(item.values[0]) in IGNORED:
        return True
    return any(item.fits(fact, width) for fact in others)
