"""Characters replaced, removed or kept."""

from .. import infer
from ..groups import NAMES, belongs, low, up
from ..kind import ALIKE, LONGER, ONE_NEW, SAME_LENGTH, SAME_LETTERS, SAME_OUTLINE, SHORTER, operation

REPLACED = "vowels", "consonants", "letters", "digits", "spaces", "not letters", "punctuation"


@operation("replace every {0!r} by {1!r}", (" ", "_"), (" ", "-"), infer=infer.swapped_character, needs=ONE_NEW)
def replace_character(text: str, old: str, new: str) -> str:
    return text.replace(old, new)


@operation("replace every {0!r} by {1!r}", infer=infer.lengthened_character, cost=0.1, needs=ALIKE)
def replace_by_longer(text: str, old: str, new: str) -> str:
    return text.replace(old, new)


@operation(
    "replace {0!r} by {1!r}, small and capital, keeping the case",
    infer=infer.swapped_character,
    needs=ONE_NEW | SAME_OUTLINE,
    cost=0.1,
)
def replace_letter(text: str, old: str, new: str) -> str:
    small, capital = low(old), up(old)
    return "".join(low(new) if c == small else up(new) if c == capital else c for c in text)


@operation("replace {0!r}, small or capital, by {1!r}", infer=infer.swapped_character, needs=ONE_NEW, cost=0.1)
def replace_letter_of_any_case(text: str, old: str, new: str) -> str:
    return "".join(new if low(c) == low(old) else c for c in text)


@operation("replace the first {0!r} by {1!r}", infer=infer.swapped_character, needs=ONE_NEW, cost=0.1)
def replace_first(text: str, old: str, new: str) -> str:
    return text.replace(old, new, 1)


@operation("exchange {0!r} and {1!r}", infer=infer.swapped_character, needs=SAME_LENGTH, cost=0.1)
def exchange_characters(text: str, one: str, other: str) -> str:
    return "".join(other if c == one else one if c == other else c for c in text)


@operation(
    "exchange the letters {0!r} and {1!r}, keeping the case", infer=infer.swapped_character, needs=SAME_LENGTH, cost=0.1
)
def exchange_letters(text: str, one: str, other: str) -> str:
    new = {low(one): low(other), low(other): low(one)}
    new |= {up(one): up(other), up(other): up(one)}
    return "".join(new.get(c, c) for c in text)


@operation(
    "replace each of the {0} by {1!r}",
    *((group, new) for group in REPLACED for new in "*_-#."),
    ("not letters", " "),
    infer=infer.group_replaced,
    needs=ONE_NEW | ALIKE,
)
def replace_each(text: str, group: str, new: str) -> str:
    return "".join(new if belongs(c, group) else c for c in text)


@operation("replace the first of the {0} by {1!r}", infer=infer.group_replaced, needs=ALIKE, cost=0.2)
def replace_first_of(text: str, group: str, new: str) -> str:
    at = next((i for i, c in enumerate(text) if belongs(c, group)), len(text))
    return text[:at] + new + text[at + 1 :] if at < len(text) else text


@operation("replace each run of {0} by {1!r}", infer=infer.group_replaced, cost=0.1)
def replace_runs(text: str, group: str, new: str) -> str:
    return "".join(
        (new if i == 0 or not belongs(text[i - 1], group) else "") if belongs(c, group) else c
        for i, c in enumerate(text)
    )


@operation(
    "replace every {1}th character by {2!r}, beginning with character {0} (counted from 0)",
    *((start, every, "*") for every in (2, 3, 4) for start in (0, every - 1)),
    infer=infer.every_replaced,
    needs=ONE_NEW,
    cost=0.2,
)
def replace_every(text: str, start: int, every: int, new: str) -> str:
    return "".join(new if i % every == start else c for i, c in enumerate(text))


@operation(
    "replace all but the first {0} and the last {1} characters by {2!r}",
    (1, 1, "*"),
    *((shown, 0, "*") for shown in range(1, 5)),
    *((0, shown, "*") for shown in range(1, 5)),
    infer=infer.masked,
    wordwise=True,
    needs=ONE_NEW,
    cost=0.2,
)
def mask_inside(text: str, head: int, tail: int, new: str) -> str:
    hidden = max(0, len(text) - head - tail)
    return text[:head] + new * hidden + text[head + hidden :]


@operation("remove the {0}", *NAMES, needs=SHORTER, wordwise=False)
def remove(text: str, group: str) -> str:
    return "".join(c for c in text if not belongs(c, group))


