"""Numbers: what can be counted or added up in a text."""

from .. import infer
from ..groups import LETTERS, NAMES, belongs, low
from ..kind import AROUND, NUMBER, NUMBERED, SAME_LETTERS, SAME_SET, SHORTER, operation

COUNTED = (*NAMES, *infer.ALSO_COUNTED)


def amount(text: str, what: str) -> int:
    if what == "characters":
        return len(text)
    if what == "words":
        return len([w for w in text.split(" ") if w])
    if what == "different characters":
        return len(set(text))
    if what == "different letters":
        return len({low(c) for c in text if belongs(c, "letters")})
    return sum(belongs(c, what) for c in text)


NUMERALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)


def in_words(n: int) -> str:
    names = NUMERALS.split()
    if n < 20:
        return names[n]
    if n < 100:
        return names[18 + n // 10] + (f"-{names[n % 10]}" if n % 10 else "")
    return f"{names[n // 100 % 20]} hundred" + (f" {in_words(n % 100)}" if n % 100 else "")


@operation("say only how many {0} there are, as a number", *COUNTED, needs=NUMBER)
def number_of(text: str, what: str) -> str:
    return str(amount(text, what))


@operation("say only how many {0} there are, in English", *COUNTED, needs=NUMBER, cost=0.1)
def number_in_words(text: str, what: str) -> str:
    return in_words(amount(text, what))


@operation(
    "put the number of {0} at the end, after {1!r}",
    *((w, gap) for w in COUNTED for gap in ("", " ", ":", "-", "#")),
    infer=infer.count_label,
    needs=AROUND,
)
def append_number(text: str, what: str, gap: str) -> str:
    return f"{text}{gap}{amount(text, what)}"


@operation(
    "put the number of {0} in front, before {1!r}",
    *((w, gap) for w in COUNTED for gap in ("", " ", ":", "-", "#")),
    needs=AROUND,
)
def prepend_number(text: str, what: str, gap: str) -> str:
    return f"{amount(text, what)}{gap}{text}"


@operation(
    "put the number of {0} in English at the end, after {1!r}",
    *((w, gap) for w in COUNTED for gap in ("", " ", "-")),
    needs=AROUND,
    cost=0.2,
)
def append_number_in_words(text: str, what: str, gap: str) -> str:
    return f"{text}{gap}{in_words(amount(text, what))}"


@operation(
    "put the number of {0} at the end, in English where it is below ten and else in digits, after {1!r}",
    *((w, gap) for w in COUNTED for gap in ("", " ", "-")),
    needs=AROUND,
    cost=0.3,
)
def append_small_number_in_words(text: str, what: str, gap: str) -> str:
    n = amount(text, what)
    return f"{text}{gap}{in_words(n) if n < 10 else n}"


@operation("put the number of words and the number of characters behind, as w/c", cost=0.5, needs=AROUND)
def append_two_numbers(text: str) -> str:
    return f"{text}{len([w for w in text.split(' ') if w])}/{len(text)}"


@operation(
    "write each run of equal characters as {0}",
    "character and length",
    "length and character",
    "character and length, no ones",
    "length and character, no ones",
    "character, length in brackets",
    needs=SAME_SET,
)
def run_lengths(text: str, how: str) -> str:
    runs: list[str] = []
    for c in text:
        if runs and runs[-1][0] == c:
            runs[-1] += c
        else:
            runs.append(c)
    out = ""
    for run in runs:
        n = "" if how.endswith("no ones") and len(run) == 1 else str(len(run))
        out += n + run[0] if how.startswith("length") else f"{run[0]}({n})" if how.endswith("brackets") else run[0] + n
    return out


@operation(
    "write each different character with its number, in order of first appearance, as {0}",
    "character and number",
    "number and character",
    cost=0.1,
    needs=SAME_SET,
)
def tally(text: str, how: str) -> str:
    return "".join(
        f"{c}{text.count(c)}" if how.startswith("character") else f"{text.count(c)}{c}" for c in dict.fromkeys(text)
    )


@operation("replace each character by how often it occurs", needs=NUMBER, cost=0.2)
def frequencies(text: str) -> str:
    return "".join(str(text.count(c)) for c in text)


@operation("replace each character by how often it has occurred up to there", needs=NUMBER, cost=0.3)
def occurrences(text: str) -> str:
    return "".join(str(text[: i + 1].count(c)) for i, c in enumerate(text))


@operation("keep only the most frequent character (the first of equals)", needs=SHORTER, cost=0.1)
def most_frequent(text: str) -> str:
    return max(text, key=text.count, default="")


def total(text: str, what: str) -> int:
    if what == "the digits":
        return sum(int(c) for c in text if belongs(c, "digits"))
    if what == "the places of letters in the alphabet":
        return sum(LETTERS.index(c) % 26 + 1 for c in text if belongs(c, "letters"))
    if what == "codes times places":
        return sum(ord(c) * i for i, c in enumerate(text, 1))
    return sum(ord(c) for c in text)


SUMS = "the digits", "the places of letters in the alphabet", "the character codes", "codes times places"


@operation("say only the sum of {0}", *SUMS, needs=NUMBER, cost=0.1)
def sum_of(text: str, what: str) -> str:
    return str(total(text, what))


@operation(
    "put the sum of {0} at the end, after {1!r}",
    *((w, gap) for w in SUMS for gap in ("", " ", ":", "-", "#", "=")),
    needs=AROUND,
    cost=0.1,
)
def append_sum(text: str, what: str, gap: str) -> str:
    return f"{text}{gap}{total(text, what)}"


MODULI = tuple(m for m in (7, 9, 11, 13, 16, 26, 97, 100, 256, 1000))


@operation(
    "put the sum of {0} at the end, modulo {1}, after {2!r}",
    *((w, m, gap) for w in SUMS[1:] for m in MODULI for gap in ("", "#", "-", ":")),
    needs=AROUND,
    cost=0.2,
)
def append_remainder(text: str, what: str, modulus: int, gap: str) -> str:
    return f"{text}{gap}{total(text, what) % modulus}"


@operation("say only the sum of {0}, modulo {1}", *((w, m) for w in SUMS[1:] for m in MODULI), needs=NUMBER, cost=0.2)
def remainder(text: str, what: str, modulus: int) -> str:
    return str(total(text, what) % modulus)


@operation(
    "put a letter at the end: the sum of {0} modulo 26, counted from {1}",
    *((w, a) for w in SUMS[1:] for a in "aA"),
    needs=AROUND,
    cost=0.2,
)
def append_letter_of_sum(text: str, what: str, first: str) -> str:
    return text + chr(ord(first) + total(text, what) % 26)


@operation("add 1 to each number written in it, times {0}", 1, 2, 10, cost=0.2, needs=SAME_LETTERS)
def add_to_numbers(text: str, by: int) -> str:
    out, number = "", ""
    for c in text + "\0":
        if belongs(c, "digits"):
            number += c
        else:
            out, number = out + (str(int(number) + by) if number else "") + c, ""
    return out[:-1]


@operation("always answer {0!r}", infer=infer.everything, cost=1.0)
def always(text: str, answer: str) -> str:
    del text
    return answer


@operation(
    "say only how many {0} there are, as numbers joined by {1!r}", infer=infer.listed_numbers, cost=0.1, needs=NUMBERED
)
def numbers_of(text: str, whats: str, gap: str) -> str:
    return gap.join(str(amount(text, what)) for what in whats.split("/"))


@operation(
    "put {0!r} and a hash at the end: from 0, each character makes h into {1} h + its code, modulo {2}",
    infer=infer.hashed,
    needs=AROUND,
    cost=0.1,
)
def append_hash(text: str, label: str, multiplier: int, modulus: int) -> str:
    value = 0
    for c in text:
        value = (value * multiplier + ord(c)) % modulus
    return f"{text}{label}{value}"


@operation(
    "combine all character codes by exclusive or and write the result {0}",
    *("as a number", "in hexadecimal"),
    cost=0.3,
    needs=NUMBER,
)
def codes_combined(text: str, how: str) -> str:
    value = 0
    for c in text:
        value ^= ord(c)
    return f"{value:x}" if how == "in hexadecimal" else str(value)


@operation(
    "say only how many {0} there are, digit by digit in English, joined by {1!r}",
    *((w, gap) for w in COUNTED for gap in ("-", " ")),
    needs=NUMBER,
    cost=0.2,
)
def number_spelled(text: str, what: str, gap: str) -> str:
    return gap.join(in_words(int(digit)) for digit in str(amount(text, what)))
