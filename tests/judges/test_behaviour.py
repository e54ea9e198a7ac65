"""Statements about behaviour, executed on the function. Texts were written by hand."""

import pytest

from functions.numeric import NumericSpec
from judges.description import ClaimsJudge
from judges.description.behaviour import behaviour, predicates
from judges.grade import Outcome
from tests.judges.specs import HALF_LINE, NOISY_SINE, PLAIN_CUBIC, PLAIN_LINE, PLAIN_SINE, SUM, UNIFORM_DIP

TRUE: list[tuple[NumericSpec, str]] = [
    (PLAIN_SINE, "It oscillates between 1.5 and 6.5."),
    (PLAIN_SINE, "It repeats about every 21 units."),
    (PLAIN_SINE, "f(0) = 6.1."),
    (UNIFORM_DIP, "The curve is symmetric about 12."),
    (UNIFORM_DIP, "There is a minimum near 12."),
    (UNIFORM_DIP, "The outputs are flat for x above 60."),
    (PLAIN_LINE, "It keeps falling everywhere."),
    (PLAIN_CUBIC, "It is mostly rising."),
    (PLAIN_LINE, "At x = 3 the output is 1.5."),
    (PLAIN_LINE, "It is not symmetric about 3."),
    (HALF_LINE, "It falls on the right."),
]
FALSE: list[tuple[NumericSpec, str]] = [
    (PLAIN_SINE, "It oscillates between 0 and 3."),
    (PLAIN_SINE, "It repeats about every 30 units."),
    (PLAIN_SINE, "f(0) = 2."),
    (UNIFORM_DIP, "The curve is symmetric about 30."),
    (UNIFORM_DIP, "There is a peak near 12."),
    (PLAIN_LINE, "It is rising on the left."),
    (PLAIN_LINE, "It is flat on the right."),
    (PLAIN_LINE, "It never goes down."),
    (SUM, "It jumps at 3."),
]


@pytest.mark.parametrize(("spec", "text"), TRUE)
def test_a_true_statement_is_found_true(spec: NumericSpec, text: str) -> None:
    """One statement each, and it is so."""
    (said,) = behaviour(spec, text).said
    assert said[1]


@pytest.mark.parametrize(("spec", "text"), FALSE)
def test_a_false_statement_is_found_false_and_costs_at_least_a_bit(spec: NumericSpec, text: str) -> None:
    """One statement each, and it is not so."""
    found = behaviour(spec, text)
    assert [so for _, so in found.said] == [False]
    assert found.false_bits >= 1
    assert found.worth < 0


def test_behaviour_alone_earns_something_and_at_most_half() -> None:
    """Prose that names no family and no parameter is graded by what it says of behaviour."""
    text = "It stays between 1.5 and 6.5 and repeats about every 20.9 units. There is no noise."
    grade = ClaimsJudge().judge(PLAIN_SINE, text)
    assert (grade.outcome, grade.f1) == (Outcome.GRADED, 0.0)
    assert 0.25 <= grade.headline <= 0.5


def test_false_behaviour_takes_from_true_claims() -> None:
    """The same claims are worth less beside what is not so."""
    claims = "It is a straight line with slope -2 and intercept 7.5. There is no noise and no irregular region."
    right = ClaimsJudge().judge(PLAIN_LINE, claims).headline
    wrong = ClaimsJudge().judge(PLAIN_LINE, f"{claims} It rises on the left. It has a peak near 3.").headline
    assert right >= 0.9
    assert wrong < right - 0.1


def test_what_holds_of_most_functions_is_worth_next_to_nothing() -> None:
    """A denial of something rare is true and says nothing."""
    vacuous = behaviour(PLAIN_LINE, "It is not symmetric about 3. It does not jump at 17. It has no peak near 40.")
    assert [so for _, so in vacuous.said] == [True, True, True]
    assert vacuous.worth < 0.1


def test_saying_everything_earns_nothing() -> None:
    """Rising and falling, a peak and a dip, everywhere: what is false costs what the true earns."""
    everything = "It rises. It falls. It is flat. There is a peak near 3. There is a minimum near 3. It jumps at 3."
    for spec in (PLAIN_SINE, PLAIN_LINE, UNIFORM_DIP):
        assert behaviour(spec, everything).worth <= 0


def test_a_table_of_values_is_no_description() -> None:
    """However many true points are listed, two count, for little more than a bit each."""
    points = ", ".join(f"f({x}) = {7.5 - 2 * x:g}" for x in range(30))
    found = behaviour(PLAIN_LINE, points)
    assert all(so for _, so in found.said)
    assert found.worth <= 0.4


def test_parts_of_a_formula_and_noise_are_not_taken_for_the_function() -> None:
    """A sentence that names families describes parts; one about noise describes the noise."""
    assert not list(predicates("It is the sum of a cosine that repeats every 17 and a line that rises by 2."))
    assert not list(predicates("The noise is bounded between -2 and 2."))
    assert behaviour(NOISY_SINE, NOISY_SINE.describe()).worth == 0


def test_a_long_text_of_which_nothing_is_understood_is_unscored() -> None:
    """The coverage says so, and the score is no grade."""
    text = (
        "Colleagues of mine baked fresh bread, sailed around islands, wrote home about sunsets, gardens, tea, jazz, "
        "big old kites."
    )
    grade = ClaimsJudge().judge(PLAIN_LINE, text)
    assert (grade.outcome, grade.headline) == (Outcome.UNSCORED, 0.0)
    assert grade.coverage < 0.1
