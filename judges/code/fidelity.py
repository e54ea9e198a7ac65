"""How faithful code is to a function whose truth nobody knows: agreement with fresh answers of its oracle.

It says how well the code imitates what was answered, not how well anybody understood it; so it is no grade. Functions
of numbers and of texts can be asked afresh anywhere; which words are worth asking a function of words, only those who
know it could say, so code from elsewhere is asked at the inputs that were published with it. A neuron's concepts are
known by name: half of its words are what a dictionary counts to them, the other half are any.
"""

import math
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain, zip_longest

import numpy as np

from functions.brief import Category, Record
from functions.data.words import canonical, mixed
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import members, vocabulary
from functions.numeric.draws import Draws
from functions.spec import Value
from functions.string.texts import natural
from functions.target import PUBLISHED_DOMAIN, ImportedCode, ModelNeuron
from judges.code.inputs import uniforms
from judges.grade import Fidelity
from sandbox.client import Answer

LABEL = "fidelity@1"
COUNT = 60
LEAST = 10  # inputs: fewer say nothing
NEAR = 0.02  # of the middle 90 % of the answers: numbers that agree
NEAR_RESPONSE = 0.1  # responses of a neuron that agree


class Answered(Record):
    """An input with what its oracle answered (None: undefined)."""

    input: Value
    output: Value | None


def fresh_inputs(target: ImportedCode | ModelNeuron, asked: Sequence[object]) -> tuple[Value, ...]:
    """Up to `COUNT` inputs that the team did not ask; none where fewer than `LEAST` are to be had."""
    known = set(asked)
    if isinstance(target, ModelNeuron):
        known = {canonical(word) for word in asked if isinstance(word, str)}
        found: list[Value] = list(dict.fromkeys(_words(target)))
    elif target.category is Category.NUMERIC:
        secret = sha256(f"{LABEL}/{target.sha256}".encode()).digest()
        low, high = PUBLISHED_DOMAIN.low or 0.0, PUBLISHED_DOMAIN.high or 0.0
        cells = (np.arange(COUNT) + uniforms(secret, COUNT)) / COUNT
        found = [round(float(low + (high - low) * u), 3) for u in cells]
    elif target.category is Category.STRING:
        draws = Draws(f"{LABEL} {target.sha256}")
        found = list(dict.fromkeys(natural(draws) for _ in range(2 * COUNT)))
    else:
        found = [vector.input for vector in target.vectors if isinstance(vector.input, str)]
    fresh = tuple(x for x in found if x not in known)[:COUNT]
    return fresh if len(fresh) >= LEAST else ()


def fidelity(expected: Sequence[Answered], answers: Sequence[Answer], apart: float | None = None) -> Fidelity:
    """The share of inputs at which the code gives what the oracle answered, beside that of the best constant.

    Texts agree exactly, numbers where they are no more than `apart`; else within 2 % of the range of the middle 90 %
    of the answers. Where the code raises it is wrong.
    """
    outputs = [e.output for e in expected]
    numbers = [y for y in outputs if isinstance(y, float)]
    if apart is None:
        apart = NEAR * float(np.subtract(*np.quantile(numbers, [0.95, 0.05]))) if numbers else 0.0
    right = [not a.error and _agree(y, a.value, apart) for y, a in zip(outputs, answers, strict=True)]
    constant = max(sum(_agree(y, always, apart) for y in outputs) for always in outputs)
    return Fidelity(agreement=sum(right) / len(right), constant=constant / len(right), inputs=len(right))


def _words(neuron: ModelNeuron) -> Iterator[str]:
    """By turns a word that WordNet counts to one of the concepts, where it knows them, and any of the vocabulary."""
    key = bytes.fromhex(neuron.sha256)
    known = [synset for concept in neuron.concepts for synset in taxonomy().senses(concept)[:1]]
    inside = frozenset[str]().union(*(members().get(synset, frozenset()) for synset in known))
    pairs = zip_longest(mixed(inside, key), mixed(vocabulary(), key))
    return (word for word in chain.from_iterable(pairs) if word is not None)


def _agree(expected: Value | None, answer: Value | None, apart: float) -> bool:
    if isinstance(expected, float) and isinstance(answer, float):
        return abs(expected - answer) <= max(apart, 1e-9 * abs(expected)) and math.isfinite(answer)
    return expected == answer
