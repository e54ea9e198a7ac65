"""Operations that treat vowels and consonants differently."""

from functions.string.entry import operation
from functions.string.meaning import CONSONANTS, VOWELS, lower


@operation("remove all vowels", "leave out a, e, i, o and u in either case")
def remove_vowels(x: str) -> str:
    return "".join(c for c in x if c not in VOWELS)


@operation("remove all consonants", "leave out every letter that is not a vowel; other characters stay")
def remove_consonants(x: str) -> str:
    return "".join(c for c in x if c not in CONSONANTS)


@operation("double every vowel", "write each vowel twice in a row")
def double_vowels(x: str) -> str:
    return "".join(c * 2 if c in VOWELS else c for c in x)


@operation("double every consonant", "write each consonant twice in a row")
def double_consonants(x: str) -> str:
    return "".join(c * 2 if c in CONSONANTS else c for c in x)


@operation('replace every vowel by "{mark}"', 'put "{mark}" in the place of each vowel', mark=("*", "-", "o", "U"))
def replace_vowels(x: str, mark: str) -> str:
    return "".join(mark if c in VOWELS else c for c in x)


@operation('replace every consonant by "{mark}"', 'put "{mark}" in the place of each consonant', mark=("#", "-", "t"))
def replace_consonants(x: str, mark: str) -> str:
    return "".join(mark if c in CONSONANTS else c for c in x)


@operation(
    'insert "{mark}" after every vowel',
    'follow each vowel with "{mark}"',
    mark=("-", "g", "b", "!"),
)
def insert_after_vowels(x: str, mark: str) -> str:
    return "".join(c + mark if c in VOWELS else c for c in x)


@operation(
    'after every vowel insert "p" and the same vowel again, in lower case',
    "stretch each vowel by a p and its own small letter (a becomes apa)",
)
def echo_vowels(x: str) -> str:
    return "".join(c + "p" + lower(c) if c in VOWELS else c for c in x)


@operation(
    "replace vowels by their numbers: a by 1, e by 2, i by 3, o by 4, u by 5, in either case",
    "write 1, 2, 3, 4 and 5 for a, e, i, o and u, capitals alike",
)
def number_vowels(x: str) -> str:
    return x.translate(str.maketrans(VOWELS, "1234512345"))


@operation(
    "replace every vowel by V and every consonant by C",
    "show the pattern of sounds: V in place of each vowel, C in place of each consonant, the rest as it is",
)
def sound_pattern(x: str) -> str:
    return "".join("V" if c in VOWELS else "C" if c in CONSONANTS else c for c in x)


@operation(
    "replace every vowel by the first vowel of the text",
    "make all vowels equal to the one that comes first (with its case)",
)
def first_vowel_everywhere(x: str) -> str:
    first = next((c for c in x if c in VOWELS), "")
    return "".join(first if c in VOWELS else c for c in x)


@operation(
    "wherever a vowel is followed directly by another character, swap the two, going from left to right and skipping "
    "past each swapped pair",
    "read from left to right; let each vowel change places with the character just after it, then go on behind both",
)
def push_vowels(x: str) -> str:
    result, i = "", 0
    while i < len(x):
        step = 2 if x[i] in VOWELS else 1
        result += x[i : i + step][::-1]
        i += step
    return result
