"""What a description claims, as records: formulas, families, numbers, intervals and more, each with its words."""

from dataclasses import dataclass, replace

from judges.description.expression import Expression
from judges.description.text import Part


@dataclass(frozen=True)
class Formula:
    """A formula in the text. `whole` if the text says that the output equals it, not if it is mentioned in passing."""

    part: Part
    expression: Expression
    whole: bool
    words: str


@dataclass(frozen=True)
class Mention:
    """A family or a way of joining parts that is named: `families` is what the word may mean."""

    part: Part
    families: frozenset[str]
    negated: bool
    alternative: bool  # offered as one of several
    words: str


@dataclass(frozen=True)
class Quantity:
    """A number in the text, with the kind of number that the words before it say it is (None: they do not say)."""

    part: Part
    value: float
    hint: str | None
    step: float  # a unit of its last written digit: how finely it was stated
    words: str


@dataclass(frozen=True)
class Bounds:
    """An interval of inputs that the text sets apart. An open side is None."""

    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class Departure:
    """A stretch of inputs where a network is said to leave its formula, and by how much: above it where `by` is > 0."""

    where: Bounds
    by: float
    words: str


@dataclass(frozen=True)
class Piece:
    """What the output is said to be between two inputs."""

    low: float
    high: float
    value: Expression


@dataclass(frozen=True)
class Reading:
    """All that a description claims."""

    formulas: tuple[Formula, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    intervals: tuple[Bounds, ...] = ()
    departures: tuple[Departure, ...] = ()
    noise_kinds: tuple[tuple[str, str], ...] = ()  # kind, words
    no_noise: str = ""  # the words that say so
    no_region: str = ""
    pieces: tuple[Piece, ...] = ()

    def in_one_part(self) -> "Reading":
        """The same, for a function without an irregular region: what is said of one can only be meant of the base."""
        return replace(
            self,
            formulas=tuple(replace(f, part="base") for f in self.formulas),
            mentions=tuple(replace(m, part="base") for m in self.mentions),
            quantities=tuple(q if q.part == "noise" else replace(q, part="base") for q in self.quantities),
        )
