"""What the held-out suite is made of cannot be drawn, listed or known elsewhere, and is otherwise like any function."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.heldout.numeric import HELD_OUT_1
from functions.numeric import NumericSpec
from functions.numeric.expression import atoms
from functions.numeric.families import catalogue, held_out
from functions.numeric.generate import Recipe, generate
from functions.spec import parse_spec, spec_json
from sandbox.toolkit.families import FAMILIES
from tests.functions import strategies

KINDS = ("triangle", "sinc", "damped", "modulo", "piecewise", "two_sinusoids", "quantised")


def families_in(spec: NumericSpec) -> set[str]:
    """The names of all families in a function, its irregular regions included."""
    nodes = [spec.expression, *(corruption.behaviour for corruption in spec.corruptions)]
    return {atom.family for node in nodes for atom in atoms(node)}


def test_every_promised_kind_is_held_out() -> None:
    """Each of the seven kinds has a family, and no ordinary family has its name."""
    assert all(any(kind in name for name in held_out()) for kind in KINDS)
    assert not any(kind in name for name in catalogue() for kind in KINDS)
    assert set(HELD_OUT_1.families) == set(held_out())


@pytest.mark.parametrize("name", sorted(held_out()))
def test_an_ordinary_recipe_cannot_draw_a_held_out_family(name: str) -> None:
    """Neither as the function itself nor as what happens in a region, even when it asks for it by name."""
    for recipe in (
        Recipe(families=(name,), replacements=("constant",)),
        Recipe(families=("sine",), replacements=(name,), corrupted=1.0),
    ):
        with pytest.raises(ValueError, match=rf"no family '{name}'; there are: absolute"):
            generate(1, 0, recipe)


def test_a_held_out_recipe_cannot_draw_an_ordinary_family() -> None:
    """Held-out functions are made of held-out families alone."""
    with pytest.raises(ValueError, match=r"no family 'sine'; there are: damped_oscillation"):
        generate(1, 0, Recipe(held_out=True, families=("sine",), replacements=("sinc",)))


def test_the_toolkit_knows_no_held_out_family() -> None:
    """The classical team's library has none of them under its name."""
    assert FAMILIES
    assert not {name for name in FAMILIES if any(kind in name.replace(" ", "_") for kind in KINDS)}


@given(strategies.seeds, st.integers(0, 10_000))
def test_held_out_functions_are_functions_like_any_other(seed: int, index: int) -> None:
    """Made of held-out families alone; they survive their JSON, and say what they are."""
    spec = generate(seed, index, HELD_OUT_1)
    assert families_in(spec) <= set(held_out())
    assert parse_spec(spec_json(spec)) == spec
    assert {claim.name for claim in spec.claims() if claim.kind == "family"} >= families_in(spec)
