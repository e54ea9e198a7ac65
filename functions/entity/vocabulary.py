"""The words that concepts are probed with: nouns that occur in SemCor, with how often they do there."""

from collections.abc import Iterator
from functools import cache

from functions.entity.taxonomy import taxonomy

SENSES = 3  # a word's less usual senses are not considered
_FREQUENT = 2  # occurrences
_CLEAR = 5  # meanings of a word that makes a good example, at most


@cache
def vocabulary() -> dict[str, int]:
    """About 12,000 nouns in dictionary form with their frequency (occurrences in SemCor), the most frequent first."""
    known = ((lemma, count) for lemma, count in taxonomy().lemmas() if count and not any(c.isdigit() for c in lemma))
    return dict(sorted(known, key=lambda entry: (-entry[1], entry[0])))


@cache
def members() -> dict[int, frozenset[str]]:
    """For each synset the words of the vocabulary that have, among the senses considered, one that is a kind of it."""
    tree = taxonomy()
    found: dict[int, set[str]] = {}
    for word in vocabulary():
        for synset in {up for sense in tree.lemma_senses(word)[:SENSES] for up in tree.ancestors(sense)}:
            found.setdefault(synset, set()).add(word)
    return {synset: frozenset(words) for synset, words in found.items()}


@cache
def nameable() -> dict[str, int]:
    """Words that can name a concept without being misread: frequent, and the concept is what they usually mean.

    Each with its synset, the most frequent words first. Proper names and what is called after them are left out.
    """
    tree = taxonomy()
    found: dict[int, str] = {}
    for word, count in vocabulary().items():
        synset = tree.lemma_senses(word)[0]
        if count >= _FREQUENT and tree.label(synset).islower():
            found.setdefault(synset, word)
    return {word: synset for synset, word in found.items()}


@cache
def usual_members() -> dict[int, tuple[str, ...]]:
    """For each synset the words whose most usual sense is a kind of it, the most frequent first."""
    tree = taxonomy()
    found: dict[int, list[str]] = {}
    for word in vocabulary():
        for synset in tree.ancestors(tree.lemma_senses(word)[0]):
            found.setdefault(synset, []).append(word)
    return {synset: tuple(words) for synset, words in found.items()}


def examples(synset: int) -> Iterator[str]:
    """Members that show what a concept means: those with few meanings first, then the frequent ones."""
    tree = taxonomy()
    words = [word for word in usual_members()[synset] if tree.label(tree.lemma_senses(word)[0]).islower()]
    yield from sorted(words, key=lambda word: len(tree.lemma_senses(word)) > _CLEAR)
