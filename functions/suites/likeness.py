"""Do two functions behave so much alike that one of them is superfluous? Judged by what they answer, never by how they
are written."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from functions.arrays import FloatArray
from functions.entity import EntitySpec
from functions.entity.inputs import concept_words, subgroup
from functions.heldout.relations import ChainSpec
from functions.heldout.relations import answers as chain_answers
from functions.numeric import NumericSpec, quality
from functions.numeric.vector import VectorSpec
from functions.numeric.vector.quality import fingerprint
from functions.relation import RelationSpec
from functions.spec import AnySpec
from functions.string import StringSpec, probes

_SHARED = 0.95  # of the facts about two functions: with more, they are alike


class Behaviour(NamedTuple):
    """What a function does. Only functions that share one of their keys can be alike.

    A numeric function is a curve on fixed points of its domain. Any other is a set of facts: inputs with their outputs,
    or the words that a neuron responds to.
    """

    keys: tuple[Hashable, ...]
    curve: FloatArray | None = None
    facts: frozenset[Hashable] = frozenset()

    def like(self, other: "Behaviour") -> bool:
        """Do both nearly always answer the same?"""
        if self.curve is not None and other.curve is not None:
            return quality.alike(self.curve, other.curve)
        return len(self.facts & other.facts) > _SHARED * max(len(self.facts), len(other.facts))


def behaviour(spec: AnySpec) -> Behaviour:
    """What it does: on a grid, on natural texts, on common words, or on all that it knows."""
    match spec:
        case NumericSpec():
            return Behaviour((spec.domain,), curve=quality.fingerprint(spec))
        case VectorSpec():
            return Behaviour((spec.domains,), curve=fingerprint(spec))
        case StringSpec():
            outputs = spec.evaluate(probes())
            return Behaviour(_blocks(outputs), facts=frozenset(zip(probes(), outputs, strict=True)))
        case EntitySpec():
            return Behaviour(("words",), facts=concept_words(spec.neuron) - subgroup(spec.neuron))
        case RelationSpec(lookup=lookup):
            return Behaviour(((lookup.table.name, lookup.source),), facts=frozenset(lookup.answers().items()))
        case ChainSpec(chain=(first, _) as chain):
            return Behaviour(((first.table.name, first.source),), facts=frozenset(chain_answers(chain).items()))


def _blocks(outputs: Sequence[str | None]) -> tuple[Hashable, ...]:
    """The outputs in blocks, more of them than outputs that may differ between functions that are alike: so these have
    at least one block in common, and most others have none."""
    number = int((1 - _SHARED) * len(outputs)) + 1
    return tuple((i, hash(tuple(outputs[i::number]))) for i in range(number))


class Seen:
    """The functions that there are already."""

    def __init__(self) -> None:
        self._by_key: dict[Hashable, list[Behaviour]] = {}

    def is_new(self, spec: AnySpec) -> bool:
        """Is there none like it yet? If so, it is remembered."""
        mine = behaviour(spec)
        if any(mine.like(other) for key in mine.keys for other in self._by_key.get(key, ())):
            return False
        for key in mine.keys:
            self._by_key.setdefault(key, []).append(mine)
        return True
