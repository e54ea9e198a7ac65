"""The catalogue: every operation and condition does what it says, says all of it, and is different from the others."""

from itertools import groupby

import pytest
from hypothesis import given

from functions.string import Property, Step, conditions, operations, probes
from functions.string.entry import Entry
from functions.string.texts import UNUSUAL
from tests.functions.string.examples import CONDITIONS, OPERATIONS
from tests.functions.string.strategies import PROPERTIES, STEPS, steps, texts

FIXED = (*probes(), *UNUSUAL, "aB1 aB1", "Ee3!, ,", "xXyY--", "aab b1 00")


def test_there_are_many_operations_of_many_kinds() -> None:
    """The benchmark asks for at least 70 operations; there are at least ten kinds of them."""
    assert len(operations()) >= 70
    assert len({entry.group for entry in operations().values()}) >= 10


def test_every_entry_has_an_example() -> None:
    """Whoever adds an operation or a condition adds an example of it, and examples do not outlive their subject."""
    assert set(OPERATIONS) == set(operations())
    assert set(CONDITIONS) == set(conditions())


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_gives_its_example(name: str) -> None:
    """Each operation turns the input of its example into the output that was written down by hand."""
    parameters, given_text, expected = OPERATIONS[name]
    assert Step(operation=name, parameters=parameters).apply(given_text) == expected


@pytest.mark.parametrize("name", CONDITIONS)
def test_condition_holds_for_the_first_example_alone(name: str) -> None:
    """Each condition is true of one text and false of another that were chosen by hand."""
    parameters, inside, outside = CONDITIONS[name]
    condition = Property(condition=name, parameters=parameters)
    assert condition.holds(inside)
    assert not condition.holds(outside)


@given(steps, texts)
def test_operations_are_pure_and_take_any_text(step: Step, text: str) -> None:
    """Any text gives a text, twice the same: empty, Unicode and long ones too."""
    assert isinstance(step.apply(text), str)
    assert step.apply(text) == step.apply(text)


def test_no_two_operations_behave_alike() -> None:
    """No operation under any parameters is another one, or itself under other parameters, in disguise."""
    ordered = sorted(STEPS, key=lambda step: [step.apply(x) for x in FIXED])
    alike = [list(same) for _, same in groupby(ordered, key=lambda step: [step.apply(x) for x in FIXED])]
    assert [same for same in alike if len(same) > 1] == []


def test_no_two_conditions_behave_alike() -> None:
    """No condition under any parameters is another one in disguise, and none holds always or never."""
    behaviours = [tuple(condition.holds(x) for x in FIXED) for condition in PROPERTIES]
    assert len(set(behaviours)) == len(PROPERTIES)
    assert all(0 < sum(behaviour) < len(FIXED) for behaviour in behaviours)


@pytest.mark.parametrize("phrasing", range(4))
def test_english_tells_all_entries_apart(phrasing: int) -> None:
    """In every phrasing, different operations and parameters read differently: the words carry all that matters."""
    phrases = [step.phrase(phrasing) for step in STEPS] + [condition.phrase(phrasing) for condition in PROPERTIES]
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize("entry", [*operations().values(), *conditions().values()], ids=lambda entry: entry.name)
def test_entries_have_several_phrasings_that_name_each_parameter(entry: Entry[str] | Entry[bool]) -> None:
    """Each phrase stands on its own: it names every parameter, is a clause without a full stop, and differs."""
    assert len(set(entry.phrases)) >= 2
    for phrase in entry.phrases:
        assert all(f"{{{name}" in phrase for name in entry.choices)
        assert phrase[0].islower()
        assert phrase[-1] != "."


def test_parameters_are_checked() -> None:
    """Unknown operations, missing or unknown parameters, and values that no entry takes are refused by name."""
    for operation, parameters in [
        ("reverse gear", {}),
        ("rotate left", {}),
        ("rotate left", {"amount": 1000}),
        ("rotate left", {"amount": 1, "size": 2}),
        ("reverse", {"amount": 1}),
    ]:
        with pytest.raises(ValueError, match=operation):
            Step(operation=operation, parameters=parameters)
    with pytest.raises(ValueError, match="no condition"):
        Property(condition="smells nice")


@pytest.mark.parametrize("text", ["\u017ftraße İı Ǆ ﬁ ²½ ٣٤ Ⅷ", "ÀÉÎÕÜ", "日本語", "🙂"])
def test_only_english_letters_and_digits_count_as_such(text: str) -> None:
    """Letters, vowels, digits and case mean ASCII alone, whatever Unicode says in one version of Python or another."""
    strange = "".join(c for c in text if not c.isascii())
    for name in ("upper case", "swap case", "mirror alphabet", "remove vowels", "remove digits", "spell digits"):
        assert Step(operation=name).apply(strange) == strange
    assert Step(operation="keep letters").apply(strange) == ""
