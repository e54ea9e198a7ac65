"""Operations that put one thing in the place of another."""

from functions.string.entry import operation
from functions.string.meaning import DIGITS, LETTERS, NUMBER_WORDS, runs


@operation(
    'replace every "{old}" by "{new}"',
    'write "{new}" wherever "{old}" stands (small letters only)',
    old=("a", "e", "s", "t"),
    new=("o", "ee", "z"),
)
def replace_letter(x: str, old: str, new: str) -> str:
    return x.replace(old, new)


@operation('replace every space by "{mark}"', 'put "{mark}" where the spaces are', mark=("_", "-", " and "))
def replace_spaces(x: str, mark: str) -> str:
    return x.replace(" ", mark)


@operation('replace every digit by "{mark}"', 'put "{mark}" in the place of each digit', mark=("#", "?", "x"))
def replace_digits(x: str, mark: str) -> str:
    return "".join(mark if c in DIGITS else c for c in x)


@operation(
    "write every digit as an English word, directly one after the other",
    "spell out each digit (0 as zero, 1 as one, up to 9 as nine) without adding spaces",
)
def spell_digits(x: str) -> str:
    return "".join(NUMBER_WORDS[int(c)] if c in DIGITS else c for c in x)


@operation(
    'replace every {every:th} character by "{mark}"',
    'put "{mark}" in the place of the characters whose position (from 1) is a multiple of {every}',
    every=(2, 3, 4),
    mark=("*", "_", "e"),
)
def replace_every(x: str, every: int, mark: str) -> str:
    return "".join(c if i % every else mark for i, c in enumerate(x, 1))


@operation(
    'replace every character but the last {shown} by "*"',
    "hide all characters behind an asterisk each, except for the last {shown}",
    shown=(2, 3, 4),
)
def mask_start(x: str, shown: int) -> str:
    return "*" * (len(x) - shown) + x[-shown:]


@operation(
    'replace every character but the first {shown} by "."',
    "hide all characters behind a dot each, except for the first {shown}",
    shown=(2, 3, 4),
)
def mask_end(x: str, shown: int) -> str:
    return x[:shown] + "." * (len(x) - shown)


@operation(
    'replace every later occurrence of the first character by "{mark}"',
    'leave the first character, but put "{mark}" wherever the same character comes again',
    mark=("*", "$", "1"),
)
def replace_first_again(x: str, mark: str) -> str:
    return x[:1] + x[1:].replace(x[0], mark) if x else x


@operation(
    'replace every character that has already come before by "{mark}"',
    'keep the first occurrence of each character and put "{mark}" in the place of the later ones',
    mark=("#", ".", "2"),
)
def replace_repeats(x: str, mark: str) -> str:
    first = {c: x.index(c) for c in set(x)}
    return "".join(c if first[c] == i else mark for i, c in enumerate(x))


@operation(
    'replace every run of two or more equal neighbouring characters by "{mark}"',
    'write a single "{mark}" instead of each row of equal characters',
    mark=("*", "="),
)
def replace_runs(x: str, mark: str) -> str:
    return "".join(run if len(run) == 1 else mark for run in runs(x))


@operation(
    'replace everything but letters by "{mark}"',
    'put "{mark}" in the place of each character that is not a letter',
    mark=("_", ".", "7"),
)
def replace_others(x: str, mark: str) -> str:
    return "".join(c if c in LETTERS else mark for c in x)
