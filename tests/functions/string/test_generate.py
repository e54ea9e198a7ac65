"""The generator: pinned, proportioned as asked, and without functions that are not worth asking about."""

import hashlib
from itertools import combinations

import pytest
from hypothesis import given, settings

from functions.errors import BadInput
from functions.string import TIERS, Branch, Property, Recipe, Step, StringSpec, generate, operations, probes
from functions.string.behaviour import difference, dominance
from functions.string.steps import Body
from functions.string.worth import objection
from tests.functions.string.strategies import generated

PINNED = "685a621ef0fc724e26021ac0bbaa119ea8db783a5f3f2edcb4d68a378961165f"


def test_generation_is_pinned() -> None:
    """The same functions on every machine and version of Python; whoever changes them says so with a new version."""
    drawn = [generate(7, index, tier).sha256 for tier in TIERS for index in range(20)]
    assert hashlib.sha256("".join(drawn).encode()).hexdigest() == PINNED


@given(generated)
@settings(deadline=None, max_examples=50)
def test_no_part_of_a_generated_chain_is_superfluous(spec: StringSpec) -> None:
    """Leaving out any steps shows: nothing cancels, nothing is idle, and the function neither copies nor ignores."""
    truth = StringSpec(steps=spec.steps).evaluate(probes())
    for size in range(1, len(spec.steps)):
        for kept in combinations(spec.steps, size):
            assert difference(truth, StringSpec(steps=kept).evaluate(probes())) >= 0.2
    assert difference(truth, probes()) >= 0.5
    assert dominance(truth) <= 0.3


@given(generated)
@settings(deadline=None, max_examples=50)
def test_generated_branches_are_reached_and_seen(spec: StringSpec) -> None:
    """Natural texts fall on both sides of a branch, and inside it most come out otherwise."""
    if spec.branch is None:
        return
    inside = [x for x in probes() if spec.in_branch(x)]
    assert 0.06 <= len(inside) / len(probes()) <= 0.6
    assert difference(spec.evaluate(inside), StringSpec(steps=spec.steps).evaluate(inside)) >= 0.6


def steps(*names: str, **parameters: int) -> tuple[Step, ...]:
    """Steps by name; parameters go to those that take them."""
    return tuple(
        Step(operation=name, parameters={k: v for k, v in parameters.items() if k in operations()[name].choices})
        for name in names
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (Body(steps("digits first")), "hardly changes its input"),
        (
            Body((*steps("length"), Step(operation="replace digits", parameters={"mark": "#"}))),
            "hardly looks at its input",
        ),
        (Body(steps("reverse", "reverse")), "hardly changes its input"),
        (Body(steps("reverse", "upper case", "reverse")), "hardly show"),
        (Body(steps("repeat text", "reverse", "reverse", times=2)), "hardly show"),
        (Body(steps("upper case", "capitalise every", every=2)), "hardly show"),
        (Body(steps("length", "shift forward", amount=1)), "hardly show"),
        (Body(steps("shift forward", "shift forward", amount=1)), "one operation does the same"),
        (Body((*steps("shift forward", amount=3), *steps("shift back", amount=1))), "one operation does the same"),
        (Body(steps("append length", "append length")), "same operation twice"),
        (Body(steps("rotate left", "reverse words", "reverse words", amount=1)), "hardly show"),
        (Body(steps("swap case", "upper case", "lower case")), "hardly changes its input"),
        (
            Body(steps("reverse"), Branch(when=Property(condition="longer than", parameters={"size": 5}))),
            "hardly reach",
        ),
        (
            Body(
                steps("reverse"),
                Branch(when=Property(condition="starts with vowel"), steps=steps("reverse", "digits first")),
            ),
            "hardly shows",
        ),
        (
            Body(
                steps("reverse"),
                Branch(when=Property(condition="starts with vowel"), steps=steps("remove vowels", "number vowels")),
            ),
            "hardly show",
        ),
    ],
)
def test_functions_not_worth_asking_about_are_refused(body: Body, reason: str) -> None:
    """Identities, constants, idle, cancelling and mergeable steps, and branches that do not matter, for that reason."""
    found = objection(body, tuple(operations()))
    assert found is not None
    assert reason in found


def test_a_recipe_is_kept_in_proportion() -> None:
    """Depths and branches come as often as asked for: what is thrown away does not shift them."""
    recipe = Recipe(depths=(1, 3), branch=0.5, branch_depths=(0, 2))
    drawn = [generate(1, index, recipe) for index in range(80)]
    depths = [len(spec.steps) for spec in drawn]
    branched = [spec.branch for spec in drawn if spec.branch is not None]
    assert set(depths) == {1, 3}
    assert 25 <= depths.count(1) <= 55
    assert 25 <= len(branched) <= 55
    assert {len(branch.steps) for branch in branched} == {0, 2}


def test_a_recipe_may_name_what_it_draws_from() -> None:
    """A suite that names its operations and conditions gets these alone; unknown names are refused."""
    recipe = Recipe(
        depths=(1, 2), branch=1.0, operations=("reverse", "double words", "upper case"), conditions=("even length",)
    )
    drawn = [generate(1, index, recipe) for index in range(10)]
    assert {step.operation for spec in drawn for step in spec.steps} <= set(recipe.operations)
    assert {spec.branch.when.condition for spec in drawn if spec.branch} == {"even length"}
    with pytest.raises(ValueError, match="no operation"):
        Recipe(depths=(1,), operations=("reverse gear",))


def test_another_take_is_another_function() -> None:
    """Where a suite has a function already, it asks for the next take of it."""
    takes = [generate(1, 0, "medium", take) for take in range(5)]
    assert len({spec.sha256 for spec in takes}) == 5
    assert takes[0] == generate(1, 0, "medium")


def test_a_hopeless_recipe_says_so() -> None:
    """Where nothing worth asking about can be drawn, the error says what to change."""
    with pytest.raises(BadInput, match="more operations"):
        generate(1, 0, Recipe(depths=(2,), operations=("reverse",)))
