"""Draws synthetic neurons: the same from the same seed and index, on every machine.

Every run of as many neurons as there are concepts has each concept once as its leading one, and none twice.
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
    """The neuron number `index` of that seed. From the second run on, plain single concepts give way to unions."""
    recipe = tier if isinstance(tier, Recipe) else TIERS[tier]
    pool = concepts() if recipe.abstract else physical_concepts()
    turn, place = divmod(index, len(pool))
    order = _order(seed, turn, pool)
    draws = Draws(f"entity {VERSION} {seed} {index}")
    kind = _kind(draws.fraction(), recipe) if turn == 0 else "union"
    biased, noisy = draws.chance(recipe.biased), draws.chance(recipe.noisy)
    noise = Noise(kind=NoiseKind.UNIFORM, scale=draws.choose(_NOISES)) if noisy else Noise()
    neuron = _neuron(order[place], kind, biased, order[place + 1 :], draws)
    return EntitySpec(neuron=neuron, noise=noise)


@lru_cache(maxsize=8)
def _order(seed: int, turn: int, pool: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(Draws(f"entities {VERSION} {seed} {turn}").shuffled(pool))


def _kind(fraction: float, recipe: Recipe) -> Kind:
    if fraction < recipe.unions:
        return "union"
    return "without" if fraction < recipe.unions + recipe.exclusions else "single"


def _neuron(lead: str, kind: Kind, biased: bool, later: tuple[str, ...], draws: Draws) -> Neuron:
    """Partners come from later in the order, so that no two neurons of a run are the same union."""
    if kind == "without" and parts(lead):
        return Neuron(concepts=(named(lead),), without=_exclusions(lead, draws))
    both = (lead, *_partner(lead, later, draws)) if kind == "union" else (lead,)
    bias = _bias(both, draws) if biased else None
    return Neuron(concepts=tuple(map(named, both)), bias=bias)


def _partner(lead: str, later: tuple[str, ...], draws: Draws) -> tuple[str, ...]:
    """A concept from later in the order that has little to do with the leading one; none at the order's end."""
    own = nameable()[lead]
    choices = [word for word in later if _unrelated(own, nameable()[word])]
    return (draws.choose(choices),) if choices else ()


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
