"""The families that are kept for the held-out suite are not in the catalogue, under whatever name."""

from collections import Counter
from collections.abc import Callable

import pytest

from functions.string import operations, probes
from functions.string.behaviour import difference, single_operations


def rails(x: str, count: int) -> str:
    """Rail fence: written in a zigzag over `count` rails, read rail by rail."""
    turns = [*range(count), *range(count - 2, 0, -1)]
    return "".join(c for rail in range(count) for i, c in enumerate(x) if turns[i % len(turns)] == rail)


def pig_latin_word(word: str) -> str:
    """Leading consonants and `ay` at the end of the word."""
    start = next((i for i, c in enumerate(word) if c in "aeiouAEIOU"), 0)
    return word[start:] + word[:start] + "ay"


def mirrored(word: str) -> str:
    """The word with each letter mirrored in the alphabet."""
    return "".join(chr(219 - ord(c)) if c.islower() and c.isascii() else c for c in word)


def soundex(x: str) -> str:
    """The first letter and the codes of the consonants after it."""
    codes = {c: str(i) for i, group in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1) for c in group}
    return (x[:1] + "".join(codes.get(c, "") for c in x[1:].lower()) + "000")[:4]


def luhn(x: str) -> str:
    """The text with the Luhn check digit of its digits at its end."""
    digits = [int(c) for c in x if c in "0123456789"][::-1]
    total = sum(sum(divmod(d * 2, 10)) if i % 2 == 0 else d for i, d in enumerate(digits))
    return f"{x}{-total % 10}"


HELD_OUT: dict[str, Callable[[str], str]] = {
    "rail fence with two rails": lambda x: rails(x, 2),
    "rail fence with three rails": lambda x: rails(x, 3),
    "pig latin": lambda x: " ".join(pig_latin_word(word) for word in x.split(" ")),
    "sort by frequency": lambda x: "".join(sorted(x, key=lambda c: (-Counter(x)[c], c))),
    "sort by frequency, stable": lambda x: "".join(sorted(x, key=lambda c: -Counter(x)[c])),
    "letters mirrored in long words": lambda x: " ".join(mirrored(w) if len(w) > 4 else w for w in x.split(" ")),
    "long words reversed": lambda x: " ".join(w[::-1] if len(w) > 4 else w for w in x.split(" ")),
    "interleaved halves": lambda x: "".join(
        x[i // 2] if i % 2 == 0 else x[(len(x) + 1) // 2 + i // 2] for i in range(len(x))
    ),
    "soundex": soundex,
    "luhn": luhn,
}


@pytest.mark.parametrize("name", HELD_OUT)
def test_held_out_family_is_no_operation(name: str) -> None:
    """No operation of the catalogue, under any parameters, does what a held-out family does."""
    behaviour = [HELD_OUT[name](x) for x in probes()]
    assert all(difference(behaviour, single) > 0.1 for single in single_operations(tuple(operations())))
