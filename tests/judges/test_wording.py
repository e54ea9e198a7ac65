"""One form for what people write in many: symbols, bounds, and sentences about the investigation."""

import pytest

from functions.string import StringSpec
from functions.suites import resolve
from judges.description import ClaimsJudge
from judges.description.evidence import without_evidence
from judges.description.wording import symbols, thresholds


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("puts a plus sign before it", 'puts "+" before it'),
        ("a + is written", 'a "+" is written'),
        ("joined by hyphens or an underscore", 'joined by hyphens or "_"'),
        ("3 + 4 plus 5", '3 "+" 4 plus 5'),
    ],
)
def test_symbols_that_are_named_or_bare_are_quoted(written: str, read: str) -> None:
    """So that they can be parameters."""
    assert symbols(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("more than 2 words", "at least 3 words"),
        ("at least 8 characters", "more than 7 characters"),
        ("at most 4 letters", "fewer than 5 letters"),
        ("more than 7 characters", "more than 7 characters"),
    ],
)
def test_bounds_have_one_form(written: str, read: str) -> None:
    """Lengths are said to be more or fewer than, other counts at least."""
    assert thresholds(written) == read


def test_sentences_about_the_investigation_say_nothing_of_the_function() -> None:
    """What was tested and how much agrees is left out; the rest stays."""
    told = "It reverses the text. This explains all 34 answers. Hardly tested: texts that begin with a space."
    assert without_evidence(told) == "It reverses the text."
    assert without_evidence("It reverses the text.") == "It reverses the text."


def test_a_right_description_is_not_spoilt_by_what_was_tested() -> None:
    """The grade of a string function's reference description stays what it is."""
    spec = resolve("dev@1/string/0010")
    assert isinstance(spec, StringSpec)
    told = f"{spec.describe()} This explains all 34 answers. 9 of the texts were short. Not tested: long texts."
    judge = ClaimsJudge()
    assert judge.judge(spec, told).headline == judge.judge(spec, spec.describe()).headline
