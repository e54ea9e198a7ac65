"""How functions behave on natural texts: what tells whether two are different, and whether one does anything at all."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from operator import ne

from functions.string.catalogue import operation_named
from functions.string.meaning import LIMIT
from functions.string.steps import Body, Step, output
from functions.string.texts import probes

_ALIKE = 0.05  # the share of texts on which functions differ at least, if they are not alike

Outputs = tuple[str | None, ...]


def outputs(body: Body, inputs: Sequence[str]) -> Outputs:
    """What the function answers to each input."""
    return tuple(output(body, x) for x in inputs)


class Chains:
    """What some of the steps, in a row, make of each input; no step is taken twice on the same texts."""

    def __init__(self, steps: Sequence[Step], inputs: Sequence[str]) -> None:
        self._steps = steps
        self._made: dict[tuple[int, ...], tuple[str, ...]] = {(): tuple(inputs)}

    def outputs(self, places: tuple[int, ...]) -> Outputs:
        """What the steps in these places answer to each input."""
        return tuple(x if len(x) <= LIMIT else None for x in self._texts(places))

    def _texts(self, places: tuple[int, ...]) -> tuple[str, ...]:
        if places not in self._made:
            last = self._steps[places[-1]]
            self._made[places] = tuple(map(last.apply, self._texts(places[:-1])))
        return self._made[places]


def difference(a: Sequence[str | None], b: Sequence[str | None]) -> float:
    """The share of places where two rows of outputs differ; 0 for empty rows."""
    differing: int = sum(map(ne, a, b))
    return differing / max(len(a), 1)


def alike(a: Sequence[str | None], b: Sequence[str | None]) -> bool:
    """Are two rows of outputs on natural texts so much the same that one of the functions is superfluous?"""
    return difference(a, b) < _ALIKE


def dominance(row: Outputs) -> float:
    """The share of the most frequent output: what a constant answer gets right."""
    return max(Counter(row).values()) / len(row)


@cache
def single_operations(names: tuple[str, ...]) -> frozenset[Outputs]:
    """The outputs on all probes of each of these operations under every choice of its parameters."""
    return frozenset(
        outputs(Body((Step(operation=entry.name, parameters=parameters),)), probes())
        for entry in (operation_named(name) for name in names)
        for parameters in entry.variants()
    )
