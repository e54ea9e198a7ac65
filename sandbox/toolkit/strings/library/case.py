"""Upper and lower case."""

from ..groups import belongs, low, swapped, up
from ..kind import SAME_BUT_CASE, operation


@operation("put it all in capitals", wordwise=True, needs=SAME_BUT_CASE)
def capitals(text: str) -> str:
    return up(text)


@operation("put it all in small letters", wordwise=True, needs=SAME_BUT_CASE)
def small(text: str) -> str:
    return low(text)


@operation("swap capitals and small letters", wordwise=True, needs=SAME_BUT_CASE)
def swap_case(text: str) -> str:
    return swapped(text)


@operation("put it all in capitals, accented letters too", cost=0.2, needs=SAME_BUT_CASE)
def capitals_of_any_script(text: str) -> str:
    return text.upper()


@operation("put it all in small letters, accented letters too", cost=0.2, needs=SAME_BUT_CASE)
def small_of_any_script(text: str) -> str:
    return text.lower()


@operation("swap capitals and small letters, accented ones too", cost=0.2, needs=SAME_BUT_CASE)
def swap_case_of_any_script(text: str) -> str:
    return text.swapcase()


@operation("make the first character a capital and the rest small", wordwise=True, needs=SAME_BUT_CASE)
def capitalise(text: str) -> str:
    return up(text[:1]) + low(text[1:])


@operation("make the first character a capital and leave the rest", wordwise=True, needs=SAME_BUT_CASE)
def capital_first(text: str) -> str:
    return up(text[:1]) + text[1:]


@operation("make the first character small and leave the rest", wordwise=True, needs=SAME_BUT_CASE)
def small_first(text: str) -> str:
    return low(text[:1]) + text[1:]


@operation("make the last character a capital and leave the rest", wordwise=True, needs=SAME_BUT_CASE)
def capital_last(text: str) -> str:
    return text[:-1] + up(text[-1:])


@operation("make the first and the last character capitals", needs=SAME_BUT_CASE)
def capital_ends(text: str) -> str:
    return up(text[:1]) + text[1:-1] + (up(text[-1:]) if len(text) > 1 else "")


@operation("swap the case of the first character", needs=SAME_BUT_CASE, cost=0.2)
def swap_case_of_first(text: str) -> str:
    return swapped(text[:1]) + text[1:]


@operation(
    "make every letter that follows another letter small and every other a capital", needs=SAME_BUT_CASE, cost=0.1
)
def title(text: str) -> str:
    return text.title()


@operation(
    "alternate capitals and small letters along the text, beginning with a {0}",
    "capital",
    "small letter",
    wordwise=True,
    needs=SAME_BUT_CASE,
)
def alternate_case(text: str, first: str) -> str:
    odd = 1 if first == "capital" else 0
    return "".join(up(c) if (i + odd) % 2 else low(c) for i, c in enumerate(text))


@operation(
    "alternate capitals and small letters from letter to letter (nothing else counts), beginning with a {0}",
    "capital",
    "small letter",
    needs=SAME_BUT_CASE,
    cost=0.1,
)
def alternate_case_of_letters(text: str, first: str) -> str:
    out, capital = "", first == "capital"
    for c in text:
        out += up(c) if capital else low(c)
        capital = capital != belongs(c, "letters")
    return out


@operation(
    "put every {1}th character in capitals, beginning with character {0} (counted from 0), and leave the rest",
    *((start, every) for every in (2, 3, 4) for start in range(every)),
    needs=SAME_BUT_CASE,
    cost=0.1,
)
def capital_every(text: str, start: int, every: int) -> str:
    return "".join(up(c) if i % every == start else c for i, c in enumerate(text))


@operation(
    "swap the case of every {1}th character, beginning with character {0} (counted from 0), and leave the rest",
    *((start, every) for every in (2, 3) for start in range(every)),
    needs=SAME_BUT_CASE,
    cost=0.1,
)
def swap_case_every(text: str, start: int, every: int) -> str:
    return "".join(swapped(c) if i % every == start else c for i, c in enumerate(text))


@operation("put the {0} in capitals", "vowels", "consonants", needs=SAME_BUT_CASE)
def capitals_of(text: str, group: str) -> str:
    return "".join(up(c) if belongs(c, group) else c for c in text)


@operation("make the {0} small", "vowels", "consonants", needs=SAME_BUT_CASE)
def small_of(text: str, group: str) -> str:
    return "".join(low(c) if belongs(c, group) else c for c in text)


@operation("swap the case of the {0}", "vowels", "consonants", needs=SAME_BUT_CASE, cost=0.1)
def swap_case_of(text: str, group: str) -> str:
    return "".join(swapped(c) if belongs(c, group) else c for c in text)


@operation("put the {0} in capitals and make all else small", "vowels", "consonants", needs=SAME_BUT_CASE)
def capitals_only_of(text: str, group: str) -> str:
    return "".join(up(c) if belongs(c, group) else low(c) for c in text)


@operation("put the {0} half in capitals", "first", "second", needs=SAME_BUT_CASE, cost=0.1)
def capital_half(text: str, which: str) -> str:
    half = len(text) // 2
    return up(text[:half]) + text[half:] if which == "first" else text[:half] + up(text[half:])


@operation("make each letter a capital where it follows a space and small elsewhere", needs=SAME_BUT_CASE, cost=0.1)
def capitals_after_spaces(text: str) -> str:
    return "".join(up(c) if i == 0 or text[i - 1] == " " else low(c) for i, c in enumerate(text))
