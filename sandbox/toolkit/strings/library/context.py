"""Characters chosen by what stands around them, and something done to each."""

from .. import infer
from ..groups import belongs, low, swapped, up
from ..kind import LONGER, ONE_NEW, SAME_BUT_CASE, SAME_OUTLINE, SHORTER, operation
from ..places import PLACES
from .letters import shifted

LESS_LIKELY = 0.2


@operation(
    "replace each character by {1!r} that {0}",
    *((place, "*") for place in PLACES),
    infer=infer.place_replaced,
    needs=ONE_NEW,
    cost=LESS_LIKELY,
)
def replace_where(text: str, place: str, new: str) -> str:
    return "".join(new if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("remove each character that {0}", *PLACES, needs=SHORTER, cost=LESS_LIKELY)
def remove_where(text: str, place: str) -> str:
    return "".join(c for i, c in enumerate(text) if not PLACES[place](text, i))


@operation("put each character in capitals that {0}", *PLACES, needs=SAME_BUT_CASE, cost=LESS_LIKELY)
def capital_where(text: str, place: str) -> str:
    return "".join(up(c) if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("make each character small that {0}", *PLACES, needs=SAME_BUT_CASE, cost=LESS_LIKELY)
def small_where(text: str, place: str) -> str:
    return "".join(low(c) if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("swap the case of each character that {0}", *PLACES, needs=SAME_BUT_CASE, cost=LESS_LIKELY)
def swap_case_where(text: str, place: str) -> str:
    return "".join(swapped(c) if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("say each character twice that {0}", *PLACES, needs=LONGER, cost=LESS_LIKELY)
def double_where(text: str, place: str) -> str:
    return "".join(c * 2 if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation(
    "shift each letter {1} places along the alphabet that {0}",
    infer=infer.place_shifted,
    needs=SAME_OUTLINE,
    cost=LESS_LIKELY,
)
def shift_where(text: str, place: str, by: int) -> str:
    return "".join(shifted(c, by) if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("put {1!r} in front of each character that {0}", infer=infer.before_place, needs=LONGER, cost=LESS_LIKELY)
def put_before_where(text: str, place: str, piece: str) -> str:
    return "".join(piece + c if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("put {1!r} behind each character that {0}", infer=infer.behind_place, needs=LONGER, cost=LESS_LIKELY)
def put_behind_where(text: str, place: str, piece: str) -> str:
    return "".join(c + piece if PLACES[place](text, i) else c for i, c in enumerate(text))


@operation("keep what stands before the first character that {0}", *PLACES, needs=SHORTER, cost=LESS_LIKELY)
def before_place(text: str, place: str) -> str:
    return text[: next((i for i in range(len(text)) if PLACES[place](text, i)), len(text))]


@operation("keep everything from the first character on that {0}", *PLACES, needs=SHORTER, cost=0.3)
def from_place(text: str, place: str) -> str:
    return text[next((i for i in range(len(text)) if PLACES[place](text, i)), len(text)) :]


@operation(
    "replace each run of equal characters, of two at least, by {0!r}",
    *"*-#=+_",
    infer=infer.run_replaced,
    cost=0.1,
)
def replace_long_runs(text: str, new: str) -> str:
    out = ""
    for i, c in enumerate(text):
        if c == text[i + 1 : i + 2] and c != text[i - 1 : i]:
            out += new
        elif c not in (text[i - 1 : i], text[i + 1 : i + 2]):
            out += c
    return out


@operation(
    "shift each letter along the alphabet by the place (a is 1) of the letter {0} it",
    "before",
    "behind",
    cost=0.2,
    needs=SAME_OUTLINE,
)
def shift_by_neighbour(text: str, where: str) -> str:
    beside = " " + text if where == "before" else text[1:] + " "
    return "".join(shifted(c, alphabet_place(other)) for c, other in zip(text, beside, strict=False))


def alphabet_place(c: str) -> int:
    return ord(low(c)) - 96 if belongs(c, "letters") else 0


@operation(
    "replace each of the {0} by the {1} of them in the text",
    *((group, which) for group in ("vowels", "consonants", "digits") for which in ("first", "last")),
    needs=SAME_OUTLINE,
    cost=LESS_LIKELY,
)
def make_equal(text: str, group: str, which: str) -> str:
    own = [c for c in text if belongs(c, group)]
    return "".join(own[0 if which == "first" else -1] if belongs(c, group) else c for c in text)
