"""Words: what stands between spaces."""

from .. import infer
from ..groups import belongs, low, up
from ..kind import (
    ALIKE,
    LONGER,
    NO_LETTERS,
    SAME_BUT_CASE,
    SAME_BUT_SPACES,
    SAME_CHARACTERS,
    SAME_LETTERS,
    SAME_SET,
    SAME_START,
    SHORTER,
    operation,
)

BY = "kept", "closed"
CLOSED = "closed", "closed at any blank"


def split_words(text: str, gaps: str) -> list[str]:
    if gaps == "closed at any blank":
        return text.split()
    return [w for w in text.split(" ") if w or gaps == "kept"]


@operation("reverse the order of words (gaps {0})", *BY, needs=SAME_BUT_SPACES)
def reverse_words(text: str, gaps: str) -> str:
    return " ".join(split_words(text, gaps)[::-1])


@operation(
    "sort the words {0} (gaps {1})",
    *(
        (how, g)
        for how in ("by their codes", "by letter", "by length", "by length, longest first", "backwards by their codes")
        for g in BY
    ),
    needs=SAME_BUT_SPACES,
)
def sort_words(text: str, how: str, gaps: str) -> str:
    found = split_words(text, gaps)
    if "letter" in how:
        return " ".join(sorted(found, key=low))
    if "length" in how:
        return " ".join(sorted(found, key=lambda w: -len(w) if "longest" in how else len(w)))
    return " ".join(sorted(found, reverse=how.startswith("backwards")))


@operation(
    "move the first {0} words to the end (negative: the last to the front; gaps {1})",
    *((n, g) for n in (1, 2, -1) for g in BY),
    needs=SAME_BUT_SPACES,
)
def rotate_words(text: str, by: int, gaps: str) -> str:
    found = split_words(text, gaps)
    by = by % len(found) if found else 0
    return " ".join(found[by:] + found[:by])


@operation("swap the first and the last word (gaps {0})", *BY, needs=SAME_BUT_SPACES)
def swap_end_words(text: str, gaps: str) -> str:
    found = split_words(text, gaps)
    return " ".join([found[-1], *found[1:-1], found[0]]) if len(found) > 1 else " ".join(found)


@operation("swap neighbouring words in pairs (gaps {0})", *BY, needs=SAME_BUT_SPACES)
def swap_neighbour_words(text: str, gaps: str) -> str:
    found = split_words(text, gaps)
    return " ".join(w for i in range(0, len(found), 2) for w in found[i : i + 2][::-1])


@operation(
    "keep the {0} word (gaps {1})",
    *((w, g) for w in ("first", "last", "second", "longest", "shortest", "last longest") for g in BY),
    needs=SHORTER,
)
def keep_word(text: str, which: str, gaps: str) -> str:
    found = split_words(text, gaps)
    if which in ("longest", "last longest"):
        return max(found if which == "longest" else found[::-1], key=len, default="")
    if which == "shortest":
        return min(found, key=len, default="")
    place = {"first": 0, "last": -1, "second": 1}[which]
    return found[place] if len(found) > (place == 1) else ""


@operation(
    "drop the {0} word (gaps {1})",
    *((w, g) for w in ("first", "last", "longest", "shortest") for g in BY),
    needs=SHORTER,
)
def drop_word(text: str, which: str, gaps: str) -> str:
    found = split_words(text, gaps)
    if not found:
        return ""
    if which in ("longest", "shortest"):
        found.remove((max if which == "longest" else min)(found, key=len))
        return " ".join(found)
    return " ".join(found[1:] if which == "first" else found[:-1])


@operation(
    "drop every second word, keeping the {0} (gaps {1})",
    *((w, g) for w in ("first", "second") for g in BY),
    needs=SHORTER,
    cost=0.1,
)
def alternate_words(text: str, which: str, gaps: str) -> str:
    return " ".join(split_words(text, gaps)[which == "second" :: 2])


@operation("keep only the first of equal words (gaps {0})", *BY, needs=SHORTER)
def distinct_words(text: str, gaps: str) -> str:
    return " ".join(dict.fromkeys(split_words(text, gaps)))


@operation("keep only the first of equal words in a row (gaps {0})", *BY, needs=SHORTER, cost=0.1)
def squeeze_words(text: str, gaps: str) -> str:
    found = split_words(text, gaps)
    return " ".join(w for i, w in enumerate(found) if i == 0 or found[i - 1] != w)


@operation(
    "keep the {0} characters of its words, joined by {1!r} (gaps {2})",
    *((w, gap, g) for w in ("first", "last") for gap in ("", " ") for g in CLOSED),
    needs=SHORTER,
)
def initials(text: str, which: str, gap: str, gaps: str) -> str:
    return gap.join(w[0] if which == "first" else w[-1] for w in split_words(text, gaps))


