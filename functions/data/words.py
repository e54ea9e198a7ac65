"""How a word is read: the one place that says what case, hyphens, spaces and a word's form mean."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal

from functions.brief import Record

_SYLLABLES = ("bla", "dor", "fen", "gru", "kli", "mop", "nar", "pel", "quo", "rin", "sta", "tov", "vix", "wem", "zub")


def canonical(word: str) -> str:
    """Two inputs with the same canonical form are the same word.

    Lower case; hyphens, underscores and runs of white space are one space; none at the ends; letters and their accents
    are composed. Full stops at the end are dropped ("etc." is "etc"), other punctuation is kept.
    """
    composed = unicodedata.normalize("NFC", word.lower())
    return " ".join(composed.replace("-", " ").replace("_", " ").split()).rstrip(". ")


class Form(Record):
    """A property of how a word is written, after it was made canonical.

    - `starts`: it begins with `text`; `ends`: it ends with `text`
    - `longer`: it has more than `length` characters
    """

    kind: Literal["starts", "ends", "longer"]
    text: str = ""
    length: int = 0

    def holds(self, word: str) -> bool:
        """Does this canonical word have the form?"""
        match self.kind:
            case "starts":
                return word.startswith(self.text)
            case "ends":
                return word.endswith(self.text)
            case "longer":
                return len(word) > self.length

    def words(self) -> str:
        """Which words: `that begin with "s"`."""
        match self.kind:
            case "starts":
                return f'that begin with "{self.text}"'
            case "ends":
                return f'that end in "{self.text}"'
            case "longer":
                return f"of more than {self.length} characters"

    def clause(self, subject: str) -> str:
        """As a clause about one word: `the input begins with "s"`."""
        match self.kind:
            case "starts":
                return f'{subject} begins with "{self.text}"'
            case "ends":
                return f'{subject} ends in "{self.text}"'
            case "longer":
                return f"{subject} has more than {self.length} characters"


def made_up() -> Iterator[str]:
    """Words that mean nothing, such as "klidor" and "mopvixta"."""
    return (first + second + end for first, second, end in product(_SYLLABLES, _SYLLABLES, ("", "ta")))


def mixed(words: Iterable[str], key: bytes) -> Iterator[str]:
    """The words in an order that only the key fixes."""
    keyed = hashlib.blake2b(key=hashlib.sha256(key).digest(), digest_size=8)

    def rank(word: str) -> bytes:
        state = keyed.copy()
        state.update(word.encode())
        return state.digest()

    yield from sorted(words, key=rank)
