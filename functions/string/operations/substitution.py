"""Operations that exchange each letter for another one: shifts and substitution alphabets."""

from functions.string.entry import operation
from functions.string.meaning import CONSONANTS, DIGITS, LETTERS, LOWER, UPPER, VOWELS, place, shifted, upper


@operation(
    "shift every letter {amount} forward in the alphabet, going on from z to a",
    "replace each letter by the one {amount} further on in the alphabet, wrapping round and keeping its case",
    amount=(1, 2, 3, 4, 5, 7, 10, 13),
)
def shift_forward(x: str, amount: int) -> str:
    return "".join(shifted(c, amount) for c in x)


@operation(
    "shift every letter {amount} back in the alphabet, going on from a to z",
    "replace each letter by the one {amount} earlier in the alphabet, wrapping round and keeping its case",
    amount=(1, 2, 3, 4, 5),
)
def shift_back(x: str, amount: int) -> str:
    return "".join(shifted(c, -amount) for c in x)


@operation(
    "shift each letter forward in the alphabet by {factor} times its position in the text, going on from z to a",
    "move a letter that stands at position p (from 1) on by {factor} times p in the alphabet, wrapping round",
    factor=(1, 2, 3),
)
def shift_by_position(x: str, factor: int) -> str:
    return "".join(shifted(c, factor * i) for i, c in enumerate(x, 1))


@operation(
    "shift letters at odd positions (1st, 3rd) {amount} forward and letters at even ones {amount} back in the alphabet",
    "move letters by {amount} in the alphabet, onward in odd (1st, 3rd, 5th) and backward in even places (2nd, 4th)",
    amount=(1, 2, 3),
)
def shift_alternately(x: str, amount: int) -> str:
    return "".join(shifted(c, amount if i % 2 else -amount) for i, c in enumerate(x, 1))


@operation(
    "shift every letter forward in the alphabet by the length of the text, going on from z to a",
    "replace each letter by the one that is as many places further on as the text has characters, wrapping round",
)
def shift_by_length(x: str) -> str:
    return "".join(shifted(c, len(x)) for c in x)


@operation(
    "shift each letter forward in the alphabet by the place (a = 1) that the character before it had before any shift; "
    "at the start and after a character that is no letter, letters stay",
    "add to each letter the alphabet place of its left neighbour in the original text (a = 1, no letter = 0), "
    "wrapping round after z",
)
def shift_by_neighbour(x: str) -> str:
    return "".join(shifted(c, place(before)) for before, c in zip(" " + x, x, strict=False))


@operation(
    "shift every letter that directly follows a vowel {amount} forward in the alphabet, going on from z to a",
    "move letters on by {amount} in the alphabet where the character just before them is a vowel, and only there",
    amount=(1, 2, 5),
)
def shift_after_vowels(x: str, amount: int) -> str:
    return "".join(shifted(c, amount) if before in VOWELS else c for before, c in zip(" " + x, x, strict=False))


@operation(
    'shift the letters forward by the places (a = 0) of the letters of "{key}", over and over (a Vigenere cipher); '
    "other characters use up no letter of the key",
    'encrypt the letters with the Vigenere cipher under the key "{key}", where a shifts by 0; only letters use it up',
    key=("abc", "key", "lemon"),
)
def shift_by_key(x: str, key: str) -> str:
    result, used = "", 0
    for c in x:
        result += shifted(c, place(key[used % len(key)]) - 1)
        used += c in LETTERS
    return result


@operation(
    "replace every vowel by the one {amount} further in the circle a, e, i, o, u",
    "move each vowel on by {amount} in the order a, e, i, o, u (then a again), keeping its case",
    amount=(1, 2, 3),
)
def shift_vowels(x: str, amount: int) -> str:
    return x.translate({ord(v): VOWELS[i // 5 * 5 + (i + amount) % 5] for i, v in enumerate(VOWELS)})


@operation(
    "replace every consonant by the one {amount} further among the consonants, going on from z to b",
    "move each consonant on by {amount} in the alphabet without its vowels, wrapping round and keeping its case",
    amount=(1, 2, 3),
)
def shift_consonants(x: str, amount: int) -> str:
    return x.translate({ord(c): CONSONANTS[i // 21 * 21 + (i + amount) % 21] for i, c in enumerate(CONSONANTS)})


@operation(
    "raise every digit by {amount}, going on from 9 to 0",
    "add {amount} to each digit and keep only the last figure of the sum",
    amount=(1, 3, 5),
)
def shift_digits(x: str, amount: int) -> str:
    return "".join(str((int(c) + amount) % 10) if c in DIGITS else c for c in x)


@operation(
    "replace every letter by its mirror image in the alphabet (a by z, b by y and so on)",
    "read the alphabet backwards: a becomes z, b becomes y, up to z, which becomes a",
)
def mirror_alphabet(x: str) -> str:
    return x.translate(str.maketrans(LOWER + UPPER, LOWER[::-1] + UPPER[::-1]))


@operation(
    "exchange the letters of the alphabet in neighbouring pairs: a with b, c with d, up to y with z",
    "swap each letter with its partner in ab, cd, ef and so on to yz",
)
def pair_alphabet(x: str) -> str:
    return "".join(shifted(c, 1 if place(c) % 2 else -1) for c in x)


@operation(
    'replace the letters of the alphabet in order by those of "{key}" followed by the unused letters in order',
    'write in the substitution alphabet that begins with "{key}" (so a becomes its first letter, b its second) and '
    "goes on with the remaining letters from a to z",
    key=("zebra", "monkey", "qwertyuiopasdfghjklzxcvbnm"),
)
def keyed_alphabet(x: str, key: str) -> str:
    new = key + "".join(c for c in LOWER if c not in key)
    return x.translate(str.maketrans(LOWER + UPPER, new + upper(new)))


@operation(
    "replace letters by digits that look like them: a by 4, e by 3, i by 1, o by 0, s by 5, in either case",
    "write a as 4, e as 3, i as 1, o as 0 and s as 5, capitals alike",
)
def digit_lookalikes(x: str) -> str:
    return x.translate(str.maketrans("aeiosAEIOS", "4310543105"))


@operation(
    "replace every letter by its place in the alphabet (a = 1, z = 26) and put hyphens between all results",
    "write the characters joined by hyphens, with a number from 1 to 26 in place of each letter of the alphabet",
)
def letter_numbers(x: str) -> str:
    return "-".join(str(place(c)) if c in LETTERS else c for c in x)
