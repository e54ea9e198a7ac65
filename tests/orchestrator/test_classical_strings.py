"""The classical team on functions of texts: it finds programs and branches, spends within its budget, and is honest."""

import asyncio
from collections.abc import Callable

import pytest

from functions.brief import Exemplar, Interpretation
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Critique, Standing
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.text_lab import TextLab

BUDGET = 50
UNSEEN = ("a walk in the park", "Otto", "42 is it", "wonderful", "No!", "b", "")


def told(function: Callable[[str], str | None], **more: object) -> tuple[Transcript, TextLab]:
    """What the whole team says about a function."""
    lab = TextLab(function, BUDGET, **more)  # type: ignore[arg-type]
    return asyncio.run(investigate(lab)), lab


def handed_in(transcript: Transcript) -> Interpretation:
    assert transcript.evidence is not None
    return transcript.evidence.interpretation


def as_function(code: str) -> Callable[[str], str | None]:
    """Candidate code, called as a judge would: with nothing around it."""
    names: dict[str, Callable[[str], str | None]] = {}
    exec(code, names)  # type: ignore[arg-type] # noqa: S102 - the classical team's own code
    return names["function"]


def chain(x: str) -> str:
    return x[::-1].upper() + "!"


def branchy(x: str) -> str:
    return x + x if " " in x else x[1:]


@pytest.mark.parametrize("function", [chain, branchy], ids=["chain", "branch"])
def test_the_code_says_what_the_function_does_on_unseen_texts(function: Callable[[str], str]) -> None:
    """Both a chain of three operations and a branch are found exactly, within the budget."""
    transcript, lab = told(function)
    found = as_function(handed_in(transcript).code)

    assert [found(x) for x in UNSEEN] == [function(x) for x in UNSEEN]
    assert len(lab.pairs) <= BUDGET


def test_nothing_is_asked_twice() -> None:
    """These functions are deterministic: an answer that is known is not paid for again."""
    _, lab = told(branchy)

    assert len({x for x, _ in lab.pairs}) == len(lab.pairs)


def test_a_branch_is_handed_in_as_a_region_with_its_condition() -> None:
    """The condition is said in words, and what happens there."""
    transcript, _ = told(branchy)
    region = handed_in(transcript).regions[0]

    assert "space" in region.condition
    assert region.behaviour


def test_the_critic_accepts_what_survived_its_attacks() -> None:
    """What ends a conversation about a function that is understood is an acceptance with attacks on record."""
    transcript, _ = told(chain)
    critique = transcript.turns[-1].message

    assert isinstance(critique, Critique)
    assert critique.verdict == "accept"
    assert critique.attacks


def test_a_rare_branch_is_found_by_the_critic() -> None:
    """A property that the survey hardly has breaks the first hypothesis, which stays on record as refuted."""
    transcript, _ = told(lambda x: x + x if x[:1] in tuple("!?.(") else x[::-1])
    states = {h.standing for h in transcript.hypotheses}

    assert Standing.REFUTED in states
    assert handed_in(transcript).regions


def test_an_unknown_function_is_said_to_be_unknown() -> None:
    """No chain of operations hides characters by a keyed hash: the description says so, and code is handed in."""
    transcript, _ = told(lambda x: "".join(chr(97 + (ord(c) ** 3 + 7 * i * i) % 26) for i, c in enumerate(x)))

    assert "unknown" in handed_in(transcript).description
    assert as_function(handed_in(transcript).code)("abc") is not None


def test_exemplars_are_used_without_being_asked() -> None:
    """Starting points of the brief count as answers: a script shows them, and no query goes to them."""
    given = (Exemplar(input="zebra crossing", output="ZEBRA CROSSING"),)
    _, lab = told(str.upper, exemplars=given)

    assert any("GIVEN = [" in script and "zebra crossing" in script for script in lab.scripts)
    assert "zebra crossing" not in {x for x, _ in lab.pairs}


def test_the_same_function_is_told_in_the_same_words() -> None:
    """The team is deterministic: equal transcripts, equal queries."""
    first, second = told(branchy), told(branchy)

    assert first[0] == second[0]
    assert first[1].pairs == second[1].pairs


def test_operations_and_branch_are_claimed_in_order() -> None:
    """Structured claims name the steps with their places, the branch with its steps, and that there is no noise."""
    transcript, _ = told(branchy)
    claims = handed_in(transcript).claims

    assert [(c.kind, c.about, c.value) for c in claims] == [
        ("operation", "base", 1),
        ("condition", "region", None),
        ("operation", "region", 1),
        ("absent", "noise", None),
    ]
    assert claims[0].name in ("cut", "drop first")
