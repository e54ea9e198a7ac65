"""The ground truth of a string function."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from functions.brief import Brief, Category, Claim, Exemplar, Record
from functions.identity import sha256_of
from functions.string import code, hidden, prose
from functions.string.behaviour import outputs
from functions.string.claims import claims_of
from functions.string.siblings import siblings
from functions.string.steps import Body, Branch, Chain


class StringSpec(Record):
    """A function from text to text: up to three operations in a row, and a branch where others take their place.

    It is deterministic. What letters, words and lengths mean is declared in `functions.string.meaning`.
    """

    category: Literal[Category.STRING] = Category.STRING
    steps: Annotated[Chain, Field(min_length=1)]
    branch: Branch | None = None

    @property
    def sha256(self) -> str:
        """The identity of this function."""
        return sha256_of(self)

    @property
    def phrasings(self) -> int:
        """How many descriptions `describe` can give."""
        return prose.PHRASINGS

    def in_branch(self, x: str) -> bool:
        """Does x have the property that leads into the branch?"""
        return self.branch is not None and self.branch.when.holds(x)

    def evaluate(self, inputs: Sequence[str]) -> tuple[str | None, ...]:
        """The output for each input, None where undefined."""
        return outputs(self._body, inputs)

    def answer(
        self, inputs: Sequence[str], asked_before: Sequence[int] = (), secret: bytes = b""
    ) -> tuple[str | None, ...]:
        """What an oracle answers: the output. Repetition and secret change nothing, for there is no noise."""
        del asked_before, secret
        return self.evaluate(inputs)

    def describe(self, phrasing: int = 0) -> str:
        """What it does and where it does otherwise, in English."""
        return prose.describe(self.steps, self.branch, phrasing)

    def claims(self) -> tuple[Claim, ...]:
        """Atomic true statements, see `functions.string.claims`."""
        return claims_of(self.steps, self.branch)

    def reference_code(self) -> str:
        """Python that defines `function(x)`: the output, None where undefined. It imports nothing."""
        return code.reference_code(self.steps, self.branch)

    def brief(self, query_budget: int, exemplars: int = 0) -> Brief:
        """All that agents may know, with this many exemplars."""
        return Brief(
            category=self.category,
            input_type="text",
            query_budget=query_budget,
            exemplars=self.exemplars(exemplars),
        )

    def exemplars(self, count: int) -> tuple[Exemplar, ...]:
        """Natural inputs with their outputs, some of them from the branch. They are never among the hidden inputs."""
        inputs = hidden.exemplar_inputs(self, count)
        return tuple(Exemplar(input=x, output=y) for x, y in zip(inputs, self.evaluate(inputs), strict=True))

    def hidden_inputs(self, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
        """About `count` different inputs for judges, by stratum, see `functions.string.hidden`."""
        return hidden.hidden_inputs(self, secret, count)

    def hard_negatives(self, count: int) -> tuple[Self, ...]:
        """Up to `count` functions that are built much like this one and behave otherwise, see `siblings`."""
        found = siblings(self._body, self.sha256, count)
        return tuple(type(self)(steps=body.steps, branch=body.branch) for body in found)

    @property
    def _body(self) -> Body:
        return Body(self.steps, self.branch)
