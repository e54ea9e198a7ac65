"""Antonyms, hypernyms, and nouns and adverbs that belong to adjectives, from WordNet."""

from collections.abc import Iterator
from pathlib import Path

from functions.relation.sources.licences import notice, wordnet_text
from functions.relation.sources.wordnet import Synset, first_senses, frequencies, synsets, usual

_KINDS, _ANTONYMS = 1500, 1200
_WIDE = {  # categories too wide to tell anything
    *("entity", "abstraction", "object", "whole", "thing", "matter", "attribute", "state"),
    *("act", "event", "group", "relation", "measure", "unit", "part"),
}


def _antonym_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "word", "antonym", "part"
    found: list[tuple[int, str, str, str]] = []
    for part, name in (("a", "adjective"), ("n", "noun"), ("v", "verb"), ("r", "adverb")):
        common = frequencies(wordnet, part)
        pairs = _linked(wordnet, part, "!", synsets(wordnet, part), part)
        found += [(-common[word], word, antonym, name) for word, antonym in pairs]
    once = {word: (word, antonym, name) for _, word, antonym, name in sorted(found, reverse=True)}
    yield from list(reversed(once.values()))[:_ANTONYMS]


def _quality_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "adjective", "noun"
    common = frequencies(wordnet, "n")
    for adjective, noun in _linked(wordnet, "a", "+", synsets(wordnet, "n"), "n"):
        if common[noun] and noun != adjective and noun.endswith(("ness", "ity", "th", "cy", "ce", "dom", "ism", "y")):
            yield adjective, noun


def _adverb_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "adverb", "adjective"
    pairs = list(_linked(wordnet, "r", "\\", synsets(wordnet, "a"), "a"))
    once: dict[str, str] = {}
    for adverb, adjective in pairs:
        once.setdefault(adjective, adverb)
    yield from (pair for pair in pairs if once[pair[1]] == pair[0])


def _kind_rows(wordnet: Path) -> Iterator[tuple[str, ...]]:
    yield "noun", "kind"
    sets, senses = synsets(wordnet, "n"), first_senses(wordnet, "n")
    rows = []
    for noun in usual(wordnet, "n"):
        ups = [pointer for pointer in sets[senses[noun]].pointers if pointer.sign == "@"] if noun in senses else []
        kind = sets[ups[0].offset].words[0].replace("_", " ") if ups else ""
        if kind and kind not in _WIDE and noun not in kind.split():
            rows.append((noun, kind))
    yield from rows[:_KINDS]


def _linked(wordnet: Path, part: str, sign: str, others: dict[str, Synset], other: str) -> Iterator[tuple[str, str]]:
    """Pairs of plain words whose first sense is linked by the sign, the most frequent first."""
    sets, senses = synsets(wordnet, part), first_senses(wordnet, part)
    for word in usual(wordnet, part):
        synset = sets[senses[word]] if word in senses else Synset((), ())
        places = {i for i, name in enumerate(synset.words, 1) if name.lower() == word}
        for pointer in synset.pointers:
            if pointer.sign == sign and pointer.part == other and pointer.source in places:
                found = others[pointer.offset].words[pointer.target - 1]
                if found.isalpha() and found.islower():
                    yield word, found
                    break


TABLES = tuple(
    (
        f"{name}@1",
        rows,
        notice(f"{name}@1", "WordNet 3.0", "WordNet 3.0 licence, with the notice below", wordnet_text()),
    )
    for name, rows in (
        ("antonyms", _antonym_rows),
        ("qualities", _quality_rows),
        ("adverbs", _adverb_rows),
        ("kinds", _kind_rows),
    )
)
