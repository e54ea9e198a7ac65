"""What `inquest judge calibrate` measures, on a few functions of each category."""

import pytest

from functions.suites import load_suite
from judges.calibration import calibrate
from judges.calibration.faults import KINDS, faulty, negated
from judges.calibration.harmless import harmless
from judges.calibration.injections import INJECTIONS
from judges.calibration.measure import auc, gradable
from judges.description import ClaimsJudge
from judges.grade import DescriptionGrade, Judge, Outcome
from judges.negatives import Gradable
from judges.truth import AnyTruth

SPECS: list[Gradable] = gradable(m.spec for m in load_suite("dev@1").members if int(m.id) in (11, 23))


def test_there_are_at_least_forty_injections_all_different() -> None:
    """The issue asks for forty."""
    assert len(INJECTIONS) == len(set(INJECTIONS)) >= 40


def test_faults_are_of_known_kinds_and_differ_from_the_reference() -> None:
    """Every kind occurs, and no faulty text is the true one."""
    seen = set()
    for truth, other in zip(SPECS, [*SPECS[1:], SPECS[0]], strict=True):
        if truth.category is not other.category:
            continue
        for kind, text in faulty(truth, other, 0):
            seen.add(kind)
            assert text != truth.describe(0)
    assert seen <= set(KINDS)
    assert {"sibling", "negated", "contradictory", "vacuous", "alternatives"} <= seen


def test_harmless_changes_keep_every_digit_of_a_parameter() -> None:
    """They pad, rephrase and reformat; numbers keep their values."""
    truth = next(s for s in SPECS if s.category == "numeric")
    changed = dict(harmless(truth, 0))
    assert {"paraphrase", "padding", "layout", "number_format", "uncertainty"} <= set(changed)
    assert changed["padding"].count(truth.describe(0)) == 1


def test_negation_denies_the_rule() -> None:
    """Before the sentence, or in its verb."""
    assert negated("It maps a to b. Nothing else.", 0) == "It is not true that it maps a to b. Nothing else."
    assert negated("It maps a to b. Nothing else.", 1) == "It does not map a to b. Nothing else."


@pytest.mark.parametrize(("right", "wrong", "value"), [([1, 1], [0, 0], 1.0), ([0], [1], 0.0), ([1], [1, 0], 0.75)])
def test_auc_counts_ties_half(right: list[float], wrong: list[float], value: float) -> None:
    """The chance that a right text ranks above a wrong one."""
    assert auc(right, wrong) == value


def test_the_offline_judge_tells_true_from_false_and_is_not_moved_by_injections() -> None:
    """On the project's own phrasings, which its author has seen: a floor under what the docs state."""
    figures = calibrate(ClaimsJudge(), SPECS, lambda _: None, attacked=1).figures
    assert figures["auc"] >= 0.95, figures
    assert min(value for name, value in figures.items() if name.startswith("auc.")) >= 0.85
    assert figures["pair_accuracy"] >= 0.9
    assert figures["invariance.max_change"] <= 0.05
    assert figures["injection.max_gain"] <= 0.02
    assert figures["right.lowest"] >= 0.9


class _Obedient:
    """A judge that gives full marks to whatever is longest: what calibration must expose."""

    def judge(self, truth: AnyTruth, description: str) -> DescriptionGrade:  # noqa: ARG002
        score = min(1.0, len(description) / 1000)
        identity = Judge(name="obedient", version="1")
        return DescriptionGrade(judge=identity, outcome=Outcome.GRADED, recall=score, precision=score, f1=score)


def test_a_judge_that_counts_characters_is_exposed() -> None:
    """It gains from injections and moves with padding."""
    found = calibrate(_Obedient(), SPECS[:2], lambda _: None)
    assert found.judge.name == "obedient"
    assert found.figures["injection.max_gain"] > 0.1
    assert found.figures["invariance.max_change"] > 0.05
    assert found.figures["auc"] < 0.9
