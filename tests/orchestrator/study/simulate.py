"""Studies whose truth is known: functions that are easy or hard, seeds inside functions, two arms on the same ones."""

import numpy as np

from functions.arrays import FloatArray
from orchestrator.study.results import SOLVED
from orchestrator.study.statistics import bootstrap, mcnemar_p, mean_interval, permutation_p, share_interval

STUDIES = 2_000
SEEDS = 3
EASY = 0.6  # part of the functions; their ability is Beta(9, 1), that of the others Beta(1, 2)
TRUE_MEAN = EASY * 9 / 10 + (1 - EASY) * 1 / 3


def studies(functions: int, label: int) -> np.random.Generator:
    return np.random.default_rng([functions, label])


def abilities(dice: np.random.Generator, functions: int, easy: FloatArray | None = None) -> FloatArray:
    """One for each function; where `easy` is given, a second arm draws anew within the same kinds of functions."""
    easy = dice.random(functions) < EASY if easy is None else easy
    return np.where(easy, dice.beta(9, 1, functions), dice.beta(1, 2, functions))


def scores(dice: np.random.Generator, ability: FloatArray) -> FloatArray:
    """The mean over seeds of scores that are half luck: unbiased for the ability."""
    luck = (dice.random((SEEDS, ability.size)) < ability).mean(axis=0)
    return 0.5 * luck + 0.5 * ability


def coverage_of_mean(functions: int) -> float:
    dice = studies(functions, 1)
    found = [mean_interval(scores(dice, abilities(dice, functions)).tolist()) for _ in range(STUDIES)]
    return float(np.mean([i.lo is not None and i.hi is not None and i.lo <= TRUE_MEAN <= i.hi for i in found]))


def coverage_of_share(functions: int, truth: float = 0.37) -> float:
    dice = studies(functions, 2)
    found = [share_interval(int(dice.binomial(functions, truth)), functions) for _ in range(10 * STUDIES)]
    return float(np.mean([i.lo is not None and i.hi is not None and i.lo <= truth <= i.hi for i in found]))


def coverage_of_difference(functions: int) -> float:
    """Two arms, the second worse by 0.1 of its ability on average."""
    dice, inside = studies(functions, 3), 0
    truth = -0.1 * TRUE_MEAN
    for _ in range(STUDIES):
        ability = abilities(dice, functions)
        d = scores(dice, 0.9 * ability) - scores(dice, ability)
        found = bootstrap(d)
        inside += found.lo is not None and found.hi is not None and found.lo <= truth <= found.hi
    return inside / STUDIES


def false_alarms(functions: int, test: str) -> float:
    """How often two arms that are equally good are said to differ, at 5 %."""
    dice, alarms = studies(functions, 4), 0
    for _ in range(STUDIES):
        easy = dice.random(functions) < EASY
        first, second = (scores(dice, abilities(dice, functions, easy)) for _ in range(2))
        if test == "permutation":
            alarms += permutation_p(first - second) < 0.05
        else:
            one, two = first >= 0.8 * SOLVED, second >= 0.8 * SOLVED
            alarms += mcnemar_p(int((one & ~two).sum()), int((two & ~one).sum())) < 0.05
    return alarms / STUDIES
