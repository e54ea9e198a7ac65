"""Rules from words to words: from a column of a table to another one, and how people say that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from .knowledge import Table, plain, tables

_GIVEN = {  # what is asked, by table and column
    "adverbs": {"adverb": "a common adverb", "adjective": "a common adjective"},
    "antonyms": {"word": "a common word that has an opposite"},
    "calendar": {
        "name": "the name of a month or a weekday",
        "french": "the French name of a month or a weekday",
        "german": "the German name of a month or a weekday",
        "spanish": "the Spanish name of a month or a weekday",
    },
    "cities": {"city": "the name of a large city"},
    "countries": {
        "country": "the name of a country",
        "capital": "the capital of a country",
        "iso2": "the two-letter ISO 3166 code of a country",
        "iso3": "the three-letter ISO 3166 code of a country",
        "calling": "the international calling code of a country",
        "tld": "the top-level internet domain of a country",
    },
    "currencies": {"currency": "the name of a currency", "code": "the three-letter code of a currency"},
    "dates": {"date": 'a date, such as "March 4"'},
    "degrees": {
        "adjective": "an adjective that can be compared with an ending",
        "comparative": "the comparative of an adjective",
        "superlative": "the superlative of an adjective",
    },
    "elements": {
        "element": "the name of a chemical element",
        "symbol": "the symbol of a chemical element",
        "number": "the atomic number of a chemical element",
    },
    "kinds": {"noun": "a common noun"},
    "languages": {
        "language": "the English name of a language",
        "code": "the ISO 639 code of a language",
        "french": "the French name of a language",
        "german": "the German name of a language",
    },
    "numbers": {
        "digits": "a whole number from 1 to 400 in digits",
        "words": "a whole number from 1 to 400 in words",
        "roman": "a Roman numeral from I to CD",
        "ordinal": 'an ordinal, such as "21st"',
    },
    "plurals": {"singular": "a common noun in the singular", "plural": "the plural of a common noun"},
    "qualities": {"adjective": "a common adjective that names a quality", "noun": "a noun that names a quality"},
    "states": {
        "state": "the name of a state of the United States",
        "postal": "the two-letter postal code of a state of the United States",
    },
    "territories": {
        "country": "the English name of a country",
        "german": "the German name of a country",
        "french": "the French name of a country",
        "spanish": "the Spanish name of a country",
    },
    "verbs": {
        "verb": "a common verb in its base form",
        "past": "the past tense of a common verb",
        "participle": "the past participle of a common verb",
        "ing": 'the form of a common verb that ends in "ing"',
        "third": "the third person singular of a common verb",
    },
}
_GIVES = {  # what comes back
    "adverbs": {"adverb": "the adverb made from it", "adjective": "the adjective it comes from"},
    "antonyms": {"word": "a word of opposite meaning", "antonym": "a word of opposite meaning, its antonym"},
    "calendar": {"next": "the one that follows it", "previous": "the one before it"},
    "cities": {
        "country": "the country it lies in",
        "continent": "the continent it lies in",
        "zone": "its time zone, as the tz database names it",
        "iso2": "the two-letter code of the country it lies in",
    },
    "countries": {
        "country": "the country's name",
        "capital": "its capital",
        "continent": "the continent it lies in",
        "iso2": "its two-letter ISO 3166 code",
        "iso3": "its three-letter ISO 3166 code",
        "calling": "its international calling code",
        "tld": "its top-level internet domain",
    },
    "currencies": {"code": "its three-letter code", "currency": "the currency's name"},
    "dates": {
        "next": "the next day, in a year that is no leap year",
        "previous": "the day before, in a year that is no leap year",
        "week": "the date a week later, in a year that is no leap year",
        "number": "its number among the 365 days of the year",
        "month": "its month",
    },
    "degrees": {"comparative": "its comparative", "superlative": "its superlative", "adjective": "its base form"},
    "elements": {
        "element": "the element's name",
        "symbol": "its symbol",
        "number": "its atomic number",
        "group": "its group in the periodic table",
        "period": "its period in the periodic table",
        "block": "its block in the periodic table",
        "series": 'the series it belongs to, such as "halogens"',
        "next": "the element that follows it in the periodic table",
    },
    "kinds": {"kind": "what it is a kind of (its hypernym)"},
    "languages": {
        "code": "its ISO 639 code",
        "autonym": "what its speakers call it",
        "language": "the language's English name",
    },
    "numbers": {
        "words": "the number in words",
        "digits": "the number in digits",
        "ordinal": 'its ordinal, such as "21st"',
        "ordinal_words": "its ordinal in words",
        "roman": "the number as a Roman numeral",
        "next": "the number after it, in words",
        "double": "twice the number, in words",
    },
    "plurals": {"plural": "its plural", "singular": "its singular"},
    "qualities": {"noun": "the noun that names its quality", "adjective": "the adjective it comes from"},
    "states": {"postal": "its two-letter postal code", "state": "the state's name", "fips": "its FIPS code"},
    "territories": {
        "country": "its English name",
        "language": "its official language (the first, if there are several)",
        "currency": "its currency",
        "currency_code": "the three-letter code of its currency",
    },
    "verbs": {
        "verb": "its base form",
        "past": "its past tense",
        "participle": "its past participle",
        "ing": 'its form that ends in "ing"',
        "third": "its third person singular",
    },
}
_CLAUSES = {  # classes of inputs
    ("countries", "continent"): "the country lies in {}",
    ("cities", "continent"): "the city lies in {}",
    ("cities", "country"): "the city lies in {}",
    ("territories", "language"): "the country's official language is {}",
    ("territories", "currency"): "the country's currency is the {}",
    ("elements", "series"): "the element is one of the {}",
    ("elements", "block"): "the element is in the {}-block",
    ("elements", "period"): "the element is in period {}",
    ("elements", "group"): "the element is in group {}",
    ("calendar", "kind"): "it is a {}",
    ("dates", "month"): "the date is in {}",
    ("numbers", "parity"): "the number is {}",
    ("antonyms", "part"): "the word's usual part of speech is {}",
}
_LANGUAGES = ("french", "german", "spanish", "italian")


@dataclass(frozen=True)
class Rule:
    """From a word in column `source` of a table to the word in column `target` of the same row."""

    table: Table
    source: str
    target: str

    @property
    def name(self) -> str:
        """Tells rules apart: `countries: country > capital`."""
        return f"{self.table.name}: {self.source} > {self.target}"

    @property
    def given(self) -> str:
        """What is asked."""
        return given(self.table.name, self.source)

    @property
    def gives(self) -> str:
        """What comes back."""
        said = _GIVES[self.table.name].get(self.target)
        return said or (f"its {self.target.title()} name" if self.target in _LANGUAGES else f"its {self.target}")

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, str]]:
        """The domain: rows by the plain form of the word asked."""
        return domain(self.table.name, self.source)

    def answer(self, word: str) -> str | None:
        """What the rule gives for a word in its plain form."""
        row = self.rows.get(word)
        return (row[self.target] or None) if row else None


@dataclass(frozen=True)
class Cell:
    """Inputs whose row has `value` in `column`."""

    table: str
    column: str
    value: str

    @property
    def clause(self) -> str:
        """As a condition on the input."""
        return _CLAUSES[self.table, self.column].format(self.value)


def given(table: str, column: str) -> str:
    """What is asked, of a word in a column of a table: `the name of a country`."""
    return _GIVEN[table][column]


@cache
def domain(table: str, column: str) -> Mapping[str, Mapping[str, str]]:
    """Rows of a table by the plain form of a column."""
    return tables()[table].by(column)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule that can be told."""
    return tuple(
        Rule(tables()[name], source, target)
        for name, sources in _GIVEN.items()
        for source in sources
        for target in tables()[name].columns
        if target != source and (target in _GIVES[name] or target in _LANGUAGES)
    )


def cells(rule: Rule) -> Iterator[Cell]:
    """Classes of inputs that a table knows of."""
    for name, column in _CLAUSES:
        if name == rule.table.name and column not in (rule.source, rule.target):
            for value in dict.fromkeys(row[column] for row in rule.table.rows):
                if value:
                    yield Cell(name, column, value)


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Columns that may be asked about, as table and column."""
    return tuple(dict.fromkeys((rule.table.name, rule.source) for rule in rules()))


__all__ = ["Cell", "Rule", "cells", "domain", "given", "plain", "rules", "sources"]
