"""How much of a function a trivial answer gets right: the same output always, or the input itself."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from functions.arrays import FloatArray
from functions.data import canonical
from functions.entity import EntitySpec
from functions.heldout.relations import ChainSpec
from functions.heldout.relations import answers as chain_answers
from functions.numeric import NumericSpec, quality
from functions.numeric.vector import VectorSpec
from functions.numeric.vector import quality as vector_quality
from functions.relation import RelationSpec
from functions.spec import AnySpec
from functions.string import StringSpec, probes

TRIVIAL = 0.5  # with more than this, a function is marked
_CLOSE = 0.05  # of a numeric function's spread
_NEAR = 0.1  # of a neuron's response
_SECRET = b"trivial answers"


def trivial_share(spec: AnySpec) -> float:
    """The share of inputs, between 0 and 1, for which the best trivial answer is right.

    Numbers count as right within 5 % of the usual range, responses of a neuron within 0.1. Inputs are points that
    fill the domain, natural texts, words that excite a neuron and others alike, and the words that a relation knows.
    """
    match spec:
        case NumericSpec():
            x = quality.grid(spec.domain.low or 0.0, spec.domain.high or 0.0)
            return _of_curve(x[:, None], spec.evaluate(x), quality.spread_of(spec))
        case VectorSpec():
            x = vector_quality.points(spec)
            return _of_curve(x, spec.evaluate(x), vector_quality.spread_of(spec))
        case StringSpec():
            return _of_texts(dict(zip(probes(), spec.evaluate(probes()), strict=True)))
        case EntitySpec():
            return _of_responses(spec)
        case RelationSpec(lookup=lookup):
            return _of_texts({word: answer and canonical(answer) for word, answer in lookup.answers().items()})
        case ChainSpec(chain=chain):
            return _of_texts({word: canonical(answer) for word, answer in chain_answers(chain).items()})


def _of_curve(x: FloatArray, y: FloatArray, spread: float) -> float:
    """`x` has a column for each number of an input."""
    margin = _CLOSE * spread
    copied = np.count_nonzero(np.abs(y[:, None] - x) <= margin, axis=0).max()
    undefined = np.count_nonzero(np.isnan(y))
    known = np.sort(y[np.isfinite(y)])
    close = np.searchsorted(known, known + margin, side="right") - np.searchsorted(known, known - margin, side="left")
    return max(int(copied), int(undefined), int(close.max(initial=0))) / int(y.size)


def _of_texts(answers: Mapping[str, str | None]) -> float:
    same = sum(answer == text for text, answer in answers.items())
    return max(same, *Counter(answers.values()).values()) / len(answers)


def _of_responses(spec: EntitySpec) -> float:
    """Words that excite a neuron count as much as those that do not, though there are far fewer of them."""
    words = [word for stratum in spec.hidden_inputs(_SECRET, 140).values() for word in stratum]
    y = np.array(spec.evaluate(words), dtype=np.float64)
    middle = (y.min() + y.max()) / 2
    low, high = y[y <= middle], y[y > middle]
    if not high.size:
        return 1.0
    return max(float(np.mean([_near(level, low), _near(level, high)])) for level in np.linspace(0, 1, 11))


def _near(level: float, responses: FloatArray) -> float:
    return float(np.mean(np.abs(responses - level) <= _NEAR))
