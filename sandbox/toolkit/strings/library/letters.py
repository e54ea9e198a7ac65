"""Letters and digits turned into others, one by one."""

from .. import infer
from ..groups import GROUPS, LETTERS, belongs, low, up
from ..kind import ALIKE, LONGER, NO_LETTERS, NUMBERED, SAME_LENGTH, SAME_OUTLINE, operation


def shifted(c: str, by: int) -> str:
    if not belongs(c, "letters"):
        return c
    first = ord("A") if c < "a" else ord("a")
    return chr((ord(c) - first + by) % 26 + first)


@operation(
    "shift each letter {0} places along the alphabet, round from z to a, keeping its case",
    *range(1, 26),
    infer=infer.letter_shift,
    wordwise=False,
    needs=SAME_OUTLINE,
)
def shift_letters(text: str, by: int) -> str:
    return "".join(shifted(c, by) for c in text)


@operation(
    "shift each of the {0} {1} places along the alphabet",
    *((group, by) for group in ("capitals", "small letters") for by in (1, 2, 3, -1)),
    infer=infer.group_shift,
    needs=SAME_OUTLINE,
    cost=0.1,
)
def shift_group(text: str, group: str, by: int) -> str:
    return "".join(shifted(c, by) if belongs(c, group) else c for c in text)


@operation(
    "shift each letter along the alphabet by {0} and {1} for each place before it",
    (0, 1),
    (1, 1),
    (0, -1),
    (0, 2),
    (0, 3),
    (-1, -1),
    infer=infer.growing_shift,
    needs=SAME_OUTLINE,
)
def shift_by_place(text: str, start: int, growth: int) -> str:
    return "".join(shifted(c, start + growth * i) for i, c in enumerate(text))


@operation(
    "shift each letter along the alphabet by {0} and {1} for each letter before it (nothing else counts)",
    infer=infer.growing_shift,
    needs=SAME_OUTLINE,
    cost=0.1,
)
def shift_by_letter_number(text: str, start: int, growth: int) -> str:
    out, n = "", 0
    for c in text:
        out += shifted(c, start + growth * n)
        n += belongs(c, "letters")
    return out


@operation(
    "shift letters at even places (from 0) by {0} and at odd places by {1} along the alphabet",
    *((by, -by) for by in (1, 2, 3, -1)),
    infer=infer.alternating_shift,
    needs=SAME_OUTLINE,
    cost=0.1,
)
def shift_alternately(text: str, even: int, odd: int) -> str:
    return "".join(shifted(c, odd if i % 2 else even) for i, c in enumerate(text))


@operation(
    "shift each letter along the alphabet by the length of the text, times {0}", 1, -1, needs=SAME_OUTLINE, cost=0.2
)
def shift_by_length(text: str, times: int) -> str:
    return "".join(shifted(c, times * len(text)) for c in text)


@operation(
    "shift each letter along the alphabet by the number of {0}", "vowels", "spaces", needs=SAME_OUTLINE, cost=0.3
)
def shift_by_count(text: str, group: str) -> str:
    by = sum(belongs(c, group) for c in text)
    return "".join(shifted(c, by) for c in text)


@operation("shift the letters of each word along the alphabet by the word's length", needs=SAME_OUTLINE, cost=0.3)
def shift_by_word_length(text: str) -> str:
    return " ".join("".join(shifted(c, len(w)) for c in w) for w in text.split(" "))


@operation("mirror each letter in the alphabet: a becomes z, b becomes y", wordwise=True, needs=SAME_OUTLINE)
def mirror_letters(text: str) -> str:
    return "".join(shifted(c, 25 - 2 * (ord(low(c)) - ord("a"))) if belongs(c, "letters") else c for c in text)


@operation(
    "mirror each of the {0} in the alphabet: a becomes z",
    "vowels",
    "consonants",
    "capitals",
    "small letters",
    needs=SAME_OUTLINE,
    cost=0.2,
)
def mirror_group(text: str, group: str) -> str:
    return "".join(shifted(c, 25 - 2 * (ord(low(c)) - ord("a"))) if belongs(c, group) else c for c in text)


@operation("add {0} to each digit, round from 9 to 0", *range(1, 10), infer=infer.digit_shift, needs=SAME_OUTLINE)
def shift_digits(text: str, by: int) -> str:
    return "".join(str((int(c) + by) % 10) if belongs(c, "digits") else c for c in text)


@operation("take each digit from 9", needs=SAME_OUTLINE)
def mirror_digits(text: str) -> str:
    return "".join(str(9 - int(c)) if belongs(c, "digits") else c for c in text)


@operation("move each character's code by {0}", infer=infer.code_shift, needs=SAME_LENGTH, cost=0.2)
def shift_codes(text: str, by: int) -> str:
    return "".join(chr(ord(c) + by) for c in text)


