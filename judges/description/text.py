"""Prose made ready for reading: one spelling of signs and numbers, cut into segments that each speak of one part.

Text is data. Nothing in it is followed, executed or rendered; what is not understood is not counted for the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MAX_CHARACTERS = 20_000  # a description is read no further
MAX_EXCERPT = 120  # characters of it that a verdict quotes
Part = Literal["base", "region", "noise"]

NUMBER = r"(?<![\w.])[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?(?![\w]|\.\d)"

# One form of each sign. Written as code points where two look alike.
_SIGNS = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00d7": "*", "·": "*", "⋅": "*", "\u2217": "*", "÷": "/"}
    | {"π": " pi ", "\u03c3": " sigma ", "≈": "~", "\u223c": "~", "≤": "<=", "≥": ">=", "√": "sqrt", "\u2019": "'"}
    | {"²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5", "`": " ", "$": " ", "\\": " ", "{": "(", "}": ")", "\t": " "}
)
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPELLED = re.compile(
    r"\b((?:of|by|at|is|to|above|below|over|under|between|and|than|constant|value|slope|amplitude|height) )"
    rf"((?:minus|negative) )?({'|'.join(_WORDS)})\b(?! (?:function|part|piece|term|side|component|polynomial"
    rf"|thing)s?)"
)
_ABBREVIATED = re.compile(r"\b(approx|e\.g|i\.e|resp|ca|c|std|dev|freq|amp|vs)\.(?=\s)")

_GIVE_OR_TAKE = re.compile(
    r" ?(?:\+-|\+/-|\u00b1|plus or minus|give or take) ?\d+(?:\.\d+)?(?:e[-+]?\d+)?%?(?![\w.]*\d)"
)

_ENDS = re.compile(r"[.!?](?=\s|$)|\n+")
_TURNS = re.compile(
    r"\b(?=(?:with|plus|under) (?:(?:some|a|an|the|additive|added|additional|gaussian|normal\w*|uniform\w*"
    r"|poisson|little|mild|slight|heavy|strong|zero-mean|distributed) )*(?:noise|jitter|scatter|randomness)\b)"
    r"|\b(?=(?:but|except|whereas|while(?! \w\b)|however|although|unless)\b"
    r"|(?:elsewhere|otherwise|everywhere else|replaced|instead)\b)"
)


@dataclass(frozen=True)
class Segment:
    """A stretch of text that speaks of one part of the function."""

    part: Part
    text: str


_NOISY = re.compile(
    r"\bnoisy (?=(?!output|answer|value|measure|result|reading|quer|one|but|and|with|here|there|around|for|in"
    r"|at|on|to|by|when|where|every|func|data)[a-z])"
)
_DISTANCE = re.compile(rf"the (?:absolute )?distance (?:from|to|of x from|between x and) (?:x ?= ?)?({NUMBER})")
_TIMES = re.compile(r"(\d) times (?=[a-z]+\(|x\b|\()")


def normalise(description: str) -> str:
    """Lower case, one form of every sign, no control characters, number words as digits; at most 20,000"
    " characters."""
    text = unicodedata.normalize("NFKC", description[:MAX_CHARACTERS].translate(_SIGNS))[:MAX_CHARACTERS]
    text = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)
    text = _ABBREVIATED.sub(r"\1", re.sub(r"[ ]+", " ", text.lower()))
    text = _GIVE_OR_TAKE.sub("", text)  # how sure a number is, is no further number
    text = re.sub(r"(?<=[\s(\[,<>=~:])- (?=\d)", "-", text)  # a sign that stands apart from its number
    text = _TIMES.sub(r"\1 * ", _DISTANCE.sub(r"abs(x - \1)", text))
    if _NOISY.search(text):
        text = (
            f"{_NOISY.sub('', text).rstrip(' .')}. there is noise"  # `a noisy line of slope 3`: the slope is the line's
        )
    return _SPELLED.sub(lambda m: f"{m[1]}{'-' if m[2] else ''}{_WORDS.index(m[3])}", text)


def excerpt(text: str) -> str:
    """A few words of the text, on one line, with dots in the place of a formula that was taken out."""
    return re.sub(r"\s+", " ", re.sub(r"[§\u4e00-\u4e28]+", "...", text)).strip()[:MAX_EXCERPT]


def clauses(text: str) -> Iterator[list[str]]:
    """Sentences as lists of clauses: cut at turning words, and at commas and semicolons outside brackets."""
    for sentence in _ENDS.split(text):
        pieces = [clause.strip() for turn in _TURNS.split(sentence) for clause in _at_commas(turn)]
        if any(pieces):
            yield [piece for piece in pieces if piece]


def _at_commas(text: str) -> Iterator[str]:
    depth = start = 0
    for i, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        if c in ",;" and depth <= 0:
            yield text[start:i]
            start = i + 1
    yield text[start:]
