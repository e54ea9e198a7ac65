"""Something put in, or said again."""

from .. import infer
from ..groups import belongs, low, swapped
from ..kind import AROUND, LONGER, SAME_LENGTH, SAME_SET, SAME_START, operation

SOME = "*", "-", "!", "_", "."
EACH = "vowels", "consonants", "letters", "digits"


@operation("put {0!r} in front", infer=infer.prefix, wordwise=True, needs=AROUND)
def put_in_front(text: str, piece: str) -> str:
    return piece + text


@operation("put {0!r} at the end", infer=infer.suffix, wordwise=True, needs=AROUND)
def put_at_end(text: str, piece: str) -> str:
    return text + piece


@operation(
    "put {0!r} in front and {1!r} at the end",
    *(("(", ")"), ("[", "]"), ("<", ">"), ("{", "}")),
    infer=infer.around,
    wordwise=True,
    needs=AROUND,
)
def put_around(text: str, front: str, end: str) -> str:
    return front + text + end


@operation("put {0!r} between neighbouring characters", *"-. _,", infer=infer.separator, needs=LONGER)
def put_between(text: str, piece: str) -> str:
    return piece.join(text)


@operation(
    "put {1!r} behind every {0} characters, if more follow",
    *((n, c) for n in (2, 3) for c in "-_ "),
    infer=infer.chunks,
    needs=LONGER,
)
def put_between_chunks(text: str, size: int, piece: str) -> str:
    return piece.join(text[i : i + size] for i in range(0, len(text), size))


@operation(
    "put {1!r} behind every whole group of {0} characters",
    *((n, c) for n in (2, 3, 4) for c in "-_"),
    infer=infer.chunks,
    needs=LONGER,
    cost=0.1,
)
def put_behind_chunks(text: str, size: int, piece: str) -> str:
    return "".join(c + (piece if i % size == size - 1 else "") for i, c in enumerate(text))


@operation(
    "put {1!r} in at place {0} (counted from 0, negative from the end)", infer=infer.inserted, needs=LONGER, cost=0.1
)
def put_at(text: str, place: int, piece: str) -> str:
    return text[:place] + piece + text[place:]


@operation(
    "put {0!r} into the middle (an odd middle comes behind it)", "-", "|", infer=infer.inserted_middle, needs=LONGER
)
def put_in_middle(text: str, piece: str) -> str:
    half = len(text) // 2
    return text[:half] + piece + text[half:]


@operation(
    "put {0!r} into the middle (an odd middle comes before it)",
    "-",
    "|",
    infer=infer.inserted_behind_middle,
    needs=LONGER,
)
def put_behind_middle(text: str, piece: str) -> str:
    half = (len(text) + 1) // 2
    return text[:half] + piece + text[half:]


@operation(
    "put {1!r} behind each of the {0}", *((g, p) for g in EACH for p in SOME), infer=infer.after_group, needs=LONGER
)
def put_behind_each(text: str, group: str, piece: str) -> str:
    return "".join(c + piece if belongs(c, group) else c for c in text)


@operation(
    "put {1!r} in front of each of the {0}",
    *((g, p) for g in EACH for p in SOME),
    infer=infer.before_group,
    needs=LONGER,
)
def put_before_each(text: str, group: str, piece: str) -> str:
    return "".join(piece + c if belongs(c, group) else c for c in text)


@operation(
    "put {1!r} in front of and behind each of the {0}",
    *((g, p) for g in (*EACH, "capitals") for p in SOME),
    needs=LONGER,
    cost=0.2,
)
def put_around_each(text: str, group: str, piece: str) -> str:
    return "".join(piece + c + piece if belongs(c, group) else c for c in text)


@operation("put {0!r} in front of each capital that is not the first character", *"_- ", needs=LONGER, cost=0.2)
def put_before_inner_capitals(text: str, piece: str) -> str:
    return "".join(piece + c if i and belongs(c, "capitals") else c for i, c in enumerate(text))


@operation(
    "say each of the {0} {1} times",
    *((g, n) for g in (*EACH, "capitals", "spaces", "punctuation") for n in (2, 3)),
    wordwise=False,
    needs=LONGER,
)
def repeat_each(text: str, group: str, times: int) -> str:
    return "".join(c * times if belongs(c, group) else c for c in text)


@operation("say each character {0} times", 2, 3, 4, wordwise=True, needs=LONGER)
def repeat_characters(text: str, times: int) -> str:
    return "".join(c * times for c in text)


@operation(
    "say the whole {0} times, with {1!r} between",
    *((n, gap) for n in (2, 3) for gap in ("", " ", "-")),
    infer=infer.repetition,
    wordwise=True,
    needs=AROUND,
)
def repeat_all(text: str, times: int, gap: str) -> str:
    return gap.join([text] * times)


@operation("say the first character {0} more times in front", 1, 2, 3, 4, needs=AROUND)
def repeat_first(text: str, times: int) -> str:
    return text[:1] * times + text


