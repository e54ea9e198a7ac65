"""Words to judge a neuron with, in strata, and words to show for a start. No word is ever in both.

From the neuron's identity follows a pool of words for each stratum; the secret only fixes which of them are asked. So
reference code can hold them all, and whoever does not know the identity knows none.

- `inside`: of the concepts, outside the subgroup
- `near`: not of the concepts, but answered in part or of the narrowest category around them
- `outside`: known words that get the least response
- `subgroup`: what a bias or an exclusion is about
- `rare`: words that do not occur in SemCor, half of them of the concepts
- `forms`: plurals, capitals and phrases of words inside and near
- `unknown`: made-up words
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from functions.data import Form, canonical
from functions.data.words import made_up, mixed
from functions.entity.neuron import Concept, Neuron
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import members, vocabulary

POOL = 120  # words in the pool of one stratum, at most
_NEIGHBOURS = 20  # words of that category, at least
SHOWN = 10  # words of each kind that are kept for exemplars, at most
_ADJECTIVES = ("new", "small", "famous", "ordinary")


class Pool(NamedTuple):
    """What may be shown (most and least responsive words), and what may be asked by stratum."""

    most: tuple[str, ...]
    least: tuple[str, ...]
    strata: dict[str, tuple[str, ...]]


def hidden_words(neuron: Neuron, identity: str, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
    """About `count` words, spread evenly over the strata that the neuron has; fewer where a stratum is small."""
    strata = pool(neuron, identity).strata
    each = max(1, count // len(strata))
    return {name: tuple(sorted(islice(mixed(words, secret), each))) for name, words in strata.items()}


@lru_cache(maxsize=64)
def pool(neuron: Neuron, identity: str) -> Pool:
    """The words of a neuron whose spec has this sha256."""
    key = bytes.fromhex(identity)
    group = subgroup(neuron)
    inside = list(mixed(concept_words(neuron) - group, key))
    around = _near(neuron)
    near = list(mixed(around, key))
    outside = list(
        islice((w for w in mixed(vocabulary(), key) if w not in around and not neuron.response(w)), SHOWN + POOL)
    )
    shown = min(SHOWN, len(inside) // 3)
    strata = {
        "inside": inside[shown:][:POOL],
        "near": near[:POOL],
        "outside": outside[SHOWN:],
        "subgroup": list(islice(mixed(group, key), POOL)),
        "rare": list(_rare(neuron, key)),
        "forms": list(_forms(inside[shown:][: POOL // 2] + near[: POOL // 4])),
        "unknown": list(islice(_unknown(key), POOL // 4)),
    }
    return Pool(
        tuple(inside[:shown]), tuple(outside[:SHOWN]), {name: tuple(words) for name, words in strata.items() if words}
    )


def exemplar_words(neuron: Neuron, identity: str, count: int) -> tuple[str, ...]:
    """Half of them among the most and half among the least responsive; never in the pool of hidden words."""
    words = pool(neuron, identity)
    most = sorted(words.most, key=lambda word: -neuron.response(word))
    return (*most[: (count + 1) // 2], *words.least[: count // 2])


def concept_words(neuron: Neuron) -> frozenset[str]:
    """Words of the vocabulary that are of one of the concepts."""
    return frozenset().union(*(members()[concept.synset] for concept in neuron.concepts))


def subgroup(neuron: Neuron) -> frozenset[str]:
    """Those of them that the exclusion or the bias is about."""
    found = set().union(*(members()[concept.synset] for concept in neuron.without))
    if neuron.bias:
        chosen = neuron.bias.subgroup
        if isinstance(chosen, Form):
            found |= {word for word in concept_words(neuron) if chosen.holds(word)}
        else:
            found |= members()[chosen.synset]
    return concept_words(neuron) & found


def _near(neuron: Neuron) -> frozenset[str]:
    """Words that are answered in part, and those of the narrowest categories that hold enough others."""
    tree, own = taxonomy(), concept_words(neuron)
    found: set[str] = set()
    for concept in neuron.concepts:
        for up in sorted(tree.ancestors(concept.synset), key=tree.size):
            others = members()[up] - own
            found |= others
            if len(others) >= _NEIGHBOURS:
                break
        found |= {word for up in concept.grades() for word in members()[up] - own if neuron.response(word)}
    return frozenset(found)


def _rare(neuron: Neuron, key: bytes) -> Iterator[str]:
    """Words without a frequency, half of them in the concepts as far as there are any."""
    tree = taxonomy()
    kinds = set().union(*(tree.kinds(concept.synset) for concept in neuron.concepts))
    labels = (canonical(tree.label(synset)) for synset in sorted(kinds))
    yield from islice(mixed({word for word in labels if word not in vocabulary()}, key), POOL // 2)
    steps = (int.from_bytes(hashlib.blake2b(b"rare %d" % i, key=key, digest_size=8).digest()) for i in range(POOL * 8))
    others = dict.fromkeys(canonical(tree.label(step % len(tree))) for step in steps if step % len(tree) not in kinds)
    yield from islice((word for word in others if word not in vocabulary()), POOL // 2)


def _forms(words: list[str]) -> Iterator[str]:
    tree = taxonomy()
    for i, word in enumerate(words):
        match i % 3:
            case 0 if tree.lemma(_plural(word)) == word:
                yield _plural(word)
            case 1 if not tree.lemma_senses(f"{_ADJECTIVES[i % 4]} {word}") and " " not in word:
                yield f"{_ADJECTIVES[i % 4]} {word}"
            case _:
                yield word.upper()


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


def _unknown(key: bytes) -> Iterator[str]:
    return (word for word in mixed(made_up(), key) if not taxonomy().lemma(word))


__all__ = ["Concept", "Pool", "concept_words", "exemplar_words", "hidden_words", "pool", "subgroup"]
