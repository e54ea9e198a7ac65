"""False descriptions of a function, by kind of fault. Each is the project's own prose about a function that differs."""

import re
from collections.abc import Iterator

from functions.numeric import NumericSpec
from judges.negatives import Gradable, negatives

VACUOUS = (
    "The output depends on the input in a regular way and stays within a typical range.",
    "It is an interesting function with several properties that can be found by asking it many questions.",
    "For most inputs it behaves as one would expect, and for some it may behave a little differently.",
)
KINDS = (
    "wrong_parameter",
    "swapped_roles",
    "wrong_family",
    "missing_interval",
    "shifted_interval",
    "wrong_departure",
    "wrong_noise",
    "sibling",
    "negated",
    "contradictory",
    "vacuous",
    "alternatives",
)


def faulty(truth: Gradable, other: Gradable, phrasing: int) -> Iterator[tuple[str, str]]:
    """Kinds of fault, each with a text that has it. `other` is an unrelated function of the same category."""
    changed = list(negatives(truth))
    for kind, spec in changed:
        yield kind, spec.describe(phrasing)
    text, alien = truth.describe(phrasing), other.describe(phrasing)
    yield "wrong_family" if isinstance(truth, NumericSpec) else "sibling", alien
    yield "contradictory", f"{text} {alien}"
    yield "negated", negated(text, phrasing)
    yield "vacuous", VACUOUS[phrasing % len(VACUOUS)]
    wrong = [alien, *(spec.describe(phrasing) for _, spec in changed)]
    yield "alternatives", " Or: ".join([text, *wrong[:3]])


_VERBS = (
    (r"\b(is|are)\b", r"\1 not"),
    (r"\breturns\b", "does not return"),
    (r"\bresponds\b", "does not respond"),
    (r"\bmaps\b", "does not map"),
    (r"\bdetects\b", "does not detect"),
    (r"\bcomputes\b", "does not compute"),
    (r"^To get the output, ", "To get the output, do not "),
)


def negated(text: str, phrasing: int) -> str:
    """The text with what it says of the rule denied: before it, or in its first verb where it has one that is known."""
    first, *rest = re.split(r"(?<=[.!?])\s+", text)
    denied = f"It is not true that {first[:1].lower()}{first[1:]}"
    if phrasing % 2:
        found = ((re.search(pattern, first), pattern, by) for pattern, by in _VERBS)
        known = [(m.start(), pattern, by) for m, pattern, by in found if m]
        if known:
            _, pattern, by = min(known)
            denied = re.sub(pattern, by, first, count=1)
    return " ".join([denied, *rest])
