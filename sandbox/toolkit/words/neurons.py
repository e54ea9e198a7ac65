"""What a synthetic neuron may be: concepts it responds to, and dents where it responds less; and how well that fits."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .nouns import Lexicon
from .spelling import Spelling

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Dent:
    """A part of the words on which the response is only `residual` of what it is elsewhere: a synset, or a spelling."""

    where: int | Spelling
    residual: float = 0.0


@dataclass(frozen=True)
class Scale:
    """How responses are graded: for a word's senses by rank, and `slope` times closeness outside of a concept."""

    weights: tuple[float, ...] = (1.0, 0.8, 0.6)
    slope: float = 0.5


@dataclass(frozen=True)
class Neuron:
    """Responds to any of its concepts (synsets)."""

    concepts: tuple[int, ...]
    dents: tuple[Dent, ...] = ()
    scale: Scale = Scale()

    @property
    def form(self) -> str:
        """Names it the same whenever it is found again."""
        return f"{self.concepts} {tuple(dent.where for dent in self.dents)}"

    def responses(self, words: Lexicon) -> FloatArray:
        """The response to each word, in 0..1."""
        of_senses = np.max([graded(words.closeness(c), self.scale) for c in self.concepts], axis=0)
        for dent in self.dents:
            if isinstance(dent.where, int) and (places := words.under.get(dent.where)) is not None:
                of_senses[places] *= dent.residual
        out = words.best(of_senses * np.array(self.scale.weights)[words.rank])
        for dent in self.dents:
            if isinstance(dent.where, Spelling):
                out[words.written(dent.where)] *= dent.residual
        return out

    def with_scale(self, scale: Scale) -> "Neuron":
        """The same, graded otherwise."""
        return replace(self, scale=scale)


def graded(closeness: FloatArray, scale: Scale) -> FloatArray:
    """Responses to senses by their closeness: 1 inside; outside in tenths, for little likeness is none."""
    near = np.floor(10 * scale.slope * closeness + 1e-9) / 10
    return np.where(closeness == 1, 1.0, near)
