"""Hostile text made fit to show: what cannot be seen is spelled out, and what is enormous is cut with a note.

Escaping for HTML is the template engine's work; this is about what escaping leaves alone. A control character, a
direction override or an invisible letter could make text read as something else than what it is.
"""

import unicodedata

# Categories that have no picture of their own: controls, formats (bidirectional and zero-width), surrogates, private
# use, unassigned, and line and paragraph separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PLAIN = {"\n", "\t"}
_MAX_MARKS = 4  # combining marks in a row: real scripts need few; a pile of them paints over other lines


def visible(text: str) -> str:
    """`text` with every character that cannot be seen spelled out: `␛` for escape, `⟨U+202E⟩` for an override."""
    out: list[str] = []
    marks = 0
    for char in text.replace("\r\n", "\n"):
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        out.append(_spell(char) if marks > _MAX_MARKS or _unseen(char) else char)
    return "".join(out)


def capped(text: str, limit: int) -> str:
    """`text` itself, or its first and last parts with a note between them of how much was left out."""
    if len(text) <= limit:
        return text
    head, tail = limit * 3 // 4, limit // 4
    return f"{text[:head]}\n[... {len(text) - head - tail:,} characters are not shown ...]\n{text[-tail:]}"


def shown(text: str, limit: int) -> str:
    """Both: cut first, so that the work is bounded too."""
    return visible(capped(text, limit))


def _unseen(char: str) -> bool:
    return char not in _PLAIN and unicodedata.category(char) in _UNSEEN


def _spell(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
