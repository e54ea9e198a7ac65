"""What is held out is nowhere but in the held-out suite: not in other suites, not in their generators, not in the
toolkit of the classical team."""

import re
from pathlib import Path

import pytest

import sandbox.toolkit
from functions.brief import Category
from functions.data import TableRef
from functions.entity import EntitySpec
from functions.heldout.numeric.recipe import HELD_OUT_1
from functions.heldout.registry import KINDS, Kind, held_out_names
from functions.heldout.relations import ChainSpec, chains
from functions.heldout.relations import answers as chain_answers
from functions.numeric.families import catalogue, held_out
from functions.relation import RelationSpec
from functions.relation.catalogue import rules
from functions.relation.rule import Lookup
from functions.spec import AnySpec
from functions.string import StringSpec, operations, probes
from functions.string.behaviour import difference, single_operations
from functions.string.catalogue import held_out_operations
from functions.string.steps import Step
from functions.suites import SUITES, load_suite
from functions.suites.names import HELD_OUT_OPERATIONS_1

OPEN_TO_ALL = sorted(SUITES.keys() - {"heldout@1"})


def parts_of(spec: AnySpec) -> set[str]:
    """Names of the families and operations that a function is made of."""
    return {str(claim.name) for claim in spec.claims() if claim.kind in ("family", "operation")}


def is_held_out(spec: AnySpec) -> bool:
    """Is it of one of the kinds that are held out?"""
    match spec:
        case EntitySpec():
            return len(spec.neuron.concepts) >= 3
        case RelationSpec() | ChainSpec():
            return isinstance(spec, ChainSpec)
        case _:
            return bool(parts_of(spec) & held_out_names(spec.category))


def test_the_registry_names_what_there_is() -> None:
    """Every held-out family or operation belongs to one kind, and the suite draws from all of them."""
    assert held_out_names(Category.STRING) == held_out_operations().keys() == set(HELD_OUT_OPERATIONS_1)
    assert held_out_names(Category.NUMERIC) == held_out().keys() == set(HELD_OUT_1.families)
    assert {kind.category for kind in KINDS} == set(Category)


def test_the_heldout_suite_holds_nothing_else() -> None:
    """All of its functions are of a kind that is held out, and every operation among them is used."""
    suite = load_suite("heldout@1")
    assert all(is_held_out(member.spec) for member in suite.members)
    used = set().union(*(parts_of(member.spec) for member in suite.members))
    assert held_out_names(Category.NUMERIC) | held_out_names(Category.STRING) <= used


@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_no_other_suite_has_any_of_it(name: str) -> None:
    """Not one function."""
    assert [member.name for member in load_suite(name).members if is_held_out(member.spec)] == []


def test_the_ordinary_catalogues_have_none_of_it() -> None:
    """A held-out operation or family is found by its name, and by no generator."""
    assert not operations().keys() & held_out_operations().keys()
    assert not catalogue().keys() & held_out_names(Category.NUMERIC)


@pytest.mark.parametrize("name", HELD_OUT_OPERATIONS_1)
def test_no_ordinary_operation_does_the_same(name: str) -> None:
    """Whatever it is called and whatever its parameters, on natural texts."""
    for parameters in held_out_operations()[name].variants():
        row = StringSpec(steps=(Step(operation=name, parameters=parameters),)).evaluate(probes())
        assert all(difference(row, other) > 0.1 for other in single_operations(tuple(operations())))


@pytest.mark.parametrize("seed", [2, 6, 2**256 - 1])
def test_other_seeds_draw_as_many_chains(seed: int) -> None:
    """Where a first rule has no more chains that differ, another one takes its place: a private suite is whole."""
    assert len(load_suite(f"heldout@1:{seed}", Category.RELATION).members) == 40


def test_no_rule_does_what_a_chain_does() -> None:
    """A chain answers otherwise than every single rule on the same words."""
    for first, second in chains(tuple(rules())):
        chain = chain_answers((_plain(first), _plain(second)))
        for rule in rules():
            answers = _plain(rule).answers()
            assert sum(answers.get(word) == answer for word, answer in chain.items()) <= 0.8 * len(chain)


def _plain(name: str) -> Lookup:
    rule = rules()[name]
    return Lookup(table=TableRef.to(rule.table), source=rule.source, target=rule.target)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_the_classical_library_has_none_of_it(kind: Kind) -> None:
    """No file of the toolkit as much as mentions it (what is numeric, none of those for numbers)."""
    folder = Path(str(sandbox.toolkit.__file__)).parent
    for path in folder.glob("*.py" if kind.category is Category.NUMERIC else "**/*.py"):
        source = path.read_text(encoding="utf-8").lower()
        for word in kind.words:
            found = re.search(rf"(?<![a-z_]){re.escape(word)}", source)
            assert found is None, f"{path.name} mentions {word!r}"
