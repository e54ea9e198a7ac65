"""One form for things that people write in many: named or bare symbols, and thresholds."""

import re

_SYMBOLS = {
    "plus": "+",
    "minus": "-",
    "hyphen": "-",
    "dash": "-",
    "underscore": "_",
    "asterisk": "*",
    "star": "*",
    "hash": "#",
    "slash": "/",
    "tilde": "~",
    "percent": "%",
    "ampersand": "&",
}
_NAMED = re.compile(
    rf"\b(?:an? |the )?({'|'.join(_SYMBOLS)})(?: (?:sign|symbol|character|mark))?\b(?! ?\d)", re.IGNORECASE
)
_BARE = re.compile(r"(?<=\s)([+*#_~<>/%&=^|@$-])(?=[\s.,;:]|$)")
_MORE = re.compile(
    r"\b(?:more than|longer than|exceed\w*|greater than) (\d+) (?!characters|letters|chars)(\w+)", re.IGNORECASE
)
_LEAST = re.compile(
    r"\b(?:at least|no fewer than|no less than) (\d+) (?=characters|letters|chars)"
    r"|\b(\d+) or more (?=characters|letters)",
    re.IGNORECASE,
)
_MOST = re.compile(r"\b(?:at most|no more than|up to) (\d+) (?=characters|letters|chars)", re.IGNORECASE)


def symbols(text: str) -> str:
    """Symbols that are named (`a plus sign`) or stand alone (` + `) as quoted ones."""
    return _BARE.sub(r'"\1"', _NAMED.sub(lambda m: f'"{_SYMBOLS[m[1].lower()]}"', text))


def thresholds(text: str) -> str:
    """Bounds of lengths as `more than` or `fewer than`, bounds of other counts as `at least`."""
    text = _LEAST.sub(lambda m: f"more than {int((m[1] or m[2])[:6]) - 1} ", text)
    text = _MOST.sub(lambda m: f"fewer than {int(m[1][:6]) + 1} ", text)
    return _MORE.sub(lambda m: f"at least {int(m[1][:6]) + 1} {m[2]}", text)
