"""The order of characters: the same ones, elsewhere."""

from .. import infer
from ..groups import belongs, low
from ..kind import SAME_CHARACTERS, operation


@operation("reverse it", wordwise=True, needs=SAME_CHARACTERS)
def reverse(text: str) -> str:
    return text[::-1]


def say_rotate(by: int) -> str:
    """A rotation, as a person would say it."""
    if by < 0:
        return f"rotate it to the right by {-by}: the last {-by} characters come to the front"
    return f"rotate it to the left by {by}: the first {by} characters go to the end"


@operation(
    say_rotate,
    1,
    2,
    3,
    4,
    5,
    -1,
    -2,
    -3,
    -4,
    -5,
    infer=infer.rotation,
    wordwise=True,
    needs=SAME_CHARACTERS,
)
def rotate(text: str, by: int) -> str:
    by = by % len(text) if text else 0
    return text[by:] + text[:by]


@operation(
    "move the first {0} characters to the end, if there are as many",
    2,
    3,
    4,
    5,
    infer=infer.rotation,
    needs=SAME_CHARACTERS,
    cost=0.2,
)
def rotate_if_long(text: str, by: int) -> str:
    return text[by:] + text[:by]


@operation(
    "swap the first and the second half (an odd middle goes with the {0} half)",
    "first",
    "second",
    needs=SAME_CHARACTERS,
)
def swap_halves(text: str, middle: str) -> str:
    half = (len(text) + (middle == "first")) // 2
    return text[half:] + text[:half]


@operation("swap the halves and leave an odd middle character in place", needs=SAME_CHARACTERS, cost=0.1)
def swap_halves_around_middle(text: str) -> str:
    half = len(text) // 2
    return text[len(text) - half :] + text[half : len(text) - half] + text[:half]


@operation("swap the characters of each pair of neighbours", wordwise=True, needs=SAME_CHARACTERS)
def swap_neighbours(text: str) -> str:
    return "".join(text[i : i + 2][::-1] for i in range(0, len(text), 2))


@operation("keep the first character and swap each pair of neighbours behind it", needs=SAME_CHARACTERS, cost=0.2)
def swap_neighbours_from_second(text: str) -> str:
    return text[:1] + "".join(text[i : i + 2][::-1] for i in range(1, len(text), 2))


@operation("swap the first and the last character", wordwise=True, needs=SAME_CHARACTERS)
def swap_ends(text: str) -> str:
    return text[-1] + text[1:-1] + text[0] if len(text) > 1 else text


@operation("reverse everything between the first and the last character", needs=SAME_CHARACTERS, cost=0.1)
def reverse_inside(text: str) -> str:
    return text[:1] + text[1:-1][::-1] + text[-1:] if len(text) > 1 else text


@operation("reverse each block of {0} characters", 3, 4, 5, needs=SAME_CHARACTERS, cost=0.1)
def reverse_blocks(text: str, size: int) -> str:
    return "".join(text[i : i + size][::-1] for i in range(0, len(text), size))


@operation("reverse the {0} half (an odd middle belongs to the second)", "first", "second", needs=SAME_CHARACTERS)
def reverse_half(text: str, which: str) -> str:
    half = len(text) // 2
    return text[:half][::-1] + text[half:] if which == "first" else text[:half] + text[half:][::-1]


@operation(
    "reverse the {0} half (an odd middle belongs to the first)", "first", "second", needs=SAME_CHARACTERS, cost=0.1
)
def reverse_longer_half(text: str, which: str) -> str:
    half = (len(text) + 1) // 2
    return text[:half][::-1] + text[half:] if which == "first" else text[:half] + text[half:][::-1]


@operation("reverse the first {0} characters", 2, 3, 4, 5, needs=SAME_CHARACTERS, cost=0.1)
def reverse_start(text: str, count: int) -> str:
    return text[:count][::-1] + text[count:]


@operation("reverse the last {0} characters", 2, 3, 4, 5, needs=SAME_CHARACTERS, cost=0.1)
def reverse_end(text: str, count: int) -> str:
    return text[:-count] + text[-count:][::-1]


@operation("reverse each run of letters and leave all else in place", needs=SAME_CHARACTERS, cost=0.1)
def reverse_runs_of_letters(text: str) -> str:
    out, run = "", ""
    for c in text:
        if belongs(c, "letters"):
            run = c + run
        else:
            out, run = out + run + c, ""
    return out + run


