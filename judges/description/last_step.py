"""From what was read to a grade: a small trained step, monotone by the signs of its weights.

    score = sum_k w_k f1^k + w_b b+ (1 - f1) - w_f b- f1 - w_c c f1, clamped to 0..1

with k in 1, 2, the balance of behaviour b split by its sign, and the share c of true claims that are contradicted.
All weights are at least 0 and the first two sum to 1: so nothing read is 0, everything right is 1, true behaviour never
costs and contradictions never pay. `python -m judges.calibration.train` trains it, and writes `last_step.json`.
"""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from functions.brief import Record

PATH = Path(__file__).with_name("last_step.json")
POWERS = (1.0, 2.0)

Weight = Annotated[float, Field(ge=0)]


class Features(Record):
    """What the step sees of a reading."""

    rising: tuple[float, ...]  # powers of f1, then true behaviour of what claims leave open
    falling: tuple[float, ...]  # false behaviour and contradicted claims, of what claims earn


class LastStep(Record):
    """The trained weights, with what they were trained on."""

    data: str  # its file and SHA-256
    texts: int
    rising: tuple[Weight, ...]
    falling: tuple[Weight, ...]

    def score(self, features: Features) -> float:
        """0 to 1."""
        gain = sum(w * x for w, x in zip(self.rising, features.rising, strict=True))
        loss = sum(w * x for w, x in zip(self.falling, features.falling, strict=True))
        return min(1.0, max(0.0, gain - loss))


def features_of(f1: float, behaviour: float, contradicted: float) -> Features:
    """Of f1, the balance of behaviour (-1 to 1), and the share of true claims that are contradicted."""
    return Features(
        rising=(*(f1**power for power in POWERS), max(0.0, behaviour) * (1 - f1)),
        falling=(max(0.0, -behaviour) * f1, contradicted * f1),
    )


@cache
def last_step() -> LastStep:
    """The step that is shipped."""
    return LastStep.model_validate_json(PATH.read_bytes())
