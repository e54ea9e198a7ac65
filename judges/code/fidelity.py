"""How faithful code is to a function whose truth nobody knows: agreement with fresh answers of its oracle.

It says how well the code imitates what was answered, not how well anybody understood it; so it is no grade. Functions
of numbers and of texts can be asked afresh anywhere; which words are worth asking a function of words, only those who
know it could say, so words are asked at the inputs that were published with it.
"""

import math
from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from functions.brief import Category, Record
from functions.numeric.draws import Draws
from functions.spec import Value
from functions.string.texts import natural
from functions.target import PUBLISHED_DOMAIN, ImportedCode
from judges.code.inputs import uniforms
from judges.grade import Fidelity
from sandbox.client import Answer

LABEL = "fidelity@1"
COUNT = 60
LEAST = 10  # inputs: fewer say nothing
NEAR = 0.02  # of the middle 90 % of the answers: numbers that agree


class Answered(Record):
    """An input with what its oracle answered (None: undefined)."""

    input: Value
    output: Value | None


def fresh_inputs(target: ImportedCode, asked: Sequence[object]) -> tuple[Value, ...]:
    """Up to `COUNT` inputs that the team did not ask; none where fewer than `LEAST` are to be had."""
    known = set(asked)
    if target.category is Category.NUMERIC:
        secret = sha256(f"{LABEL}/{target.sha256}".encode()).digest()
        low, high = PUBLISHED_DOMAIN.low or 0.0, PUBLISHED_DOMAIN.high or 0.0
        cells = (np.arange(COUNT) + uniforms(secret, COUNT)) / COUNT
        found: list[Value] = [round(float(low + (high - low) * u), 3) for u in cells]
    elif target.category is Category.STRING:
        draws = Draws(f"{LABEL} {target.sha256}")
        found = list(dict.fromkeys(natural(draws) for _ in range(2 * COUNT)))
    else:
        found = [vector.input for vector in target.vectors if isinstance(vector.input, str)]
    fresh = tuple(x for x in found if x not in known)[:COUNT]
    return fresh if len(fresh) >= LEAST else ()


def fidelity(expected: Sequence[Answered], answers: Sequence[Answer]) -> Fidelity:
    """The share of inputs at which the code gives what the oracle answered: texts exactly, numbers within 2 % of the
    range of the middle 90 % of the answers. Where the code raises it is wrong."""
    numbers = [float(e.output) for e in expected if isinstance(e.output, float)]
    apart = NEAR * float(np.subtract(*np.quantile(numbers, [0.95, 0.05]))) if numbers else 0.0
    right = [not a.error and _agree(e.output, a.value, apart) for e, a in zip(expected, answers, strict=True)]
    return Fidelity(agreement=sum(right) / len(right), inputs=len(right))


def _agree(expected: Value | None, answer: Value | None, apart: float) -> bool:
    if isinstance(expected, float) and isinstance(answer, float):
        return abs(expected - answer) <= max(apart, 1e-9 * abs(expected)) and math.isfinite(answer)
    return expected == answer
