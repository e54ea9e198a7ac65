"""The classical team on functions of two and three numbers, from plan to critique."""

import asyncio
from collections.abc import Callable

import numpy as np

from functions.brief import INPUT_NAMES, Claim, Interval
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.vectors import FoundVector, claims
from orchestrator.roles.messages import Critique, Evidence, Plan, RoleName, Standing
from tests.orchestrator.classical_lab import FloatArray
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.vector_lab import VectorLab

DOMAINS = (Interval(low=-8.0, high=8.0), Interval(low=-4.0, high=4.0), Interval(low=0.0, high=10.0))
Whole = Callable[[FloatArray], FloatArray]


def team(whole: Whole, budget: int = 100, inputs: int = 2) -> tuple[Transcript, VectorLab]:
    """What the whole team says, and the lab it worked in."""
    lab = VectorLab(lambda x, _asked: whole(x), DOMAINS[:inputs], budget)
    return asyncio.run(investigate(lab)), lab


def summed(x: FloatArray) -> FloatArray:
    """A sum of a sine and a line."""
    return 5 * np.sin(0.8 * x[:, 0] + 1) + 2 * x[:, 1] + 3


def test_a_sum_is_surveyed_understood_attacked_and_accepted() -> None:
    """In one round, within the budget, with code, words and claims that say the same."""
    said, lab = team(summed)
    assert [turn.role for turn in said.turns] == [RoleName.PLANNER, RoleName.EXPERIMENTER, RoleName.CRITIC]
    found, critique = said.evidence, said.critique
    assert found is not None
    assert critique is not None
    assert (critique.verdict, found.hypotheses[0].standing) == ("accept", Standing.SUPPORTED)
    assert 80 <= len(lab.x) <= 100
    assert "sine" in found.interpretation.description
    stated = {(c.kind, c.name, c.input) for c in found.interpretation.claims}
    assert {("family", "sum", None), ("family", "sine", "x"), ("family", "linear", "y")} <= stated
    names: dict[str, Callable[..., float]] = {}
    exec(found.interpretation.code, names)  # noqa: S102
    assert np.isclose(names["function"](1.0, 2.0), summed(np.array([[1.0, 2.0]]))[0], atol=1e-4)


def test_what_no_formula_explains_is_handed_in_as_unknown() -> None:
    """With code that interpolates, without claims, and without an attack on a rule that nobody states."""
    said, _ = team(lambda x: np.sin(x[:, 0] * x[:, 1] / 4) * 9 + np.cos(x[:, 0] + 2 * x[:, 1]) * 5)
    assert said.evidence is not None
    assert said.evidence.interpretation.description.startswith("The rule is unknown")
    assert said.evidence.interpretation.claims == ()
    assert said.critique is not None
    assert "no rule" in said.critique.reason


def test_a_team_without_queries_says_nothing_and_asks_nothing() -> None:
    """A budget too small for any explanation ends the audit all the same."""
    said, lab = team(summed, budget=1)
    assert len(lab.x) <= 1
    assert all(isinstance(turn.message, Plan | Evidence | Critique) for turn in said.turns)


def test_claims_say_of_which_input_they_are() -> None:
    """A box interval by interval, an idle input not at all, noise and parts as they were found."""
    found = FoundVector.model_validate(
        {
            "description": "",
            "code": "",
            "noise": {"kind": "uniform", "scale": 0.5, "sd": 0.3},
            "box": [[1.0, None], [None, None]],
            "behaviour": "flat",
            "explained": True,
            "named": True,
            "form": "f",
            "residual": 0.0,
            "parts": [{"about": "base", "input": "y", "families": ["linear"], "numbers": [["slope", 2.0]]}],
        }
    )
    bare = [claim.model_copy(update={"text": ""}) for claim in claims(found)]
    assert bare == [
        Claim(kind="noise", about="noise", name="uniform", value=0.5),
        Claim(kind="interval", about="region", input=INPUT_NAMES[0], low=1.0),
        Claim(kind="family", about="base", input="y", name="linear"),
        Claim(kind="parameter", about="base", input="y", name="slope", value=2.0),
    ]
