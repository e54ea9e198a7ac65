"""Last steps that can be undone: the answer before them is searched as the answer of a shorter chain.

It is the other way into a chain: an earlier step's parameters can then be read off, as a last step's always are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from .kind import LONGER, WHOLE, Kind, Parameter, Step, steps_of
from .traces import marked, new_marks

Undo = Callable[[str], str]

LIKELY: tuple[tuple[str, tuple[Parameter, ...], str, tuple[Parameter, ...]], ...] = (
    ("reverse", (), "reverse", ()),
    ("swap_case", (), "swap_case", ()),
    ("reverse_words", ("kept",), "reverse_words", ("kept",)),
)
PLAIN: tuple[tuple[str, tuple[Parameter, ...], str, tuple[Parameter, ...]], ...] = (
    ("mirror_letters", (), "mirror_letters", ()),
    ("swap_halves", ("first",), "swap_halves", ("second",)),
    ("swap_halves", ("second",), "swap_halves", ("first",)),
    ("swap_halves_around_middle", (), "swap_halves_around_middle", ()),
    ("swap_neighbours", (), "swap_neighbours", ()),
    ("swap_ends", (), "swap_ends", ()),
    ("reverse_halves", (), "reverse_halves", ()),
    *(("rotate", (by,), "rotate", (-by,)) for by in (1, -1, 2, -2, 3, -3, 4, -4)),
    *(("shift_letters", (by,), "shift_letters", (26 - by,)) for by in range(1, 26)),
)
"""Steps with the steps that undo them; the first three are likely enough to be undone before chains of two."""

HALVING: tuple[tuple[str, tuple[Parameter, ...], Undo], ...] = (
    ("repeat_all", (2, ""), lambda y: y[: len(y) // 2]),
    ("repeat_all", (2, " "), lambda y: y[: len(y) // 2]),
    ("repeat_all", (2, "-"), lambda y: y[: len(y) // 2]),
    ("repeat_all", (2, "/"), lambda y: y[: len(y) // 2]),
    ("repeat_all", (3, ""), lambda y: y[: len(y) // 3]),
    ("append_reverse", ("",), lambda y: y[: len(y) // 2]),
    ("prepend_reverse", ("",), lambda y: y[len(y) // 2 :]),
    ("palindrome", (), lambda y: y[: (len(y) + 1) // 2]),
    ("repeat_characters", (2,), lambda y: y[::2]),
    ("repeat_characters", (3,), lambda y: y[::3]),
)
"""Steps that say something again, with what is left when it is said once."""

SHARED = 0.35
"""Of the answers that begin (or end) alike, before it is taken for something that was put there."""

LONGEST = 10
"""Characters of such a piece."""


class Undoing:
    """The last steps that the answers allow, each with how it is undone."""

    def __init__(self, questions: Sequence[str], answers: Sequence[str], kinds: Iterable[Kind]) -> None:
        named = {kind.name: kind for kind in kinds}
        likely = _inverses(LIKELY, named)
        likely += [(Step(named[name], p), undo) for name, p, undo in HALVING if name in named]
        likely += _affixes(answers, named)
        for mark in new_marks(questions, answers):
            without = _without(mark)
            likely += [(step, without) for kind in named.values() for step in _putting(kind, mark)]
        self._likely, self._others = likely, _inverses(PLAIN, named)

    def before(self, answer: str, few: bool) -> Iterator[tuple[Step, str]]:
        """Last steps with the text before them. `few`: only those that are most likely."""
        for step, undo in self._likely if few else [*self._likely, *self._others]:
            text = undo(answer)
            if text != answer and step(text) == answer:
                yield step, text


def _inverses(
    listed: Iterable[tuple[str, tuple[Parameter, ...], str, tuple[Parameter, ...]]], named: dict[str, Kind]
) -> list[tuple[Step, Undo]]:
    return [
        (Step(named[name], parameters), Step(named[inverse], undone))
        for name, parameters, inverse, undone in listed
        if name in named and inverse in named
    ]


def _without(mark: str) -> Undo:
    return lambda y: y.replace(mark, "")


def _putting(kind: Kind, mark: str) -> list[Step]:
    """Its steps that put this mark in and take nothing away."""
    if kind.needs != LONGER:
        return []
    choices = [p for p in (s.parameters for s in steps_of(kind) if s.scope == WHOLE) if mark in p]
    return [Step(kind, p) for p in [*choices, *sorted(marked(kind, [mark]), key=repr)]]


def _affixes(answers: Sequence[str], named: dict[str, Kind]) -> list[tuple[Step, Undo]]:
    """What stands in front or behind of many answers."""
    fronts = _shared(answers) if "put_in_front" in named else []
    ends = [back[::-1] for back in _shared([y[::-1] for y in answers])] if "put_at_end" in named else []
    return [
        *((Step(named["put_in_front"], (front,)), _drop_start(len(front))) for front in fronts),
        *((Step(named["put_at_end"], (end,)), _drop_end(len(end))) for end in ends),
    ]


def _drop_start(count: int) -> Undo:
    return lambda y: y[count:]


def _drop_end(count: int) -> Undo:
    return lambda y: y[: len(y) - count]


def _shared(texts: Sequence[str]) -> list[str]:
    """The longest and the shortest that many of them begin with."""
    found = []
    for size in range(1, LONGEST + 1):
        (start, count), *_ = Counter(y[:size] for y in texts).most_common(1)
        if count < SHARED * len(texts) or len(start) < size:
            break
        found.append(start)
    return list(dict.fromkeys([found[-1], found[0]])) if found else []
