"""Operations that write things more than once."""

from functions.string.entry import operation


@operation("write the text {times} times in a row", "put {times} copies of the text side by side", times=(2, 3))
def repeat_text(x: str, times: int) -> str:
    return x * times


@operation(
    'write the text twice with "{mark}" between',
    'join two copies of the text with "{mark}"',
    mark=("-", " ", "/"),
)
def repeat_joined(x: str, mark: str) -> str:
    return x + mark + x


@operation("write every character {times} times in a row", "stretch each character to {times} copies", times=(2, 3))
def repeat_characters(x: str, times: int) -> str:
    return "".join(c * times for c in x)


@operation(
    "write the characters once, twice, ... {cycle} times, then once again and so on in turn",
    "repeat each character by a count that goes round from 1 to {cycle} as the text goes on",
    cycle=(3, 4),
)
def repeat_in_turn(x: str, cycle: int) -> str:
    return "".join(c * (i % cycle + 1) for i, c in enumerate(x))


@operation("double every {every:th} character", "write each {every:th} character twice", every=(2, 3, 4))
def double_every(x: str, every: int) -> str:
    return "".join(c if i % every else c * 2 for i, c in enumerate(x, 1))


@operation(
    "write the first character {times} more times at the front",
    "begin with {times} extra copies of the first character",
    times=(2, 3, 4),
)
def repeat_first(x: str, times: int) -> str:
    return x[:1] * times + x


@operation(
    "write the last character {times} more times at the end",
    "finish with {times} extra copies of the last character",
    times=(2, 3, 4),
)
def repeat_last(x: str, times: int) -> str:
    return x + x[-1:] * times


@operation(
    "stutter: put a copy of the first {amount:character} and a hyphen in front",
    "begin with the first {amount:character} and a hyphen, then the whole text",
    amount=(1, 2, 3),
)
def stutter(x: str, amount: int) -> str:
    return f"{x[:amount]}-{x}"


@operation(
    "put a copy of the first {amount:character} at the end",
    "repeat the first {amount:character} after the end of the text",
    amount=(1, 2, 3),
)
def append_start(x: str, amount: int) -> str:
    return x + x[:amount]


@operation(
    "put a copy of the last {amount:character} in front",
    "repeat the last {amount:character} before the start of the text",
    amount=(1, 2, 3),
)
def prepend_end(x: str, amount: int) -> str:
    return x[-amount:] + x


@operation("write every word twice, with a space between", "double each word, the copies separated by a space")
def double_words(x: str) -> str:
    return " ".join(f"{word} {word}" if word else word for word in x.split(" "))
