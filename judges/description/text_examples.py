"""Examples that a description of a text function gives (`"abc" -> "cba"`), executed on the true function.

They are one claim together: so many true examples earn no more than one, and none of them states an operation. One that
is false contradicts it.
"""

import re
from dataclasses import dataclass

from functions.brief import Claim
from functions.string import StringSpec
from judges.description.ledger import Ledger
from judges.description.text import excerpt

_INPUT = 3  # characters from which a quoted text is an input; shorter ones are what operations put or replace
_QUOTES = (('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019"), ("`", "`"))
_TEXT = "|".join(rf"(?<!\w){a}([^{a}{b}\n]{{LEAST,60}}){b}(?!\w)" for a, b in _QUOTES)
_GIVES = (
    r"(?:->|=>|\u2192|\u21a6|=|(?:becomes|gives|yields|returns|produces|turns into|maps to|is mapped to|goes to)\b)"
)
_EXAMPLE = re.compile(
    rf"(?:\b(?:e\.g\.|for example|for instance|as in|so),? )?(?:{_TEXT.replace('LEAST', str(_INPUT))})"
    rf",? ?{_GIVES}:? ?(?:{_TEXT.replace('LEAST', '0')})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Example:
    """An input and the output that the text says it has."""

    input: str
    output: str


def examples(description: str) -> tuple[tuple[Example, ...], str]:
    """The examples, and the description without them: what they quote is no parameter of an operation."""
    found = []
    for m in _EXAMPLE.finditer(description):
        before, after = (next(g for g in half if g is not None) for half in _halves(m))
        found.append(Example(before, after))
    return tuple(found), _EXAMPLE.sub(" ", description)


def _halves(m: re.Match[str]) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    groups = m.groups()
    return groups[: len(_QUOTES)], groups[len(_QUOTES) :]


def match_examples(truth: StringSpec, given: tuple[Example, ...], ledger: Ledger) -> None:
    """Execute the examples: together they are one claim that is made, true if all of them are."""
    if not given:
        return
    answers = truth.evaluate([example.input for example in given])
    false = [example for example, answer in zip(given, answers, strict=True) if example.output != answer]
    shown = (false or given)[0]
    words = excerpt(f'"{shown.input}" -> "{shown.output}"')
    claim = Claim(kind="operation", about="base", name="example", text=words)
    ledger.make(claim, "contradicted" if false else "supported")
