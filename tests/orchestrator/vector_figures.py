"""What came of audits of generated functions of two and three numbers, measured against the truth."""

from dataclasses import dataclass

import numpy as np

from functions.brief import Interpretation, NoiseKind
from functions.numeric.vector import VectorSpec
from functions.numeric.vector.space import filling
from functions.numeric.vector.spec import Box, inside_box
from judges.grade import Grade

RIGHT = 0.95  # of the undisturbed part: with less, the function was not understood
FOUND = 0.8  # of the irregular box found and the true one together, what they have in common


@dataclass(frozen=True)
class VectorRow:
    """One audit. What does not apply to a function is None."""

    score: float
    code: float
    description: float
    base: float  # agreement on the undisturbed part
    right: bool
    region: bool | None  # was the irregular box found?
    false_region: bool | None  # of an undisturbed function: was one claimed?
    noise_kind: bool | None  # of a noisy function: was the kind told?
    false_noise: bool | None  # of a function without noise: was noise claimed?
    unknown: bool | None  # of a function that was not understood: does the description say so?
    queries: int
    seconds: float


def vector_row(spec: VectorSpec, said: Interpretation, grade: Grade, queries: int, seconds: float) -> VectorRow:
    """One audit, measured."""
    assert grade.code is not None
    assert grade.description is not None
    noisy = spec.noise.kind is not NoiseKind.NONE
    claimed = said.noise.kind if said.noise else NoiseKind.NONE
    right = grade.code.base_agreement >= RIGHT
    return VectorRow(
        score=(grade.code.score + grade.description.headline) / 2,
        code=grade.code.score,
        description=grade.description.headline,
        base=grade.code.base_agreement,
        right=right,
        region=overlap(spec, said) >= FOUND if spec.irregular else None,
        false_region=None if spec.irregular else bool(said.regions),
        noise_kind=claimed is spec.noise.kind if noisy else None,
        false_noise=None if noisy else claimed is not NoiseKind.NONE,
        unknown=None if right else "unknown" in said.description,
        queries=queries,
        seconds=seconds,
    )


def overlap(spec: VectorSpec, said: Interpretation) -> float:
    """Intersection over union, within the domain, of the true irregular boxes and those handed in."""
    x = filling(*spec.bounds, 20_000)
    true, found = _inside(spec.irregular, x), _inside(tuple(r.box for r in said.regions if r.box), x)
    return float((true & found).sum() / max((true | found).sum(), 1))


def _inside(boxes: tuple[Box, ...], x: np.ndarray) -> np.ndarray:
    return np.any([np.zeros(len(x), dtype=bool), *(inside_box(box, x) for box in boxes)], axis=0)
