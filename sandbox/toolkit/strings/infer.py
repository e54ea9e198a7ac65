"""Parameters read off one pair of texts: what a step must have been, if it was of this kind. Candidates, not proof."""

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps

from .groups import LETTERS, NAMES, belongs, tally
from .kind import Parameter, Parameters

LOWER = LETTERS[:26]


def remembered(infer: Callable[[str, str], Iterator[Parameters]]) -> Callable[[str, str], tuple[Parameters, ...]]:
    """Several kinds ask the same of the same pair, one after another."""

    @lru_cache(maxsize=256)
    def once(before: str, after: str) -> tuple[Parameters, ...]:
        return tuple(infer(before, after))

    return wraps(infer)(lambda before, after: once(before, after))


def prefix(before: str, after: str) -> Iterator[Parameters]:
    """What was put in front."""
    if after.endswith(before) and after != before and before:
        yield (after[: len(after) - len(before)],)


def suffix(before: str, after: str) -> Iterator[Parameters]:
    """What was put behind."""
    if after.startswith(before) and after != before and before:
        yield (after[len(before) :],)


def around(before: str, after: str) -> Iterator[Parameters]:
    """What was put in front and behind."""
    at = after.find(before)
    while at >= 0 and before:
        if at and at + len(before) < len(after):
            yield (after[:at], after[at + len(before) :])
        at = after.find(before, at + 1)


def everything(before: str, after: str) -> Iterator[Parameters]:
    """The answer itself."""
    if before:
        yield (after,)


@remembered
def swapped_character(before: str, after: str) -> Iterator[Parameters]:
    """The first character that became another."""
    for old, new in zip(before, after, strict=False):
        if old != new:
            yield (old, new)
            return


@remembered
def letter_shift(before: str, after: str) -> Iterator[Parameters]:
    """How far the first letter moved along the alphabet."""
    for old, new in zip(before.lower(), after.lower(), strict=False):
        if old in LOWER and new in LOWER and old != new:
            yield ((ord(new) - ord(old)) % 26,)
            return


def group_shift(before: str, after: str) -> Iterator[Parameters]:
    """How far the first letter that moved did, with each group that it may stand for."""
    for (by,) in letter_shift(before, after):
        for group in ("vowels", "consonants", "capitals", "small letters"):
            yield (group, by)


def growing_shift(before: str, after: str) -> Iterator[Parameters]:
    """Start and growth of a shift that depends on the place: from the first two letters."""
    moved = [
        (i, (ord(new) - ord(old)) % 26)
        for i, (old, new) in enumerate(zip(before.lower(), after.lower(), strict=False))
        if old in LOWER and new in LOWER
    ]
    if len(moved) > 1 and moved[1][0] == moved[0][0] + 1:
        step = (moved[1][1] - moved[0][1]) % 26
        if step:
            yield ((moved[0][1] - step * moved[0][0]) % 26, step if step < 14 else step - 26)


def alternating_shift(before: str, after: str) -> Iterator[Parameters]:
    """Shifts at even and odd places."""
    shifts: dict[int, int] = {}
    for i, (old, new) in enumerate(zip(before.lower(), after.lower(), strict=False)):
        if old in LOWER and new in LOWER:
            shifts.setdefault(i % 2, (ord(new) - ord(old)) % 26)
    if len(shifts) == 2 and shifts[0] != shifts[1]:
        yield (shifts[0], shifts[1])


def digit_shift(before: str, after: str) -> Iterator[Parameters]:
    """How far the first digit moved, round from 9 to 0."""
    for old, new in zip(before, after, strict=False):
        if old in "0123456789" and new in "0123456789" and old != new:
            yield ((int(new) - int(old)) % 10,)
            return


def code_shift(before: str, after: str) -> Iterator[Parameters]:
    """How far the first character's code moved."""
    if before and after and before[0] != after[0]:
        yield (ord(after[0]) - ord(before[0]),)


def rotation(before: str, after: str) -> Iterator[Parameters]:
    """By how many places a text was turned: to the left, and counted to the right."""
    n = len(before)
    at = (before + before).find(after, 1) if n > 3 and before != after else -1
    if 0 < at < n:
        yield (at,)
        yield (at - n,)


