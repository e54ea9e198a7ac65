"""Concepts are found from graded responses, with the parts on which a neuron fails; and told in words and code."""

import random
from collections.abc import Callable

import pytest

from sandbox.toolkit.words import NeuronFindings, neuron_attacks, neuron_report, study_neuron
from sandbox.toolkit.words.levels import levels
from sandbox.toolkit.words.nouns import lexicon, nouns

Function = Callable[[str], float]


def kind_of(label: str, but_not: str = "") -> Function:
    """A neuron that fires for words that may mean a kind of something, the less the rarer that meaning is."""
    concept = nouns().senses(label)[0]
    without = nouns().senses(but_not)[0] if but_not else -1

    def holds(sense: int) -> bool:
        return concept in nouns().ups(sense) and without not in nouns().ups(sense)

    def response(word: str) -> float:
        senses = zip((1.0, 0.7, 0.4), nouns().senses(word), strict=False)
        return max((weight for weight, sense in senses if holds(sense)), default=0.0)

    return response


def studied(function: Function, wide: int = 115, deep: int = 60) -> NeuronFindings:
    """What is found in that many queries."""
    seen: list[tuple[str, float]] = []

    def ask(words: list[str]) -> list[float]:
        seen.extend((word, function(word)) for word in words)
        return [y for _, y in seen[-len(words) :]]

    found = study_neuron(lambda: seen, ask, wide, deep)
    assert len(seen) <= wide + deep
    return found


def agreement(found: NeuronFindings, function: Function) -> float:
    """The share of 600 words on which its code and a function agree about which side of one half they are."""
    names: dict[str, Function] = {}
    exec(str(neuron_report(found)["code"]), names)  # type: ignore[arg-type] # noqa: S102
    inside = [word for word in lexicon().words if function(word)][:300]
    words = [*inside, *lexicon().words[5000:5300]]
    return sum((names["function"](word) > 0.5) == (function(word) > 0.5) for word in words) / len(words)


@pytest.fixture(scope="module")
def furniture() -> NeuronFindings:
    return studied(kind_of("furniture"))


def test_a_concept_is_named(furniture: NeuronFindings) -> None:
    """By its own word, alone."""
    assert neuron_report(furniture)["names"] == ["furniture"]


def test_the_code_knows_words_that_were_never_asked(furniture: NeuronFindings) -> None:
    """It lists them, and needs no taxonomy."""
    assert agreement(furniture, kind_of("furniture")) > 0.95


def test_a_part_that_is_left_out_is_found() -> None:
    """Animals without birds are not simply animals: the description says where it does not respond."""
    found = studied(kind_of("vehicle", but_not="boat"))
    report = neuron_report(found)

    assert report["regions"]
    assert agreement(found, kind_of("vehicle", but_not="boat")) > 0.9


def test_two_unrelated_concepts_are_both_named() -> None:
    """What one concept does not explain is explained by another one."""
    one, other = kind_of("weapon"), kind_of("clothing")
    report = neuron_report(studied(lambda word: max(one(word), other(word))))

    assert {"weapon", "clothing"} <= set(report["names"])  # type: ignore[call-overload]


def test_a_silent_neuron_is_said_to_be_unknown() -> None:
    """No concept is named where nothing responded."""
    report = neuron_report(studied(lambda _: 0.0, wide=20, deep=8))

    assert report["names"] == []
    assert "unknown" in str(report["description"])


def test_attacks_are_new_words_of_every_kind(furniture: NeuronFindings) -> None:
    """Where rivals disagree, parts, siblings and other concepts; none that was asked before, in no volley all alike."""
    planned = neuron_attacks(list(zip(furniture.words, furniture.y, strict=True)), 20)

    kinds = [kind for _, kind in planned]
    assert {"a part of the concept", "a sibling of the concept", "another concept"} <= set(kinds)
    assert all(len(set(kinds[i : i + 4])) > 1 for i in range(0, 12, 4))
    assert not {word for word, _ in planned} & set(furniture.words)


@pytest.mark.parametrize("half", [0.02, 0.1])
def test_noise_is_measured_on_words_at_rest(half: float) -> None:
    """Its half-width and the level at rest come from the block at the bottom, whatever responds above it."""
    draw = random.Random(1)
    answers = [half + draw.uniform(-half, half) for _ in range(150)] + [0.3, 0.5, 0.8, 0.9, 0.95] * 5
    found = levels(answers)

    assert found.noise == pytest.approx(half, rel=0.15)
    assert found.rest == pytest.approx(half, rel=0.15)


def test_equal_answers_at_rest_mean_no_noise() -> None:
    """Few words respond, and all others give exactly the same."""
    assert levels([0.0] * 30 + [0.4, 1.0]).noise == 0