@operation("say the last character {0} more times at the end", 1, 2, 3, 4, needs=AROUND)
def repeat_last(text: str, times: int) -> str:
    return text + text[-1:] * times


@operation("say the first {0} characters again at the end", 1, 2, 3, 4, needs=AROUND)
def append_start(text: str, count: int) -> str:
    return text + text[:count]


@operation("say the last {0} characters again in front", 1, 2, 3, 4, needs=AROUND)
def prepend_end(text: str, count: int) -> str:
    return text[-count:] + text


@operation("say the last {0} characters again at the end", 2, 3, 4, needs=AROUND, cost=0.1)
def append_end(text: str, count: int) -> str:
    return text + text[-count:]


@operation(
    "say the first {0} characters again in front, with {1!r} between",
    *((n, gap) for n in (1, 2, 3) for gap in ("-", " ")),
    infer=infer.copied_start,
    needs=AROUND,
    cost=0.1,
)
def prepend_start(text: str, count: int, gap: str) -> str:
    return text[:count] + gap + text


@operation(
    "say the last {0} characters again at the end, with {1!r} between",
    *((n, gap) for n in (1, 2, 3) for gap in ("-", " ")),
    infer=infer.copied_end,
    needs=AROUND,
    cost=0.15,
)
def append_end_apart(text: str, count: int, gap: str) -> str:
    return text + gap + text[-count:]


@operation("behind each of the {0} put {1!r} and the same once more, small", infer=infer.echoed, needs=LONGER, cost=0.1)
def echo_each(text: str, group: str, piece: str) -> str:
    return "".join(c + piece + low(c) if belongs(c, group) else c for c in text)


@operation("put its place (1, 2, 3) {0} each character", "behind", "in front of", needs=LONGER)
def number_characters(text: str, where: str) -> str:
    return "".join(f"{c}{i}" if where == "behind" else f"{i}{c}" for i, c in enumerate(text, 1))


@operation(
    "in what is longer than 3 characters, replace what stands between the first and the last by its length",
    wordwise=True,
    needs=SAME_START,
)
def abbreviate(text: str) -> str:
    return text if len(text) < 4 else f"{text[0]}{len(text) - 2}{text[-1]}"


@operation("say the first character once, the second twice, and so on", needs=LONGER)
def repeat_by_place(text: str) -> str:
    return "".join(c * i for i, c in enumerate(text, 1))


@operation(
    "say the first character once, the second twice, up to {0} times, then again from once on", 2, 3, 4, 5, needs=LONGER
)
def repeat_in_turn(text: str, most: int) -> str:
    return "".join(c * (i % most + 1) for i, c in enumerate(text))


@operation(
    "say every {1}th character twice, beginning with character {0} (counted from 0)",
    *((s, e) for e in (2, 3, 4) for s in range(e)),
    needs=LONGER,
    cost=0.1,
)
def repeat_every(text: str, start: int, every: int) -> str:
    return "".join(c * 2 if i % every == start else c for i, c in enumerate(text))


@operation("say the middle character (or the later of two) twice", needs=LONGER, cost=0.2)
def repeat_middle(text: str) -> str:
    m = len(text) // 2
    return text[: m + 1] + text[m:]


@operation("say each character followed by its other case", needs=LONGER, cost=0.3)
def both_cases(text: str) -> str:
    return "".join(c + swapped(c) for c in text)


@operation("put the reversed text behind it, with {0!r} between", "", " ", "|", "-", needs=AROUND)
def append_reverse(text: str, gap: str) -> str:
    return text + gap + text[::-1]


@operation("put the reversed text in front of it, with {0!r} between", "", " ", "|", "-", needs=AROUND)
def prepend_reverse(text: str, gap: str) -> str:
    return text[::-1] + gap + text


@operation(
    "make a palindrome: put the reversed text behind it, the last character only once", wordwise=True, needs=AROUND
)
def palindrome(text: str) -> str:
    return text + text[:-1][::-1]


@operation("make a palindrome: put the reversed text in front of it, the first character only once", needs=AROUND)
def palindrome_in_front(text: str) -> str:
    return text[1:][::-1] + text


@operation(
    "copy the {0} half over the other, mirrored (an odd middle stays)", "first", "second", cost=0.1, needs=SAME_LENGTH
)
def mirror_half(text: str, which: str) -> str:
    half, odd = len(text) // 2, len(text) % 2
    if which == "first":
        return text[: half + odd] + text[:half][::-1]
    return text[half + odd :][::-1] + text[half:]


@operation("say the character before each digit as often as the digit says, in its place", needs=SAME_SET, cost=0.4)
def expand_counts(text: str) -> str:
    out = ""
    for c in text:
        out = out[:-1] + out[-1:] * int(c) if belongs(c, "digits") and out else out + c
    return out
