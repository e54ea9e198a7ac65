"""Attacks on an explanation: what it says of a word beside what the oracle answers."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

Value = float | str | None


@dataclass(frozen=True)
class Blow:
    """One attack and what came of it; None is undefined."""

    kind: str
    input: str
    expected: Value
    observed: Value
    broke: bool

    def as_json(self) -> dict[str, object]:
        """For a report."""
        return asdict(self)


def confront(
    function: Callable[[str], Value],
    planned: Sequence[tuple[str, str]],
    ask: Callable[[list[str]], Sequence[Value]],
    tolerance: float = 0.0,
) -> list[Blow]:
    """Ask about the planned words, as (word, kind of attack). Numbers may differ by `tolerance`, words not at all."""
    if not planned:
        return []
    observed = ask([word for word, _ in planned])
    blows = []
    for (word, kind), answer in zip(planned, observed, strict=True):
        expected = function(word)
        if isinstance(expected, float | int) and isinstance(answer, float | int):
            broke = abs(expected - answer) > tolerance
        else:
            broke = expected != answer
        blows.append(Blow(kind, word, expected, answer, broke))
    return blows
