"""Traces: parameters of first steps that no list has are seen in the answers."""

from sandbox.toolkit import strings
from sandbox.toolkit.strings.library import library
from sandbox.toolkit.strings.traces import gone_letters, new_marks, suggested


def blotted(x: str) -> str:
    """Two steps, of which the first has a parameter that nobody listed, and the second cannot be undone."""
    return "".join("~" if c in "aeiouAEIOU" else c for c in x)[-5:]


def without(x: str) -> str:
    """Letters that nobody listed go first, then all but the start of what is left."""
    return "".join(c for c in x if c.lower() not in "rst")[:5]


def test_a_mark_that_was_put_in_is_seen() -> None:
    """What many answers have and their questions have not is a mark; what one answer alone has is none."""
    questions = ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"]

    assert new_marks(questions, [f"{x}~" for x in questions]) == ["~"]
    assert new_marks(questions, [*questions[:-1], "op~"]) == []


def test_letters_turned_into_others_are_no_marks() -> None:
    """Where most letters are new, only what is neither letter nor digit is a mark."""
    questions = list(strings.probes(20))
    shifted = ["".join(chr(ord(c) + 1) if c.isalpha() and c.isascii() else c for c in x) + "+" for x in questions]

    assert new_marks(questions, shifted)[0] == "+"
    assert not any(c.isalnum() for c in new_marks(questions, shifted))


def test_letters_that_no_answer_has_are_gone() -> None:
    """They are told in the order of the alphabet; where hardly a letter is left, none in particular is gone."""
    questions = list(strings.probes(34))

    assert set("rst") <= set(gone_letters(questions, [without(x) for x in questions]))
    assert gone_letters(questions, ["" for _ in questions]) == ""


def test_what_is_suggested_is_in_no_list() -> None:
    """Each suggestion has a mark that was seen, and is not among the choices of its kind; and the vowels are gone."""
    questions = list(strings.probes(20))
    *steps, removal = sorted(
        suggested(questions, [blotted(x) for x in questions], library()), key=lambda s: s.kind.name == "remove_letters"
    )

    assert steps
    assert set("aeiou") <= set(str(removal.parameters[0]))
    assert all("~" in step.parameters and step.parameters not in step.kind.choices for step in steps)


def test_a_chain_that_begins_with_an_unlisted_mark_is_found() -> None:
    """Its first step is put together from what the answers show."""
    texts = list(strings.probes(34))
    found = strings.investigate([(x, blotted(x)) for x in texts])

    assert found.explained
    assert found.best("Over the hill and away") == blotted("Over the hill and away")
