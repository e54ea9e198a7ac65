"""Exemplars, hidden inputs and hard negatives: never mixed, never missing a part of the function."""

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.string import StringSpec, generate, probes
from functions.string.behaviour import difference
from tests.functions.string.strategies import generated, specs

secrets = st.binary(min_size=1, max_size=32)


@given(specs, secrets, st.integers(5, 60))
@settings(deadline=None, max_examples=15)
def test_hidden_inputs_and_exemplars_never_meet(spec: StringSpec, secret: bytes, count: int) -> None:
    """What is shown is never judged, whatever the secret and however much is shown; nothing is judged twice."""
    hidden = [x for stratum in spec.hidden_inputs(secret, count).values() for x in stratum]
    shown = {exemplar.input for exemplar in spec.exemplars(100)}
    assert len(shown) == 100
    assert shown.isdisjoint(hidden)
    assert len(set(hidden)) == len(hidden)


@given(generated, secrets)
@settings(deadline=None, max_examples=15)
def test_hidden_inputs_reach_every_part(spec: StringSpec, secret: bytes) -> None:
    """Every stratum gets its share; base and branch hold what they say, edges lie on both sides."""
    hidden = spec.hidden_inputs(secret, 50)
    assert set(hidden) == {"base", "branch", "edges", "rare", "unusual"} - (set() if spec.branch else {"branch"})
    assert all(len(texts) == (10 if spec.branch else 13) for texts in hidden.values())
    assert not any(spec.in_branch(x) for x in hidden["base"])
    if spec.branch:
        assert all(spec.in_branch(x) for x in hidden["branch"])
        assert {spec.in_branch(x) for x in hidden["edges"]} == {True, False}


def test_unusual_inputs_are_unusual() -> None:
    """The empty text is always judged; other scripts and very long texts are among the rest, all of them defined."""
    spec = generate(1, 0, "hard")
    unusual = spec.hidden_inputs(b"secret", 100)["unusual"]
    assert "" in unusual
    assert any(not x.isascii() for x in unusual)
    assert any(len(x) > 200 for x in unusual)
    assert None not in spec.evaluate(unusual)


def test_hidden_inputs_depend_on_the_secret_and_on_nothing_else() -> None:
    """The same secret gives the same inputs; another one gives others."""
    spec = generate(1, 0, "hard")
    assert spec.hidden_inputs(b"one", 40) == spec.hidden_inputs(b"one", 40)
    assert spec.hidden_inputs(b"one", 40)["base"] != spec.hidden_inputs(b"two", 40)["base"]


@given(generated)
@settings(deadline=None, max_examples=15)
def test_exemplars_are_true_and_show_the_branch(spec: StringSpec) -> None:
    """Exemplars hold what the function returns; from three on, the branch is among them."""
    shown = spec.exemplars(6)
    assert spec.evaluate([str(exemplar.input) for exemplar in shown]) == tuple(exemplar.output for exemplar in shown)
    assert any(spec.in_branch(str(exemplar.input)) for exemplar in shown) == (spec.branch is not None)


@given(generated)
@settings(deadline=None, max_examples=15)
def test_hard_negatives_behave_otherwise(spec: StringSpec) -> None:
    """As many as were asked for; each differs visibly from the function and the others, and makes other claims."""
    negatives = spec.hard_negatives(5)
    assert len(negatives) == 5
    behaviours = [function.evaluate(probes()) for function in (spec, *negatives)]
    pairs = [(a, b) for i, a in enumerate(behaviours) for b in behaviours[:i]]
    assert all(difference(a, b) >= 0.05 for a, b in pairs)
    assert all(negative.claims() != spec.claims() for negative in negatives)


def test_hard_negatives_are_near() -> None:
    """Most of what a sibling does is what the function does: they share all steps but one, or all but the branch."""
    spec = generate(3, 1, "hard")
    for negative in spec.hard_negatives(8):
        changed = [a for a, b in zip(spec.steps, negative.steps, strict=False) if a != b]
        assert (negative.steps == spec.steps) != (negative.branch == spec.branch)
        assert len(changed) <= 2
