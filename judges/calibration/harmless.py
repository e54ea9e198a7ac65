"""Changes to a description that say nothing else: no grade should move by much."""

import re
from collections.abc import Iterator

from functions.numeric import NumericSpec
from judges.negatives import Gradable

_NUMBER = re.compile(r"(?<![\w.\"])(\d+\.\d+)(?![\w.\"])")
_ROLE = re.compile(r"\b(amplitude|slope|frequency|width|height|offset|scale|rate)((?: of)? )(-?\d+\.\d+)(?![\w.])")
BEFORE = "I asked it many questions before I wrote this down."
AFTER = "I am fairly confident in all of this, although I may have overlooked something."


def harmless(truth: Gradable, phrasing: int) -> Iterator[tuple[str, str]]:
    """Kinds of harmless change, each with the text after it."""
    text = truth.describe(phrasing)
    yield "paraphrase", truth.describe(phrasing + 1)
    yield "padding", f"{BEFORE} {text} {AFTER}"
    yield "layout", re.sub(r"(?<=[.!?])\s+", "\n\n", text.replace(", ", ",  "))
    yield "quotation", text.replace("'", "\u2019")
    if isinstance(truth, NumericSpec):
        yield "number_format", _NUMBER.sub(r"\g<1>0", text)
        yield "uncertainty", _ROLE.sub(r"\1\2about \3 +- 0.01", text)
        yield "signs", text.replace(" - ", " \u2212 ").replace(" * ", " \u00b7 ")
    first, *rest = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)
    if isinstance(truth, NumericSpec) and len(rest) == 2 and not truth.irregular:
        yield "order", " ".join([first, *reversed(rest)])
