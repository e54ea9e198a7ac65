"""Neurons much like a given one that respond otherwise: distractors that only a good reading tells apart.

Each differs in one thing: without the bias or the exclusion, with another one, with a neighbouring concept in the
place of one of its own, with one concept less.
"""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from functions.entity.concepts import concepts, forms, parts, relatives
from functions.entity.neuron import Bias, Concept, Neuron
from functions.numeric.draws import Draws

_EACH = 8  # of a kind, at most


def siblings(neuron: Neuron, key: str, count: int) -> tuple[Neuron, ...]:
    """Up to `count` of them, of all kinds in turn. `key` fixes the choice."""
    draws = Draws(f"siblings of {key}")
    kinds = (_left_out(neuron), _neighbours(neuron), _other_bias(neuron, draws))
    found = (sibling for sibling in chain.from_iterable(zip_longest(*kinds)) if sibling and sibling != neuron)
    return tuple(islice(dict.fromkeys(found), count))


def _left_out(neuron: Neuron) -> Iterator[Neuron]:
    if neuron.bias:
        yield neuron.model_copy(update={"bias": None})
    if neuron.without:
        yield neuron.model_copy(update={"without": ()})
    if len(neuron.concepts) > 1:
        for gone in neuron.concepts:
            rest = tuple(concept for concept in neuron.concepts if concept != gone)
            yield _without_orphans(neuron, rest)


def _neighbours(neuron: Neuron) -> Iterator[Neuron]:
    for i, concept in enumerate(neuron.concepts):
        if concept.word in concepts():
            for word in relatives(concept.word)[:_EACH]:
                changed = (*neuron.concepts[:i], Concept(word=word), *neuron.concepts[i + 1 :])
                if len(set(changed)) == len(changed):
                    yield _without_orphans(neuron, changed)


def _other_bias(neuron: Neuron, draws: Draws) -> Iterator[Neuron]:
    first = neuron.concepts[0].word
    if first in concepts() and not neuron.without:
        groups = (*map(_concept, parts(first)), *forms(first))
        yield from (
            neuron.model_copy(update={"bias": Bias(subgroup=group)}) for group in draws.shuffled(groups)[:_EACH]
        )


def _concept(word: str) -> Concept:
    return Concept(word=word)


def _without_orphans(neuron: Neuron, changed: tuple[Concept, ...]) -> Neuron:
    """The neuron with other concepts; exclusions and concept subgroups that were about the old ones are gone."""
    bias = neuron.bias if neuron.bias and not isinstance(neuron.bias.subgroup, Concept) else None
    return Neuron(concepts=changed, bias=bias)
