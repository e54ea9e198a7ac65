"""Operations that sum a text up. None of them is a check digit: those are kept for tests of what nobody has seen."""

from functions.string.entry import operation
from functions.string.meaning import DIGITS, LOWER, place


@operation(
    "give the sum of the places of all letters in the alphabet (a = 1, z = 26)",
    "add up the letters, a counting 1 to z counting 26 in either case, and answer with the sum",
)
def letter_sum(x: str) -> str:
    return str(sum(place(c) for c in x))


@operation(
    'append "{mark}" and the sum of the places of all letters in the alphabet (a = 1, z = 26)',
    'put "{mark}" at the end and then what the letters add up to, a counting 1 to z counting 26 in either case',
    mark=("=", ":", "#"),
)
def append_letter_sum(x: str, mark: str) -> str:
    return f"{x}{mark}{sum(place(c) for c in x)}"


@operation(
    "append the small letter whose place in the alphabet (a = 0) is the sum of all letters' places (a = 1) modulo 26",
    "add up the letters (a = 1 to z = 26), take the remainder modulo 26, and append the letter it stands for (0 is a)",
)
def append_sum_letter(x: str) -> str:
    return x + LOWER[sum(place(c) for c in x) % 26]


@operation(
    "append a hyphen and the sum of the digits in the text",
    "put a hyphen and the total of all digits 0 to 9 at the end",
)
def append_digit_sum(x: str) -> str:
    return f"{x}-{sum(int(c) for c in x if c in DIGITS)}"


@operation(
    "give the sum of all character codes modulo {modulus}",
    "add up the Unicode code points of the characters and answer with the remainder modulo {modulus}",
    modulus=(97, 256, 1000),
)
def code_sum(x: str, modulus: int) -> str:
    return str(sum(ord(c) for c in x) % modulus)


@operation(
    "give the exclusive or of all character codes in hexadecimal (small letters, no prefix)",
    "combine the Unicode code points of the characters by bitwise exclusive or and write the result in hexadecimal",
)
def code_parity(x: str) -> str:
    result = 0
    for c in x:
        result ^= ord(c)
    return f"{result:x}"


@operation(
    "append a hyphen and the polynomial hash: from 0, each character makes h into ({factor} h + its code) modulo 9973",
    "put a hyphen and a rolling checksum at the end: start at 0 and for each character multiply by {factor}, add its "
    "Unicode code point and take the remainder modulo 9973",
    factor=(31, 7),
)
def append_hash(x: str, factor: int) -> str:
    h = 0
    for c in x:
        h = (h * factor + ord(c)) % 9973
    return f"{x}-{h}"
