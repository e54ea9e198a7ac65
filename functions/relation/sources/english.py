"""Numbers in words from `inflect`; plurals, tenses and degrees from `lemminflect`, for words usual in WordNet."""

# mypy: disable-error-code="import-not-found, import-untyped"
# the packages are those of an extra, which only who makes tables needs

from collections.abc import Iterator
from pathlib import Path

from inflect import engine
from lemminflect import getInflection

from functions.relation.sources.licences import notice, packaged, version, wordnet_text
from functions.relation.sources.wordnet import first_senses, synsets, usual

_NUMBERS, _NOUNS, _VERBS = 400, 1600, 1200
_ROMAN = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX")),
    *((5, "V"), (4, "IV"), (1, "I")),
)


def _number_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "digits", "words", "ordinal", "ordinal_words", "roman", "next", "parity", "double"
    english = engine()
    words = {n: str(english.number_to_words(n, andword="")) for n in range(1, 2 * _NUMBERS + 2)}
    for n in range(1, _NUMBERS + 1):
        ordinal = str(english.ordinal(n)), str(english.ordinal(words[n]))
        parity = "even" if n % 2 == 0 else "odd"
        yield str(n), words[n], *ordinal, _roman(n), words[n + 1], parity, words[2 * n]


def _roman(n: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (n // value)
        n %= value
    return text.replace("CCCC", "CD")


def _noun_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "singular", "plural"
    senses, sets = first_senses(wordnet, "n"), synsets(wordnet, "n")
    rows: list[tuple[str, ...]] = []
    for noun in usual(wordnet, "n"):
        named = any(word != word.lower() for word in sets[senses[noun]].words) if noun in senses else True
        if not named and (plural := _form(noun, "NNS")) not in ("", noun):
            rows.append((noun, plural))
    yield from _distinct(rows, _NOUNS)


def _verb_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "verb", "past", "participle", "ing", "third"
    rows = [(verb, *(_form(verb, tag) for tag in ("VBD", "VBN", "VBG", "VBZ"))) for verb in usual(wordnet, "v")]
    yield from _distinct([row for row in rows if all(row) and row[0] not in ("be", "have")], _VERBS)


def _adjective_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "adjective", "comparative", "superlative"
    rows = [(word, _form(word, "JJR"), _form(word, "JJS")) for word in usual(wordnet, "a")]
    yield from _distinct([row for row in rows if all(row)], _NOUNS)


def _form(word: str, tag: str) -> str:
    found = getInflection(word, tag, inflect_oov=False)
    return found[0] if found and found[0].isalpha() else ""


def _distinct(rows: list[tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
    """The first rows, without a word that is another row's inflected form: "men" is no singular."""
    inflected = {form for row in rows for form in row[1:] if form != row[0]}
    return [row for row in rows if row[0] not in inflected][:count]


_FROM = (
    f"forms from {version('lemminflect')} (after NIH's SPECIALIST Lexicon), words chosen by WordNet 3.0's tag counts"
)
_TEXTS = (packaged("lemminflect"), wordnet_text())
TABLES = (
    ("numbers@1", _number_rows, notice("numbers@1", version("inflect"), "MIT", packaged("inflect"))),
    *(
        (f"{name}@1", rows, notice(f"{name}@1", _FROM, "MIT, and for the choice of words WordNet 3.0's", *_TEXTS))
        for name, rows in (("plurals", _noun_rows), ("verbs", _verb_rows), ("degrees", _adjective_rows))
    ),
)
