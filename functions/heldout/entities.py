"""Held-out neurons: each responds to any of three concepts that have nothing to do with one another."""

from typing import Annotated

from pydantic import Field

from functions.brief import Noise, NoiseKind, Record
from functions.entity.concepts import concepts, named, overlap, parts
from functions.entity.neuron import Bias, Neuron
from functions.entity.spec import EntitySpec
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import nameable
from functions.numeric.draws import Draws

VERSION = 1  # of everything that decides which neurons are drawn
CONCEPTS = 3
_UNRELATED = 0.02  # two of the concepts share at most this part of their words
_NOISES = (0.05, 0.1)

Chance = Annotated[float, Field(ge=0, le=1)]


class Recipe(Record):
    """What to draw: unions of three, some with a bias on a part of the first concept, some noisy."""

    biased: Chance = 0.3
    noisy: Chance = 0.3


def generate(seed: int, index: int, recipe: Recipe, take: int = 0) -> EntitySpec:
    """The union number `index` of that seed; `take` gives others in its place."""
    draws = Draws(f"heldout entity {VERSION} {seed} {index} {take}")
    chosen: list[str] = []
    while len(chosen) < CONCEPTS:
        word = draws.choose(concepts())
        if all(_unrelated(word, other) for other in chosen):
            chosen.append(word)
    groups = parts(chosen[0])
    bias = Bias(subgroup=named(draws.choose(groups))) if draws.chance(recipe.biased) and groups else None
    noisy = draws.chance(recipe.noisy)
    noise = Noise(kind=NoiseKind.UNIFORM, scale=draws.choose(_NOISES)) if noisy else Noise()
    return EntitySpec(neuron=Neuron(concepts=tuple(map(named, chosen)), bias=bias), noise=noise)


def _unrelated(word: str, other: str) -> bool:
    one, two = nameable()[word], nameable()[other]
    ups = taxonomy().ancestors
    return one not in ups(two) and two not in ups(one) and overlap(one, two) <= _UNRELATED
