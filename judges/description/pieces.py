"""What prose says of the output piece by piece (`-3 between 4 and 9, 0 otherwise`), put together and executed.

A clause that names an interval and one value or formula is a piece; a value without an interval holds elsewhere. The
whole is compared with the function at as many inputs of each part: this is how near it comes, whatever its words.
"""

import re
from collections.abc import Iterator

import numpy as np

from judges.code.landmarks import Landscape
from judges.description import lexicon
from judges.description.expression import Expression, Number, evaluate
from judges.description.formulas import masked_in, take_formulas
from judges.description.intervals import intervals
from judges.description.reading import Formula, Piece
from judges.description.text import NUMBER, clauses, normalise
from judges.truth import FloatArray

POINTS = 600  # of the domain
NEAR = 0.01  # of the function's scale: a value that is told in passing is rounded
ALL = 0.95  # share of inputs
MAX_PIECES = 20

_NUMBER = re.compile(NUMBER)
_OTHERWISE = re.compile(
    r"\b(?:otherwise|elsewhere|everywhere|outside|the rest|apart from|beyond that|any other|all other|for all"
    r"|always|anything else)\b"
)
_HIGHER = re.compile(
    r"\b(?:from (?:there|then|that point|here) on(?:wards?)?|after (?:that|it|which|this)|above (?:it|that"
    r"|this)|beyond (?:it|that|this)"
    r"|(?:is|it's|it is) (?:greater|larger|more|higher|above)|to (?:its|the) right|right of (?:it|that)|then)\b"
)
_LOWER = re.compile(
    r"\b(?:before (?:that|it|this)|below (?:it|that|this)|(?:is|it's|it is) (?:less|smaller|lower|below)"
    r"|to (?:its|the) left|left of (?:it|that))\b"
)
_TURN = re.compile(
    rf"\b(?:until|till|up to|before|left of|below|as long as x stays below)(?: about| around| x| it| input"
    rf"| the input| reaches| hits| gets to| exceeds| =)* ({NUMBER})"
)
_ON = re.compile(
    rf"\b(?:from|past|after|beyond|above|right of|over)(?: about| around| x"
    rf"| =)* ({NUMBER})(?: on(?:wards?)?| upwards?)?"
)
_AND = re.compile(  # another piece follows
    rf"\band\b(?= (?:it )?(?:is |then |§|{NUMBER} (?:for|when|if|on|in|where|above|below|otherwise|elsewhere"
    rf"|after|from)\b))|:"
)
_COUNTS = re.compile(r" ?(?:times|units?|wide|high|long|x\b|%|percent|per|of|levels?|steps?|pieces?|parts?)")
_SWITCH = re.compile(
    rf"\b(?:from|between|levels?:?|values?:?) ({NUMBER})(?: \(\w+\))? (?:to"
    rf"|and) ({NUMBER})[^.;]{{0,40}}?\b(?:at|near|around|when|once|x =)(?: about| around| x| =)* ({NUMBER})"
)


def pieces(description: str) -> tuple[Piece, ...]:
    """The pieces that a text tells, the later ones above the earlier."""
    masked, formulas = take_formulas(_worded(normalise(description)))
    found: list[Piece] = []
    for sentence in clauses(masked):
        found += _of_sentence(sentence, formulas)
    whole = [p for p in found if np.isinf(p.low) and np.isinf(p.high)]
    return tuple([*whole[:1], *(p for p in found if p not in whole)][:MAX_PIECES])


def _worded(text: str) -> str:
    """Values that are said in words as numbers."""
    text = re.sub(r"\bzero\b(?! noise)", "0", text)
    return re.sub(r"\b(?:minus|negative) (?=\d)", "-", text)


def _of_sentence(sentence: list[str], formulas: list[Formula]) -> Iterator[Piece]:
    bound: float | None = None
    waiting: tuple[float, float] | None = None
    for clause in (part for whole in sentence for part in _AND.split(whole)):
        if lexicon.NOISE.search(clause):
            continue
        if m := _SWITCH.search(clause):
            yield Piece(-np.inf, float(m[3]), Number(float(m[1])))
            yield Piece(float(m[3]), np.inf, Number(float(m[2])))
            bound = float(m[3])
            continue
        where, rest = _where(clause, bound)
        value = _value(rest, formulas)
        if where is not None:
            bound = where[1] if np.isinf(where[0]) else where[0]
        if value is None:
            waiting = where or waiting
            continue
        low, high = where or waiting or (-np.inf, np.inf)
        waiting = None
        yield Piece(low, high, value)


