"""Parameters read off one pair of texts: what a step must have been, if it was of this kind. Candidates, not proof."""

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from itertools import islice, product

from .groups import LETTERS, NAMES, belongs, tally
from .kind import Parameter, Parameters
from .places import PLACES

LOWER = LETTERS[:26]
ALSO_COUNTED = "characters", "words", "different characters", "different letters"


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
            yield (rest[:at], "closed")
            yield (rest[:at], "closed at any blank")


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


def inserted_behind_middle(before: str, after: str) -> Iterator[Parameters]:
    """A piece that was put behind the middle."""
    extra, half = len(after) - len(before), (len(before) + 1) // 2
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
    for group in _groups_of(before[at]):
        count = tally(before, group) if not at or not tally(before[:at], group) else 0
        size, left = divmod(len(after) - len(before) + count, count or 1)
        if count and 0 < size < 8 and not left:
            yield (group, after[at : at + size])


@lru_cache(maxsize=512)
def _groups_of(character: str) -> tuple[str, ...]:
    return tuple(group for group in NAMES if belongs(character, group))


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
            for what in (*NAMES, *ALSO_COUNTED):
                yield (what, label)


def _first_change(before: str, after: str) -> int:
    """The first place where two texts differ; -1 if one begins with the other."""
    return next((i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), -1)


def place_replaced(before: str, after: str) -> Iterator[Parameters]:
    """Places whose characters became one and the same other one."""
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new]
    if not changed or len({after[i] for i in changed}) > 1:
        return
    new = after[changed[0]]
    for name, place in PLACES.items():
        if all(place(before, i) for i in changed) and all(c == new for i, c in enumerate(after) if place(before, i)):
            yield (name, new)


def place_shifted(before: str, after: str) -> Iterator[Parameters]:
    """Places whose letters moved, and how far the first did."""
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new]
    if not changed or not all(before[i] in LETTERS and after[i] in LETTERS for i in changed):
        return
    by = (ord(after[changed[0]].lower()) - ord(before[changed[0]].lower())) % 26
    for name, place in PLACES.items():
        if all(place(before, i) for i in changed):
            yield (name, by)


