"""What the answers show of parameters that no list has: marks that were put in, letters that are gone.

A step that others follow cannot be read off a pair of texts; but a mark that it put in is often still to be seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .groups import LETTERS, low
from .kind import Kind, Parameters, Step

SHARE = 0.15
"""Of the answers that have a character which their question has not, before it is taken for a mark."""

MARKS = 4
"""Marks that are tried: those seen most often."""

MANY = 8
"""So many new characters are what became of letters; then only those that are neither letters nor digits are marks."""


def suggested(questions: Sequence[str], answers: Sequence[str], kinds: Iterable[Kind]) -> Iterator[Step]:
    """First steps with parameters that the answers show, in place of the ones that are listed."""
    marks = new_marks(questions, answers)
    gone = gone_letters(questions, answers)
    for kind in kinds:
        if kind.name == "remove_letters" and gone:
            yield Step(kind, (gone,))
        yield from (Step(kind, parameters) for parameters in sorted(marked(kind, marks), key=repr))


def new_marks(questions: Sequence[str], answers: Sequence[str]) -> list[str]:
    """Characters that many answers have and their questions have not, whatever their case."""
    new = Counter(c for x, y in zip(questions, answers, strict=True) for c in sorted(set(y) - set(x + low(x))))
    often = [c for c, n in new.most_common() if n >= SHARE * len(answers)]
    if len(often) > MANY:
        often = [c for c in often if not c.isalnum()]
    return often[:MARKS]


def gone_letters(questions: Sequence[str], answers: Sequence[str]) -> str:
    """The letters of questions that no answer has, in alphabetical order; none where it would be most of them."""
    held = Counter(c for x in questions for c in set(low(x)))
    left = set(low("".join(answers)))
    gone = "".join(c for c in LETTERS[:26] if held[c] > 1 and c not in left)
    return gone if len(gone) < len(LETTERS) // 4 else ""


def marked(kind: Kind, marks: Sequence[str]) -> set[Parameters]:
    """Its choices that have one mark, with each of the given ones in its place."""
    out: set[Parameters] = set()
    for choice in kind.choices:
        places = [i for i, p in enumerate(choice) if isinstance(p, str) and len(p) == 1 and not p.isalnum()]
        if len(places) == 1:
            at = places[0]
            out |= {(*choice[:at], mark, *choice[at + 1 :]) for mark in marks}
    return out - set(kind.choices)
