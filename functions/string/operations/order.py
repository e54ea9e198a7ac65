"""Operations that put the characters into another order: reversal, rotation, swaps, sorting."""

from functions.string.entry import operation
from functions.string.meaning import DIGITS, LETTERS, UPPER, VOWELS, number_of, refilled


@operation("reverse the text", "write the characters in the opposite order")
def reverse(x: str) -> str:
    return x[::-1]


@operation(
    "rotate the text left by {amount} (what leaves at the front comes back at the end)",
    "take the first character to the end, and do so {amount:time}",
    amount=(1, 2, 3, 4),
)
def rotate_left(x: str, amount: int) -> str:
    n = amount % max(len(x), 1)
    return x[n:] + x[:n]


@operation(
    "rotate the text right by {amount} (what leaves at the end comes back at the front)",
    "take the last character to the front, and do so {amount:time}",
    amount=(1, 2, 3, 4),
)
def rotate_right(x: str, amount: int) -> str:
    n = len(x) - amount % max(len(x), 1)
    return x[n:] + x[:n]


@operation(
    "rotate the text left by as many places as it has vowels",
    "take the first character to the end once for every vowel that the text contains",
)
def rotate_by_vowels(x: str) -> str:
    n = number_of(x, VOWELS) % max(len(x), 1)
    return x[n:] + x[:n]


@operation(
    "swap neighbours in pairs: first with second, third with fourth and so on (a last one without a partner stays)",
    "exchange the two characters of each successive pair, leaving an odd one at the end alone",
)
def swap_pairs(x: str) -> str:
    return "".join(x[i : i + 2][::-1] for i in range(0, len(x), 2))


@operation("swap the first and the last character", "exchange the two outermost characters")
def swap_ends(x: str) -> str:
    return x[-1] + x[1:-1] + x[0] if len(x) > 1 else x


@operation(
    "swap the two halves (a middle character stays in the middle)",
    "put the second half before the first half, with a middle character left in its place",
)
def swap_halves(x: str) -> str:
    half = len(x) // 2
    return x[len(x) - half :] + x[half : len(x) - half] + x[:half]


@operation(
    "cut the text into blocks of {size} characters from the left and reverse each block, also a shorter last one",
    "reverse the characters within each successive group of {size} (the last group may be shorter)",
    size=(3, 4, 5),
)
def reverse_blocks(x: str, size: int) -> str:
    return "".join(x[i : i + size][::-1] for i in range(0, len(x), size))


@operation(
    "reverse the first {amount} characters and leave the rest as it is",
    "turn round the opening {amount} characters only",
    amount=(3, 4, 5),
)
def reverse_start(x: str, amount: int) -> str:
    return x[:amount][::-1] + x[amount:]


@operation(
    "reverse each half separately (a middle character stays in the middle)",
    "write both halves backwards, each in its own place, without moving a middle character",
)
def reverse_halves(x: str) -> str:
    half = len(x) // 2
    return x[:half][::-1] + x[half : len(x) - half] + x[len(x) - half :][::-1]


@operation(
    "reverse the order of the letters, while all other characters keep their places",
    "write the letters in reverse order into the places of the letters",
)
def reverse_letters(x: str) -> str:
    return refilled(x, LETTERS, "".join(c for c in reversed(x) if c in LETTERS))


@operation(
    "reverse the order of the vowels, while all other characters keep their places",
    "write the vowels in reverse order into the places of the vowels",
)
def reverse_vowels(x: str) -> str:
    return refilled(x, VOWELS, "".join(c for c in reversed(x) if c in VOWELS))


@operation(
    "sort the characters by their character codes, lowest first",
    "put the characters into ascending order of code (space, digits, capitals, small letters)",
)
def sort_characters(x: str) -> str:
    return "".join(sorted(x))


@operation(
    "sort the characters by their character codes, highest first",
    "put the characters into descending order of code (small letters, capitals, digits, space)",
)
def sort_backwards(x: str) -> str:
    return "".join(sorted(x, reverse=True))


@operation(
    "sort the letters alphabetically, capitals before small letters, while other characters keep their places",
    "put the letters into order within the places of the letters (A to Z first, then a to z)",
)
def sort_letters(x: str) -> str:
    return refilled(x, LETTERS, "".join(sorted(c for c in x if c in LETTERS)))


@operation(
    "move all vowels to the front, keeping both the vowels and the rest in order",
    "write first the vowels, then everything else, each in the original order",
)
def vowels_first(x: str) -> str:
    return "".join(sorted(x, key=lambda c: c not in VOWELS))


@operation(
    "move all vowels to the end, keeping both the vowels and the rest in order",
    "write first everything but the vowels, then the vowels, each in the original order",
)
def vowels_last(x: str) -> str:
    return "".join(sorted(x, key=lambda c: c in VOWELS))


@operation(
    "move all digits to the front, keeping both the digits and the rest in order",
    "write first the digits, then everything else, each in the original order",
)
def digits_first(x: str) -> str:
    return "".join(sorted(x, key=lambda c: c not in DIGITS))


@operation(
    "move all capital letters to the end, keeping both the capitals and the rest in order",
    "write first everything but the capitals, then the capitals, each in the original order",
)
def capitals_last(x: str) -> str:
    return "".join(sorted(x, key=lambda c: c in UPPER))
