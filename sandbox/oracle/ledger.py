"""What queries cost: the budget across interruptions, as pure bookkeeping.

Every input is asked for the first time, the second time, ...: (x, r) names an input with its repetition number, counted
along the timeline that the lab lives in. Each (x, r) is paid once. After an interruption the timeline restarts where
the last recorded experiment ended, so what the lost experiment had paid for is asked again free of charge.

For any x the paid repetitions are 0, 1, .. without gaps; a number per input holds them all.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


class BudgetExhausted(Exception):
    """The batch does not fit into what is left."""


@dataclass(frozen=True)
class Batch:
    """An answered batch of the past: its inputs, and how many of them were charged (all or none)."""

    inputs: Sequence[Hashable]
    new: int


@dataclass(frozen=True)
class Quote:
    """What a batch would cost: how often each input was asked before, and which inputs would be charged."""

    inputs: Sequence[Hashable]
    asked_before: Sequence[int]
    charged: Sequence[bool]

    def parts(self) -> list[tuple[slice, bool]]:
        """Stretches of consecutive inputs that are charged as a whole (True) or not at all (False), in order.

        A log that holds such parts alone tells for every input whether it was charged.
        """
        edges = [i for i in range(1, len(self.charged)) if self.charged[i] != self.charged[i - 1]]
        bounds = zip([0, *edges], [*edges, len(self.charged)], strict=True)
        return [(slice(a, b), self.charged[a]) for a, b in bounds if b > a]


class Ledger:
    """The budget of one oracle. `settled` batches belong to the timeline; `paid` ones were paid for outside it."""

    def __init__(self, budget: int, settled: Sequence[Batch] = (), paid: Sequence[Batch] = ()) -> None:
        self._asked: Counter[Hashable] = Counter(x for batch in settled for x in batch.inputs)
        self._paid: Counter[Hashable] = Counter(x for batch in (*settled, *paid) if batch.new for x in batch.inputs)
        self._left = budget - self._paid.total()
        self._refundable = (self._paid - self._asked).total()

    @property
    def remaining(self) -> int:
        """What the lab may still ask, in single inputs: as if the interruption had never been."""
        return max(0, self._left + self._refundable)

    def quote(self, inputs: Sequence[Hashable]) -> Quote:
        """What this batch would cost. Changes nothing; raises BudgetExhausted where it does not fit."""
        seen: Counter[Hashable] = Counter()
        asked_before = []
        for x in inputs:
            asked_before.append(self._asked[x] + seen[x])
            seen[x] += 1
        charged = [r >= self._paid[x] for x, r in zip(inputs, asked_before, strict=True)]
        if sum(charged) > self._left:
            raise BudgetExhausted
        return Quote(inputs, asked_before, charged)

    def spend(self, quote: Quote) -> None:
        """Charge what was quoted. Nothing else may have been spent since."""
        for x, repetition in zip(quote.inputs, quote.asked_before, strict=True):
            self._asked[x] = repetition + 1
            self._paid[x] = max(self._paid[x], repetition + 1)
        charged = sum(quote.charged)
        self._left -= charged
        self._refundable = max(0, self._refundable - (len(quote.charged) - charged))

    def end_experiment(self) -> None:
        """What was paid for before the interruption and not asked again by now counts as spent."""
        self._refundable = 0
