"""What is measured of answers beside the headline. Failures and wrong types come as None with `failed` set."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from math import isnan

import numpy as np
from scipy.stats import rankdata

from functions.spec import Value
from judges.truth import FloatArray
from sandbox.client import Answer

MAX_ERRORS, MAX_ERROR_TEXT = 10, 200
COMPARED = 200  # characters, from the front
RESPONDS = 0.5  # of the range of expected responses: a word above it is one that the neuron responds to

Outputs = Sequence[Value | None]


def most_frequent(answers: Sequence[Answer]) -> tuple[str, ...]:
    """What the code raised, the most frequent first, capped."""
    counted = Counter(answer.error[:MAX_ERROR_TEXT] for answer in answers if answer.error is not None)
    return tuple(text for text, _ in counted.most_common(MAX_ERRORS))


def of_texts(expected: Outputs, given: Outputs, failed: Sequence[bool]) -> dict[str, float]:
    """`exact`: share of inputs. `edit_similarity`: mean share of characters that match in order. `perfect`: 0 or 1."""
    right = [y == a and not f for y, a, f in zip(expected, given, failed, strict=True)]
    near = [0.0 if f else _similarity(y, a) for y, a, f in zip(expected, given, failed, strict=True)]
    return {"exact": float(np.mean(right)), "edit_similarity": float(np.mean(near)), "perfect": float(all(right))}


def of_relation(
    expected: Outputs, given: Outputs, failed: Sequence[bool], exceptional: Sequence[bool]
) -> dict[str, float]:
    """Exact match where the relation is defined, where it is not, and in its exception, where it has one."""
    right = np.array([y == a and not f for y, a, f in zip(expected, given, failed, strict=True)])
    defined, within = np.array([y is not None for y in expected]), np.array(exceptional)
    groups = {"inside": defined & ~within, "undefined": ~defined & ~within, "exceptions": within}
    return {name: float(np.mean(right[group])) for name, group in groups.items() if group.any()}


def of_responses(expected: Outputs, given: Outputs) -> dict[str, float]:
    """`spearman`, `brier` (mean squared error), `auroc` of telling words that it responds to from the others.

    An answer that is no number counts as one that is as wrong as can be for `brier`, and as 0 for ranks.
    """
    y, a = _numbers(expected), _numbers(given)
    squared = np.where(np.isnan(a), 1.0, np.minimum(1.0, (y - a) ** 2))
    responds = y > y.min() + RESPONDS * np.ptp(y)
    ranks = rankdata(np.nan_to_num(a))
    return {
        "spearman": _correlation(rankdata(y), ranks),
        "brier": float(np.mean(squared)),
        "auroc": _auroc(ranks, responds),
    }


def _auroc(ranks: FloatArray, positive: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    ones, zeros = int(positive.sum()), int((~positive).sum())
    if not ones or not zeros:
        return 0.5
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _correlation(a: FloatArray, b: FloatArray) -> float:
    if not np.ptp(a) or not np.ptp(b):
        return 0.0
    found = float(np.corrcoef(a, b)[0, 1])
    return 0.0 if isnan(found) else found


def _numbers(values: Outputs) -> FloatArray:
    return np.array([float(v) if isinstance(v, int | float) else np.nan for v in values])


def _similarity(expected: Value | None, given: Value | None) -> float:
    """2 m / (a + b), m characters of the longest matching blocks (Ratcliff and Obershelp 1988)."""
    if not isinstance(expected, str) or not isinstance(given, str):
        return float(expected == given)
    return SequenceMatcher(None, expected[:COMPARED], given[:COMPARED], autojunk=False).ratio()
