"""Scripted scientists solve real functions through the whole path: HTTP, AutoGen, lab, toolkit, oracle and judges."""

from pathlib import Path

import pytest

from judges.grade import Outcome
from orchestrator.audit import audit
from orchestrator.config import Team
from tests.model_server.server import ModelServer
from tests.orchestrator.models.test_teams import MIXES

SUBSETS = [
    "openai:model",
    "planner=openai:model,critic=openai:model;tools=no",
    "planner=openai:model;tools=no,experimenter=openai:model,critic=none",
    "planner=none,experimenter=openai:model;tools=no,critic=openai:model",
    "planner=none,experimenter=openai:model,critic=none",
]


def solves(function: str, team: str, out: Path) -> None:
    """It ends graded, with code that is all but right."""
    with ModelServer() as server:
        result = audit(function, team=Team.parse(team).at(server.url), sandbox="local", out=out)
    assert server.requests
    assert result.outcome is Outcome.GRADED, result.cause
    assert result.figures["code.score"] > 0.9


@pytest.mark.parametrize("team", SUBSETS)
def test_every_subset_of_roles_solves_a_function_of_numbers(tmp_path: Path, team: str) -> None:
    """With the planner and the critic there or not, by tool calls or by fenced code."""
    solves("demo@1/numeric/0003", team, tmp_path)


@pytest.mark.parametrize("function", ["dev@1/string/0000", "dev@1/entity/0001", "dev@1/relation/0000"])
@pytest.mark.parametrize("team", ["openai:model", "openai:model;tools=no"], ids=["tools", "fenced"])
def test_functions_of_texts_and_words_are_solved_too(tmp_path: Path, function: str, team: str) -> None:
    """What the scientists hand in comes from what their experiments printed, whichever the category."""
    solves(function, team, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("team", MIXES)
def test_every_mix_with_classical_roles_solves_it(tmp_path: Path, team: str) -> None:
    """Whoever fills a role, the others go on, in the real sandbox too."""
    solves("demo@1/numeric/0003", team, tmp_path)
