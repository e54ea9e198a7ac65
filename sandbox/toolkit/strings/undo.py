"""Last steps that can be undone: the answers before them are searched as answers of a shorter chain.

It is the other way into a chain: an earlier step's parameters can then be read off, as a last step's always are.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from .kind import Kind, Parameter, Step
from .library import library

Undo = Callable[[str], str]

PLAIN: tuple[tuple[str, tuple[Parameter, ...], str, tuple[Parameter, ...]], ...] = (
    ("reverse", (), "reverse", ()),
    ("swap_case", (), "swap_case", ()),
    ("reverse_words", ("kept",), "reverse_words", ("kept",)),
    ("mirror_letters", (), "mirror_letters", ()),
    ("swap_halves", ("first",), "swap_halves", ("second",)),
    ("swap_halves", ("second",), "swap_halves", ("first",)),
    ("swap_neighbours", (), "swap_neighbours", ()),
    ("swap_ends", (), "swap_ends", ()),
    *(("rotate", (by,), "rotate", (-by,)) for by in (1, -1, 2, -2, 3, -3)),
    *(("shift_letters", (by,), "shift_letters", (26 - by,)) for by in range(1, 26)),
)
"""Steps with the steps that undo them."""

HALVING: tuple[tuple[str, tuple[Parameter, ...], Undo], ...] = (
    ("repeat_all", (2, ""), lambda y: y[: len(y) // 2]),
    ("repeat_all", (2, " "), lambda y: y[: len(y) // 2]),
    ("repeat_all", (2, "-"), lambda y: y[: len(y) // 2]),
    ("repeat_all", (3, ""), lambda y: y[: len(y) // 3]),
    ("append_reverse", ("",), lambda y: y[: len(y) // 2]),
    ("prepend_reverse", ("",), lambda y: y[len(y) // 2 :]),
    ("palindrome", (), lambda y: y[: (len(y) + 1) // 2]),
    ("repeat_characters", (2,), lambda y: y[::2]),
    ("repeat_characters", (3,), lambda y: y[::3]),
)
"""Steps that say something again, with what is left when it is said once."""


@cache
def _named() -> dict[str, Kind]:
    return {kind.name: kind for kind in library()}


def undoable(answers: Sequence[str], kinds: tuple[Kind, ...], need: int, few: bool) -> Iterator[tuple[Step, list[str]]]:
    """Last steps that `need` of the answers allow, with the answers before them ("" where it cannot be). `few`: only
    those that are most likely."""
    listed: list[tuple[Step, Undo]] = []
    for name, parameters, inverse, undone in PLAIN[:3] if few else PLAIN:
        listed.append((Step(_named()[name], parameters), Step(_named()[inverse], undone)))
    listed += [(Step(_named()[name], parameters), undo) for name, parameters, undo in HALVING]
    listed += _affixes(answers)
    for step, undo in listed:
        if step.kind in kinds:
            before = [undo(y) for y in answers]
            if sum(step(x) == y for x, y in zip(before, answers, strict=True)) >= need:
                yield step, before


def _affixes(answers: Sequence[str]) -> Iterator[tuple[Step, Undo]]:
    """What stands in front or behind of all answers."""
    front = _shared([*answers])
    end = _shared([y[::-1] for y in answers])[::-1]
    if front:
        yield Step(_named()["put_in_front"], (front,)), lambda y: y[len(front) :]
    if end:
        yield Step(_named()["put_at_end"], (end,)), lambda y: y[: len(y) - len(end)]


def _shared(texts: Sequence[str]) -> str:
    """What all of them begin with."""
    first, last = min(texts), max(texts)
    return first[: next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]
