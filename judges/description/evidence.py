"""Sentences about the investigation: what was tested, how many answers agree. They say nothing of the function."""

import re

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_EVIDENCE = re.compile(
    r"^\W*(?:(?:hardly|barely|never|not|un|well|little|only)[- ]?(?:yet )?(?:tested|checked|tried|verified|confirmed)\b"
    r"|(?:tested|checked|tried|verified|confirmed)\b"
    r"|(?:this|that|it|the rule|these)(?: rule)? (?:explains?|fits?|matche?s?|agrees? with|reproduces?|covers?) "
    r"(?:all|each|every|\d+|most)\b"
    r"|\d+ of (?:the |these |all )?(?:\d+ )?(?:texts?|answers?|words?|inputs?|queries|examples?|samples?)\b"
    r"|(?:I|we) (?:asked|tried|tested|checked|queried|sampled|used)\b"
    r"|(?:more|further|a few more) (?:samples|queries|tests|experiments)\b)",
    re.IGNORECASE,
)


def without_evidence(text: str) -> str:
    """The text without such sentences."""
    sentences = _SENTENCES.split(text)
    kept = [s for s in sentences if not _EVIDENCE.search(s)]
    return " ".join(kept) if len(kept) < len(sentences) else text