@operation(
    "reverse the order of the {0} and leave all other characters in place",
    "vowels",
    "consonants",
    "letters",
    "digits",
    "letters and digits",
    needs=SAME_CHARACTERS,
)
def reverse_only(text: str, group: str) -> str:
    own = [c for c in text if belongs(c, group)]
    return "".join(own.pop() if belongs(c, group) else c for c in text)


@operation(
    "sort the {0} among their places and leave all other characters in place",
    "vowels",
    "consonants",
    "letters",
    "digits",
    needs=SAME_CHARACTERS,
    cost=0.1,
)
def sort_only(text: str, group: str) -> str:
    own = sorted((c for c in text if belongs(c, group)), reverse=True)
    return "".join(own.pop() if belongs(c, group) else c for c in text)


@operation(
    "move the {0} to the {1}, in their order",
    *(
        (g, e)
        for g in (
            "vowels",
            "consonants",
            "digits",
            "capitals",
            "small letters",
            "letters",
            "spaces",
            "letters and digits",
            "punctuation",
        )
        for e in ("front", "end")
    ),
    needs=SAME_CHARACTERS,
)
def move_group(text: str, group: str, end: str) -> str:
    own = "".join(c for c in text if belongs(c, group))
    others = "".join(c for c in text if not belongs(c, group))
    return own + others if end == "front" else others + own


@operation("sort the characters by their codes (capitals before small letters)", wordwise=True, needs=SAME_CHARACTERS)
def sort_characters(text: str) -> str:
    return "".join(sorted(text))


@operation("sort the characters by their codes, last first", needs=SAME_CHARACTERS)
def sort_backwards(text: str) -> str:
    return "".join(sorted(text, reverse=True))


@operation("sort the characters by letter, whatever the case", needs=SAME_CHARACTERS)
def sort_by_letter(text: str) -> str:
    return "".join(sorted(text, key=low))


@operation("sort the characters by letter, whatever the case, last first", needs=SAME_CHARACTERS, cost=0.1)
def sort_by_letter_backwards(text: str) -> str:
    return "".join(sorted(text, key=low, reverse=True))


@operation("sort the characters by letter, and equal letters by case", needs=SAME_CHARACTERS, cost=0.2)
def sort_by_letter_then_case(text: str) -> str:
    return "".join(sorted(text, key=lambda c: (low(c), c)))


@operation(
    "put the characters at {0} places backwards and leave the others", "even", "odd", needs=SAME_CHARACTERS, cost=0.2
)
def reverse_alternate(text: str, which: str) -> str:
    letters, start = list(text), 0 if which == "even" else 1
    letters[start::2] = letters[start::2][::-1]
    return "".join(letters)


@operation(
    "move the middle character (or the later of two) to the {0}", "front", "end", needs=SAME_CHARACTERS, cost=0.2
)
def move_middle(text: str, end: str) -> str:
    m = len(text) // 2
    rest = text[:m] + text[m + 1 :]
    return text[m : m + 1] + rest if end == "front" else rest + text[m : m + 1]


@operation(
    "move the first characters to the end, as many as there are {0}",
    "vowels",
    "spaces",
    "digits",
    "consonants",
    needs=SAME_CHARACTERS,
    cost=0.2,
)
def rotate_by_count(text: str, group: str) -> str:
    by = sum(belongs(c, group) for c in text) % len(text) if text else 0
    return text[by:] + text[:by]


@operation(
    "move the last characters to the front, as many as there are {0}",
    "vowels",
    "spaces",
    "digits",
    "consonants",
    needs=SAME_CHARACTERS,
    cost=0.2,
)
def rotate_back_by_count(text: str, group: str) -> str:
    by = sum(belongs(c, group) for c in text) % len(text) if text else 0
    return text[-by:] + text[:-by] if by else text


@operation("reverse each half in its place (an odd middle stays)", needs=SAME_CHARACTERS, cost=0.1)
def reverse_halves(text: str) -> str:
    half = len(text) // 2
    rest = len(text) - half
    return text[:half][::-1] + text[half:rest] + text[rest:][::-1]


@operation(
    "from left to right, swap each of the {0} with the character behind it and go on behind both",
    "vowels",
    "consonants",
    "capitals",
    "digits",
    needs=SAME_CHARACTERS,
    cost=0.2,
)
def swap_with_next(text: str, group: str) -> str:
    out, i = "", 0
    while i < len(text):
        size = 2 if belongs(text[i], group) else 1
        out, i = out + text[i : i + size][::-1], i + size
    return out
