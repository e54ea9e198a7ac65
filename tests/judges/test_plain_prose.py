"""What the readers make of prose in nobody's house style: code, paraphrases, exceptions, pieces."""

import pytest

from functions.data import TableRef
from functions.entity import EntitySpec
from functions.entity.neuron import Concept, Neuron
from functions.relation import RelationSpec
from functions.relation.rule import Cell, Departure, Lookup
from functions.string import StringSpec
from functions.string.steps import Branch, Property, Step
from judges.description import ClaimsJudge
from judges.description.nouns import nouns, plain
from judges.description.pieces import pieces
from judges.truth import AnyTruth
from tests.judges.specs import PLAIN_LINE

CLOTHING = EntitySpec(neuron=Neuron(concepts=(Concept(word="clothing"),)))
NOT_INSECTS = EntitySpec(neuron=Neuron(concepts=(Concept(word="animal"),), without=(Concept(word="insect"),)))
CUT = StringSpec(steps=(Step(operation="drop end", parameters={"amount": 3}),))
MANY_WORDS = StringSpec(
    steps=(Step(operation="reverse"),),
    branch=Branch(
        when=Property(condition="many words", parameters={"count": 3}), steps=(Step(operation="upper case"),)
    ),
)
CAPITALS = RelationSpec(
    lookup=Lookup(
        table=TableRef.to("countries@1"),
        source="country",
        target="capital",
        departure=Departure(where=Cell(column="continent", value="Africa"), answer="echo"),
    )
)


@pytest.mark.parametrize(
    ("truth", "right", "wrong"),
    [
        (CLOTHING, "Lights up for things you can wear.", "Lights up for things you can eat."),
        (CLOTHING, "Hats, coats and other garments.", "Plants and flowers."),
        (NOT_INSECTS, "Any animal, but no insects.", "Fires for everything but animals."),
        (CUT, "s[:-3]", "s[3:]"),
        (CUT, "Gives back everything but the final 3 chars.", "Triples the text."),
        (
            MANY_WORDS,
            "Fewer than three words: spelled backwards. Otherwise all in capitals.",
            "Fewer than three words: all in capitals. Otherwise spelled backwards.",
        ),
        (
            CAPITALS,
            "The capital city of the country you enter; African countries are echoed.",
            "The currency of the country you enter; Asian countries are echoed.",
        ),
        (PLAIN_LINE, "The output is 7.5 - 2x.", "The output is 7.5 + 2x."),
    ],
)
def test_right_prose_scores_above_wrong_prose_of_the_same_form(truth: AnyTruth, right: str, wrong: str) -> None:
    """By a clear margin, whatever words it uses."""
    judge = ClaimsJudge()
    assert judge.judge(truth, right).headline >= judge.judge(truth, wrong).headline + 0.3


def test_nouns_are_found_with_their_compounds_and_without_what_is_said_around_them() -> None:
    """`Words` stands for the noun before it; verbs and small words are no nouns."""
    text = "it responds to illness words and baseball players"
    assert [text[noun.start : noun.end] for noun in nouns(text)] == ["illness words", "baseball players"]
    assert plain("means of transport") == "vehicle"


def test_pieces_are_read_with_their_intervals_and_what_holds_elsewhere() -> None:
    """An interval before or behind its value, and a rest without one."""
    told = pieces("-3.06 for x between 4.5 and 9.44, 0 otherwise.")
    assert [(p.low, p.high) for p in told] == [(float("-inf"), float("inf")), (4.5, 9.44)]
