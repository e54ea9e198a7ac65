"""Attacks on an explanation: texts with properties that few of the texts had that it rests on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from .conditions import conditions
from .probes import pool

Function = Callable[[str], str | None]


@dataclass(frozen=True)
class Blow:
    """One attack and what came of it."""

    kind: str
    input: str
    expected: str | None
    observed: str | None

    @property
    def broke(self) -> bool:
        """Did it say something else than the function did?"""
        return self.expected != self.observed

    def as_json(self) -> dict[str, object]:
        """As it is reported."""
        return {**asdict(self), "broke": self.broke}


def attacks(asked: Sequence[str], count: int, at_least: int = 4) -> list[tuple[str, str]]:
    """Up to `count` texts of the pool, each with why: what had been true (or false) of fewer than `at_least` texts.

    Greedy: each text is the one that adds most to properties seldom seen both ways, plain ones counting more.
    """
    listed = [c for c in conditions() if not c.denied and c.kind.cost <= 0.2]
    seen = [[sum(c(x) == wanted for x in asked) for wanted in (False, True)] for c in listed]
    fresh = [x for x in pool() if x not in set(asked)]
    has = {x: [c(x) for c in listed] for x in fresh}
    worth = [float(2.0 ** (-10 * c.kind.cost)) / len(c.kind.choices) ** 0.5 for c in listed]

    def gain(x: str) -> float:
        return sum(float(w / (1 + s[h]) ** 2) for w, s, h in zip(worth, seen, has[x], strict=True) if s[h] < at_least)

    chosen: list[tuple[str, str]] = []
    while len(chosen) < count and fresh:
        text = max(fresh, key=lambda x: (gain(x), -len(x)))
        new = [(s[h], c.english) for c, s, h in zip(listed, seen, has[text], strict=True) if h]
        chosen.append((f"it {min(new)[1]}" if new else "seldom seen", text))
        fresh.remove(text)
        for s, h in zip(seen, has[text], strict=True):
            s[h] += 1
    return chosen


def confront(
    function: Function, planned: Sequence[tuple[str, str]], ask: Callable[[list[str]], Sequence[str | None]]
) -> Iterator[Blow]:
    """Ask all of the planned texts at once, and compare."""
    observed = ask([text for _, text in planned]) if planned else ()
    for (kind, text), answer in zip(planned, observed, strict=True):
        yield Blow(kind, text, _said(function, text), answer)


def _said(function: Function, text: str) -> str | None:
    try:
        return function(text)
    except (ValueError, IndexError, ZeroDivisionError):
        return None
