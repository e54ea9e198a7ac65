"""Hostile text, made fit to show."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.report.text import capped, visible


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    """Whatever goes in, only letters, marks, signs, spaces, newlines and tabs come out."""
    left = {unicodedata.category(c) for c in visible(text) if c not in "\n\t"}
    assert not left & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_plain_text_is_left_alone(text: str) -> None:
    """Letters, digits and signs pass unchanged."""
    assert visible(text) == text


def test_a_terminal_sequence_is_spelled_out() -> None:
    """An escape that would clear a terminal, or an override that would turn a line around, can be seen."""
    assert visible("\x1b[2J a\u202eb\x7f\r") == "␛[2J a⟨U+202E⟩b␡␍"


def test_a_pile_of_marks_cannot_paint_over_other_lines() -> None:
    """Accents pass; a hundred on one letter do not."""
    assert visible("e\u0301") == "e\u0301"
    assert visible("e" + "\u0301" * 100).count("\u0301") == 4


def test_enormous_text_keeps_its_ends_and_says_what_is_left_out() -> None:
    """Head and tail stay; the note counts what went."""
    text = capped("a" * 5_000 + "b" * 5_000, 100)
    assert text.startswith("a" * 75)
    assert text.endswith("b" * 25)
    assert "9,900 characters" in text
    assert capped("short", 100) == "short"