def slice_bounds(before: str, after: str) -> Iterator[Parameters]:
    """Where a piece was cut out: its ends counted from the front and from the back. `""` is an open end."""
    start = before.find(after) if after and after != before else -1
    if start >= 0:
        stop, n = start + len(after), len(before)
        lasts: tuple[Parameter, ...] = ("",) if stop == n else (stop, stop - n)
        for first in (start, start - n):
            for last in lasts:
                yield (first, last)


def stride(before: str, after: str) -> Iterator[Parameters]:
    """First place and distance of characters that were kept."""
    for start in (0, 1, 2):
        for every in (2, 3, 4):
            if after and before[start::every] == after:
                yield (start, every)


def separator(before: str, after: str) -> Iterator[Parameters]:
    """What stands between the characters now."""
    gap, left = divmod(len(after) - len(before), len(before) - 1) if len(before) > 1 else (0, 1)
    if gap > 0 and not left:
        yield (after[1 : 1 + gap],)


def word_separator(before: str, after: str) -> Iterator[Parameters]:
    """What stands where the first space was."""
    words = before.split(" ")
    if len(words) > 1 and after.startswith(words[0]) and words[0]:
        rest = after[len(words[0]) :]
        at = rest.find(words[1]) if words[1] else -1
        if at >= 0 and rest[:at] != " ":
            yield (rest[:at],)


def inserted(before: str, after: str) -> Iterator[Parameters]:
    """A piece that was put in: its place from the front, from the back."""
    extra, n = len(after) - len(before), len(before)
    if extra > 0:
        for at in range(1, n):
            if before[:at] == after[:at] and before[at:] == after[at + extra :]:
                yield (at, after[at : at + extra])
                yield (at - n, after[at : at + extra])


def inserted_middle(before: str, after: str) -> Iterator[Parameters]:
    """A piece that was put into the middle."""
    extra, half = len(after) - len(before), len(before) // 2
    if extra > 0 and before[:half] == after[:half]:
        yield (after[half : half + extra],)


def chunks(before: str, after: str) -> Iterator[Parameters]:
    """Size of the chunks and what stands between them now."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    if at < 2:
        return
    gaps, extra = (len(before) - 1) // at, len(after) - len(before)
    if gaps and extra > 0 and extra % gaps == 0:
        yield (at, after[at : at + extra // gaps])


@remembered
def group_replaced(before: str, after: str) -> Iterator[Parameters]:
    """The group of the first character that was replaced, and by what: one character, or the text that fills up."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), -1)
    if at < 0:
        return
    for group in NAMES:
        if belongs(before[at], group) and not tally(before[:at], group):
            count = tally(before, group)
            size, left = divmod(len(after) - len(before) + count, count)
            if 0 < size < 8 and not left:
                yield (group, after[at : at + size])


def every_replaced(before: str, after: str) -> Iterator[Parameters]:
    """Where characters were replaced at equal distances, and by what."""
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new]
    if len(changed) > 1 and changed[1] - changed[0] > changed[0]:
        yield (changed[0], changed[1] - changed[0], after[changed[0]])


def after_group(before: str, after: str) -> Iterator[Parameters]:
    """The group whose members are followed by something new, and what that is."""
    extra = len(after) - len(before)
    for group in NAMES if extra > 0 else ():
        count = tally(before, group)
        first = next((i for i, c in enumerate(before) if belongs(c, group)), 0)
        if count and extra % count == 0 and extra // count < 8:
            yield (group, after[first + 1 : first + 1 + extra // count])


def before_group(before: str, after: str) -> Iterator[Parameters]:
    """The group whose members have something new in front, and what that is."""
    extra = len(after) - len(before)
    for group in NAMES if extra > 0 else ():
        count = tally(before, group)
        first = next((i for i, c in enumerate(before) if belongs(c, group)), 0)
        if count and extra % count == 0 and extra // count < 8:
            yield (group, after[first : first + extra // count])


def removed_character(before: str, after: str) -> Iterator[Parameters]:
    """The first character that is gone."""
    if len(after) < len(before):
        at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after))
        yield (before[at],)


def count_label(before: str, after: str) -> Iterator[Parameters]:
    """What stands between a text and a number behind it, for each thing that may be counted."""
    if before and after.startswith(before):
        rest = after[len(before) :]
        label = rest.rstrip("0123456789")
        if label != rest:
            for what in NAMES:
                yield (what, label)
