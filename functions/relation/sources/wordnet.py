"""Reads WordNet's database files: lemmas with their frequency, and the pointers between words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PARTS = {"n": ("noun", 1), "v": ("verb", 2), "a": ("adj", 3), "r": ("adv", 4)}


class Pointer(NamedTuple):
    """From a word (its place in the synset, 0: the synset) by a relation's sign to a word of another synset."""

    sign: str
    offset: str
    part: str
    source: int
    target: int


class Synset(NamedTuple):
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]


def frequencies(wordnet: Path, part: str) -> Counter[str]:
    """How often each lemma of a part of speech was tagged in SemCor; plain lower-case words only."""
    number = str(PARTS[part][1])
    found: Counter[str] = Counter()
    for line in (wordnet / "cntlist.rev").read_text(encoding="ascii").splitlines():
        key, _, count = line.split()
        lemma, _, rest = key.partition("%")
        kind = rest[0].replace("5", "3")  # 5: an adjective that is a satellite of another
        if kind == number and lemma.isalpha():
            found[lemma] += int(count)
    return found


def usual(wordnet: Path, part: str) -> list[str]:
    """Those lemmas, the most frequent first."""
    return [lemma for lemma, _ in sorted(frequencies(wordnet, part).items(), key=lambda entry: (-entry[1], entry[0]))]


def first_senses(wordnet: Path, part: str) -> dict[str, str]:
    """The offset of the most usual sense of each lemma."""
    lines = (wordnet / f"index.{PARTS[part][0]}").read_text(encoding="ascii").splitlines()
    rows = (line.split() for line in lines if not line.startswith(" "))
    return {row[0]: row[len(row) - int(row[2])] for row in rows}


def synsets(wordnet: Path, part: str) -> dict[str, Synset]:
    """All synsets by their offset."""
    lines = (wordnet / f"data.{PARTS[part][0]}").read_text(encoding="ascii").splitlines()
    return {line.split(" ", 1)[0]: _synset(line.split(" | ")[0].split()) for line in lines if not line.startswith(" ")}


def _synset(fields: list[str]) -> Synset:
    count = int(fields[3], 16)
    words = tuple(word.partition("(")[0] for word in fields[4 : 4 + 2 * count : 2])
    return Synset(words, tuple(_pointers(fields[5 + 2 * count :], int(fields[4 + 2 * count]))))


def _pointers(fields: list[str], count: int) -> Iterator[Pointer]:
    for sign, offset, part, ends in zip(*(fields[i : 4 * count : 4] for i in range(4)), strict=True):
        yield Pointer(sign, offset, part, int(ends[:2], 16), int(ends[2:], 16))
