"""Entity specs: truth that round-trips, is pure, and says the same in values, code, prose and claims."""

from collections.abc import Callable
from functools import cache
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.brief import Noise, NoiseKind
from functions.data import TableRef, canonical
from functions.entity import TIERS, Bias, Concept, EntitySpec, Neuron, Tier, generate
from functions.errors import BadInput

TIER_NAMES: tuple[Tier, ...] = ("easy", "medium", "hard")
BIRDLESS = EntitySpec(
    neuron=Neuron(concepts=(Concept(word="animal"),), bias=Bias(subgroup=Concept(word="bird"), residual=0.2)),
    noise=Noise(kind=NoiseKind.UNIFORM, scale=0.1),
)
GROUND = EntitySpec(neuron=Neuron(concepts=(Concept(word="vehicle"),), without=(Concept(word="aircraft"),)))


@cache
def drawn() -> tuple[EntitySpec, ...]:
    """Some generated neurons of every tier."""
    return tuple(generate(5, index, tier) for tier in TIER_NAMES for index in range(8))


specs = st.sampled_from([BIRDLESS, GROUND, *drawn()])


def compiled(source: str) -> Callable[[str], float]:
    """The `function` that reference code defines."""
    names: dict[str, object] = {}
    exec(compile(source, "<reference>", "exec"), names)  # noqa: S102 - the project's own code is what is tested here
    return cast("Callable[[str], float]", names["function"])


def test_specs_round_trip() -> None:
    """JSON out and in again is the same spec with the same identity, and no two specs have one identity."""
    for spec in drawn():
        again = EntitySpec.model_validate_json(spec.model_dump_json())
        assert again == spec
        assert again.sha256 == spec.sha256
    assert len({spec.sha256 for spec in drawn()}) == len(drawn())


@given(specs, st.lists(st.text(max_size=20), max_size=6))
@settings(deadline=None)
def test_evaluation_is_pure_and_bounded(spec: EntitySpec, inputs: list[str]) -> None:
    """Responses do not depend on the batch, and are between 0 and 1."""
    expected = spec.evaluate(inputs)
    assert expected == tuple(spec.evaluate([x])[0] for x in inputs)
    assert all(y is not None and 0 <= y <= 1 for y in expected)


@given(specs, st.lists(st.text(max_size=20), max_size=6), st.integers(0, 9), st.binary(max_size=40))
@settings(deadline=None)
def test_answers_replay_and_stay_between_0_and_1(
    spec: EntitySpec, inputs: list[str], asked: int, secret: bytes
) -> None:
    """The same word asked as often under the same secret gets the same answer; noise never leaves the range."""
    answers = spec.answer(inputs, [asked] * len(inputs), secret)
    assert answers == spec.answer(inputs, [asked] * len(inputs), secret)
    assert all(y is not None and 0 <= y <= 1 for y in answers)
    if not spec.noise.scale:
        assert answers == spec.evaluate(inputs)


def test_noise_scatters_around_the_expected_response() -> None:
    """Over many repetitions the mean is the expected output, even at both ends of the range."""
    for word in ("horse", "sparrow", "hammer"):
        answers = np.array(BIRDLESS.answer([word] * 2000, range(2000), b"secret"), dtype=np.float64)
        (expected,) = BIRDLESS.evaluate([word])
        assert answers.mean() == pytest.approx(expected, abs=0.006)
        assert answers.std() == pytest.approx(0.1 / 3**0.5, rel=0.1)


def test_noise_does_not_depend_on_how_a_word_is_written() -> None:
    """Case and spaces make no new word, so they make no new noise."""
    assert BIRDLESS.answer(["dog"], [0], b"s") == BIRDLESS.answer([" DOG "], [0], b"s")
    assert BIRDLESS.answer(["dog"], [0], b"s") != BIRDLESS.answer(["dog"], [1], b"s")


@pytest.mark.parametrize("noise", [Noise(kind=NoiseKind.GAUSSIAN, scale=0.1), Noise(kind=NoiseKind.UNIFORM, scale=0.4)])
def test_noise_that_would_leave_the_range_is_refused(noise: Noise) -> None:
    """Only uniform noise of at most a quarter can be added without a bias at the ends."""
    with pytest.raises(ValidationError, match="uniform"):
        EntitySpec(neuron=GROUND.neuron, noise=noise)


def test_reference_code_agrees_on_everything_that_is_judged() -> None:
    """Under any secret; and it can be handed in, for it is short and imports nothing."""
    for spec in (BIRDLESS, GROUND, *drawn()):
        source = spec.reference_code()
        assert len(source) <= 64_000
        assert not source.startswith("import")
        function = compiled(source)
        for secret in (b"one", b"two"):
            for words in spec.hidden_inputs(secret, 300).values():
                assert tuple(function(word) for word in words) == spec.evaluate(words)