@operation(
    "turn each vowel into the vowel {0} places on (a, e, i, o, u, round to a), keeping its case",
    1,
    2,
    3,
    4,
    needs=SAME_OUTLINE,
)
def shift_vowels(text: str, by: int) -> str:
    v = GROUPS["vowels"]
    return "".join(v[v.index(c) // 5 * 5 + (v.index(c) + by) % 5] if c in v else c for c in text)


@operation(
    "turn each consonant into the consonant {0} places on, round from z to b, keeping its case",
    1,
    2,
    -1,
    needs=SAME_OUTLINE,
)
def shift_consonants(text: str, by: int) -> str:
    v = GROUPS["consonants"]
    return "".join(v[v.index(c) // 21 * 21 + (v.index(c) + by) % 21] if c in v else c for c in text)


@operation("mirror the vowels among themselves: a and u, e and o", needs=SAME_OUTLINE, cost=0.1)
def mirror_vowels(text: str) -> str:
    v = GROUPS["vowels"]
    return "".join(v[v.index(c) // 5 * 5 + 4 - v.index(c) % 5] if c in v else c for c in text)


@operation(
    "turn each letter into the number of its place in the alphabet, with {0!r} between letters",
    "",
    " ",
    "-",
    ",",
    needs=NO_LETTERS,
)
def letters_to_numbers(text: str, gap: str) -> str:
    out = ""
    for i, c in enumerate(text):
        if belongs(c, "letters"):
            out += (gap if i and belongs(text[i - 1], "letters") else "") + str(ord(low(c)) - ord("a") + 1)
        else:
            out += c
    return out


@operation(
    "write each letter as its place in the alphabet (a is 1) and put {0!r} between all that then stand side by side",
    *"-., _/",
    cost=0.1,
    needs=NO_LETTERS | LONGER,
)
def numbers_joined(text: str, gap: str) -> str:
    return gap.join(str(ord(low(c)) - 96) if belongs(c, "letters") else c for c in text)


@operation(
    "write the places of its letters in the alphabet as numbers, joined by {0!r}, and drop all else",
    " ",
    "-",
    ",",
    "",
    needs=NO_LETTERS,
)
def numbers_of_letters(text: str, gap: str) -> str:
    return gap.join(str(ord(low(c)) - ord("a") + 1) for c in text if belongs(c, "letters"))


@operation("turn each vowel into its number (a 1, e 2, i 3, o 4, u 5)", needs=SAME_LENGTH)
def number_vowels(text: str) -> str:
    v = GROUPS["vowels"]
    return "".join(str(v.index(c) % 5 + 1) if c in v else c for c in text)


@operation("turn each digit into the letter of its number, {0}", "0 to a", "1 to a", needs=SAME_LENGTH)
def digits_to_letters(text: str, how: str) -> str:
    start = ord("a") - (how == "1 to a")
    return "".join(chr(start + int(c)) if belongs(c, "digits") and (how == "0 to a" or c > "0") else c for c in text)


@operation("spell each digit in English", wordwise=False, needs=ALIKE)
def spell_digits(text: str) -> str:
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return "".join(names[int(c)] if belongs(c, "digits") else c for c in text)


@operation("write the codes of its characters as numbers, joined by {0!r}", " ", "-", ",", cost=0.2, needs=NO_LETTERS)
def character_codes(text: str, gap: str) -> str:
    return gap.join(str(ord(c)) for c in text)


@operation(
    "write the codes of its characters in base {0}, joined by {1!r}",
    ("x", ""),
    ("x", " "),
    ("b", " "),
    cost=0.3,
    needs=NUMBERED,
)
def codes_in_base(text: str, base: str, gap: str) -> str:
    return gap.join(format(ord(c), base if base == "x" else "08b") for c in text)


@operation(
    "replace letters by digits that look like them ({0})",
    "a4 e3 i1 o0",
    "a4 e3 i1 o0 s5",
    "a4 e3 i1 o0 s5 t7",
    needs=SAME_LENGTH,
)
def look_alikes(text: str, table: str) -> str:
    new = {old: digit for pair in table.split() for old, digit in ((pair[0], pair[1]), (up(pair[0]), pair[1]))}
    return "".join(new.get(c, c) for c in text)


@operation(
    "replace the letters of the alphabet in order by those of {0!r}, keeping the case",
    "qwertyuiopasdfghjklzxcvbnm",
    "phqgiumeaylnofdxjkrcvstzwb",
    infer=infer.alphabet,
    needs=SAME_OUTLINE,
    cost=0.1,
)
def substitute(text: str, alphabet: str) -> str:
    table = {LETTERS[i]: alphabet[i] for i in range(26)} | {LETTERS[26 + i]: up(alphabet[i]) for i in range(26)}
    return "".join(table.get(c, c) for c in text)


@operation(
    "shift letters along the alphabet by the places (a = 0) of the letters of {0!r}, over and over; nothing but "
    "letters uses up one of them",
    infer=infer.keyword,
    needs=SAME_OUTLINE,
    cost=0.1,
)
def shift_by_keyword(text: str, word: str) -> str:
    out, n = "", 0
    for c in text:
        out += shifted(c, ord(word[n % len(word)]) - ord("a"))
        n += belongs(c, "letters")
    return out


@operation(
    "shift letters along the alphabet by the places (a = 0) of the letters of {0!r}, over and over; every "
    "character uses up one of them",
    infer=infer.placed_keyword,
    needs=SAME_OUTLINE,
    cost=0.15,
)
def shift_by_placed_keyword(text: str, word: str) -> str:
    return "".join(shifted(c, ord(word[i % len(word)]) - ord("a")) for i, c in enumerate(text))


@operation(
    "replace each vowel by {0!r} and each consonant by {1!r}",
    ("V", "C"),
    ("v", "c"),
    ("0", "1"),
    ("1", "0"),
    infer=infer.pattern,
    needs=SAME_LENGTH,
)
def pattern(text: str, vowel: str, consonant: str) -> str:
    return "".join(vowel if belongs(c, "vowels") else consonant if belongs(c, "consonants") else c for c in text)
