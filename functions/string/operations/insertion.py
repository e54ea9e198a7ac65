"""Operations that put something in."""

from functions.string.entry import operation
from functions.string.meaning import DIGITS, UPPER


@operation(
    'put "{mark}" between all neighbouring characters', 'join the characters with "{mark}"', mark=("-", ".", "_")
)
def insert_between(x: str, mark: str) -> str:
    return mark.join(x)


@operation(
    'insert "{mark}" after every {every:th} character',
    'put "{mark}" behind the characters whose position (from 1) is a multiple of {every}',
    every=(2, 3, 4),
    mark=("-", "/", "x"),
)
def insert_every(x: str, every: int, mark: str) -> str:
    return "".join(c + mark if i % every == 0 else c for i, c in enumerate(x, 1))


@operation('insert "{mark}" before every capital letter', 'put "{mark}" in front of each capital', mark=("_", "+", "~"))
def insert_before_capitals(x: str, mark: str) -> str:
    return "".join(mark + c if c in UPPER else c for c in x)


@operation('insert "{mark}" after every digit', 'follow each digit with "{mark}"', mark=(",", "'", "o"))
def insert_after_digits(x: str, mark: str) -> str:
    return "".join(c + mark if c in DIGITS else c for c in x)


@operation('put "{prefix}" in front', 'begin the result with "{prefix}"', prefix=("re", "un", "the ", ">> "))
def add_prefix(x: str, prefix: str) -> str:
    return prefix + x


@operation('put "{suffix}" at the end', 'finish the result with "{suffix}"', suffix=("ing", "s", "!", " please"))
def add_suffix(x: str, suffix: str) -> str:
    return x + suffix


@operation(
    'enclose the text in "{pair}" (one before, one after)',
    'put the first character of "{pair}" in front and the second one at the end',
    pair=("()", "[]", "<>"),
)
def enclose(x: str, pair: str) -> str:
    return pair[0] + x + pair[1]


@operation(
    'enclose every word in "{pair}" (one before, one after)',
    'put the first character of "{pair}" before each word and the second one after it',
    pair=("()", "{}", "/\\"),
)
def enclose_words(x: str, pair: str) -> str:
    return " ".join(pair[0] + word + pair[-1] if word else word for word in x.split(" "))


@operation(
    'insert "{mark}" in the middle (of an odd number of characters, before the middle one)',
    'split the text into halves, the first one the smaller, and join them with "{mark}"',
    mark=("-", "um", "|"),
)
def insert_middle(x: str, mark: str) -> str:
    middle = len(x) // 2
    return x[:middle] + mark + x[middle:]


@operation(
    "put after every character its position (1, 2, 3 and so on)",
    "follow each character with its position number, counted from 1",
)
def number_characters(x: str) -> str:
    return "".join(c + str(i) for i, c in enumerate(x, 1))


@operation(
    "number the words: before each word put its number, counted from 1, and a colon",
    "start each word with its place among the words and a colon (1:, 2: and so on)",
)
def number_words(x: str) -> str:
    number, result = 0, []
    for word in x.split(" "):
        number += word != ""
        result.append(f"{number}:{word}" if word else word)
    return " ".join(result)
