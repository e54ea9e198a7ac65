"""The code judge for strings, neurons and relations, with candidates that are Python callables."""

from collections.abc import Callable

import pytest

from functions.suites import load_suite
from judges.code import judge_code, judge_word_answers
from judges.code.words import credit, strata
from judges.grade import CodeGrade, Outcome
from judges.truth import WORDS, WordTruth
from sandbox.client import Answer, SandboxFailure
from tests.judges.fakes import FakeRunner

SPECS: list[WordTruth] = [
    member.spec
    for category in ("string", "entity", "relation")
    for member in load_suite("dev@1").members
    if member.category == category and isinstance(member.spec, WORDS) and int(member.id) % 10 == 3
]


def _graded(spec: WordTruth, answer: Callable[[str], object]) -> CodeGrade:
    def given(x: str) -> Answer:
        value = answer(x)
        return Answer(value=value if isinstance(value, str | float) else None)

    return judge_word_answers(spec, lambda inputs: tuple(map(given, inputs)), 100)


def _code(spec: WordTruth) -> Callable[[str], object]:
    namespace: dict[str, Callable[[str], object]] = {}
    exec(spec.reference_code(), namespace)  # type: ignore[arg-type]  # noqa: S102 the project's own code
    return namespace["function"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: f"{s.category}-{s.sha256[:4]}")
def test_reference_code_scores_one_and_trivial_answers_next_to_nothing(spec: WordTruth) -> None:
    """Reference code is right at every hidden input; nothing trivial, nor another function's code, beats a tenth."""
    grade = _graded(spec, _code(spec))
    assert (grade.outcome, grade.score, grade.agreement, grade.base_agreement) == (Outcome.GRADED, 1.0, 1.0, 1.0)
    (other,) = spec.hard_negatives(1)
    alien = next(s for s in SPECS if s.category == spec.category and s.sha256 != spec.sha256)
    trivial = [lambda x: x, lambda _: None, lambda _: 0.5, lambda _: "banana", _code(alien)]
    assert [_graded(spec, answer).score <= 0.1 for answer in trivial] == [True] * len(trivial)
    assert _graded(spec, _code(other)).score < 0.99


def test_hidden_inputs_follow_from_the_spec_alone_and_avoid_exemplars() -> None:
    """The same for every team, different between functions, never what was shown."""
    for spec in SPECS:
        hidden = {x for part in strata(spec) for x in part.inputs}
        assert hidden == {x for part in strata(spec) for x in part.inputs}
        assert not hidden & {str(e.input) for e in spec.exemplars(12)}
        assert len(hidden) > 150


def test_measures_beside_the_headline_are_those_of_the_category() -> None:
    """Edit similarity of texts, rank correlation and AUROC of responses, exactness in and out of a relation."""
    expected = {
        "string": {"exact", "edit_similarity", "perfect"},
        "entity": {"spearman", "brier", "auroc"},
        "relation": {"inside", "undefined"},
    }
    for spec in SPECS:
        measured = {m.name: m.value for m in _graded(spec, _code(spec)).measures}
        assert expected[spec.category] <= set(measured)
        assert measured.pop("brier", 0.0) == 0.0
        assert set(measured.values()) == {1.0}


def test_an_answer_of_the_wrong_type_is_an_error() -> None:
    """A number is no text and a text no response; both are listed."""
    text, neuron = SPECS[0], next(s for s in SPECS if s.category == "entity")
    assert _graded(text, lambda _: 5.0).errors == ("the code returned a number",)
    assert _graded(neuron, lambda _: "5").errors == ("the code returned a text",)
    assert _graded(neuron, lambda _: "5").score == 0.0


def test_texts_are_equal_up_to_canonical_equivalence() -> None:
    """An accent may be composed or not; case, spaces and type count; a response is graded by its distance."""
    assert credit("\u00e9", "e\u0301") == 1.0
    assert [credit("Ab", "ab"), credit("a", "a "), credit("5", 5.0), credit(None, ""), credit(None, None)] == [
        0.0,
        0.0,
        0.0,
        0.0,
        1.0,
    ]
    assert [credit(1.0, 0.5), credit(0.0, 40.0), credit(0.2, None)] == [0.75, 0.0, 0.0]


def test_code_for_words_is_run_by_the_runner_and_its_failure_is_no_score() -> None:
    """The same shell as for numbers: empty code is never run, and infrastructure propagates."""
    assert judge_code(SPECS[0], "", FakeRunner(lambda x: x)).score == 0.0
    with pytest.raises(SandboxFailure):
        judge_code(SPECS[0], "def function(x): ...", FakeRunner(lambda x: x, fails=True))
