"""The generator of relations: pinned, proportioned as asked, and with exceptions that can be seen."""

import hashlib

import pytest

from functions.errors import BadInput
from functions.relation import TIERS, Recipe, RelationSpec, generate
from functions.relation.catalogue import rules

PINNED = "f82fc6a70dc3cafd6eaed2a8e68c52e2803a900c208f3ea685d3537afe48d828"


def drawn(recipe: Recipe, count: int) -> list[RelationSpec]:
    """The first relations of a seed."""
    return [generate(3, index, recipe) for index in range(count)]


def test_generation_is_pinned() -> None:
    """The same relations on every machine and version of Python; whoever changes them says so with a new version."""
    told = "".join(generate(7, index, tier).sha256 for tier in TIERS for index in range(80))
    assert hashlib.sha256(told.encode()).hexdigest() == PINNED


def test_no_relation_is_drawn_twice() -> None:
    """Every run has each rule once, each time otherwise."""
    for recipe in TIERS.values():
        specs = drawn(recipe, 3 * len(rules()))
        assert len({spec.sha256 for spec in specs}) == len(specs)
        assert {spec.lookup.rule.name for spec in specs[: len(rules())]} == set(rules())


def test_exceptions_come_as_often_as_asked_for() -> None:
    """Never, always, or by chance, in the first run over the rules."""
    count = len(rules())
    shares = [sum(spec.lookup.departure is not None for spec in drawn(recipe, count)) for recipe in TIERS.values()]
    assert shares[0] == 0
    assert 0.25 * count <= shares[1] <= 0.55 * count
    assert shares[2] == count


def test_exceptions_can_be_seen() -> None:
    """At least five words are in the class, at most half of the domain is, and nearly all of them change."""
    for spec in drawn(TIERS["hard"], 2 * len(rules())):
        lookup = spec.lookup
        if lookup.departure is None:
            continue
        plain = lookup.model_copy(update={"departure": None}).answers()
        inside = lookup.departing()
        assert 5 <= len(inside) <= 0.5 * len(plain)
        assert sum(lookup.answers()[word] != plain[word] for word in inside) >= 0.9 * len(inside)


def test_a_suite_can_name_the_rules_it_draws_from() -> None:
    """So that additions to the catalogue change no suite that exists."""
    recipe = Recipe(rules=("capital of country", "symbol of element"))
    assert {spec.lookup.rule.name for spec in drawn(recipe, 6)} == set(recipe.rules)


def test_a_rule_that_has_no_more_exceptions_says_so() -> None:
    """Asking for more relations than there are is an error with the rule's name, never a repetition."""
    with pytest.raises(BadInput, match="'next month or day' has only"):
        drawn(Recipe(rules=("next month or day",)), 200)
