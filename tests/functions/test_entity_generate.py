"""The generator of neurons: pinned, proportioned as asked, and without neurons that are not worth asking about."""

import hashlib

from functions.entity import TIERS, Concept, EntitySpec, Neuron, Recipe, generate
from functions.entity.concepts import concepts, overlap, physical_concepts
from functions.entity.inputs import concept_words, subgroup
from functions.entity.vocabulary import nameable

PINNED = "64921a416f47b614b69079ce394e0cf6467954efa6ff42a0f5120eaa72d31e11"


def drawn(tier: Recipe, count: int = 200) -> list[EntitySpec]:
    """The first neurons of a seed."""
    return [generate(3, index, tier) for index in range(count)]


def test_generation_is_pinned() -> None:
    """The same neurons on every machine and version of Python; whoever changes them says so with a new version."""
    told = "".join(generate(7, index, tier).sha256 for tier in TIERS for index in range(40))
    assert hashlib.sha256(told.encode()).hexdigest() == PINNED


def test_no_neuron_is_drawn_twice() -> None:
    """Within a run of the pool and beyond it."""
    for recipe in TIERS.values():
        specs = [spec.neuron for spec in drawn(recipe, 500)]
        behaviours = {(frozenset(n.concepts), frozenset(n.without), n.bias) for n in specs}
        assert len(behaviours) == len(specs)


def test_kinds_come_in_the_shares_asked_for() -> None:
    """A single kind is drawn where all of it is asked for; chances are met on the whole."""
    assert all(len(spec.neuron.concepts) == 1 for spec in drawn(Recipe(), 90))
    assert sum(len(spec.neuron.concepts) == 2 for spec in drawn(Recipe(unions=1.0), 90)) == 90
    assert sum(bool(spec.neuron.without) for spec in drawn(Recipe(exclusions=1.0), 90)) >= 60
    biased = drawn(Recipe(biased=0.5, noisy=0.25, abstract=True), 190)
    assert 70 <= sum(spec.neuron.bias is not None for spec in biased) <= 120
    assert 30 <= sum(spec.noise.scale > 0 for spec in biased) <= 65


def test_unions_of_three_are_left_to_the_held_out_suite() -> None:
    """The generator never makes what the classical team's library may not contain."""
    for recipe in TIERS.values():
        assert all(len(spec.neuron.concepts) <= 2 for spec in drawn(recipe))


def test_concepts_are_neither_small_nor_large_nor_alike() -> None:
    """Each has between 25 and 700 words of the vocabulary, and no two share most of them."""
    pool = [nameable()[word] for word in concepts()]
    assert all(25 <= len(concept_words_of(word)) <= 700 for word in concepts())
    assert max(overlap(a, b) for i, a in enumerate(pool) for b in pool[:i]) <= 0.7
    assert set(physical_concepts()) < set(concepts())


def concept_words_of(word: str) -> frozenset[str]:
    """The words of a single concept."""
    return concept_words(Neuron(concepts=(Concept(word=word),)))


def test_subgroups_can_be_seen() -> None:
    """Whatever a neuron fails on is a fair share of its concept: at least six words, and never most of them."""
    for spec in drawn(TIERS["hard"]):
        if spec.neuron.bias or spec.neuron.without:
            group, whole = subgroup(spec.neuron), concept_words(spec.neuron)
            assert 6 <= len(group) <= 0.8 * len(whole), spec.describe()
