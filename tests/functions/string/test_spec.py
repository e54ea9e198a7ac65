"""String specs: truth that round-trips, is pure, and says the same in values, code, prose and claims."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter

from functions.brief import Category
from functions.identity import canonical_json
from functions.numeric import NumericSpec
from functions.string import LIMIT, Branch, Property, Step, StringSpec, probes
from functions.string.texts import UNUSUAL
from tests.functions.string.strategies import PROPERTIES, STEPS, generated, specs, texts

REVERSE = Step(operation="reverse")
SHOUT = Step(operation="upper case")
LONG = Branch(when=Property(condition="longer than", parameters={"size": 7}), steps=(SHOUT,))
TRIED = (*probes(), *UNUSUAL, "日本語 \u017ftraße Ⅷ 🙂", "\ud800", "Word " * 400, "x" * LIMIT, "x" * (LIMIT + 1))


def compiled(source: str) -> Callable[[str], str | None]:
    """The `function` that reference code defines."""
    names: dict[str, object] = {}
    exec(compile(source, "<reference>", "exec"), names)  # noqa: S102 - the project's own code is what is tested here
    return cast("Callable[[str], str | None]", names["function"])


def run(source: str, inputs: Sequence[str]) -> tuple[str | None, ...]:
    """What reference code gives for each input."""
    function = compiled(source)
    return tuple(function(x) for x in inputs)


@given(specs)
def test_specs_round_trip(spec: StringSpec) -> None:
    """JSON out and in again is the same spec with the same identity."""
    again = StringSpec.model_validate_json(spec.model_dump_json())
    assert again == spec
    assert again.sha256 == spec.sha256


@given(specs)
def test_specs_are_told_apart_by_category(spec: StringSpec) -> None:
    """In a union of specs, the category alone says that this is a string function."""
    union: TypeAdapter[NumericSpec | StringSpec] = TypeAdapter(
        Annotated[NumericSpec | StringSpec, Field(discriminator="category")]
    )
    assert union.validate_json(canonical_json(spec)) == spec


@given(specs, st.lists(texts, max_size=5))
def test_evaluation_is_pure(spec: StringSpec, inputs: list[str]) -> None:
    """Outputs do not depend on the batch, on repetition or on the secret: an oracle answers what is expected."""
    expected = spec.evaluate(inputs)
    assert expected == tuple(spec.evaluate([x])[0] for x in inputs)
    assert expected == spec.answer(inputs, asked_before=[3] * len(inputs), secret=b"x")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.phrase(0))
def test_reference_code_of_every_operation_agrees(step: Step) -> None:
    """The code of each operation gives what `evaluate` gives on natural, empty, Unicode and very long texts."""
    spec = StringSpec(steps=(step,))
    assert run(spec.reference_code(), TRIED) == spec.evaluate(TRIED)


@pytest.mark.parametrize("when", PROPERTIES, ids=lambda when: when.phrase(0))
def test_reference_code_of_every_condition_agrees(when: Property) -> None:
    """The code of each branch gives what `evaluate` gives, with and without steps of its own."""
    for steps in ((SHOUT,), ()):
        spec = StringSpec(steps=(REVERSE,), branch=Branch(when=when, steps=steps))
        assert run(spec.reference_code(), TRIED) == spec.evaluate(TRIED)


@given(specs | generated, st.lists(texts, max_size=8))
@settings(deadline=None)
def test_reference_code_agrees(spec: StringSpec, inputs: list[str]) -> None:
    """Any function and its code agree on any texts."""
    assert run(spec.reference_code(), inputs) == spec.evaluate(inputs)


def test_reference_code_is_short_and_stands_alone() -> None:
    """It holds the source of the operations, what they need and nothing else, and imports nothing."""
    spec = StringSpec(steps=(REVERSE, Step(operation="remove vowels")), branch=LONG)
    assert spec.reference_code() == (
        "LIMIT = 10_000\n"
        'LOWER = "abcdefghijklmnopqrstuvwxyz"\n'
        'UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"\n'
        'VOWELS = "aeiouAEIOU"\n'
        "\n\n"
        "def upper(x: str) -> str:\n"
        '    """Every letter in upper case."""\n'
        "    return x.translate(str.maketrans(LOWER, UPPER))\n"
        "\n\n"
        "def longer_than(x: str, size: int) -> bool:\n"
        "    return len(x) > size\n"
        "\n\n"
        "def upper_case(x: str) -> str:\n"
        "    return upper(x)\n"
        "\n\n"
        "def reverse(x: str) -> str:\n"
        "    return x[::-1]\n"
        "\n\n"
        "def remove_vowels(x: str) -> str:\n"
        '    return "".join(c for c in x if c not in VOWELS)\n'
        "\n\n"
        "def function(x: str) -> str | None:\n"
        "    if len(x) > LIMIT:\n"
        "        return None\n"
        "    if longer_than(x, size=7):\n"
        "        x = upper_case(x)\n"
        "    else:\n"
        "        x = reverse(x)\n"
        "        x = remove_vowels(x)\n"
        "    return x if len(x) <= LIMIT else None\n"
    )


def test_very_long_texts_are_undefined() -> None:
    """Up to the limit a text is a text; an input or an output beyond it is undefined."""
    same, twice = StringSpec(steps=(REVERSE,)), StringSpec(steps=(Step(operation="append mirror"),))
    assert same.evaluate(["x" * LIMIT, "x" * (LIMIT + 1)]) == ("x" * LIMIT, None)
    assert twice.evaluate(["x" * (LIMIT // 2), "x" * (LIMIT // 2 + 1)]) == ("x" * LIMIT, None)


def test_the_branch_replaces_the_steps() -> None:
    """Inputs with the property go through the steps of the branch instead, or come back unchanged."""
    inputs = ("short", "longer text")
    assert StringSpec(steps=(REVERSE,), branch=LONG).evaluate(inputs) == ("trohs", "LONGER TEXT")
    assert StringSpec(steps=(REVERSE,), branch=Branch(when=LONG.when)).evaluate(inputs) == ("trohs", "longer text")


def test_descriptions_read_well() -> None:
    """What it does, step by step, and where it does otherwise."""
    two = (REVERSE, Step(operation="shift forward", parameters={"amount": 3}))
    assert StringSpec(steps=two, branch=LONG).describe() == (
        "The function works step by step, each step on the result of the one before: first reverse the text; then "
        "shift every letter 3 forward in the alphabet, going on from z to a. But if the input text has more than 7 "
        "characters, it works differently: write every letter in upper case."
    )
    assert StringSpec(steps=(REVERSE,)).describe(1) == (
        "To get the output, write the characters in the opposite order. There is no exception."
    )


@given(specs)
def test_every_phrasing_says_everything(spec: StringSpec) -> None:
    """All phrasings differ, and each holds the words of every step and of the condition."""
    descriptions = [spec.describe(phrasing) for phrasing in range(spec.phrasings)]
    assert len(set(descriptions)) == spec.phrasings
    for phrasing, text in enumerate(descriptions):
        assert all(step.phrase(phrasing) in text for step in spec.steps)
        if spec.branch is not None:
            assert spec.branch.when.phrase(phrasing) in text
            assert all(step.phrase(phrasing) in text for step in spec.branch.steps)


@given(specs, specs)
def test_different_functions_are_described_differently(one: StringSpec, other: StringSpec) -> None:
    """Prose and claims of two specs are equal exactly where the specs are."""
    assert (one.claims() == other.claims()) == (one == other)
    for phrasing in range(one.phrasings):
        assert (one.describe(phrasing) == other.describe(phrasing)) == (one == other)


def test_claims_state_steps_parameters_and_branch() -> None:
    """One claim an operation with its place, one a parameter, then the branch or its absence, and no noise."""
    steps = (REVERSE, Step(operation="insert every", parameters={"every": 3, "mark": "-"}))
    claims = StringSpec(steps=steps, branch=LONG).claims()
    assert [(claim.kind, claim.about, claim.name, claim.value) for claim in claims] == [
        ("operation", "base", "reverse", 1),
        ("operation", "base", "insert every", 2),
        ("parameter", "base", "insert every: every", 3),
        ("parameter", "base", 'insert every: mark "-"', None),
        ("condition", "region", "longer than", 7),
        ("operation", "region", "upper case", 1),
        ("absent", "noise", None, None),
    ]
    plain = StringSpec(steps=(REVERSE,)).claims()
    assert [(claim.kind, claim.about) for claim in plain[1:]] == [("absent", "region"), ("absent", "noise")]


@given(specs)
def test_claims_are_sentences(spec: StringSpec) -> None:
    """Each claim carries the English that says it."""
    assert all(claim.text.endswith(".") for claim in spec.claims())


def test_the_brief_tells_nothing_but_the_kind() -> None:
    """A team learns the category, the type of input, its budget, and exemplars if it shall have any."""
    spec = StringSpec(steps=(REVERSE,))
    brief = spec.brief(50)
    assert (brief.category, brief.input_type, brief.domain, brief.query_budget) == (Category.STRING, "text", None, 50)
    assert brief.exemplars == ()
    assert [str(shown.input)[::-1] for shown in spec.brief(50, exemplars=4).exemplars] == [
        shown.output for shown in spec.exemplars(4)
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"steps": []},
        {"steps": [{"operation": "reverse"}] * 4},
        {"steps": [{"operation": "reverse", "speed": 3}]},
        {"steps": [{"operation": "rotate left", "parameters": {"amount": "1"}}]},
        {"steps": [{"operation": "rotate left", "parameters": {"amount": True}}]},
        {"steps": [{"operation": "reverse"}], "branch": {"when": {"condition": "nice"}}},
        {"steps": [{"operation": "reverse"}], "category": "numeric"},
    ],
)
def test_malformed_specs_are_refused(document: object) -> None:
    """No steps, too many, unknown names and values of another type are no spec."""
    with pytest.raises(ValueError, match="validation error"):
        StringSpec.model_validate_json(json.dumps(document))