def test_hidden_inputs_are_stratified_as_they_say() -> None:
    """Members respond, the excluded do not, unknown words are unknown, plurals and capitals are no dictionary forms."""
    strata = GROUND.hidden_inputs(b"secret", 350)
    assert set(strata) == {"inside", "near", "outside", "subgroup", "rare", "forms", "unknown"}
    answers = {name: GROUND.evaluate(words) for name, words in strata.items()}
    assert all(y is not None and y >= 0.6 for y in answers["inside"])
    assert set(answers["subgroup"]) == set(answers["outside"]) == set(answers["unknown"]) == {0.0}
    assert 0.0 in answers["rare"]
    assert 1.0 in answers["rare"]
    assert any(y for y in answers["near"])


@given(specs, st.binary(max_size=40), st.integers(1, 40))
@settings(deadline=None, max_examples=40)
def test_exemplars_are_never_judged(spec: EntitySpec, secret: bytes, count: int) -> None:
    """Not even under another spelling; hidden words are all different, and exemplars tell the expected response."""
    shown = {canonical(str(exemplar.input)) for exemplar in spec.exemplars(count)}
    hidden = [canonical(word) for words in spec.hidden_inputs(secret, 10_000).values() for word in words]
    assert len(set(hidden)) >= 0.8 * len(hidden)
    assert shown.isdisjoint(hidden)
    assert all((e.output,) == spec.evaluate([str(e.input)]) for e in spec.exemplars(count))


def test_exemplars_are_the_most_and_the_least_responsive() -> None:
    """Half of them respond in full, half of them not at all."""
    for spec in drawn():
        outputs = [exemplar.output for exemplar in spec.exemplars(8)]
        rest, *_ = spec.evaluate([""])
        assert outputs[4:] == [rest] * 4
        assert all(isinstance(y, float) and isinstance(rest, float) and y > rest for y in outputs[:4])


def test_secrets_change_what_is_asked() -> None:
    """And nothing else does."""
    assert GROUND.hidden_inputs(b"a", 100) == GROUND.hidden_inputs(b"a", 100)
    assert GROUND.hidden_inputs(b"a", 100) != GROUND.hidden_inputs(b"b", 100)


def test_descriptions_name_everything() -> None:
    """Each phrasing names the concepts, what is left out, what it fails on, and the noise."""
    for n in range(BIRDLESS.phrasings):
        assert all(part in BIRDLESS.describe(n) for part in ("animal", "bird", "0.2", "0.1", "noise"))
        assert all(part in GROUND.describe(n) for part in ("vehicle", "aircraft", "conveyance", "0.5"))
    assert len({GROUND.describe(n) for n in range(GROUND.phrasings)}) == GROUND.phrasings
    assert GROUND.describe(GROUND.phrasings) == GROUND.describe(0)


def test_descriptions_differ_where_specs_differ() -> None:
    """No two generated neurons are described in the same words."""
    assert len({spec.describe() for spec in drawn()}) == len(drawn())


def test_claims_say_what_is_there() -> None:
    """Concepts, then what it fails on or that there is nothing of the kind, then noise or its absence."""
    told = [(claim.kind, claim.about, claim.name, claim.value) for claim in BIRDLESS.claims()]
    assert told == [
        ("concept", "base", "animal", None),
        ("concept", "region", "bird", 0.2),
        ("noise", "noise", "uniform", 0.1),
    ]
    assert [claim.kind for claim in GROUND.claims()] == ["concept", "concept", "absent"]


def test_hard_negatives_respond_otherwise() -> None:
    """They are close, none is the function itself, and each is told apart by some of the words that are judged."""
    for spec in drawn():
        others = spec.hard_negatives(4)
        assert len(others) >= 2
        words = [word for stratum in spec.hidden_inputs(b"secret", 10_000).values() for word in stratum]
        assert all(other.evaluate(words) != spec.evaluate(words) for other in others)
        assert len({other.sha256 for other in (*others, spec)}) == len(others) + 1


def test_another_taxonomy_is_refused() -> None:
    """A spec made with other data says so instead of answering otherwise."""
    spec = EntitySpec(neuron=GROUND.neuron, taxonomy=TableRef(name="nouns@1", sha256="0" * 64))
    with pytest.raises(BadInput, match="differs"):
        spec.evaluate(["dog"])
    assert spec.sha256 != GROUND.sha256


def test_the_brief_gives_nothing_away() -> None:
    """Neither a concept nor the taxonomy; exemplars only when asked for."""
    assert GROUND.brief(50).exemplars == ()
    assert "vehicle" not in GROUND.brief(50).model_dump_json()
    assert len(GROUND.brief(50, exemplars=6).exemplars) == 6


def test_every_tier_is_drawn_from() -> None:
    """The names of tiers in these tests are all there are."""
    assert set(TIERS) == set(TIER_NAMES)
