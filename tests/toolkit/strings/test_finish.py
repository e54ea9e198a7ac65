"""Last steps are read off pairs, one or all of them; what comes first is told by what was seen in training."""

from itertools import pairwise

from sandbox.toolkit.strings.finish import Finisher
from sandbox.toolkit.strings.kind import SAME_OUTLINE, Step, relation
from sandbox.toolkit.strings.library import library
from sandbox.toolkit.strings.pooled import pooled
from sandbox.toolkit.strings.prior import STEPS, surprise_of_step
from sandbox.toolkit.strings.probes import probes
from sandbox.toolkit.strings.search import Search, Start, in_order_of_cost, task
from sandbox.toolkit.strings.work import Work

NAMED = {kind.name: kind for kind in library()}


def test_a_last_step_is_read_off_one_pair() -> None:
    """Whole texts and words of them, with a parameter that no list has."""
    finisher = Finisher(library())

    whole = finisher.last_steps("some words", "some words%%", Work(10_000))
    worded = finisher.last_steps("some words", "emos sdrow", Work(10_000))

    assert Step(NAMED["put_at_end"], ("%%",)) in whole
    assert Step(NAMED["reverse"], (), "each word") in worded


def test_what_would_change_an_answer_did_not_come_last() -> None:
    """What does no more when it is taken twice leaves the answers alone that it made; others may come last anyway."""
    finisher = Finisher(library(), ("ABC", "Abc"))
    steps = {step.kind.name for step in finisher.last_steps("abc", "ABC", Work(10_000))}

    assert "capitals" not in steps
    assert "swap_case" in steps


def test_an_alphabet_is_read_off_all_pairs_together() -> None:
    """Neighbours in the alphabet are exchanged: no text has all letters, all texts together have them."""
    exchanged = {ord(c): ord(c) + 1 - 2 * (i % 2) for i, c in enumerate("abcdefghijkl")}
    pairs = [(x.lower(), x.lower().translate(exchanged)) for x in probes(34) if "quick" not in x]
    pivot = max(range(len(pairs)), key=lambda i: len(pairs[i][0]))
    found = [step for step in pooled(pairs, pivot, library()) if step.kind.name == "substitute"]

    assert relation(*pairs[pivot]) & SAME_OUTLINE
    assert [step("feed a lake") for step in found] == ["effc b kblf"]


def test_letters_that_are_gone_are_read_off_all_pairs_together() -> None:
    """A text that has only one of them tells of that one; the others tell of the rest."""
    pairs = [("stone", "one"), ("rust", "u"), ("ridge", "idge")]

    assert [step.parameters for step in pooled(pairs, 0, library())] == [("rst",)]


def test_what_training_met_often_is_less_surprising() -> None:
    """Of two kinds the one that was counted more often; of those never met, what its author thought likelier."""
    often, seldom = max(STEPS, key=STEPS.__getitem__), min(STEPS, key=STEPS.__getitem__)

    assert surprise_of_step(often, 0.0, 0, False) < surprise_of_step(seldom, 0.0, 0, False)
    assert surprise_of_step(seldom, 0.5, 0, False) < surprise_of_step("never met", 0.0, 0, False)
    assert surprise_of_step("never met", 0.0, 0, False) < surprise_of_step("nor this", 0.3, 0, False)
    assert set(STEPS) <= set(NAMED)


def test_pairs_of_steps_come_in_rising_order_until_the_work_is_spent() -> None:
    """Each pair once, no ring cheaper than the one before; nothing after the budget."""
    starts = [Start(Step(NAMED["reverse"]), (), cost) for cost in (1.0, 1.2, 3.0, 7.0)]
    pairs = [(a.cost, b.cost) for a, b in in_order_of_cost(starts, Work(1000))]

    assert sorted(pairs) == sorted((a.cost, b.cost) for a in starts for b in starts)
    assert all(sum(later) > sum(sooner) - 0.5 for sooner, later in pairwise(pairs))
    assert len(list(in_order_of_cost(starts, Work(7)))) < 4


def test_what_a_first_part_explains_is_no_pivot_for_others() -> None:
    """Both sides of a branch are found, the rarer too, as it alone is left to be explained."""
    texts = probes(34)
    answers = [x[::-1] if any(c.isdigit() for c in x) else x.upper() for x in texts]
    found = Search(task(texts, answers), Work(300_000)).parts(1, 3, 8, [], 300_000)
    digits = sum(1 << i for i, x in enumerate(texts) if any(c.isdigit() for c in x))

    assert any(digits & ~match.hits == 0 for match in found)
    assert any(match.count > 20 for match in found)
