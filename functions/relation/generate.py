"""Draws relations: the same from the same seed and index, on every machine, and none twice.

Every run of as many relations as there are rules has each rule once. A rule comes without an exception once; every
other time it has another exception, from all that can be seen (see `departures`).
"""

from collections import Counter
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Annotated, Literal

from pydantic import Field

from functions.brief import Record
from functions.data import Form, TableRef
from functions.errors import BadInput
from functions.numeric.draws import Draws
from functions.relation.catalogue import rules
from functions.relation.departures import departures
from functions.relation.rule import Cell, Departure, Lookup
from functions.relation.spec import RelationSpec

VERSION = 1  # of everything that decides which relations are drawn

Tier = Literal["easy", "medium", "hard"]


class Recipe(Record):
    """What to draw. Without names, all rules of the catalogue; a suite that shall outlive additions names its own.

    `exceptions` is the probability that a rule's first turn has an exception.
    """

    exceptions: Annotated[float, Field(ge=0, le=1)] = 0.0
    rules: tuple[str, ...] = ()


TIERS: dict[Tier, Recipe] = {
    "easy": Recipe(exceptions=0.0),
    "medium": Recipe(exceptions=0.4),
    "hard": Recipe(exceptions=1.0),
}


def generate(seed: int, index: int, tier: Tier | Recipe) -> RelationSpec:
    """The relation number `index` of that seed. Raises BadInput where a rule has no more exceptions to give."""
    recipe = tier if isinstance(tier, Recipe) else TIERS[tier]
    names = recipe.rules or tuple(rules())
    turn, place = divmod(index, len(names))
    name = _order(seed, turn, names)[place]
    lookup = _plain(name)
    departure = _departure(seed, turn, name, lookup, recipe.exceptions)
    return RelationSpec(lookup=lookup.model_copy(update={"departure": departure}))


@lru_cache(maxsize=8)
def _order(seed: int, turn: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(Draws(f"relations {VERSION} {seed} {turn}").shuffled(names))


@lru_cache(maxsize=128)
def _plain(name: str) -> Lookup:
    rule = rules()[name]
    return Lookup(table=TableRef.to(rule.table), source=rule.source, target=rule.target)


def _departure(seed: int, turn: int, name: str, lookup: Lookup, exceptions: float) -> Departure | None:
    """The exception of a rule's turn: the plain rule has the first turn or the last one that is left."""
    draws = Draws(f"relation {VERSION} {seed} {name}")
    plain_first = not draws.chance(exceptions)
    if turn == 0 and plain_first:
        return None
    choices = _choices(lookup, draws)
    wanted = turn - 1 if plain_first else turn
    if wanted < len(choices):
        return choices[wanted]
    if wanted == len(choices) and not plain_first:
        return None
    raise BadInput(f"the rule {name!r} has only {len(choices)} exceptions: ask for fewer relations")


def _choices(lookup: Lookup, draws: Draws) -> list[Departure]:
    """In an order in which every class of inputs comes once before any comes again.

    Classes of meaning and classes of spelling take turns, as long as there are both.
    """
    rounds: dict[tuple[int, bool], list[Departure]] = {}
    seen: Counter[Cell | Form] = Counter()
    for departure in draws.shuffled(departures(lookup)):
        where = departure.where
        rounds.setdefault((seen[where], isinstance(where, Form)), []).append(departure)
        seen[where] += 1
    turns = range(max(seen.values(), default=0))
    pairs = (zip_longest(rounds.get((turn, False), []), rounds.get((turn, True), [])) for turn in turns)
    return [departure for pair in chain.from_iterable(pairs) for departure in pair if departure]
