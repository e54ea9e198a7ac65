"""The catalogue of conditions: properties of an input that can lead into a branch where other behaviour holds.

To add a condition, write its function here and an example of it in the tests.
"""

from functions.string.entry import condition
from functions.string.meaning import (
    CONSONANTS,
    DIGITS,
    LETTERS,
    LOWER,
    UPPER,
    VOWELS,
    lower,
    number_of,
    place,
    runs,
    words,
)


@condition("has more than {size} characters", "is longer than {size} characters", size=(5, 7, 9, 12))
def longer_than(x: str, size: int) -> bool:
    return len(x) > size


@condition("has fewer than {size} characters", "is shorter than {size} characters", size=(5, 6, 8))
def shorter_than(x: str, size: int) -> bool:
    return len(x) < size


@condition("has an even number of characters", "has a length that is even")
def even_length(x: str) -> bool:
    return len(x) % 2 == 0


@condition("has a length divisible by 3", "has a number of characters that is a multiple of 3")
def length_in_threes(x: str) -> bool:
    return len(x) % 3 == 0


@condition("begins with a vowel", "has a vowel as its first character")
def starts_with_vowel(x: str) -> bool:
    return number_of(x[:1], VOWELS) == 1


@condition("ends with a vowel", "has a vowel as its last character")
def ends_with_vowel(x: str) -> bool:
    return number_of(x[-1:], VOWELS) == 1


@condition("begins with a capital letter", "has a capital letter as its first character")
def starts_with_capital(x: str) -> bool:
    return number_of(x[:1], UPPER) == 1


@condition(
    "begins with a letter from a to m, in either case", "has as its first character a letter from a to m or A to M"
)
def starts_early(x: str) -> bool:
    return 1 <= place(x[0]) <= 13 if x else False


@condition("contains a digit", "has at least one digit in it")
def contains_digit(x: str) -> bool:
    return number_of(x, DIGITS) > 0


@condition("contains a space", "has at least one space in it")
def contains_space(x: str) -> bool:
    return " " in x


@condition(
    "contains a character that is neither letter, digit nor space",
    "has something else in it than letters, digits and spaces",
)
def contains_other(x: str) -> bool:
    return number_of(x, LETTERS + DIGITS + " ") < len(x)


@condition(
    'contains the letter "{letter}", in either case',
    'has "{letter}" in it, small or capital',
    letter=("o", "r", "s", "n"),
)
def contains_letter(x: str, letter: str) -> bool:
    return letter in lower(x)


@condition("reads the same backwards", "is a palindrome, character by character")
def is_palindrome(x: str) -> bool:
    return x == x[::-1]


@condition("contains no capital letter", "is free of capital letters")
def no_capitals(x: str) -> bool:
    return number_of(x, UPPER) == 0


@condition("contains a capital letter but no small one", "has capitals and not a single small letter")
def all_capitals(x: str) -> bool:
    return number_of(x, UPPER) > 0 and number_of(x, LOWER) == 0


@condition("contains two equal characters next to each other", "has a character directly followed by the same one")
def has_double(x: str) -> bool:
    return len(runs(x)) < len(x)


@condition("has no character twice", "consists of characters that are all different")
def all_different(x: str) -> bool:
    return len(set(x)) == len(x)


@condition(
    "is not empty and begins and ends with the same character, whatever its case",
    "has a first character equal to its last one, apart from case",
)
def equal_ends(x: str) -> bool:
    return lower(x[:1]) == lower(x[-1:]) and x != ""


@condition("contains at least {count} vowels", "has {count} vowels or more", count=(3, 4, 5))
def many_vowels(x: str, count: int) -> bool:
    return number_of(x, VOWELS) >= count


@condition("has an even number of vowels, zero included", "contains 0, 2, 4 or another even number of vowels")
def even_vowels(x: str) -> bool:
    return number_of(x, VOWELS) % 2 == 0


@condition("contains at least as many vowels as consonants", "has no more consonants than vowels")
def vowels_prevail(x: str) -> bool:
    return number_of(x, VOWELS) >= number_of(x, CONSONANTS)


@condition("contains two vowels next to each other", "has a vowel directly followed by a vowel")
def vowel_pair(x: str) -> bool:
    return any(c in VOWELS and x[i + 1] in VOWELS for i, c in enumerate(x[:-1]))


@condition("has at least {count} words", "consists of {count} words or more", count=(2, 3))
def many_words(x: str, count: int) -> bool:
    return len(words(x)) >= count


@condition(
    "has letters whose places in the alphabet (a = 1) add up to an even number, 0 without letters",
    "has an even sum of alphabet places (a = 1 to z = 26, all letters added up, 0 without letters)",
)
def even_letter_sum(x: str) -> bool:
    return sum(place(c) for c in x) % 2 == 0


@condition(
    "begins with a character of lower code than the one it ends with",
    "has a first character whose code is below that of its last one",
)
def rising(x: str) -> bool:
    return x[:1] < x[-1:]