@operation("remove everything but letters and digits of any script", needs=SHORTER, cost=0.2)
def keep_letters_and_digits_of_any_script(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@operation("remove everything but letters of any script", needs=SHORTER, cost=0.2)
def keep_letters_of_any_script(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


@operation("remove every {0!r}", infer=infer.removed_character, needs=SHORTER, cost=0.1)
def remove_character(text: str, unwanted: str) -> str:
    return text.replace(unwanted, "")


@operation("remove every {0!r}, small or capital", infer=infer.removed_character, needs=SHORTER, cost=0.1)
def remove_letter(text: str, unwanted: str) -> str:
    return "".join(c for c in text if low(c) != low(unwanted))


@operation("remove the letters of {0!r}, small or capital", infer=infer.letters_gone, needs=SHORTER, cost=0.1)
def remove_letters(text: str, unwanted: str) -> str:
    return "".join(c for c in text if low(c) not in unwanted)


@operation(
    "remove the first of the {0}",
    "vowels",
    "consonants",
    "letters",
    "digits",
    "spaces",
    "capitals",
    wordwise=False,
    needs=SHORTER,
    cost=0.1,
)
def remove_first_of(text: str, group: str) -> str:
    at = next((i for i, c in enumerate(text) if belongs(c, group)), len(text))
    return text[:at] + text[at + 1 :]


@operation("remove the last of the {0}", "vowels", "consonants", "letters", "digits", "spaces", needs=SHORTER, cost=0.1)
def remove_last_of(text: str, group: str) -> str:
    at = next((i for i in reversed(range(len(text))) if belongs(text[i], group)), len(text))
    return text[:at] + text[at + 1 :]


@operation("remove all {0} but the first character", "vowels", "consonants", wordwise=True, needs=SHORTER, cost=0.1)
def remove_behind_first(text: str, group: str) -> str:
    return text[:1] + "".join(c for c in text[1:] if not belongs(c, group))


@operation("keep only the first of each run of equal characters", needs=SHORTER)
def squeeze(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if i == 0 or text[i - 1] != c)


@operation("keep only the first of each run of equal characters, whatever the case", needs=SHORTER, cost=0.1)
def squeeze_any_case(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if i == 0 or low(text[i - 1]) != low(c))


@operation("turn each run of spaces into one space", needs=SHORTER, cost=0.1)
def squeeze_spaces(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if i == 0 or c != " " or text[i - 1] != " ")


@operation("remove spaces at both ends", needs=SHORTER)
def strip(text: str) -> str:
    return text.strip(" ")


@operation("remove spaces at both ends and turn the others into single ones", cost=0.1, needs=SAME_LETTERS)
def single_spaces(text: str) -> str:
    return " ".join(text.split())


@operation("keep the first of equal characters and drop those that come again", wordwise=True, needs=SHORTER)
def drop_repeats(text: str) -> str:
    return "".join(dict.fromkeys(text))


@operation("keep the first of equal letters, whatever the case, and drop those that come again", needs=SHORTER)
def drop_repeats_of_any_case(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if low(c) not in low(text[:i]))


@operation("keep the last of equal characters and drop earlier ones", needs=SHORTER, cost=0.1)
def keep_last_of_equals(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if c not in text[i + 1 :])


@operation("keep only characters that occur {0}", "once", "more than once", needs=SHORTER, cost=0.1)
def keep_by_frequency(text: str, how: str) -> str:
    return "".join(c for c in text if (text.count(c) == 1) == (how == "once"))


@operation(
    "remove every {1}th character, beginning with character {0} (counted from 0)",
    *((start, every) for every in (2, 3, 4, 5) for start in range(every)),
    needs=SHORTER,
)
def remove_every(text: str, start: int, every: int) -> str:
    return "".join(c for i, c in enumerate(text) if i % every != start)


@operation(
    "remove {0} at both ends", "vowels", "consonants", "punctuation", "digits", wordwise=False, needs=SHORTER, cost=0.2
)
def strip_group(text: str, group: str) -> str:
    while text and belongs(text[0], group):
        text = text[1:]
    while text and belongs(text[-1], group):
        text = text[:-1]
    return text


@operation("remove {0} at the start", "vowels", "consonants", "digits", "spaces", needs=SHORTER, cost=0.2)
def strip_start(text: str, group: str) -> str:
    while text and belongs(text[0], group):
        text = text[1:]
    return text


@operation(
    "fill it up with {0!r} at the end to {1} characters",
    *((c, n) for c in "*-_.x " for n in (8, 10, 12)),
    needs=LONGER,
    cost=0.3,
)
def fill_end(text: str, filler: str, width: int) -> str:
    return text + filler * (width - len(text))


@operation(
    "fill it up with {0!r} at the front to {1} characters",
    *((c, n) for c in "*-_.0 " for n in (8, 10, 12)),
    needs=LONGER,
    cost=0.3,
)
def fill_start(text: str, filler: str, width: int) -> str:
    return filler * (width - len(text)) + text


@operation(
    "replace each other character that is equal to the {0} one by {1!r}",
    *((which, "*") for which in ("first", "last")),
    needs=ONE_NEW,
    cost=0.2,
    infer=infer.echo_of_end_replaced,
)
def replace_echoes_of_end(text: str, which: str, new: str) -> str:
    if which == "first":
        return text[:1] + text[1:].replace(text[:1], new) if text else text
    return text[:-1].replace(text[-1:], new) + text[-1:] if text else text
