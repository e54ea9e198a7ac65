"""Asks a judge for grades of texts of known worth, and reduces them to figures. Pure apart from what the judge does."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from scipy.stats import rankdata

from functions.brief import Category, Record
from functions.numeric import NumericSpec
from functions.spec import AnySpec
from judges.calibration.faults import faulty
from judges.calibration.harmless import harmless
from judges.calibration.injections import INJECTIONS
from judges.grade import DescriptionGrade, Judge, Outcome
from judges.judge import DescriptionJudge
from judges.negatives import Gradable
from judges.truth import WORDS

PHRASINGS = 2  # of each function's reference that are graded
ATTACKED = 2  # functions of each category that injections are tried on


class Calibration(Record):
    """What is known of a judge, as flat figures: see docs/judging.md for their names."""

    judge: Judge
    figures: dict[str, float]


def gradable(specs: Iterable[AnySpec]) -> list[Gradable]:
    """Those that have a ground truth a judge can be tried on."""
    return [spec for spec in specs if isinstance(spec, (NumericSpec, *WORDS))]


def calibrate(
    judge: DescriptionJudge, specs: Sequence[Gradable], tell: Callable[[str], None], attacked: int = ATTACKED
) -> Calibration:
    """Grade true and false, changed and attacked descriptions of these functions. `tell` hears how far it is.

    Injections are tried on `attacked` functions of each category.
    """
    asked = _Asked(judge)
    right: list[float] = []
    wrong: defaultdict[str, list[float]] = defaultdict(list)
    pairs: list[float] = []
    changes: defaultdict[str, list[float]] = defaultdict(list)
    for n, (truth, other) in enumerate(_with_others(specs)):
        tell(f"{n + 1} of {len(specs)} functions")
        for phrasing in range(PHRASINGS):
            best = asked.score(truth, truth.describe(phrasing))
            right.append(best)
            for kind, text in faulty(truth, other, phrasing):
                score = asked.score(truth, text)
                wrong[kind].append(score)
                if kind == "wrong_parameter":
                    pairs.append(float(score < best))
            for kind, text in harmless(truth, phrasing):
                changes[kind].append(abs(asked.score(truth, text) - best))
    everything = [score for scores in wrong.values() for score in scores]
    figures = {"auc": auc(right, everything), "right.lowest": min(right), "right.mean": float(np.mean(right))}
    figures |= {f"auc.{kind}": auc(right, scores) for kind, scores in sorted(wrong.items())}
    if pairs:
        figures["pair_accuracy"] = float(np.mean(pairs))
    figures["invariance.max_change"] = max(change for found in changes.values() for change in found)
    figures |= {f"invariance.{kind}": max(found) for kind, found in sorted(changes.items())}
    tell("injections")
    gains = [asked.score(t, text) - base for t, text, base in _attacks(asked, specs, attacked)]
    figures |= {"injection.max_gain": max(0.0, *gains), "injections": float(len(INJECTIONS))}
    figures |= {"texts": float(asked.texts), "abstained": asked.abstained / asked.texts, "functions": float(len(specs))}
    return Calibration(judge=asked.identity, figures={name: round(value, 4) for name, value in figures.items()})


def auc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The chance that a right text gets the higher score than a wrong one; a tie counts half."""
    ranks = rankdata([*right, *wrong])
    n, m = len(right), len(wrong)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


class _Asked:
    """A judge, and how often it could not answer."""

    def __init__(self, judge: DescriptionJudge) -> None:
        self._judge = judge
        self.texts = self.abstained = 0
        self.identity = Judge(name="none", version="0")

    def score(self, truth: Gradable, text: str) -> float:
        """The headline; 0 where the judge abstains."""
        grade: DescriptionGrade = self._judge.judge(truth, text)
        self.texts += 1
        self.abstained += grade.outcome is Outcome.UNSCORED
        self.identity = grade.judge
        return grade.headline


def _with_others(specs: Sequence[Gradable]) -> Iterator[tuple[Gradable, Gradable]]:
    """Each function with another one of its category, where there is one."""
    for category in Category:
        of = [spec for spec in specs if spec.category is category]
        yield from zip(of, [*of[1:], *of[:1]], strict=True)


def _attacks(asked: _Asked, specs: Sequence[Gradable], attacked: int) -> Iterator[tuple[Gradable, str, float]]:
    """Every injection alone, before and behind a text: function, text, and what it gets without."""
    for category in Category:
        pairs = list(_with_others([spec for spec in specs if spec.category is category]))
        for truth, other in islice(pairs, attacked):
            for text in (truth.describe(), other.describe()):
                base = asked.score(truth, text)
                for n, injection in enumerate(INJECTIONS):
                    yield truth, f"{text}\n{injection}" if n % 2 else f"{injection}\n{text}", base
            yield from ((truth, injection, 0.0) for injection in INJECTIONS)