@operation(
    "say the length of each word in its place, joined by {0!r} (gaps {1})",
    *((gap, g) for gap in (" ", "-", ",", "") for g in (*CLOSED, "kept")),
    needs=NO_LETTERS,
)
def word_lengths(text: str, gap: str, gaps: str) -> str:
    return gap.join(str(len(w)) if w else w for w in split_words(text, gaps))


@operation("put each word's length behind it, after {0!r}", "", "-", ":", needs=LONGER)
def words_with_lengths(text: str, gap: str) -> str:
    return " ".join(f"{w}{gap}{len(w)}" if w else w for w in text.split(" "))


@operation(
    "number its words from 1: put the number and {0!r} in front of each", ".", ":", "", "-", ". ", needs=SAME_LETTERS
)
def number_words(text: str, gap: str) -> str:
    found, n = text.split(" "), 0
    for i, word in enumerate(found):
        if word:
            n += 1
            found[i] = f"{n}{gap}{word}"
    return " ".join(found)


@operation(
    "number its words: put the number and {0!r} in front of each (gaps {1})",
    *((gap, g) for gap in (".", ":", "", "-") for g in CLOSED),
    needs=SAME_LETTERS,
    cost=0.1,
)
def number_words_closely(text: str, gap: str, gaps: str) -> str:
    return " ".join(f"{i}{gap}{w}" for i, w in enumerate(split_words(text, gaps), 1))


@operation(
    "join its words by {0!r} instead of the gaps (gaps {1})",
    *((piece, g) for piece in ("-", "_", "", ",", ".", "|", "/") for g in CLOSED),
    cost=0.05,
    infer=infer.word_separator,
    needs=ALIKE,
)
def join_words(text: str, piece: str, gaps: str) -> str:
    return piece.join(split_words(text, gaps))


@operation("say each word twice (gaps {0})", *BY, needs=LONGER | SAME_SET | SAME_LETTERS)
def repeat_words(text: str, gaps: str) -> str:
    return " ".join(f"{w} {w}" if w else w for w in split_words(text, gaps))


@operation(
    "say the {0} word again {1} (gaps {2})",
    *((w, at, g) for w, at in (("first", "at the end"), ("last", "in front"), ("last", "at the end")) for g in BY),
    cost=0.1,
    needs=LONGER | SAME_SET,
)
def echo_word(text: str, which: str, where: str, gaps: str) -> str:
    found = split_words(text, gaps)
    again = found[:1] if which == "first" else found[-1:]
    return " ".join(found + again if where == "at the end" else again + found)


@operation(
    "write its words together, each but the first beginning with a capital ({0}; gaps {1})",
    *((rest, g) for rest in ("the rest small", "the rest as it was") for g in CLOSED),
    needs=SAME_LETTERS,
)
def camel(text: str, rest: str, gaps: str) -> str:
    first, *others = split_words(text, gaps) or [""]
    if rest == "the rest small":
        return low(first) + "".join(up(w[:1]) + low(w[1:]) for w in others)
    return first + "".join(up(w[:1]) + w[1:] for w in others)


@operation("reverse the letters, keeping the gaps between words where they are", needs=SAME_CHARACTERS, cost=0.1)
def reverse_between_gaps(text: str) -> str:
    own = [c for c in text if c != " "]
    return "".join(own.pop() if c != " " else c for c in text)


@operation("swap the first letters of the first two words", needs=SAME_CHARACTERS, cost=0.3)
def spoonerism(text: str) -> str:
    found = text.split(" ")
    if len(found) > 1 and found[0] and found[1]:
        found[0], found[1] = found[1][0] + found[0][1:], found[0][0] + found[1][1:]
    return " ".join(found)


@operation("put the words in capitals that begin with a {0}", "vowel", "consonant", needs=SAME_BUT_CASE, cost=0.2)
def capital_words(text: str, first: str) -> str:
    group = f"{first}s"
    return " ".join(up(w) if w and belongs(w[0], group) else w for w in text.split(" "))


@operation(
    "of each word longer than {0} characters, keep {0} and put {1!r} behind",
    *((n, ".") for n in range(1, 6)),
    cost=0.1,
    needs=SAME_START,
)
def shorten_words(text: str, most: int, mark: str) -> str:
    return " ".join(w[:most] + mark if len(w) > most else w for w in text.split(" "))


@operation(
    "join its words by {0!r} instead of the gaps, all {2} (gaps {1})",
    *((piece, g, case) for piece in "_-" for g in CLOSED for case in ("small", "in capitals")),
    cost=0.1,
    needs=SAME_LETTERS,
)
def join_words_in_one_case(text: str, piece: str, gaps: str, case: str) -> str:
    return piece.join(low(w) if case == "small" else up(w) for w in split_words(text, gaps))
