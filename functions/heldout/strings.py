"""Held-out operations on texts. Written and read like the others, see `functions.string.entry`."""

from functions.string.entry import operation
from functions.string.meaning import CONSONANTS, DIGITS, LOWER, UPPER, lower, place, upper, words


@operation(
    "write the text in a zigzag over {rails} rails and read it rail by rail, from the top (a rail fence)",
    "apply a rail fence cipher with {rails} rails",
    rails=(2, 3, 4),
)
def rail_fence(x: str, rails: int) -> str:
    turns = [*range(rails), *range(rails - 2, 0, -1)]
    return "".join(c for rail in range(rails) for i, c in enumerate(x) if turns[i % len(turns)] == rail)


@operation(
    'in every word, move the consonants before its first vowel to its end and put "{ending}" behind them (pig Latin)',
    'turn every word into pig Latin: what stands before its first vowel goes to its end, then "{ending}" follows',
    ending=("ay", "way", "yay"),
)
def pig_latin(x: str, ending: str) -> str:
    turned = []
    for word in x.split(" "):
        start = 0
        while start < len(word) and word[start] in CONSONANTS:
            start += 1
        turned.append(word[start:] + word[:start] + ending if word else word)
    return " ".join(turned)


@operation(
    "sort the characters by how often each occurs in the text, the {first} frequent first; where two occur as often, "
    "the one that comes first in the text comes first",
    "order the characters by their frequency in the text, starting with the {first} frequent ones, and where that "
    "leaves a choice by where they first stand",
    first=("most", "least"),
)
def sort_by_frequency(x: str, first: str) -> str:
    sign = -1 if first == "most" else 1
    return "".join(sorted(x, key=lambda c: (sign * x.count(c), x.index(c))))


@operation(
    "in every word of more than {size:character}, mirror each letter in the alphabet (a and z, b and y, and so on); "
    "leave shorter words alone",
    "replace the letters of words that are longer than {size:character} by their mirror images in the alphabet (a for "
    "z, b for y), and do nothing to other words",
    size=(3, 4, 5),
)
def mirror_long_words(x: str, size: int) -> str:
    mirror = str.maketrans(LOWER + UPPER, LOWER[::-1] + UPPER[::-1])
    return " ".join(word.translate(mirror) if len(word) > size else word for word in x.split(" "))


@operation(
    "cut the text into two halves (the first is longer by one where the length is odd) and interleave them, one "
    "character of each in turn, the second half {way}",
    "shuffle the two halves of the text like a deck of cards, the longer half first and the second half {way}",
    way=("as it is", "backwards"),
)
def interleave_halves(x: str, way: str) -> str:
    middle = (len(x) + 1) // 2
    first, second = x[:middle], x[middle:]
    if way == "backwards":
        second = second[::-1]
    return "".join(c + second[i : i + 1] for i, c in enumerate(first))


@operation(
    "replace every word by a code like Soundex: its first character in upper case, then a digit for each consonant "
    "after it (bfpv 1, cgjkqsxz 2, dt 3, l 4, mn 5, r 6; h, w, y and all else none), the same digit never twice in a "
    "row, cut or filled up with zeros to {length:character}",
    "give for every word its first character in upper case and the digits of the consonants that follow (bfpv 1, "
    "cgjkqsxz 2, dt 3, l 4, mn 5, r 6; others none; no digit twice in a row), with zeros up to {length:character} and "
    "nothing beyond",
    length=(3, 4, 6),
)
def sound_code(x: str, length: int) -> str:
    coded = []
    for word in words(x):
        code = ""
        for c in lower(word[1:]):
            digit = "01230120022455012623010202"[place(c) - 1] if place(c) else "0"
            if digit != "0" and not code.endswith(digit):
                code += digit
        coded.append((upper(word[0]) + code + "0" * length)[:length])
    return " ".join(coded)


@operation(
    "append a check digit to the text: from the right, double every second digit of it beginning with the last one "
    "(9 less where that exceeds 9), add all of them up, and append what is missing to a multiple of 10 (Luhn)",
    "put the Luhn check digit of its digits at the end of the text (0 if it has none)",
)
def luhn_digit(x: str) -> str:
    digits = [int(c) for c in x if c in DIGITS]
    total = sum(sum(divmod(2 * d, 10)) if i % 2 == 0 else d for i, d in enumerate(reversed(digits)))
    return x + DIGITS[-total % 10]


@operation(
    "append a check character: the sum of all letters' places in the alphabet (a = 1), each times its position in the "
    'text, modulo {modulus}, where 10 is written "X"',
    "weigh the place in the alphabet (a = 1) of each letter with its position in the text, add up, and append the "
    'remainder modulo {modulus}; 10 becomes "X"',
    modulus=(7, 11),
)
def weighted_check(x: str, modulus: int) -> str:
    total = sum(i * place(c) for i, c in enumerate(x, 1))
    return x + (DIGITS + "X")[total % modulus]
