"""Draws synthetic neurons: the same from the same seed and index, on every machine.

Every run of as many neurons as there are concepts has each concept once as its leading one. None is drawn twice, until
after some dozens of runs the partners of a union come round again.
"""

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from functions.brief import Noise, NoiseKind, Record
from functions.data import Form
from functions.entity.concepts import concepts, forms, named, overlap, parts, physical_concepts
from functions.entity.neuron import Bias, Concept, Neuron
from functions.entity.spec import EntitySpec
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import nameable
from functions.numeric.draws import Draws

VERSION = 1  # of everything that decides which neurons are drawn

Tier = Literal["easy", "medium", "hard"]
Kind = Literal["single", "union", "without"]
Chance = Annotated[float, Field(ge=0, le=1)]

_RESIDUALS = (0.0, 0.0, 0.1, 0.2, 0.3)
_NOISES = (0.02, 0.05, 0.1)
_UNRELATED = 0.05  # two concepts of a union share at most this part of their words


class Recipe(Record):
    """What to draw. `unions` and `exclusions` are shares, what is left are single concepts; an exclusion has no bias.

    `abstract` draws from all concepts, not only from those that can be touched.
    """

    unions: Chance = 0.0
    exclusions: Chance = 0.0
    biased: Chance = 0.0
    noisy: Chance = 0.0
    abstract: bool = False


TIERS: dict[Tier, Recipe] = {
    "easy": Recipe(),
    "medium": Recipe(unions=0.25, exclusions=0.2, biased=0.25, noisy=0.2),
    "hard": Recipe(unions=0.4, exclusions=0.3, biased=0.8, noisy=0.4, abstract=True),
}


def generate(seed: int, index: int, tier: Tier | Recipe) -> EntitySpec:
    """The neuron number `index` of that seed. From the second run on, all are unions, each time with other partners."""
    recipe = tier if isinstance(tier, Recipe) else TIERS[tier]
    pool = concepts() if recipe.abstract else physical_concepts()
    turn, place = divmod(index, len(pool))
    key = f"entity {VERSION} {seed} {recipe.model_dump_json(exclude_defaults=True)}"
    order = _order(key, pool)
    draws = Draws(f"{key} {index}")
    kind = _kind(draws.fraction(), recipe) if turn == 0 else "union"
    biased, noisy = draws.chance(recipe.biased), draws.chance(recipe.noisy)
    noise = Noise(kind=NoiseKind.UNIFORM, scale=draws.choose(_NOISES)) if noisy else Noise()
    words = (order[place], _partner(order, place, turn)) if kind == "union" else (order[place],)
    if kind == "without" and parts(words[0]):
        return EntitySpec(neuron=Neuron(concepts=(named(words[0]),), without=_exclusions(words[0], draws)), noise=noise)
    bias = _bias(words, draws) if biased else None
    return EntitySpec(neuron=Neuron(concepts=tuple(map(named, words)), bias=bias), noise=noise)


@lru_cache(maxsize=8)
def _order(key: str, pool: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(Draws(f"{key} order").shuffled(pool))


def _kind(fraction: float, recipe: Recipe) -> Kind:
    if fraction < recipe.unions:
        return "union"
    return "without" if fraction < recipe.unions + recipe.exclusions else "single"


def _partner(order: tuple[str, ...], place: int, turn: int) -> str:
    """A concept that has little to do with the one at `place`, another one each turn.

    It comes from the half of the circle that lies ahead, so that of any two concepts only one ever takes the other.
    """
    ahead = (order[(place + step) % len(order)] for step in range(1, (len(order) + 1) // 2))
    own = nameable()[order[place]]
    choices = [word for word in ahead if _unrelated(own, nameable()[word])]
    return choices[turn % len(choices)]


def _unrelated(one: int, other: int) -> bool:
    ups = taxonomy().ancestors
    return one not in ups(other) and other not in ups(one) and overlap(one, other) <= _UNRELATED


def _exclusions(lead: str, draws: Draws) -> tuple[Concept, ...]:
    """One part of the concept, or two that have little in common and are less than the whole."""
    first, *others = draws.shuffled(parts(lead))
    second = next((word for word in others if _unrelated(nameable()[first], nameable()[word])), None)
    return (named(first), named(second)) if second and draws.chance(0.4) else (named(first),)


def _bias(words: tuple[str, ...], draws: Draws) -> Bias | None:
    """A part of one of the concepts, or a form that the words of all of them often have."""
    of = draws.choose(words)
    by_form = [form for form in forms(of) if all(form in forms(word) for word in words)]
    choices: list[tuple[Concept | Form, ...]] = [tuple(map(named, parts(of))), tuple(by_form)]
    filled = [groups for groups in choices if groups]
    return Bias(subgroup=draws.choose(draws.choose(filled)), residual=draws.choose(_RESIDUALS)) if filled else None
