"""Which functions a trivial answer gets, and which are one and the same."""

import pytest

from functions.brief import Interval
from functions.data import TableRef
from functions.entity import Concept, EntitySpec, Neuron
from functions.numeric import Corruption, NumericSpec
from functions.numeric.expression import Atom
from functions.relation import Departure, Lookup, RelationSpec
from functions.relation.rule import Cell
from functions.spec import AnySpec
from functions.string import Step, StringSpec
from functions.suites.likeness import Seen
from functions.suites.trivial import TRIVIAL, trivial_share

DOMAIN = Interval(low=-10, high=10)
COUNTRIES = TableRef.to("countries@1")


def line(slope: float, *corruptions: Corruption) -> NumericSpec:
    """y = slope x."""
    expression = Atom(family="linear", parameters={"slope": slope, "intercept": 0})
    return NumericSpec(domain=DOMAIN, expression=expression, corruptions=corruptions)


def constant(value: float) -> Atom:
    """Always the same."""
    return Atom(family="constant", parameters={"value": value})


def continent(departure: Departure | None = None) -> RelationSpec:
    """The continent of a country."""
    return RelationSpec(lookup=Lookup(table=COUNTRIES, source="country", target="continent", departure=departure))


TRIVIAL_ONES: list[AnySpec] = [
    NumericSpec(domain=DOMAIN, expression=constant(3)),
    line(1),
    line(2, Corruption(where=Interval(low=-4, high=9), behaviour=constant(1))),
    StringSpec(steps=(Step(operation="digits first"),)),
    continent(Departure(where=Cell(column="continent", value="Africa"), answer="fixed", text="Asia")),
]
OTHERS: list[AnySpec] = [
    line(2),
    StringSpec(steps=(Step(operation="reverse"),)),
    EntitySpec(neuron=Neuron(concepts=(Concept(word="bird"),))),
    continent(),
]


@pytest.mark.parametrize("spec", TRIVIAL_ONES, ids=lambda spec: spec.describe()[:60])
def test_what_a_constant_or_a_copy_gets_is_marked(spec: AnySpec) -> None:
    """More than half of the inputs."""
    assert trivial_share(spec) > TRIVIAL


@pytest.mark.parametrize("spec", OTHERS, ids=lambda spec: spec.describe()[:60])
def test_what_takes_understanding_is_not(spec: AnySpec) -> None:
    """Not even half of them; a silent answer is no understanding of a neuron."""
    assert trivial_share(spec) <= TRIVIAL


@pytest.mark.parametrize(("one", "other", "new"), [
    (line(2), line(2.001), False),
    (line(2), line(2.2), True),
    (line(2), line(2).model_copy(update={"domain": Interval(low=-20, high=20)}), True),
    (OTHERS[1], OTHERS[1], False),
    (OTHERS[1], StringSpec(steps=(Step(operation="reverse words"),)), True),
    (OTHERS[2], EntitySpec(neuron=Neuron(concepts=(Concept(word="bird"), Concept(word="chicken")))), False),
    (OTHERS[2], EntitySpec(neuron=Neuron(concepts=(Concept(word="fish"),))), True),
    (continent(), continent(), False),
    (continent(), continent(Departure(where=Cell(column="continent", value="Africa"), answer="undefined")), True),
])  # fmt: skip
def test_functions_that_answer_alike_are_one(one: AnySpec, other: AnySpec, new: bool) -> None:
    """However they are written."""
    seen = Seen()
    assert seen.is_new(one)
    assert seen.is_new(other) is new
