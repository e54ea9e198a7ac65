"""The library: every operation and condition runs on every text, is said in English, is handed in as it was tested."""

import inspect
import sys
from collections.abc import Callable

import pytest

from sandbox.toolkit.strings.code import code_of
from sandbox.toolkit.strings.conditions import conditions
from sandbox.toolkit.strings.explanation import Explanation
from sandbox.toolkit.strings.kind import Kind, Step, relation, run, steps_of
from sandbox.toolkit.strings.library import library
from sandbox.toolkit.strings.probes import SURVEY, pool, probes, variants
from sandbox.toolkit.strings.prose import say_step, statement

HELD_OUT = "rail_fence", "pig_latin", "sort_by_frequency", "interleave", "soundex", "check_digit", "luhn"


def as_function(code: str) -> Callable[[str], str | None]:
    """Candidate code, called with nothing around it."""
    names: dict[str, Callable[[str], str | None]] = {}
    exec(code, names)  # type: ignore[arg-type] # noqa: S102 - the toolkit's own code
    return names["function"]


def examples(kind: Kind) -> list[Step]:
    """A few steps of a kind: its choices, or what it infers from texts that it made itself."""
    steps = list(steps_of(kind))
    if not steps and kind.infer is not None:
        pairs = [("ab cab", "ab-cab"), ("banana", "b*n*n*"), ("abc", "cde"), ("abc", "abcabc"), ("abc", "abc-97")]
        steps = [Step(kind, p) for x, y in pairs for p in kind.infer(x, y)]
    return steps[:: max(1, len(steps) // 4)][:6]


@pytest.mark.parametrize("kind", library(), ids=lambda kind: kind.name)
def test_the_code_of_a_step_does_what_the_step_does(kind: Kind) -> None:
    """The source that is handed in, run alone, gives what was tested here, on every text of the survey."""
    for step in examples(kind):
        function = as_function(code_of(Explanation((step,))))
        for text in SURVEY:
            expected = run((step,), text)
            assert expected is None or function(text) == expected, (step, text)


def test_no_two_helpers_share_a_name() -> None:
    """The code of an operation and of a condition stand in one module: one may not take the other's helper away."""
    helpers: dict[str, set[str]] = {}
    parts = [*(kind.run for kind in library()), *(c.kind.holds for c in conditions())]
    for module in {sys.modules[part.__module__] for part in parts}:
        for name, helper in vars(module).items():
            if inspect.isfunction(helper) and helper.__module__.startswith("sandbox.toolkit.strings"):
                helpers.setdefault(name, set()).add(helper.__module__)
    assert {name: where for name, where in helpers.items() if len(where) > 1} == {}


@pytest.mark.parametrize("kind", library(), ids=lambda kind: kind.name)
def test_what_a_kind_needs_always_holds(kind: Kind) -> None:
    """The cheap look that rules kinds out never rules out what the kind itself has done."""
    for step in examples(kind):
        for text in SURVEY:
            out = run((step,), text)
            if out is not None and not step.scope and kind.needs:
                assert relation(text, out) & kind.needs, (step, text, out)


@pytest.mark.parametrize("kind", library(), ids=lambda kind: kind.name)
def test_every_step_can_be_said(kind: Kind) -> None:
    """No parameter is forgotten and no brace is left."""
    for step in examples(kind):
        said = say_step(step)
        assert said
        assert "{" not in said.replace("'{'", "")


def test_every_condition_has_an_opposite_that_is_its_opposite() -> None:
    """Of a condition and its denial exactly one holds, whatever the text; both read differently."""
    listed = conditions()
    for held, denied in zip(listed[::2], listed[1::2], strict=True):
        assert held.english != denied.english
        assert all(held(x) != denied(x) for x in SURVEY)


def test_the_code_of_a_condition_holds_where_the_condition_does() -> None:
    """Alone, without anything around it, a branch's code takes the same side as what was tested, and its opposite."""
    first = {c.kind: c for c in reversed(conditions())}
    drop = Step(next(kind for kind in library() if kind.name == "drop_first"))
    for condition in first.values():
        function = as_function(code_of(Explanation((), condition, (drop,))))
        for text in SURVEY:
            assert function(text) == (text[1:] if condition(text) else text), (condition.english, text)


def test_a_branch_is_handed_in_with_its_condition() -> None:
    """Code and sentence of a branch hold both programs and the condition, on the whole text and in words."""
    named = {kind.name: kind for kind in library()}
    spaced = next(c for c in conditions() if c.english == "contains one of the spaces")
    explanation = Explanation((Step(named["reverse"]),), spaced, (Step(named["rotate"], (1,), "last word"),))
    function = as_function(code_of(explanation))

    assert [function(x) for x in ("abc", "ab cde")] == ["cba", "ab dec"]
    assert "contains one of the spaces" in statement(explanation)


def test_held_out_families_are_not_in_the_library() -> None:
    """What the held-out suite is made of stays unknown to the scientist."""
    assert not [kind.name for kind in library() if any(name in kind.name for name in HELD_OUT)]


def test_no_single_operation_is_a_held_out_family() -> None:
    """Behaviour, not names: none interleaves halves, folds rails or moves a word's onset behind it with "ay"."""
    forbidden = {"abcdef": {"adbecf", "daebfc", "acebdf", "bdface"}, "string": {"ingstray"}, "aabcbba": {"bbbaaac"}}
    for kind in library():
        for step in steps_of(kind):
            for text, outputs in forbidden.items():
                assert run((step,), text) not in outputs, step


def test_the_survey_has_plain_properties_both_ways() -> None:
    """Each plain condition without parameters holds of two of the first texts at least, and fails of two."""
    for condition in conditions():
        if condition.kind.choices == ((),) and condition.kind.cost == 0:
            assert 2 <= sum(condition(x) for x in probes(34)) <= 32, condition.english


def test_pool_and_survey_hold_no_text_twice() -> None:
    """A text that is asked twice is a query lost."""
    assert len(set(pool())) == len(pool())
    assert len(set(SURVEY)) == len(SURVEY)


def test_variants_are_new_and_near() -> None:
    """Small edits of the texts given, none of which was asked."""
    found = variants(["level"], [("leve", "x")], 5)

    assert len(found) == 5
    assert "leve" not in found
    assert "evel" in found
