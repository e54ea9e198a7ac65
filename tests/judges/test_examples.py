"""The unit test's questions: they are about the function, and nothing but a description answers them."""

from collections.abc import Callable
from difflib import SequenceMatcher

import pytest
from scipy.stats import binomtest

from functions.brief import Category
from functions.spec import evaluate
from functions.suites import load_suite
from judges.calibration.measure import gradable
from judges.negatives import Gradable
from judges.reader.examples import EXEMPLARS, Example, examples
from tests.judges.specs import HALF_LINE, PLAIN_LINE

EACH = {Category.NUMERIC: 24, Category.STRING: 8, Category.ENTITY: 4, Category.RELATION: 30}
SPECS = gradable(member.spec for member in load_suite("dev@1").members)
Guess = Callable[[Example], list[float]]


def some(category: Category) -> list[Gradable]:
    of = [spec for spec in SPECS if spec.category is category]
    return of[:: len(of) // EACH[category]][: EACH[category]]


def output(option: str) -> str:
    return option.split(" -> ")[-1]


def likeness(example: Example) -> list[float]:
    """How like the other options each is: what a guesser calls typical."""

    def alike(a: str, b: str) -> float:
        try:
            return -abs(float(output(a)) - float(output(b)))
        except ValueError:
            return SequenceMatcher(None, a, b, autojunk=False).ratio()

    return [sum(alike(a, b) for b in example.options) for a in example.options]


BLIND: dict[str, Guess] = {
    "first": lambda e: [-float(n) for n in range(len(e.options))],
    "last": lambda e: [float(n) for n in range(len(e.options))],
    "longest": lambda e: [float(len(o)) for o in e.options],
    "shortest": lambda e: [-float(len(o)) for o in e.options],
    "roundest": lambda e: [-float(len(o.rstrip("0."))) for o in e.options],
    "most typical": likeness,
    "least typical": lambda e: [-v for v in likeness(e)],
    "defined": lambda e: [-float(o.endswith("undefined")) for o in e.options],
    "echo": lambda e: [SequenceMatcher(None, *o.split(" -> ")[:2], autojunk=False).ratio() for o in e.options],
}


@pytest.mark.parametrize("category", list(Category))
def test_whoever_sees_only_position_and_format_scores_chance(category: Category) -> None:
    """For each guesser, chance lies within the 99.9 % interval of what it gets."""
    asked = [example for spec in some(category) for example in examples(spec, 8)]
    chance = sum(1 / len(e.options) for e in asked) / len(asked)
    for name, guess in BLIND.items():
        hits = 0.0
        for example in asked:
            values = guess(example)
            best = [n for n, value in enumerate(values) if value == max(values)]
            hits += (example.right in best) / len(best)
        interval = binomtest(round(hits), len(asked)).proportion_ci(0.999, method="wilson")
        assert interval.low <= chance <= interval.high, (name, hits / len(asked), chance)


@pytest.mark.parametrize("category", list(Category))
def test_the_right_example_is_true_and_all_are_told_apart(category: Category) -> None:
    """No option stands twice, all have one format, and no input was an exemplar."""
    spec = some(category)[1]
    found = examples(spec, 8)
    assert len(found) == 8
    assert {example.right for example in found} == set(range(max(len(e.options) for e in found)))
    shown = set() if spec.category is Category.NUMERIC else {str(e.input) for e in spec.exemplars(EXEMPLARS)}  # type: ignore[union-attr]
    for example in found:
        assert len(set(example.options)) == len(example.options) >= 2
        assert not any(option.split('"')[1] in shown for option in example.options if '"' in option)
        if spec.category is Category.NUMERIC:
            x, y = example.options[example.right].split(" -> ")
            (expected,) = evaluate(spec, [float(x)])
            assert (
                y == "undefined" if expected is None else abs(float(y) - float(expected)) < 0.02 * (1 + abs(float(y)))
            )


def test_numbers_all_have_the_same_decimals() -> None:
    """A rounder number would tell."""
    for example in examples(PLAIN_LINE, 6):
        assert len({len(option.partition(".")[2].split(" -> ")[0]) for option in example.options}) == 1
        assert len({len(output(option).partition(".")[2]) for option in example.options}) == 1


def test_a_region_is_asked_about_from_both_sides() -> None:
    """Within it the right output is the irregular one, elsewhere the usual one."""
    inside = [
        any(part.contains(float(e.options[0].split(" -> ")[0])) for part in HALF_LINE.irregular)
        for e in examples(HALF_LINE, 8)[1::2]
    ]
    assert {True, False} == set(inside)


def test_the_same_questions_come_every_time() -> None:
    """So that every description of a function is put to the same test."""
    assert examples(PLAIN_LINE, 5) == examples(PLAIN_LINE, 5)
