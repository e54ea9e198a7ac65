"""Reads the tables of this folder, once each and on first use."""

import csv
import gzip
import hashlib
import io
from functools import cache
from importlib.resources import files

from functions.brief import Record
from functions.data.words import canonical
from functions.errors import BadInput

_FOLDER = files("functions.data")


class TableRef(Record):
    """A table by its name and the sha256 (hex) of its uncompressed content, so that a spec's identity covers both."""

    name: str
    sha256: str

    @classmethod
    def to(cls, name: str) -> "TableRef":
        """The reference to the table of that name as it is now."""
        return cls(name=name, sha256=_digest(name))

    def check(self) -> None:
        """Raises BadInput unless the table is here and its content is the one meant."""
        if self.name not in table_names():
            raise BadInput(f"no table {self.name!r}; there are: {', '.join(table_names())}")
        if _digest(self.name) != self.sha256:
            raise BadInput(f"table {self.name!r} differs from the one the spec was made with: install that version")


class Table:
    """Rows of words under named columns. The cell "" means that there is no such word."""

    def __init__(self, name: str, text: str) -> None:
        rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        self.name = name
        self.columns = tuple(next(rows))
        self.rows = tuple(dict(zip(self.columns, row, strict=True)) for row in rows)

    def lookup(self, key: str) -> dict[str, dict[str, str]]:
        """Rows by the canonical form of their `key` cell. A key that several rows share leads to none of them."""
        found: dict[str, dict[str, str]] = {}
        shared = set()
        for row in self.rows:
            word = canonical(row[key])
            if word in found:
                shared.add(word)
            found[word] = row
        return {word: row for word, row in found.items() if word and word not in shared}


@cache
def table_names() -> tuple[str, ...]:
    """Every table there is, in alphabetical order."""
    endings = (".tsv", ".txt.gz")
    names = (entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(endings))
    return tuple(sorted(name.split(".")[0] for name in names))


@cache
def read_text(name: str) -> str:
    """The content of a table. Raises FileNotFoundError where there is none of that name."""
    packed = _FOLDER / f"{name}.txt.gz"
    if packed.is_file():
        return gzip.decompress(packed.read_bytes()).decode()
    return (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8")


@cache
def table(name: str) -> Table:
    """The table of that name, in rows and columns."""
    return Table(name, read_text(name))


def licence(name: str) -> str:
    """Where a table comes from, and the notice that has to go with it."""
    return (_FOLDER / f"{name}.licence.txt").read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(read_text(name).encode()).hexdigest()
