"""Trains the offline judge's last step on the descriptions written freely: `python -m judges.calibration.train`.

Least squares towards the quality of each text under the constraints of `judges.description.last_step`, by
`scipy.optimize.lsq_linear`, which is deterministic. Ranking is not trained for, so AUC says something of its own.
"""

from hashlib import sha256

import numpy as np
from scipy.optimize import lsq_linear

from judges.calibration.free import TRAINING, Graded, grade_written, training
from judges.description import ClaimsJudge
from judges.description.last_step import PATH, POWERS, Features, LastStep, features_of

ALONE = 0.5  # the most that behaviour can earn where no claim is right
LEAST, MOST = 0.25, 0.5  # what is false always costs, and at most so much: readers err
EXACTLY = 1e3  # how firmly the first weights sum to 1


def train() -> LastStep:
    """The weights that follow from the shipped descriptions."""
    graded = grade_written(ClaimsJudge(), training())
    seen = [_features(each) for each in graded]
    powers = len(POWERS)
    table = [[*f.rising, *(-x for x in f.falling)] for f in seen]
    table.append([EXACTLY * (n < powers) for n in range(len(table[0]))])
    wanted = [*(each.written.quality for each in graded), EXACTLY]
    lowest = [*[0.0] * (powers + 1), LEAST, LEAST]
    highest = [*[1.0] * powers, ALONE, MOST, MOST]
    found = lsq_linear(np.array(table), np.array(wanted), bounds=(lowest, highest)).x
    found[:powers] /= found[:powers].sum()
    weights = [max(0.0, round(float(weight), 4)) for weight in found]
    return LastStep(
        data=", ".join(f"{path.name} {sha256(path.read_bytes()).hexdigest()}" for path in TRAINING),
        texts=len(graded),
        rising=tuple(weights[: powers + 1]),
        falling=tuple(weights[powers + 1 :]),
    )


def _features(each: Graded) -> Features:
    claims = each.grade.true_claims
    contradicted = sum(v.verdict == "contradicted" for v in claims) / len(claims) if claims else 0.0
    return features_of(each.grade.f1, each.grade.behaviour, contradicted)


if __name__ == "__main__":
    PATH.write_text(train().model_dump_json(indent=1) + "\n")
