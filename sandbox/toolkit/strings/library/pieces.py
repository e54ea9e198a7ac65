"""Pieces cut out of a text."""

from .. import infer
from ..groups import belongs
from ..kind import SHORTER, operation


def say_cut(first: int, last: int | str) -> str:
    """A slice, as a person would say it."""
    if first == 0 and isinstance(last, int):
        return f"drop the last {-last} characters" if last < 0 else f"keep the first {last} characters"
    if isinstance(last, str):
        return f"keep the last {-first} characters" if first < 0 else f"drop the first {first} characters"
    if first > 0 > last:
        return f"drop the first {first} and the last {-last} characters"
    return f"keep what stands from position {first} up to but without position {last} (from 0; negative from the end)"


@operation(
    say_cut,
    *((n, "") for n in range(1, 5)),
    *((0, -n) for n in range(1, 5)),
    *((n, -n) for n in range(1, 4)),
    *((0, n) for n in range(3, 9)),
    *((-n, "") for n in range(3, 9)),
    infer=infer.slice_bounds,
    wordwise=False,
    needs=SHORTER,
)
def cut(text: str, first: int, last: int | str) -> str:
    return text[first:] if isinstance(last, str) else text[first:last]


@operation("drop the first character", wordwise=True, needs=SHORTER)
def drop_first(text: str) -> str:
    return text[1:]


@operation("drop the last character", wordwise=True, needs=SHORTER)
def drop_last(text: str) -> str:
    return text[:-1]


@operation("drop the first and the last character", wordwise=True, needs=SHORTER)
def drop_ends(text: str) -> str:
    return text[1:-1]


@operation("keep the first and the last character alone", needs=SHORTER, cost=0.1)
def keep_ends(text: str) -> str:
    return text if len(text) < 2 else text[0] + text[-1]


@operation(
    "keep every {1}th character, beginning with character {0} (counted from 0)",
    (0, 2),
    (1, 2),
    (0, 3),
    infer=infer.stride,
    needs=SHORTER,
)
def keep_every(text: str, start: int, every: int) -> str:
    return text[start::every]


@operation("keep the {0} half (an odd middle belongs to the second)", "first", "second", needs=SHORTER)
def keep_half(text: str, which: str) -> str:
    half = len(text) // 2
    return text[:half] if which == "first" else text[half:]


@operation("keep the {0} half (an odd middle belongs to the first)", "first", "second", needs=SHORTER)
def keep_longer_half(text: str, which: str) -> str:
    half = (len(text) + 1) // 2
    return text[:half] if which == "first" else text[half:]


@operation(
    "drop the middle character of an odd number, or {0} of an even number",
    "nothing",
    "both middle ones",
    "the later middle one",
    needs=SHORTER,
    cost=0.1,
)
def drop_middle(text: str, even: str) -> str:
    half = len(text) // 2
    if len(text) % 2 or (even == "the later middle one" and text):
        return text[:half] + text[half + 1 :]
    return text if even != "both middle ones" or not text else text[: half - 1] + text[half + 1 :]


@operation(
    "keep the middle character of an odd number, or {0} of an even number",
    "both middle ones",
    "the later middle one",
    "the earlier middle one",
    needs=SHORTER,
)
def keep_middle(text: str, even: str) -> str:
    half = len(text) // 2
    if len(text) % 2 or even == "the later middle one":
        return text[half : half + 1]
    return text[half - 1 : half + (even == "both middle ones")] if text else text


@operation(
    "keep what stands before the first of the {0}",
    "vowels",
    "spaces",
    "digits",
    "punctuation",
    "capitals",
    "not letters",
    needs=SHORTER,
    cost=0.2,
)
def before_first(text: str, group: str) -> str:
    at = next((i for i, c in enumerate(text) if belongs(c, group)), len(text))
    return text[:at]


@operation(
    "keep everything from the first of the {0} on", "vowels", "spaces", "digits", "consonants", needs=SHORTER, cost=0.2
)
def from_first(text: str, group: str) -> str:
    at = next((i for i, c in enumerate(text) if belongs(c, group)), 0)
    return text[at:]


@operation("keep the longest run of {0}", "letters", "digits", "consonants", "vowels", needs=SHORTER, cost=0.3)
def longest_run_of(text: str, group: str) -> str:
    runs = "".join(c if belongs(c, group) else " " for c in text).split()
    return max(runs, key=len, default="")


@operation(
    "keep everything from the first of the {0} on, or nothing where there is none",
    "vowels",
    "digits",
    "capitals",
    "consonants",
    needs=SHORTER,
    cost=0.2,
)
def only_from_first(text: str, group: str) -> str:
    return text[next((i for i, c in enumerate(text) if belongs(c, group)), len(text)) :]


@operation(
    "keep everything up to the last of the {0}, with it, or nothing where there is none",
    "vowels",
    "digits",
    "capitals",
    "consonants",
    needs=SHORTER,
    cost=0.2,
)
def only_up_to_last(text: str, group: str) -> str:
    return text[: 1 + max((i for i, c in enumerate(text) if belongs(c, group)), default=-1)]
