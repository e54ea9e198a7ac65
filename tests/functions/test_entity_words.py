"""How words are read: case, hyphens, plurals, phrases, several senses, unknown words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.data import canonical
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import vocabulary


@given(st.text())
def test_canonical_words_stay_as_they_are(word: str) -> None:
    """Making a word canonical twice is making it canonical once."""
    assert canonical(canonical(word)) == canonical(word)


@pytest.mark.parametrize(
    ("written", "lemma"),
    [
        ("dog", "dog"),
        ("DOGS", "dog"),
        ("Wolves", "wolf"),
        ("geese", "goose"),
        ("cities", "city"),
        ("churches", "church"),
        ("women", "woman"),
        ("x-ray", "x ray"),
        ("Sports_Car", "sports car"),
        ("  sports   cars ", "sports car"),
        ("a very old dog", "dog"),
        ("rusty sports cars", "sports car"),
        ("glasses", "glasses"),
        ("klidorta", ""),
        ("", ""),
    ],
)
def test_words_are_read_as_declared(written: str, lemma: str) -> None:
    """Whatever a word is read as, its senses are those of that lemma; unknown words have none."""
    assert taxonomy().lemma(written) == lemma
    assert taxonomy().senses(written) == taxonomy().lemma_senses(lemma)


@given(st.text())
def test_any_text_can_be_read(word: str) -> None:
    """No text raises; what is read is a lemma of the taxonomy or nothing."""
    lemma = taxonomy().lemma(word)
    assert bool(lemma) == bool(taxonomy().lemma_senses(lemma))


def test_senses_come_with_the_most_usual_first() -> None:
    """A dog is an animal before it is a person, and a hot dog only then."""
    tree = taxonomy()
    animal, person = tree.senses("animal")[0], tree.senses("person")[0]
    first, second, *_ = tree.senses("dog")
    assert animal in tree.ancestors(first)
    assert person in tree.ancestors(second)


def test_parents_come_before_children_and_sizes_count_kinds() -> None:
    """There is one root, numbers grow downwards, and the size of a synset is the number of its kinds."""
    tree = taxonomy()
    assert [synset for synset in range(2000) if not tree.parents(synset)] == [0]
    assert all(up < synset for synset in range(0, len(tree), 97) for up in tree.parents(synset))
    for word in ("dog", "vehicle", "fruit", "emotion"):
        synset = tree.senses(word)[0]
        assert tree.size(synset) == len(tree.kinds(synset))
        assert all(synset in tree.ancestors(kind) for kind in tree.kinds(synset))
    assert tree.size(0) == len(tree)


def test_the_vocabulary_starts_with_the_most_frequent_words() -> None:
    """Frequencies fall, every word is a lemma, and there are enough of them to probe with."""
    counts = list(vocabulary().values())
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] >= 1
    assert len(counts) > 10_000
    assert all(taxonomy().lemma(word) == word for word in list(vocabulary())[::50])
