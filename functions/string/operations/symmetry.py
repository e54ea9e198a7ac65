"""Operations that make or find palindromes."""

from functions.string.entry import operation


@operation("append the reversed text", "follow the text with itself written backwards")
def append_mirror(x: str) -> str:
    return x + x[::-1]


@operation(
    "append the reversed text without repeating the last character",
    "make a palindrome around the last character: the text, then all but its last character backwards",
)
def palindrome(x: str) -> str:
    return x + x[:-1][::-1]


@operation("put the reversed text in front", "begin with the text written backwards, then the text itself")
def prepend_mirror(x: str) -> str:
    return x[::-1] + x


@operation(
    "replace the second half by the mirror image of the first (a middle character stays)",
    "make a palindrome of the same length out of the first half and a middle character",
)
def mirror_first_half(x: str) -> str:
    half = len(x) // 2
    return x[: len(x) - half] + x[:half][::-1]


@operation(
    "replace the first half by the mirror image of the second (a middle character stays)",
    "make a palindrome of the same length out of a middle character and the second half",
)
def mirror_second_half(x: str) -> str:
    half = len(x) // 2
    return x[len(x) - half :][::-1] + x[half:]


@operation(
    'replace by "{mark}" every character that differs from the one as far from the other end',
    'compare the text with its reverse and put "{mark}" where the two differ',
    mark=("*", "-", "?"),
)
def symmetric_part(x: str, mark: str) -> str:
    return "".join(a if a == b else mark for a, b in zip(x, reversed(x), strict=True))
