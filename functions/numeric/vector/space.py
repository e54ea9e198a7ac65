"""Points that fill a box evenly: a Kronecker sequence on the plastic number and its kin (Roberts 2018)."""

import numpy as np

from functions.arrays import FloatArray

_STEPS = {2: (0.7548776662466927, 0.5698402909980532), 3: (0.8191725133961645, 0.6710436067037893, 0.5497004779019703)}


def filling(low: FloatArray, high: FloatArray, count: int) -> FloatArray:
    """So many rows, (count, D), the first few of them spread over the whole box, too; `low` and `high` are (D,)."""
    steps = np.array(_STEPS[low.size])
    return np.asarray(low + (high - low) * ((0.5 + np.arange(1, count + 1)[:, None] * steps) % 1.0))
