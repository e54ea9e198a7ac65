"""Operations on upper and lower case."""

from functions.string.entry import operation
from functions.string.meaning import LOWER, UPPER, VOWELS, lower, upper


@operation("write every letter in upper case", "turn the text into capitals")
def upper_case(x: str) -> str:
    return upper(x)


@operation("write every letter in lower case", "turn all capitals into small letters")
def lower_case(x: str) -> str:
    return lower(x)


@operation("swap the case of every letter", "turn capitals into small letters and small letters into capitals")
def swap_case(x: str) -> str:
    return x.translate(str.maketrans(LOWER + UPPER, UPPER + LOWER))


@operation(
    "make the first character of every word a capital and leave the rest as it is",
    "capitalise every word without touching its other letters",
)
def capitalise_words(x: str) -> str:
    return " ".join(upper(word[:1]) + word[1:] for word in x.split(" "))


@operation(
    "make the last character of every word a capital and leave the rest as it is",
    "turn the character at the end of every word into a capital",
)
def capitalise_word_ends(x: str) -> str:
    return " ".join(word[:-1] + upper(word[-1:]) for word in x.split(" "))


@operation(
    "write the first character in upper case and all the others in lower case",
    "make the first character a capital and turn all capitals after it into small letters",
)
def sentence_case(x: str) -> str:
    return upper(x[:1]) + lower(x[1:])


@operation(
    "write the characters at odd positions (1st, 3rd and so on) in upper case and the others in lower case",
    "alternate upper and lower case from character to character, starting with upper case",
)
def alternate_case(x: str) -> str:
    return "".join(upper(c) if i % 2 == 0 else lower(c) for i, c in enumerate(x))


@operation(
    "make every {every:th} character a capital and leave the others as they are",
    "raise the characters whose position (from 1) is a multiple of {every} to upper case",
    every=(2, 3, 4),
)
def capitalise_every(x: str, every: int) -> str:
    return "".join(upper(c) if i % every == 0 else c for i, c in enumerate(x, 1))


@operation(
    "write vowels in upper case and consonants in lower case",
    "make every vowel a capital and every consonant a small letter",
)
def capitalise_vowels(x: str) -> str:
    return "".join(upper(c) if c in VOWELS else lower(c) for c in x)


@operation(
    "write the first half in upper case (of an odd number of characters, the smaller part) and leave the rest as it is",
    "turn the letters of the first half into capitals; a middle character belongs to the second half, which stays",
)
def capitalise_first_half(x: str) -> str:
    middle = len(x) // 2
    return upper(x[:middle]) + x[middle:]
