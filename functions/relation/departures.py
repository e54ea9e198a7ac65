"""Every exception to a rule that can be seen: its class is neither rare nor most of the domain, and answers change."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from functions.data import Form, table
from functions.relation.catalogue import CONDITIONS, rules
from functions.relation.rule import Cell, Departure, Lookup

_SHARE = (0.08, 0.50)  # of the domain, in the class that departs
_FEWEST = 5  # words in it
_CHANGED = 0.9  # of the class, answered otherwise than by the rule
_FIXED = ("unknown", "error", "banana", "other")


@lru_cache(maxsize=128)
def departures(lookup: Lookup) -> tuple[Departure, ...]:
    """All of them, for a rule without one; each class of inputs with one fixed answer only."""
    rows, found = lookup.rows(), list[Departure]()
    for number, where in enumerate(_classes(lookup)):
        inside = lookup.class_of(where)
        if max(_SHARE[0] * len(rows), _FEWEST) <= len(inside) <= _SHARE[1] * len(rows):
            ways = (Departure(where=where, answer=a, text=t) for a, t in _answers(lookup, number))
            found += [way for way in ways if _changes(lookup, way, inside)]
    return tuple(found)


def _changes(lookup: Lookup, departure: Departure, inside: frozenset[str]) -> bool:
    rows = lookup.rows()
    new = (departure.answer_to(rows[word], lookup.source) for word in inside)
    changed = sum(answer != (rows[word][lookup.target] or None) for word, answer in zip(inside, new, strict=True))
    return changed >= _CHANGED * len(inside)


def _answers(lookup: Lookup, number: int) -> Iterator[tuple[str, str]]:
    yield "undefined", ""
    yield "echo", ""
    yield "fixed", _FIXED[number % len(_FIXED)]
    for rule in rules().values():
        if (rule.table, rule.source) == (lookup.table.name, lookup.source) and rule.target != lookup.target:
            yield "column", rule.target


def _classes(lookup: Lookup) -> Iterator[Cell | Form]:
    yield from _cells(lookup)
    yield from _forms(lookup)


def _cells(lookup: Lookup) -> Iterator[Cell]:
    rows = table(lookup.table.name).rows
    for name, column in CONDITIONS:
        if name == lookup.table.name and column not in (lookup.source, lookup.target):
            yield from (Cell(column=column, value=value) for value in Counter(row[column] for row in rows) if value)


def _forms(lookup: Lookup) -> Iterator[Form]:
    words = list(lookup.rows())
    for letter in sorted({word[:1] for word in words}):
        yield Form(kind="starts", text=letter)
    for letter in sorted({word[-1:] for word in words}):
        yield Form(kind="ends", text=letter)
    lengths = sorted(map(len, words))
    yield from (
        Form(kind="longer", length=length) for length in sorted({lengths[len(words) * i // 10] for i in (7, 8)})
    )
