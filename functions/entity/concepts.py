"""Which concepts neurons are made of, and which parts and subgroups of them can be seen."""

from functools import cache, lru_cache

from functions.data import Form
from functions.entity.neuron import Concept
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import members, nameable, usual_members

_WORDS = (25, 700)  # of the vocabulary, in a concept
_USUALLY = 0.5  # of them, the share whose most usual sense it is
_ALIKE = 0.7  # concepts that share more of their words are one
_PART = (0.10, 0.50)  # of a concept's words, in a part of it
_FORM = (0.10, 0.40)  # of a concept's words, that have a form
_FEWEST = 6  # words in a part or subgroup


@cache
def concepts() -> tuple[str, ...]:
    """The words that name them; no two mean nearly the same. The most frequent first."""
    kept: dict[str, int] = {}
    for word, synset in nameable().items():
        size, usual = len(members()[synset]), len(usual_members()[synset])
        fits = _WORDS[0] <= size <= _WORDS[1] and usual >= _USUALLY * size
        if fits and all(overlap(synset, other) <= _ALIKE for other in kept.values()):
            kept[word] = synset
    return tuple(kept)


@cache
def physical_concepts() -> tuple[str, ...]:
    """Those that can be touched: things, materials, living beings."""
    root = taxonomy().lemma_senses("physical entity")[0]
    return tuple(word for word in concepts() if root in taxonomy().ancestors(nameable()[word]))


@lru_cache(maxsize=512)
def parts(word: str) -> tuple[str, ...]:
    """Concepts that are a visible part of a concept."""
    whole = nameable()[word]
    size = len(members()[whole])
    found = (
        part
        for part, synset in nameable().items()
        if whole in taxonomy().ancestors(synset) and _visible(len(members()[synset] & members()[whole]), size, _PART)
    )
    return tuple(part for part in found if part != word)


@lru_cache(maxsize=512)
def forms(word: str) -> tuple[Form, ...]:
    """Forms that a visible share of a concept's words have."""
    words = members()[nameable()[word]]
    lengths = sorted(map(len, words))
    found = (
        *(Form(kind="starts", text=letter) for letter in sorted({word[0] for word in words})),
        *(Form(kind="ends", text=letter) for letter in sorted({word[-1] for word in words})),
        *(Form(kind="longer", length=length) for length in sorted({lengths[len(words) * i // 10] for i in (7, 8)})),
    )
    return tuple(form for form in found if _visible(sum(map(form.holds, words)), len(words), _FORM))


@lru_cache(maxsize=512)
def relatives(word: str) -> tuple[str, ...]:
    """Concepts beside a concept, neither in it nor around it, the closest first."""
    tree, own = taxonomy(), nameable()[word]
    around = tree.ancestors(own)
    beside = [
        other
        for other in concepts()
        if nameable()[other] not in around and own not in tree.ancestors(nameable()[other])
    ]
    return tuple(sorted(beside, key=lambda other: (_distance(own, nameable()[other]), other)))


def overlap(one: int, other: int) -> float:
    """The share of words that two synsets have in common, of those that either has."""
    a, b = members()[one], members()[other]
    common = len(a & b)
    return common / (len(a) + len(b) - common)


def named(word: str) -> Concept:
    """The concept that a word usually means."""
    return Concept(word=word)


def _visible(count: int, size: int, share: tuple[float, float]) -> bool:
    return max(_FEWEST, share[0] * size) <= count <= share[1] * size


def _distance(one: int, other: int) -> int:
    """The size of the narrowest category that holds both."""
    tree = taxonomy()
    return min(tree.size(up) for up in tree.ancestors(one) & tree.ancestors(other))
