"""The ground truth of a relation: word in, word out."""

from collections.abc import Sequence
from typing import Literal, Self

from functions.brief import Brief, Category, Claim, Exemplar, Record
from functions.identity import sha256_of
from functions.relation import code, prose
from functions.relation.claims import claims_of
from functions.relation.inputs import exemplar_words, hidden_words
from functions.relation.rule import Lookup
from functions.relation.siblings import siblings


class RelationSpec(Record):
    """A rule looked up in a table, named with the sha256 of its content; perhaps with an exception. Never noisy."""

    category: Literal[Category.RELATION] = Category.RELATION
    lookup: Lookup

    @property
    def sha256(self) -> str:
        """The identity of this function; it covers the content of the table."""
        return sha256_of(self)

    @property
    def phrasings(self) -> int:
        """How many descriptions `describe` can give."""
        return prose.PHRASINGS

    def evaluate(self, inputs: Sequence[str]) -> tuple[str | None, ...]:
        """The answer to each word, None where undefined."""
        self.lookup.table.check()
        return tuple(self.lookup.answer(word) for word in inputs)

    def answer(
        self, inputs: Sequence[str], asked_before: Sequence[int] = (), secret: bytes = b""
    ) -> tuple[str | None, ...]:
        """What an oracle answers. Repetition and secret change nothing, for there is no noise."""
        del asked_before, secret
        return self.evaluate(inputs)

    def describe(self, phrasing: int = 0) -> str:
        """What it gives for what, and where it departs from that, in English."""
        return prose.describe(self.lookup, phrasing)

    def claims(self) -> tuple[Claim, ...]:
        """Atomic true statements, see `functions.relation.claims`."""
        return claims_of(self.lookup)

    def reference_code(self) -> str:
        """Python that defines `function(word)`: the answer, None where undefined. It imports nothing."""
        return code.reference_code(self.lookup)

    def exemplars(self, count: int) -> tuple[Exemplar, ...]:
        """Up to `count` words with their answers, some of them undefined; never among hidden inputs."""
        words = exemplar_words(self.lookup, self.sha256, count)
        return tuple(Exemplar(input=x, output=y) for x, y in zip(words, self.evaluate(words), strict=True))

    def hidden_inputs(self, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
        """About `count` words to judge with, by stratum, see `functions.relation.inputs`."""
        return hidden_words(self.lookup, self.sha256, secret, count)

    def hard_negatives(self, count: int) -> tuple[Self, ...]:
        """Up to `count` relations of the same domain that answer otherwise, see `functions.relation.siblings`."""
        return tuple(type(self)(lookup=lookup) for lookup in siblings(self.lookup, self.sha256)[:count])

    def brief(self, query_budget: int, exemplars: int = 0) -> Brief:
        """All that agents may know, with this many exemplars."""
        return Brief(
            category=self.category,
            input_type="word",
            query_budget=query_budget,
            exemplars=self.exemplars(exemplars),
        )
