"""The budget: charged once, refused whole, and blind to interruptions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.oracle.ledger import Batch, BudgetExhausted, Ledger

batches = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), max_size=6)


def ask(ledger: Ledger, inputs: list[int]) -> list[Batch]:
    """Ask one batch, and give the records that a log would hold."""
    quote = ledger.quote(inputs)
    ledger.spend(quote)
    return [Batch(inputs[part], part.stop - part.start if charged else 0) for part, charged in quote.parts()]


def test_repetitions_are_counted_within_a_batch_too() -> None:
    """The same input three times has three repetition numbers."""
    ledger = Ledger(10)
    assert ledger.quote([5, 5, 6]).asked_before == [0, 1, 0]
    ask(ledger, [5, 5, 6])
    assert ledger.quote([5]).asked_before == [2]
    assert ledger.remaining == 7


def test_a_batch_that_does_not_fit_costs_nothing() -> None:
    """It is refused whole, and a smaller one still goes."""
    ledger = Ledger(3)
    with pytest.raises(BudgetExhausted):
        ledger.quote([1, 2, 3, 4])
    assert ledger.remaining == 3
    ask(ledger, [1, 2, 3])
    assert ledger.remaining == 0


@given(batches, st.integers(0, 6), st.lists(st.integers(0, 6), min_size=1, max_size=3))
def test_an_interrupted_timeline_sees_what_an_undisturbed_one_sees(
    asked: list[list[int]], settled: int, cuts: list[int]
) -> None:
    """Killed anywhere, any number of times, and continued: equal repetitions, equal remaining, equal spending."""
    budget = 15
    whole = Ledger(budget)
    seen = []
    for inputs in asked:
        try:
            ask(whole, inputs)
        except BudgetExhausted:
            break
        seen.append(whole.remaining)
    allowed = asked[: len(seen)]
    first = Ledger(budget)
    settled_records = [record for inputs in allowed[:settled] for record in ask(first, inputs)]
    paid: list[Batch] = []
    for cut in cuts:  # attempts that were killed in the middle of the experiment that follows the settled ones
        attempt = Ledger(budget, settled_records, paid)
        paid = paid + [record for inputs in allowed[settled : settled + cut] for record in ask(attempt, inputs)]
    last = Ledger(budget, settled_records, paid)
    for position in range(settled, len(allowed)):
        ask(last, allowed[position])
        assert last.remaining == seen[position]
    last.end_experiment()
    if seen:
        assert last.remaining <= seen[-1]


def test_what_was_paid_for_is_free_once() -> None:
    """After a kill the lost answers come again without charge; the next repetition is charged."""
    ledger = Ledger(10, paid=[Batch([1, 2], 2)])
    assert ledger.remaining == 10
    assert ask(ledger, [1, 2])[0].new == 0
    assert ledger.remaining == 8
    assert ask(ledger, [1])[0].new == 1


def test_what_is_not_asked_again_counts_as_spent() -> None:
    """A continued experiment that asks something else has paid for both."""
    ledger = Ledger(10, paid=[Batch([1, 2, 3], 3)])
    ask(ledger, [7])
    ledger.end_experiment()
    assert ledger.remaining == 6


@given(batches, batches)
def test_nobody_gets_more_answers_than_the_budget_pays_for(before: list[list[int]], after: list[list[int]]) -> None:
    """Whatever is asked after an interruption, distinct (input, repetition) pairs never exceed the budget."""
    budget = 8
    answered: set[tuple[int, int]] = set()
    paid: list[Batch] = []
    for ledger, asked in ((Ledger(budget), before), (None, after)):
        now = ledger or Ledger(budget, paid=paid)
        for inputs in asked:
            try:
                quote = now.quote(inputs)
            except BudgetExhausted:
                continue
            answered |= set(zip(inputs, quote.asked_before, strict=True))
            paid += ask(now, inputs)
    assert len(answered) <= budget


def test_a_mixed_batch_is_logged_in_parts() -> None:
    """Each record is charged whole or not at all, so that the log alone tells what was paid for."""
    ledger = Ledger(10, paid=[Batch([1], 1)])
    assert ask(ledger, [1, 2, 3]) == [Batch([1], 0), Batch([2, 3], 2)]
