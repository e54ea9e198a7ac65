"""Examples in descriptions of text functions: executed, and worth no more than they say."""

import pytest

from functions.string import StringSpec
from functions.string.catalogue import operations
from functions.string.steps import Step
from judges.description import ClaimsJudge
from judges.description.text_examples import Example, examples
from judges.grade import DescriptionGrade

BACKWARDS = StringSpec(steps=(Step(operation="reverse"),))


def _grade(text: str) -> DescriptionGrade:
    return ClaimsJudge().judge(BACKWARDS, text)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ('It turns round, e.g. "abc" -> "cba".', Example("abc", "cba")),
        ("`hello` becomes `HELLO`", Example("hello", "HELLO")),
        ("Here 'two words' gives ''.", Example("two words", "")),
    ],
)
def test_examples_are_found_in_the_ways_people_write_them(text: str, example: Example) -> None:
    """Arrows and verbs between two quoted texts make an example."""
    assert examples(text)[0] == (example,)


def test_what_an_operation_replaces_is_no_example() -> None:
    """`"a" -> "o"` says what to replace, and stays in the text."""
    text = 'Replace "a" -> "o", and put "the " in front.'
    assert examples(text) == ((), text)


def test_a_false_example_costs_and_a_true_one_does_not() -> None:
    """The example is executed on the function that is described."""
    plain = _grade("It reverses the text.").headline
    assert _grade('It reverses the text: "abc" -> "cba".').headline == pytest.approx(plain)
    assert _grade('It reverses the text: "abc" -> "abc".').headline < plain - 0.1


def test_examples_alone_and_added_to_a_list_of_operations_earn_nothing() -> None:
    """Neither what a brief shows of the function nor naming all that it could do is a description."""
    shown = " ".join(f'"{word}" -> "{word[::-1]}".' for word in ("abc", "hello", "one two", "Testing", "12 34"))
    listed = ". ".join(entry.phrases[0].split("{")[0] for entry in list(operations().values())[:60])
    assert _grade(shown).headline == 0
    assert _grade(f"It could be: reverse the text. {listed}. {shown}").headline < 0.1


def test_each_operation_too_many_costs() -> None:
    """The more a text names beside the truth, the less it earns."""
    more = ["reverse it", "put it all in capitals", "say each word twice", "drop every vowel", "keep the longest word"]
    grades = [_grade(f"It does this: {', then '.join(more[:n])}.").headline for n in range(1, len(more) + 1)]
    assert grades == sorted(grades, reverse=True)
    assert grades[-1] < 0.1
