"""The published indicator for numeric functions: is the normalised mean squared error below 0.1?

From FIND (Schwettmann et al. 2023): NMSE < 0.1 on the half-integers from -127.5 to 127.5. It is shown beside our own
score so that results can be compared with published ones. Ours differs in one thing: the reference is the expected
output, not one noisy draw of it.
"""

from typing import Literal

import numpy as np

from judges.truth import FloatArray

POINTS: FloatArray = np.arange(-127.5, 128.0)  # 256 inputs
THRESHOLD = 0.1


def indicator(truth: FloatArray, answers: FloatArray) -> Literal[0, 1]:
    """1 if the mean squared error is below a tenth of the truth's variance.

    Inputs where the truth is undefined are left out; an answer that is undefined where the truth is not gives 0. A
    truth without variance asks for answers equal to it, within rounding. One that is undefined everywhere gives 0.
    """
    known = np.isfinite(truth)
    y, answer = truth[known], answers[known]
    if not y.size or not np.all(np.isfinite(answer)):
        return 0
    unit = float(np.max(np.abs(y))) or 1.0  # keeps squares of large outputs finite
    with np.errstate(over="ignore"):
        error = float(np.mean(((answer - y) / unit) ** 2))
    variance = float(np.var(y / unit))
    return 1 if error < max(THRESHOLD * variance, 1e-18) else 0
