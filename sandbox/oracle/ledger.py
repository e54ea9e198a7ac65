"""What queries cost: the budget across interruptions, as pure bookkeeping.

Every input is asked for the first time, the second time, ...: (x, r) names an input with its repetition number, counted
along the timeline that the lab lives in. Each (x, r) is paid once. After an interruption the timeline restarts where
the last recorded experiment ended, so what the lost experiment had paid for is asked again free of charge.

For any x the paid repetitions are 0, 1, .. without gaps; a number per input holds them all.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
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
    """What a batch would cost: how often each input was asked before, and which inputs would be charged.

    `asked_after` says for each different input how often it will have been asked.
    """

    asked_before: Sequence[int]
    charged: Sequence[bool]
    asked_after: Mapping[Hashable, int]

    def parts(self) -> list[tuple[slice, int]]:
        """Stretches of consecutive inputs that are charged as a whole or not at all, in order, each with how many of
        its inputs are charged. A log that holds such parts alone tells for every input whether it was charged.
        """
        if False not in self.charged:
            return [(slice(0, len(self.charged)), len(self.charged))] if self.charged else []
        edges = [i for i in range(1, len(self.charged)) if self.charged[i] != self.charged[i - 1]]
        bounds = zip([0, *edges], [*edges, len(self.charged)], strict=True)
        return [(slice(a, b), (b - a) * self.charged[a]) for a, b in bounds if b > a]


class Ledger:
    """The budget of one oracle. `settled` batches belong to the timeline; `paid` ones were paid for outside it."""

    def __init__(self, budget: int, settled: Sequence[Batch] = (), paid: Sequence[Batch] = ()) -> None:
        asked = Counter(x for batch in settled for x in batch.inputs)
        bought = Counter(x for batch in (*settled, *paid) if batch.new for x in batch.inputs)
        self._asked: dict[Hashable, int] = dict(asked)
        self._paid: dict[Hashable, int] = dict(bought)
        self._left = budget - bought.total()
        self._refundable = (bought - asked).total()

    @property
    def remaining(self) -> int:
        """What the lab may still ask, in single inputs: as if the interruption had never been."""
        return max(0, self._left + self._refundable)

    def quote(self, inputs: Sequence[Hashable]) -> Quote:
        """What this batch would cost. Changes nothing; raises BudgetExhausted where it does not fit."""
        asked, paid = self._asked, self._paid
        fresh = dict.fromkeys(inputs, 1)
        new = fresh.keys().isdisjoint(asked.keys()) and fresh.keys().isdisjoint(paid.keys())
        if new and len(fresh) == len(inputs) <= self._left:  # most batches; what follows would say the same
            return Quote([0] * len(inputs), [True] * len(inputs), fresh)
        after: dict[Hashable, int] = {}
        asked_before: list[int] = []
        charged: list[bool] = []
        for x in inputs:
            repetition = after[x] if x in after else asked.get(x, 0)
            after[x] = repetition + 1
            asked_before.append(repetition)
            charged.append(repetition >= paid.get(x, 0))
        if sum(charged) > self._left:
            raise BudgetExhausted
        return Quote(asked_before, charged, after)

    def spend(self, quote: Quote) -> None:
        """Charge what was quoted. Nothing else may have been spent since."""
        self._asked.update(quote.asked_after)
        charged = sum(quote.charged)
        if charged == len(quote.charged):
            self._paid.update(quote.asked_after)
        else:
            self._paid.update((x, n) for x, n in quote.asked_after.items() if n > self._paid.get(x, 0))
        self._left -= charged
        self._refundable = max(0, self._refundable - (len(quote.charged) - charged))

    def end_experiment(self) -> None:
        """What was paid for before the interruption and not asked again by now counts as spent."""
        self._refundable = 0
