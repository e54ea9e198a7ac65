"""Sentences that deny what they say: nothing in them is a claim."""

import re

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_DENIES = re.compile(
    r"\b(?:it is|it's|that is) (?:not true|untrue|false|wrong|incorrect|not the case) (?:that|to say)\b"
    r"|\bnone of (?:this|these|the following) (?:is true|holds|are true)\b|\bthe opposite of\b",
    re.IGNORECASE,
)
_SUBJECT = r"(?:the (?:hidden )?(?:function|output|rule|input|unit)|it|this (?:function|black box|one)|y)"
_SAFE = r"(?! (?:noisy|random|depend on|change))"
_IS_NOT = re.compile(
    rf"^(?:\W|and |so |but )*(?:{_SUBJECT} )?(?:is|does|do|will|can) ?(?:not|never)\b{_SAFE}"
    rf"|^\W*{_SUBJECT} (?:isn't|doesn't|won't|never)\b{_SAFE}|^to get the output, do not\b",
    re.IGNORECASE,
)
SHORT = 8  # words: of a shorter sentence the readers themselves understand what is not so


def without_denied(text: str, verbs: bool = True, short: int = SHORT) -> str:
    """The text without sentences that begin by denying what follows. `verbs`: also those of more than `short` words
    whose main verb is negated."""
    sentences = _SENTENCES.split(text)
    kept = [s for s in sentences if not (_DENIES.search(s) or (verbs and len(s.split()) > short and _IS_NOT.search(s)))]
    return " ".join(kept) if len(kept) < len(sentences) else text
