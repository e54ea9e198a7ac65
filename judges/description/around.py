"""What is said of intervals, of noise, and of what is not there."""

from math import sqrt
from typing import Literal

from functions.brief import Claim
from judges.code.landmarks import Landscape
from judges.description.facts import Fact, atoms_of, facts_of
from judges.description.ledger import Ledger
from judges.description.lexicon import DEVIATION, FULL_WIDTH, JOINS, VARIANCE
from judges.description.parts import IGNORED, near
from judges.description.reading import Bounds, Quantity, Reading

BOUND_NEAR, OF_LENGTH = 0.01, 0.10  # of the domain's width, but no more than this share of the interval's own length
NOISE_NEAR = 0.25  # a scale cannot be told more closely from a few dozen repeats


def match_intervals(landscape: Landscape, reading: Reading, ledger: Ledger) -> None:
    """Intervals that are set apart, against those that are irregular. The whole domain is none."""
    true = ledger.places("interval", "region")
    shapes = [f for f in facts_of(atoms_of(ledger.claims, "base", JOINS), frozenset()) if "place" in f.hints]
    domain = landscape.truth.domain
    for said in reading.intervals:
        matching = [i for i in true if _same_bounds(said, ledger.claims[i], landscape.width)]
        own = [] if matching else _own_places(said, shapes, landscape.width)
        for i in (*matching, *own):
            ledger.support(i, said.words)
        if own or (said.low, said.high) == (domain.low, domain.high):
            continue
        for i in () if matching else true:
            ledger.oppose(i, said.words)
        claim = Claim(kind="interval", about="region", low=said.low, high=said.high, text=said.words)
        ledger.make(claim, "supported" if matching else "contradicted")


def _same_bounds(said: Bounds, true: Claim, width: float) -> bool:
    length = width if true.low is None or true.high is None else true.high - true.low
    allowed = min(BOUND_NEAR * width, OF_LENGTH * length)

    def same(a: float | None, b: float | None) -> bool:
        if a is None or b is None:
            return a is b
        return abs(a - b) <= allowed

    return same(said.low, true.low) and same(said.high, true.high)


def _own_places(said: Bounds, facts: list[Fact], width: float) -> list[int]:
    """The claims of the base that all bounds state: where a pulse begins, a step jumps. Empty where one states none."""
    bounds = [b for b in (said.low, said.high) if b is not None]
    stated = [[f.claim for f in facts if f.claim is not None and near(b, f, width)][:1] for b in bounds]
    return [claim for claims in stated for claim in claims] if all(stated) else []


def match_noise(reading: Reading, ledger: Ledger) -> None:
    """Kind and scale of the noise: it is supported where both are right, and neither is offered in several versions."""
    true = next(iter(ledger.places("noise", "noise")), None)
    kinds = dict(reversed(reading.noise_kinds))
    for kind, words in kinds.items():
        right = true is not None and ledger.claims[true].name == kind
        ledger.make(Claim(kind="noise", about="noise", name=kind, text=words), "supported" if right else "contradicted")
        if true is not None and not right:
            ledger.oppose(true, words)
    scales = [q for q in reading.quantities if q.part == "noise"]
    fitting = [q for q in scales if true is not None and _is_scale(q, ledger.claims[true])]
    others = [q for q in scales if q not in fitting and abs(q.value) not in IGNORED]
    for q in (*fitting, *others):
        claim = Claim(kind="noise", about="noise", value=abs(q.value), text=q.words)
        ledger.make(claim, "supported" if q in fitting else "contradicted")
    if true is None:
        return
    if fitting and len({abs(q.value) for q in others}) < 2 and ledger.claims[true].name in kinds:
        ledger.support(true, fitting[0].words)
    elif kinds and others:
        ledger.oppose(true, others[0].words)


def _is_scale(q: Quantity, claim: Claim) -> bool:
    """Is it the scale, in the form that its words say: a standard deviation, a variance, a full width?"""
    scale = claim.value or 0.0
    deviation = scale / sqrt(3) if claim.name == "uniform" else scale
    if FULL_WIDTH.search(q.words) and claim.name == "uniform":
        true = 2 * scale
    elif VARIANCE.search(q.words):
        true = deviation**2
    else:
        true = deviation if DEVIATION.search(q.words) else scale
    return abs(abs(q.value) - true) <= NOISE_NEAR * true


def match_absences(reading: Reading, ledger: Ledger) -> None:
    """`No noise`, `the same rule everywhere`: true, or a denial of what is there."""
    _match_absence("noise", "noise", reading.no_noise, ledger)
    _match_absence("region", "interval", reading.no_region, ledger)


def _match_absence(about: Literal["noise", "region"], presence: str, words: str, ledger: Ledger) -> None:
    absent = ledger.places("absent", about)
    claimed = [m for m in ledger.made if m.claim.kind == presence and m.verdict == "contradicted"]
    for i in absent:
        if words:
            ledger.support(i, words)
        if claimed:
            ledger.oppose(i, claimed[0].found)
    for i in ledger.places(presence, about) if words else ():
        ledger.oppose(i, words)
    if words:
        claim = Claim(kind="absent", about=about, text=words)
        ledger.make(claim, "supported" if absent else "contradicted")
