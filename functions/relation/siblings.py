"""Relations much like a given one that answer otherwise: distractors that only a good reading tells apart.

Each differs in one thing: without the exception, with another one, or another rule of the same domain.
"""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from functions.numeric.draws import Draws
from functions.relation.catalogue import rules
from functions.relation.departures import departures
from functions.relation.rule import Lookup


def siblings(lookup: Lookup, key: str) -> tuple[Lookup, ...]:
    """All kinds in turn. `key` fixes the choice."""
    draws = Draws(f"siblings of {key}")
    kinds = (_plain(lookup), _other_departures(lookup, draws), _other_rules(lookup, draws))
    found = (sibling for sibling in chain.from_iterable(zip_longest(*kinds)) if sibling)
    return tuple(sibling for sibling in found if sibling.answers() != lookup.answers())


def _plain(lookup: Lookup) -> Iterator[Lookup]:
    if lookup.departure:
        yield lookup.model_copy(update={"departure": None})


def _other_departures(lookup: Lookup, draws: Draws) -> Iterator[Lookup]:
    others = draws.shuffled(departures(lookup.model_copy(update={"departure": None})))
    yield from (lookup.model_copy(update={"departure": other}) for other in islice(others, 8))


def _other_rules(lookup: Lookup, draws: Draws) -> Iterator[Lookup]:
    for rule in draws.shuffled(list(rules().values())):
        same_domain = (rule.table, rule.source) == (lookup.table.name, lookup.source)
        clashes = lookup.departure and lookup.departure.answer == "column" and lookup.departure.text == rule.target
        if same_domain and rule.target != lookup.target and not clashes:
            yield lookup.model_copy(update={"target": rule.target})
