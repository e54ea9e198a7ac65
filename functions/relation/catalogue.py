"""The catalogue of rules: which column of which table is looked up by which, and how people say that.

To add a rule to a table that exists, add a line here. Suites name the rules they draw from, so a new one changes no
suite that exists.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Rule(NamedTuple):
    """From a word in column `source` of a table to the word in column `target` of the same row.

    `given` says what is asked ("the name of a country"), `gives` what comes back ("its capital").
    """

    name: str
    table: str
    source: str
    target: str
    given: str
    gives: str


_LINES = """
# countries@1 | the name of a country
capital of country           | country > capital       | its capital
continent of country         | country > continent     | the continent it lies in
two-letter code of country   | country > iso2          | its two-letter ISO 3166 code
three-letter code of country | country > iso3          | its three-letter ISO 3166 code
calling code of country      | country > calling       | its international calling code (such as "44")
internet domain of country   | country > tld           | its top-level internet domain (such as ".fr")
# countries@1 | the capital of a country
country of capital           | capital > country       | the country whose capital it is
continent of capital         | capital > continent     | the continent it lies in
# countries@1 | the two-letter ISO 3166 code of a country
country of two-letter code   | iso2 > country          | the country's name
capital of two-letter code   | iso2 > capital          | the country's capital
# countries@1 | the top-level internet domain of a country
country of internet domain   | tld > country           | the country's name
# countries@1 | the international calling code of a country
country of calling code      | calling > country       | the country's name
# cities@1 | the name of a large city
country of city              | city > country          | the country it lies in
continent of city            | city > continent        | the continent it lies in
time zone of city            | city > zone             | its time zone, as the tz database names it
# states@1 | the name of a state of the United States
postal code of state         | state > postal          | its two-letter postal code
# states@1 | the two-letter postal code of a state of the United States
state of postal code         | postal > state          | the state's name
# territories@1 | the English name of a country
French name of country       | country > french        | its French name
German name of country       | country > german        | its German name
Spanish name of country      | country > spanish       | its Spanish name
Italian name of country      | country > italian       | its Italian name
language of country          | country > language      | its official language (the first, if there are several)
currency of country          | country > currency      | its currency
currency code of country     | country > currency_code | the three-letter code of its currency
# territories@1 | the German name of a country
English from German country  | german > country        | its English name
French from German country   | german > french         | its French name
# languages@1 | the English name of a language
code of language             | language > code         | its ISO 639 code
own name of language         | language > autonym      | what its speakers call it
French name of language      | language > french       | its French name
German name of language      | language > german       | its German name
# languages@1 | the ISO 639 code of a language
language of code             | code > language         | the language's English name
# currencies@1 | the name of a currency
code of currency             | currency > code         | its three-letter code
# currencies@1 | the three-letter code of a currency
currency of code             | code > currency         | the currency's name
# elements@1 | the name of a chemical element
symbol of element            | element > symbol        | its symbol
atomic number of element     | element > number        | its atomic number
group of element             | element > group         | its group in the periodic table
period of element            | element > period        | its period in the periodic table
series of element            | element > series        | the series it belongs to (such as "halogens")
element after element        | element > next          | the element that follows it in the periodic table
# elements@1 | the symbol of a chemical element
element of symbol            | symbol > element        | the element's name
atomic number of symbol      | symbol > number         | the element's atomic number
# elements@1 | the atomic number of a chemical element
element of atomic number     | number > element        | the element's name
symbol of atomic number      | number > symbol         | the element's symbol
# calendar@1 | the name of a month or a weekday
next month or day            | name > next             | the one that follows it (January follows December)
previous month or day        | name > previous         | the one before it (December comes before January)
French month or day          | name > french           | its French name
Spanish month or day         | name > spanish          | its Spanish name
# dates@1 | a date (such as "March 4")
next date                    | date > next             | the next day (in a year that is no leap year)
previous date                | date > previous         | the day before (in a year that is no leap year)
date a week later            | date > week             | the date a week later (in a year that is no leap year)
day of year                  | date > number           | its number among the 365 days of the year
# numbers@1 | a whole number from 1 to 400 in digits
number in words              | digits > words          | the number in words
ordinal of number            | digits > ordinal        | its ordinal (such as "21st")
Roman numeral of number      | digits > roman          | the number as a Roman numeral
# numbers@1 | a whole number from 1 to 400 in words
digits of number words       | words > digits          | the number in digits
ordinal of number words      | words > ordinal_words   | its ordinal in words
successor of number words    | words > next            | the number after it, in words
double of number words       | words > double          | twice the number, in words
# numbers@1 | a Roman numeral from I to CD
digits of Roman numeral      | roman > digits          | the number in digits
# plurals@1 | one of 1,600 common nouns in the singular
plural of noun               | singular > plural       | its plural
# plurals@1 | the plural of one of 1,600 common nouns
singular of noun             | plural > singular       | its singular
# verbs@1 | one of 1,200 common verbs in its base form
past tense of verb           | verb > past             | its past tense
past participle of verb      | verb > participle       | its past participle
ing-form of verb             | verb > ing              | its form that ends in "ing"
third person of verb         | verb > third            | its third person singular
# verbs@1 | the past tense of one of 1,200 common verbs
base form of past tense      | past > verb             | its base form
# degrees@1 | one of 459 adjectives whose comparative is formed with an ending
comparative of adjective     | adjective > comparative | its comparative
superlative of adjective     | adjective > superlative | its superlative
# antonyms@1 | a common word that has an opposite in WordNet
antonym of word              | word > antonym          | a word of opposite meaning
# kinds@1 | one of 1,500 common nouns
hypernym of noun             | noun > kind             | what it is a kind of, according to WordNet
# qualities@1 | a common adjective
noun of adjective            | adjective > noun        | the noun that names its quality
# adverbs@1 | a common adverb
adjective of adverb          | adverb > adjective      | the adjective it comes from
# adverbs@1 | a common adjective
adverb of adjective          | adjective > adverb      | the adverb made from it
"""
CONDITIONS = {
    ("countries@1", "continent"): "the country lies in {}",
    ("cities@1", "continent"): "the city lies in {}",
    ("cities@1", "country"): "the city lies in {}",
    ("territories@1", "language"): "the country's official language is {}",
    ("territories@1", "currency"): "the country's currency is the {}",
    ("elements@1", "period"): "the element is in period {}",
    ("elements@1", "block"): "the element is in the {}-block",
    ("elements@1", "series"): "the element is one of the {}",
    ("calendar@1", "kind"): "the input is the name of a {}",
    ("dates@1", "month"): "the date is in {}",
    ("numbers@1", "parity"): "the number is {}",
    ("antonyms@1", "part"): "the word's usual part of speech is {}",
}


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of the catalogue."""
    return {rule.name: rule for rule in _read()}


def _read() -> Iterator[Rule]:
    table, given = "", ""
    for line in _LINES.strip().splitlines():
        if line.startswith("#"):
            table, given = (part.strip() for part in line.removeprefix("#").split("|"))
            continue
        name, columns, gives = (part.strip() for part in line.split("|"))
        source, target = columns.split(" > ")
        yield Rule(name, table, source, target, given, gives)
