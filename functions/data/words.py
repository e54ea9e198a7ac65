"""How a word is read: the one place that says what case, hyphens, spaces and a word's form mean."""

import unicodedata
from typing import Literal

from functions.brief import Record


def canonical(word: str) -> str:
    """Two inputs with the same canonical form are the same word.

    Lower case; hyphens, underscores and runs of white space are one space; none at the ends; letters and their accents
    are composed. A full stop at the end is dropped ("etc." is "etc"), other punctuation is kept.
    """
    composed = unicodedata.normalize("NFC", word).lower()
    return " ".join(composed.replace("-", " ").replace("_", " ").split()).rstrip(".")


class Form(Record):
    """A property of how a word is written, after it was made canonical.

    - `starts`: it begins with `text`; `ends`: it ends with `text`
    - `longer`: it has more than `length` characters
    """

    kind: Literal["starts", "ends", "longer"]
    text: str = ""
    length: int = 0

    def holds(self, word: str) -> bool:
        """Does the word have this form?"""
        word = canonical(word)
        match self.kind:
            case "starts":
                return word.startswith(self.text)
            case "ends":
                return word.endswith(self.text)
            case "longer":
                return len(word) > self.length

    def words(self) -> str:
        """As a relative clause without its subject: `that begin with "s"`."""
        match self.kind:
            case "starts":
                return f'that begin with "{self.text}"'
            case "ends":
                return f'that end in "{self.text}"'
            case "longer":
                return f"of more than {self.length} characters"

    def code(self, name: str) -> str:
        """As a Python condition on the canonical word held by the variable `name`."""
        match self.kind:
            case "starts":
                return f"{name}.startswith({self.text!r})"
            case "ends":
                return f"{name}.endswith({self.text!r})"
            case "longer":
                return f"len({name}) > {self.length}"
