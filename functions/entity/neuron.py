"""What a synthetic neuron responds to, and how strongly: graded by closeness to concepts of the taxonomy.

A sense of a word answers 1 where it is a kind of the concept. Elsewhere it answers less, the wider the narrowest
category is that it shares with the concept: 0.6 times the share of that category that the concept makes up, rounded
down to tenths. A word answers as the best of its three most usual senses, which weigh 1, 0.8 and 0.6. An unknown word
answers 0.
"""

from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from functions.brief import Record
from functions.data import Form, canonical
from functions.entity.taxonomy import taxonomy
from functions.errors import BadInput

NEAR = 6  # tenths: no word outside a concept is answered above it
WEIGHTS = (1.0, 0.8, 0.6)


class Concept(Record):
    """A meaning of a noun, as in a dictionary: `sense` 1 is the most usual one."""

    word: str
    sense: Annotated[int, Field(ge=1)] = 1

    @property
    def synset(self) -> int:
        """Its number in the taxonomy. Raises BadInput where the word has no such sense."""
        senses = taxonomy().lemma_senses(self.word)
        if len(senses) < self.sense:
            raise BadInput(f"the taxonomy has no sense {self.sense} of {self.word!r}")
        return senses[self.sense - 1]

    def grades(self) -> dict[int, float]:
        """The response to senses by the narrowest category that they share with the concept; left out where it is 0."""
        tree, own = taxonomy(), self.synset
        tenths = {up: NEAR * tree.size(own) // tree.size(up) for up in tree.ancestors(own)}
        return {up: grade / 10 for up, grade in tenths.items() if grade} | {own: 1.0}


class Bias(Record):
    """A subgroup of words on which the neuron fails: `residual` is what is left of each response, as a share.

    The subgroup is a concept (senses of that kind) or a form (words written in that way).
    """

    subgroup: Concept | Form
    residual: Annotated[float, Field(ge=0, lt=1)] = 0.0


class Neuron(Record):
    """Responds to any of the concepts, not to those it is `without`, and less to the subgroup of its bias."""

    concepts: Annotated[tuple[Concept, ...], Field(min_length=1, max_length=4)]
    without: Annotated[tuple[Concept, ...], Field(max_length=4)] = ()
    bias: Bias | None = None

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        named = (*self.concepts, *self.without)
        if len(set(named)) < len(named):
            raise ValueError("the concepts of a neuron are all different")
        return self

    def response(self, word: str) -> float:
        """Between 0 and 1, in hundredths."""
        return _wired(self).response(word)


class _Wired:
    """A neuron with its concepts looked up."""

    def __init__(self, neuron: Neuron) -> None:
        self._grades = [concept.grades() for concept in neuron.concepts]
        self._without = {concept.synset for concept in neuron.without}
        bias = neuron.bias
        self._residual = bias.residual if bias else 1.0
        self._form = bias.subgroup if bias and isinstance(bias.subgroup, Form) else None
        self._subgroup = bias.subgroup.synset if bias and isinstance(bias.subgroup, Concept) else None

    def response(self, word: str) -> float:
        senses = taxonomy().senses(word)
        best = max((w * self._sense(sense) for w, sense in zip(WEIGHTS, senses, strict=False)), default=0.0)
        return round(best * (self._residual if self._form and self._form.holds(canonical(word)) else 1.0), 2)

    def _sense(self, sense: int) -> float:
        ups = taxonomy().ancestors(sense)
        if not ups.isdisjoint(self._without):
            return 0.0
        grade = max((grades[up] for grades in self._grades for up in ups if up in grades), default=0.0)
        return grade * (self._residual if self._subgroup in ups else 1.0)


@lru_cache(maxsize=256)
def _wired(neuron: Neuron) -> _Wired:
    return _Wired(neuron)
