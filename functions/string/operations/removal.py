"""Operations that leave something out, wherever it stands."""

from functions.string.entry import operation
from functions.string.meaning import DIGITS, LETTERS, UPPER, lower, runs


@operation(
    "remove every {every:th} character",
    "leave out the characters whose position (from 1) is a multiple of {every}",
    every=(3, 4, 5),
)
def remove_every(x: str, every: int) -> str:
    return "".join(c for i, c in enumerate(x, 1) if i % every)


@operation(
    "keep only the first occurrence of each character",
    "leave out every character that has already come before in the text",
)
def remove_repeats(x: str) -> str:
    return "".join(dict.fromkeys(x))


@operation(
    "keep only the last occurrence of each character",
    "leave out every character that comes again later in the text",
)
def keep_last_occurrences(x: str) -> str:
    return "".join(dict.fromkeys(x[::-1]))[::-1]


@operation(
    "remove every character that occurs more than once, all its occurrences",
    "keep only the characters that occur exactly once in the text",
)
def remove_repeated(x: str) -> str:
    single = {c for c in set(x) if x.count(c) == 1}
    return "".join(c for c in x if c in single)


@operation(
    "shorten every run of equal neighbouring characters to one",
    "write characters that stand several times in a row only once",
)
def collapse_runs(x: str) -> str:
    return "".join(run[0] for run in runs(x))


@operation(
    'remove the letters of "{letters}", in either case',
    'leave out every letter that occurs in "{letters}", small or capital',
    letters=("rst", "aen", "lmnop"),
)
def remove_letters(x: str, letters: str) -> str:
    return "".join(c for c in x if lower(c) not in letters)


@operation("remove everything but letters", "keep the letters a to z and A to Z only")
def keep_letters(x: str) -> str:
    return "".join(c for c in x if c in LETTERS)


@operation("remove all spaces", "close up the gaps: leave out every space")
def remove_spaces(x: str) -> str:
    return x.replace(" ", "")


@operation("remove all digits", "leave out the digits 0 to 9")
def remove_digits(x: str) -> str:
    return "".join(c for c in x if c not in DIGITS)


@operation("remove all capital letters", "leave out A to Z")
def remove_capitals(x: str) -> str:
    return "".join(c for c in x if c not in UPPER)


@operation(
    "remove the first half of the alphabet (a to m in either case)",
    "leave out the letters from a to m, small or capital",
)
def remove_early_letters(x: str) -> str:
    return "".join(c for c in x if c not in LETTERS or lower(c) > "m")


@operation(
    "remove the middle character, or the two middle ones where the number of characters is even",
    "leave out what stands exactly in the middle: one character of an odd number, two of an even number",
)
def remove_middle(x: str) -> str:
    return x[: (len(x) - 1) // 2] + x[len(x) // 2 + 1 :] if x else x
