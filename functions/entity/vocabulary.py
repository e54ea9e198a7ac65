"""The words that concepts are probed with: nouns that occur in SemCor, with how often they do there."""

from functools import cache

from functions.entity.taxonomy import taxonomy

SENSES = 3  # a word's less usual senses are not considered


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
def usual_members() -> dict[int, tuple[str, ...]]:
    """For each synset the words whose most usual sense is a kind of it, the most frequent first: good examples."""
    tree = taxonomy()
    found: dict[int, list[str]] = {}
    for word in vocabulary():
        for synset in tree.ancestors(tree.lemma_senses(word)[0]):
            found.setdefault(synset, []).append(word)
    return {synset: tuple(words) for synset, words in found.items()}
