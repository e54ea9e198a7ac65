"""Properties of how a word is written, which a function may depend on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Spelling:
    """`starts` or `ends` with `text`, or is `longer` than `length` characters; of a word in its plain form."""

    kind: str
    text: str = ""
    length: int = 0

    def holds(self, word: str) -> bool:
        """Has this word the property?"""
        if self.kind == "longer":
            return len(word) > self.length
        return word.startswith(self.text) if self.kind == "starts" else word.endswith(self.text)

    @property
    def words(self) -> str:
        """Which words: `that begin with "s"`."""
        if self.kind == "longer":
            return f"of more than {self.length} characters"
        return f'that begin with "{self.text}"' if self.kind == "starts" else f'that end in "{self.text}"'

    @property
    def clause(self) -> str:
        """As a condition on the input."""
        if self.kind == "longer":
            return f"the input has more than {self.length} characters"
        return f'the input {"begins with" if self.kind == "starts" else "ends in"} "{self.text}"'

    @property
    def code(self) -> str:
        """As a Python expression on `word`."""
        if self.kind == "longer":
            return f"len(word) > {self.length}"
        return f"word.{self.kind}with({self.text!r})"


def spellings(words: Iterable[str]) -> Iterator[Spelling]:
    """Properties that words may have: first and last letters, and lengths around the upper third."""
    known = list(words)
    for letter in sorted({word[:1] for word in known}):
        yield Spelling("starts", letter)
    for letter in sorted({word[-1:] for word in known}):
        yield Spelling("ends", letter)
    lengths = sorted(map(len, known))
    for length in sorted({lengths[len(known) * i // 20] for i in range(9, 19)}) if known else ():
        yield Spelling("longer", length=length)
