"""Where a network is said to leave the formula that it approximates: how far, and to which side of it.

Of other functions the same words speak of irregular regions, so these are looked for where the truth has a network.
"""

import re

from functions.brief import Claim
from judges.code.landmarks import Landscape
from judges.description.intervals import intervals
from judges.description.ledger import Ledger
from judges.description.reading import Bounds, Departure
from judges.description.text import NUMBER, excerpt

NETWORK = "neural_network"  # the family of which departures are claimed
OVERLAP = 0.5  # of the stretch that either of the two covers: where one begins is a matter of what still counts as near
SIZE_NEAR = 0.25  # relative
_FOLLOWS = re.compile(rf"\bwithin (?:about )?{NUMBER} of\b")  # how near it is elsewhere claims nothing of its own
MAX_DEPARTURES = 40  # that are read

Sentences = list[list[str]]

_HOW = r"(?:by |up to |at most |as much as |no more than |about |roughly )+"
_ABOVE = r"above|higher|too high|larger|greater"
_BELOW = r"below|lower|too low|smaller|less"
_SIZES = (
    re.compile(rf"(?P<size>{NUMBER}) (?:units? )?(?:(?P<up>{_ABOVE})|(?P<down>{_BELOW}))\b"),
    re.compile(
        rf"(?:(?P<up>{_ABOVE}|over(?:shoot\w*)?|exceed\w*)|(?P<down>{_BELOW}|under(?:shoot\w*)?))\b"
        rf"(?: (?:than )?(?:it|this|that|the \w+|that \w+))? {_HOW}(?P<size>{NUMBER})"
    ),
)


def take_departures(sentences: Sentences) -> tuple[Sentences, tuple[Departure, ...]]:
    """The sentences without the clauses that speak of departures, and what these say.

    A size without a stretch of inputs in its clause belongs to the stretch in the clause before it.
    """
    kept: Sentences = []
    found: list[Departure] = []
    for sentence in sentences:
        rest: list[str] = []
        for clause in sentence:
            where, spans = intervals(clause)
            bare = _without(clause, spans)
            if not any(pattern.search(bare) for pattern in _SIZES):
                rest += [] if _FOLLOWS.search(bare) else [clause]
            elif where:
                found += _of_clause(clause, where, spans)
            elif rest and (before := intervals(rest[-1])[0]):
                found += _sized(bare, before[-1])
                rest.pop()
            else:
                rest.append(clause)
        kept.append(rest)
    return kept, tuple(found[:MAX_DEPARTURES])


def match_departures(landscape: Landscape, said: tuple[Departure, ...], ledger: Ledger) -> None:
    """Each is true where it meets one that is claimed: the same stretch, side and size."""
    claimed = ledger.places("departure", "base")
    for departure in said:
        there = [i for i in claimed if _overlap(departure, ledger.claims[i], landscape.bounds) >= OVERLAP]
        right = [i for i in there if _near(departure.by, ledger.claims[i].value or 0.0)]
        for i in right:
            ledger.support(i, departure.words)
        for i in there:
            if not right and departure.by * (ledger.claims[i].value or 0.0) > 0:
                ledger.oppose(i, departure.words)
        where = departure.where
        claim = Claim(
            kind="departure", about="base", low=where.low, high=where.high, value=departure.by, text=departure.words
        )
        ledger.make(claim, "supported" if right else "contradicted")


def _of_clause(clause: str, where: list[Bounds], spans: list[tuple[int, int]]) -> list[Departure]:
    """Each stretch with the sizes that follow it, the first one also with those before it."""
    order = sorted(range(len(where)), key=lambda n: spans[n])
    found: list[Departure] = []
    for place, n in enumerate(order):
        start = spans[n][1] if place else 0
        end = spans[order[place + 1]][0] if place + 1 < len(order) else len(clause)
        found += _sized(_without(clause, spans)[start:end], where[n])
    return found


def _sized(text: str, where: Bounds) -> list[Departure]:
    matches = {m.start("size"): m for pattern in _SIZES for m in pattern.finditer(text)}
    return [
        Departure(where, abs(float(m["size"])) * (1 if m["up"] else -1), excerpt(f"{where.words} {m[0]}"))
        for m in matches.values()
    ]


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, as long as it was, with blanks in place of the stretches of inputs."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _overlap(departure: Departure, claim: Claim, domain: tuple[float, float]) -> float:
    """What both cover, as a share of what either covers, within the domain."""
    starts, ends = zip(_sides(departure.where, domain), _sides(claim, domain), strict=True)
    either = max(ends) - min(starts)
    return max(0.0, min(ends) - max(starts)) / either if either > 0 else 0.0


def _sides(where: Bounds | Claim, domain: tuple[float, float]) -> tuple[float, float]:
    low, high = domain
    return (low if where.low is None else max(low, where.low), high if where.high is None else min(high, where.high))


def _near(said: float, true: float) -> bool:
    return abs(said - true) <= SIZE_NEAR * abs(true)