@remembered
def _places_of_more(before: str, after: str) -> Iterator[Parameters]:
    """Places as many as would fit to what is new, with their number and the length of each piece."""
    extra = len(after) - len(before)
    for name, place in PLACES.items() if extra > 0 else ():
        count = sum(place(before, i) for i in range(len(before)))
        if count and extra % count == 0 and extra // count < 8:
            yield (name, next(i for i in range(len(before)) if place(before, i)), extra // count)


def before_place(before: str, after: str) -> Iterator[Parameters]:
    """Places in front of which something was put, and what."""
    for name, first, size in _places_of_more(before, after):
        yield (name, after[int(first) : int(first) + int(size)])


def behind_place(before: str, after: str) -> Iterator[Parameters]:
    """Places behind which something was put, and what."""
    for name, first, size in _places_of_more(before, after):
        yield (name, after[int(first) + 1 : int(first) + 1 + int(size)])


def run_replaced(before: str, after: str) -> Iterator[Parameters]:
    """What stands where the first two equal neighbours were."""
    at = next((i for i in range(len(before) - 1) if before[i] == before[i + 1]), -1)
    if at >= 0 and before[:at] == after[:at]:
        rest = before[at:].lstrip(before[at])
        stop = after.find(rest[:3], at) if rest else len(after)
        if stop >= at:
            yield (after[at:stop],)


def lengthened_character(before: str, after: str) -> Iterator[Parameters]:
    """Characters that may each have become several, and which."""
    extra = len(after) - len(before)
    for old in dict.fromkeys(before) if extra > 0 else ():
        at, count = before.index(old), before.count(old)
        if extra % count == 0 and before[:at] == after[:at]:
            yield (old, after[at : at + 1 + extra // count])


def repetition(before: str, after: str) -> Iterator[Parameters]:
    """How often a text was said, and what stands between."""
    for times in (2, 3, 4, 5):
        gap, left = divmod(len(after) - times * len(before), times - 1)
        if before and gap >= 0 and not left:
            yield (times, after[len(before) : len(before) + gap])


def letters_gone(before: str, after: str) -> Iterator[Parameters]:
    """Letters, whatever their case, none of which is left."""
    gone = {c for c in before.lower() if c in LOWER} - set(after.lower())
    if 1 < len(gone) < 14 and len(after) < len(before):
        yield ("".join(sorted(gone)),)


def alphabet(before: str, after: str) -> Iterator[Parameters]:
    """What each letter became, where nearly all letters occur; a letter that does not becomes what is left over."""
    became: dict[str, str] = {}
    for old, new in zip(before.lower(), after.lower(), strict=False):
        if old in LOWER and (new not in LOWER or became.setdefault(old, new) != new):
            return
    if len(became) >= 25 and len(set(became.values())) == len(became):
        left = sorted(set(LOWER) - set(became.values()))
        yield ("".join(became.get(c) or left.pop() for c in LOWER),)


def keyword(before: str, after: str) -> Iterator[Parameters]:
    """Letters whose places in the alphabet letters were shifted by, over and over: the shortest such word."""
    shifts = [
        (ord(new) - ord(old)) % 26
        for old, new in zip(before.lower(), after.lower(), strict=False)
        if old in LOWER and new in LOWER
    ]
    for size in range(2, min(9, len(shifts) // 2 + 1)):
        if len(set(shifts[:size])) > 1 and all(s == shifts[i % size] for i, s in enumerate(shifts)):
            yield ("".join(LOWER[s] for s in shifts[:size]),)
            return


def placed_keyword(before: str, after: str) -> Iterator[Parameters]:
    """The same, where every character uses up a letter of the word."""
    shifts = {
        i: (ord(new) - ord(old)) % 26
        for i, (old, new) in enumerate(zip(before.lower(), after.lower(), strict=False))
        if old in LOWER and new in LOWER
    }
    for size in range(2, 8):
        word = {i % size: s for i, s in shifts.items()}
        if len(word) == size and len(set(word.values())) > 1 and all(word[i % size] == s for i, s in shifts.items()):
            yield ("".join(LOWER[word[i]] for i in range(size)),)
            return


def copied_start(before: str, after: str) -> Iterator[Parameters]:
    """How much of the start was said before it once more, and what stands between."""
    extra = len(after) - len(before)
    for count in range(1, min(5, extra + 1, len(before))):
        if after.endswith(before) and after.startswith(before[:count]):
            yield (count, after[count:extra])


def copied_end(before: str, after: str) -> Iterator[Parameters]:
    """How much of the end was said behind it once more, and what stands between."""
    extra = len(after) - len(before)
    for count in range(1, min(5, extra + 1, len(before))):
        if after.startswith(before) and after.endswith(before[-count:]):
            yield (count, after[len(before) : len(after) - count])


def echoed(before: str, after: str) -> Iterator[Parameters]:
    """The group whose members are said again, and what stands between."""
    for group, piece in after_group(before, after):
        if len(str(piece)) > 1:
            yield (group, str(piece)[:-1])


def masked(before: str, after: str) -> Iterator[Parameters]:
    """How many characters were left at either end, and what stands for the others."""
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new]
    if len(changed) > 2:
        yield (changed[0], len(before) - 1 - changed[-1], after[changed[0]])


def hashed(before: str, after: str) -> Iterator[Parameters]:
    """Label, multiplier and modulus of a polynomial hash behind the text, of those that people use."""
    rest = after[len(before) :] if before and after.startswith(before) else ""
    label = rest.rstrip("0123456789")
    if len(rest) > len(label):
        for multiplier in (3, 5, 7, 11, 13, 17, 29, 31, 33, 37, 53, 65, 131, 257):
            value = 0
            for c in before:
                value = value * multiplier + ord(c)
            for modulus in (97, 101, 256, 997, 1000, 1009, 9973, 10000, 10007, 65521, 65536, 10**9 + 7):
                if value % modulus == int(rest[len(label) :]):
                    yield (label, multiplier, modulus)


def listed_numbers(before: str, after: str) -> Iterator[Parameters]:
    """What two or three numbers may count, and what stands between them."""
    gap = after.strip("0123456789")[:1]
    numbers = after.split(gap) if gap else []
    if not 2 <= len(numbers) <= 3 or not all(n.isdecimal() and len(n) < 5 for n in numbers):
        return
    counted: dict[str, int] = {name: tally(before, name) for name in NAMES[:7]}
    counted |= {
        "characters": len(before),
        "words": len([w for w in before.split(" ") if w]),
        "different characters": len(set(before)),
    }
    fitting = [[what for what, n in counted.items() if n == int(number)] for number in numbers]
    for whats in islice(product(*fitting), 40):
        yield ("/".join(whats), gap)


def pattern(before: str, after: str) -> Iterator[Parameters]:
    """What stands for vowels and for consonants."""
    new = {group: c for old, c in zip(before, after, strict=False) for group in NAMES[:2] if belongs(old, group)}
    if len(new) == 2:
        yield (new["vowels"], new["consonants"])


def echo_of_end_replaced(before: str, after: str) -> Iterator[Parameters]:
    """What stands for characters equal to the first, or to the last."""
    at = _first_change(before, after)
    if at >= 0 and before[at] == before[0]:
        yield ("first", after[at])
    if at >= 0 and before[at] == before[-1]:
        yield ("last", after[at])
