"""Operations that keep a part of the text."""

from functions.string.entry import operation
from functions.string.meaning import VOWELS


@operation("keep the first {amount} characters only", "cut the text off after {amount} characters", amount=(4, 5, 6))
def keep_start(x: str, amount: int) -> str:
    return x[:amount]


@operation(
    "keep the last {amount} characters only",
    "leave out everything before the last {amount} characters",
    amount=(4, 5, 6),
)
def keep_end(x: str, amount: int) -> str:
    return x[-amount:]


@operation("remove the first {amount:character}", "leave off the first {amount:character}", amount=(1, 2, 3))
def drop_start(x: str, amount: int) -> str:
    return x[amount:]


@operation("remove the last {amount:character}", "leave off the last {amount:character}", amount=(1, 2, 3))
def drop_end(x: str, amount: int) -> str:
    return x[:-amount]


@operation(
    "remove the first {amount:character} and the last {amount:character}",
    "leave off {amount:character} at either end",
    amount=(1, 2),
)
def drop_ends(x: str, amount: int) -> str:
    return x[amount:-amount]


@operation(
    "keep the first half (of an odd number of characters, without the middle one)",
    "leave off the second half together with a middle character",
)
def first_half(x: str) -> str:
    return x[: len(x) // 2]


@operation(
    "keep the second half (of an odd number of characters, with the middle one)",
    "leave off the first half but keep a middle character",
)
def second_half(x: str) -> str:
    return x[len(x) // 2 :]


@operation(
    "keep every {every:th} character, beginning with the first",
    "take the first character, and after it each {every:th} one counted from there",
    every=(2, 3),
)
def take_every(x: str, every: int) -> str:
    return x[::every]


@operation(
    "keep the text from its first vowel on (nothing where there is no vowel)",
    "leave off everything that stands before the first vowel; without a vowel nothing remains",
)
def from_first_vowel(x: str) -> str:
    return next((x[i:] for i, c in enumerate(x) if c in VOWELS), "")


@operation(
    "keep the text up to and including its last vowel (nothing where there is no vowel)",
    "leave off everything that stands after the last vowel; without a vowel nothing remains",
)
def up_to_last_vowel(x: str) -> str:
    return next((x[: i + 1] for i in range(len(x) - 1, -1, -1) if x[i] in VOWELS), "")


@operation(
    "keep what stands before the first character that repeats an earlier one",
    "cut the text off just before the first character that has already come before",
)
def before_first_repeat(x: str) -> str:
    return next((x[:i] for i, c in enumerate(x) if x.index(c) < i), x)
