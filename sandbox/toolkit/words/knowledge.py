"""Public knowledge that a scientist may look up: a taxonomy of nouns and tables of words, in the folder `knowledge`.

The files there are links: images and local labs hold copies of what they lead to, each with its licence beside it.
"""

import csv
import gzip
import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("knowledge")


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of words under named columns; the cell "" means that there is no such word."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    def by(self, column: str) -> dict[str, dict[str, str]]:
        """Rows by the plain form of a column. A word that several rows share leads to none of them."""
        found: dict[str, dict[str, str]] = {}
        shared = set()
        for row in self.rows:
            word = plain(row[column])
            if word in found:
                shared.add(word)
            found[word] = row
        return {word: row for word, row in found.items() if word and word not in shared}


def plain(word: str) -> str:
    """A word as it is looked up: lower case, hyphens and runs of spaces as one space, no full stop at its end."""
    composed = unicodedata.normalize("NFC", word.lower())
    return " ".join(composed.replace("-", " ").replace("_", " ").split()).rstrip(". ")


PLAIN_CODE = """
    word = unicodedata.normalize("NFC", word.lower()).replace("-", " ").replace("_", " ")
    word = " ".join(word.split()).rstrip(". ")
"""
"""`plain`, as the first lines of a function that is handed in."""


@cache
def tables() -> dict[str, Table]:
    """Every table by its name ("countries"), in alphabetical order."""
    return {path.name.split("@")[0]: _table(path) for path in sorted(FOLDER.glob("*.tsv"))}


def _table(path: Path) -> Table:
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = tuple(next(rows))
    return Table(path.name.split("@")[0], columns, tuple(dict(zip(columns, row, strict=True)) for row in rows))


def nouns_text() -> str:
    """The taxonomy as it is stored: blocks of synsets, lemmas and irregular plurals."""
    return gzip.decompress((FOLDER / "nouns@1.txt.gz").read_bytes()).decode()
