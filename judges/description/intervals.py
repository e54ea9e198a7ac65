"""Finds the intervals of inputs that a clause sets apart: `between -3 and 4.5`, `above 10`, `for x < -2`."""

import re

from judges.description import lexicon
from judges.description.reading import Bounds
from judges.description.text import NUMBER, excerpt

Spans = list[tuple[int, int]]

_A = rf"({NUMBER})"
_BOTH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"between(?: x ?=)? ?{_A}(?: \([a-z ]{{1,20}}\))? and(?: x ?=)? ?{_A}",
        rf"from(?: about| x ?=)? ?{_A} (?:up )?to(?: about| x ?=)? ?{_A}",
        rf"\[ ?{_A} ?, ?{_A} ?[\])]",
        rf"\b(?:in|on|over|within|inside|outside|of|interval|range|region|stretch|zone|x) \( ?{_A} ?, ?{_A} ?[\])]",
        rf"(?:interval|range|region|stretch|zone) (?:of |x )?{_A} (?:to|-|\.\.) ?{_A}",
        rf"{_A} ?<=? ?x ?<=? ?{_A}",
        rf"\bx ?>=? ?{_A} (?:and|but) (?:x )?<=? ?{_A}",
    )
)
_WHO = (
    r"(?:\bbut|\bexcept|\bfor|\bwhen|\bwhere|\bwhenever|\bif|\bonce|\bx|\binputs?|\beverything|\banything|\bpoints?"
    r"|\barguments?|^)"
)
_THEN = r"(?: (?:the|any|all|every|inputs?|x|is|are|lies|that|values|at or|of|gets|goes|strictly|about))*"
_MORE = r"above|over|beyond|past|(?:greater|larger|more) than|exceed\w*|at least|>=?|to the right of"
_LESS = r"below|under|(?:less|smaller|lower) than|up to|until|at most|<=?|to the left of|before"
_ONE = r"(?: or equal to)?(?: x ?=| about)? ?"
_ABOVE = re.compile(rf"{_WHO}{_THEN} ?(?:{_MORE}){_ONE}{_A}|from {_A} (?:on|upwards?|onwards?)")
_BELOW = re.compile(rf"{_WHO}{_THEN} ?(?:{_LESS}){_ONE}{_A}")


def intervals(text: str) -> tuple[list[Bounds], Spans]:
    """The intervals, and where in the text they stand. Where outputs are said to vary between bounds, there is none."""
    found: list[Bounds] = []
    spans: Spans = []

    def take(m: re.Match[str], low: float | None, high: float | None) -> None:
        outputs = lexicon.OUTPUTS.search(text[max(0, m.start() - 40) : m.start()])
        if not outputs and not any(a < m.end() and m.start() < b for a, b in spans):
            found.append(Bounds(low, high, excerpt(m[0])))
            spans.append(m.span())

    for pattern in _BOTH:
        for m in pattern.finditer(text):
            low, high = sorted((float(m[1]), float(m[2])))
            take(m, low, high)
    for m in _ABOVE.finditer(text):
        take(m, float(m[1] or m[2]), None)
    for m in _BELOW.finditer(text):
        take(m, None, float(m[1]))
    return found, spans
