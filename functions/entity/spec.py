"""The ground truth of a synthetic neuron: word in, response between 0 and 1 out."""

import hashlib
from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from functions.brief import Brief, Category, Claim, Exemplar, Noise, NoiseKind, Record
from functions.data import TableRef, canonical
from functions.entity import code, prose
from functions.entity.claims import claims_of
from functions.entity.inputs import concept_words, exemplar_words, hidden_words, pool
from functions.entity.neuron import Neuron
from functions.entity.siblings import siblings
from functions.entity.taxonomy import TABLE
from functions.identity import sha256_of
from functions.noise import draw_noise

MAX_NOISE = 0.25


class EntitySpec(Record):
    """A neuron over a taxonomy, named with the sha256 of its content, and noise on its answers.

    Noise is uniform or absent: with a half-width of a, responses are squeezed between a and 1 - a, so that every
    answer is between 0 and 1 and their mean is the expected output.
    """

    category: Literal[Category.ENTITY] = Category.ENTITY
    neuron: Neuron
    noise: Noise = Noise()
    taxonomy: TableRef = Field(default_factory=lambda: TableRef.to(TABLE))

    @model_validator(mode="after")
    def _quiet(self) -> Self:
        if self.noise.kind not in (NoiseKind.NONE, NoiseKind.UNIFORM) or self.noise.scale > MAX_NOISE:
            raise ValueError(f"the noise of a neuron is uniform, with a scale of at most {MAX_NOISE}")
        if (self.noise.kind is NoiseKind.NONE) != (self.noise.scale == 0):
            raise ValueError("the scale of noise is 0 where its kind is none, and nowhere else")
        return self

    @property
    def sha256(self) -> str:
        """The identity of this function; it covers the content of the taxonomy."""
        return sha256_of(self)

    @property
    def phrasings(self) -> int:
        """How many descriptions `describe` can give."""
        return prose.PHRASINGS

    def evaluate(self, inputs: Sequence[str]) -> tuple[float | None, ...]:
        """The expected response to each word: always a number between 0 and 1."""
        self.taxonomy.check()
        return tuple(self._expected(word) for word in inputs)

    def answer(self, inputs: Sequence[str], asked_before: Sequence[int], secret: bytes) -> tuple[float | None, ...]:
        """What an oracle answers: the expected response plus a hash of (secret, word, how often it was asked)."""
        keys = np.array([_key(word) for word in inputs], dtype=np.float64)
        noise = draw_noise(self.noise, keys, np.array(asked_before, dtype=np.int64), secret).tolist()
        return tuple(None if y is None else y + n for y, n in zip(self.evaluate(inputs), noise, strict=True))

    def describe(self, phrasing: int = 0) -> str:
        """What it responds to, where it fails and how noisy it is, in English."""
        return prose.describe(self.neuron, self.noise, phrasing)

    def claims(self) -> tuple[Claim, ...]:
        """Atomic true statements, see `functions.entity.claims`."""
        return claims_of(self.neuron, self.noise)

    def reference_code(self) -> str:
        """Python that defines `function(word)`: right for the concept's common words and all that are ever judged."""
        words = concept_words(self.neuron).union(*pool(self.neuron, self.sha256).strata.values())
        return code.reference_code({word: self._expected(word) for word in words}, self._expected(""))

    def exemplars(self, count: int) -> tuple[Exemplar, ...]:
        """Words that it responds to most, then least, with the expected response; never among hidden inputs."""
        words = exemplar_words(self.neuron, self.sha256, count)
        return tuple(Exemplar(input=word, output=self._expected(word)) for word in words)

    def hidden_inputs(self, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
        """About `count` words to judge with, by stratum, see `functions.entity.inputs`."""
        return hidden_words(self.neuron, self.sha256, secret, count)

    def hard_negatives(self, count: int) -> tuple[Self, ...]:
        """Up to `count` neurons much like this one that respond otherwise, see `functions.entity.siblings`."""
        return tuple(self.model_copy(update={"neuron": neuron}) for neuron in siblings(self.neuron, self.sha256, count))

    def brief(self, query_budget: int, exemplars: int = 0) -> Brief:
        """All that agents may know, with this many exemplars."""
        return Brief(
            category=self.category,
            input_type="word",
            query_budget=query_budget,
            exemplars=self.exemplars(exemplars),
        )

    def _expected(self, word: str) -> float:
        rest = self.noise.scale
        return round(rest + (1 - 2 * rest) * self.neuron.response(word), 4)


def _key(word: str) -> float:
    """A number that stands for a word wherever noise is drawn: 53 bits of a hash of its canonical form."""
    digest = hashlib.blake2b(canonical(word).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return float(int.from_bytes(digest, "little") >> 11)