def _where(clause: str, bound: float | None) -> tuple[tuple[float, float] | None, str]:
    """The interval that a clause names, and the clause without it."""
    found, spans = intervals(clause)
    if found:
        (a, b), bounds = spans[0], found[0]
        low = -np.inf if bounds.low is None else bounds.low
        high = np.inf if bounds.high is None else bounds.high
        return (low, high), f"{clause[:a]} {clause[b:]}"
    if m := _TURN.search(clause):
        return (-np.inf, float(m[1])), f"{clause[: m.start()]} {clause[m.end() :]}"
    if m := _ON.search(clause):
        return (float(m[1]), np.inf), f"{clause[: m.start()]} {clause[m.end() :]}"
    if bound is not None and not _OTHERWISE.search(clause):
        if _HIGHER.search(clause):
            return (bound, np.inf), clause
        if _LOWER.search(clause):
            return (-np.inf, bound), clause
    return None, clause


def _value(clause: str, formulas: list[Formula]) -> Expression | None:
    """The one value or formula in what is left of a clause."""
    told = [f.expression for f in masked_in(clause, formulas) if f.whole or re.match(r"\W*§", clause)]
    numbers = [float(n) for n in _NUMBER.findall(re.sub("§.§", " ", clause))]
    if len(told) == 1 and len(numbers) <= 1:
        return told[0]
    return Number(numbers[0]) if len(numbers) == 1 and not told and _bare(clause) else None


def _bare(clause: str) -> bool:
    """Is its number a value, and not a slope, a period, a width ...?"""
    m = _NUMBER.search(clause)
    before = clause[: m.start()] if m else ""
    roles = "|".join(pattern for hint, pattern in lexicon.HINTS if hint not in ("value", "offset", "place"))
    moved = re.search(rf"(?:{roles})\w*[^,;]{{0,15}}$|\b(?:by|every|times|at x|x)\W*$", before)
    return moved is None and not (m and _COUNTS.match(clause, m.end()))


def closeness(landscape: Landscape, told: tuple[Piece, ...]) -> float:
    """0 to 1: the share of inputs at which the pieces come near the expected output, beyond the best constant."""
    if not told:
        return 0.0
    known = landscape.values(_inputs(landscape))
    levels = (
        np.unique(np.quantile(known[np.isfinite(known)], [0, 0.25, 0.5, 0.75, 1])) if np.isfinite(known).any() else ()
    )
    constants = ((Piece(-np.inf, np.inf, Number(float(level))),) for level in levels)
    constant = max((agreement(landscape, one, NEAR) for one in constants), default=0.0)
    reached = agreement(landscape, told, NEAR)
    return float(reached >= ALL) if constant >= ALL else max(0.0, (reached - constant) / (1 - constant))


def agreement(landscape: Landscape, told: tuple[Piece, ...], near: float) -> float:
    """The share of inputs at which they give the expected output, as far as `near` of the scale from it.

    Base and irregular parts count the same.
    """
    x = _inputs(landscape)
    y, said = landscape.values(x), np.full(POINTS, np.nan)
    for piece in told:
        here = (piece.low <= x) & (x <= piece.high)
        said[here] = evaluate(piece.value, x)[here]
    inside = np.zeros(POINTS, dtype=bool)
    for where in landscape.truth.irregular:
        inside |= ((-np.inf if where.low is None else where.low) <= x) & (
            x <= (np.inf if where.high is None else where.high)
        )
    mixed = inside.any() and not inside.all()
    weights = np.where(inside, 0.5 / inside.mean(), 0.5 / (~inside).mean()) if mixed else np.ones(POINTS)
    agrees = (np.abs(y - said) <= near * landscape.scale) | (np.isnan(y) & np.isnan(said))
    return float(np.average(agrees, weights=weights))


def _inputs(landscape: Landscape) -> FloatArray:
    return np.linspace(*landscape.bounds, POINTS)
