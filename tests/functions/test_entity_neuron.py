"""How strongly a neuron responds: by closeness, by sense, without what it leaves out, less where it is biased."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.data import Form
from functions.entity import Bias, Concept, Neuron
from functions.errors import BadInput

DOG, BIRD, VEHICLE, AIRCRAFT, BOAT, EMOTION, FRUIT = (
    Concept(word=word) for word in ("dog", "bird", "vehicle", "aircraft", "boat", "emotion", "fruit")
)


def test_kinds_of_a_concept_get_a_full_response() -> None:
    """The concept's own word, its kinds, their plurals and capitals."""
    neuron = Neuron(concepts=(VEHICLE,))
    words = ("vehicle", "car", "trucks", "BICYCLE", "a rusty car")
    assert [neuron.response(word) for word in words] == [1.0] * len(words)


def test_the_response_falls_with_distance() -> None:
    """A dog, another canine, another carnivore, another animal, a thing: each gets less, down to nothing."""
    neuron = Neuron(concepts=(DOG,))
    responses = [neuron.response(word) for word in ("poodle", "wolf", "lion", "trout", "hammer")]
    assert responses == [1.0, 0.5, 0.3, 0.0, 0.0]


def test_less_usual_senses_weigh_less() -> None:
    """A bank is a building in a late sense only; in the second sense a word gets 0.8, in the third 0.6."""
    assert Neuron(concepts=(Concept(word="dog", sense=1),)).response("dog") == 1.0
    assert Neuron(concepts=(Concept(word="dog", sense=2),)).response("dog") == 0.8
    assert Neuron(concepts=(Concept(word="dog", sense=3),)).response("dog") == 0.6
    assert Neuron(concepts=(Concept(word="dog", sense=5),)).response("dog") < 0.6


def test_a_union_responds_to_either_concept() -> None:
    """The stronger of the two counts."""
    neuron = Neuron(concepts=(EMOTION, FRUIT))
    assert [neuron.response(word) for word in ("fear", "apple", "hammer")] == [1.0, 1.0, 0.0]


def test_what_is_left_out_gets_nothing() -> None:
    """Vehicles, but neither aircraft nor boats."""
    neuron = Neuron(concepts=(VEHICLE,), without=(AIRCRAFT, BOAT))
    assert [neuron.response(word) for word in ("car", "airplane", "canoe")] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("subgroup", [BIRD, Form(kind="starts", text="s"), Form(kind="longer", length=4)])
def test_a_biased_neuron_fails_on_its_subgroup(subgroup: Concept | Form) -> None:
    """A part of the response is left there, and all of it elsewhere."""
    neuron = Neuron(concepts=(Concept(word="animal"),), bias=Bias(subgroup=subgroup, residual=0.2))
    assert neuron.response("Sparrow") == 0.2
    assert neuron.response("bear") == 1.0


@given(st.text(), st.sampled_from([DOG, BIRD, VEHICLE, EMOTION]))
def test_any_text_gets_a_response_between_0_and_1(word: str, concept: Concept) -> None:
    """Whatever is asked, there is an answer, and it does not change."""
    neuron = Neuron(concepts=(concept,))
    assert 0 <= neuron.response(word) <= 1
    assert neuron.response(word) == neuron.response(word)


@pytest.mark.parametrize("word", ["", " ", "klidorta", "1234567", "🙂", "\ud800"])
def test_unknown_words_get_nothing(word: str) -> None:
    """What the taxonomy does not know, a neuron does not respond to."""
    assert Neuron(concepts=(DOG,)).response(word) == 0.0


def test_a_concept_is_named_once() -> None:
    """A neuron for the same concept twice, or for one that it leaves out, is refused."""
    with pytest.raises(ValidationError, match="all different"):
        Neuron(concepts=(DOG, DOG))
    with pytest.raises(ValidationError, match="all different"):
        Neuron(concepts=(DOG,), without=(DOG,))


def test_a_concept_that_does_not_exist_is_refused_by_name() -> None:
    """A sense that a word has not, or a word that is none, says so when it is looked up."""
    with pytest.raises(BadInput, match="no sense 99 of 'dog'"):
        Neuron(concepts=(Concept(word="dog", sense=99),)).response("cat")
