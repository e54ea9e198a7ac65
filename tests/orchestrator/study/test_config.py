"""A study as a TOML file: what it means, and what is said of mistakes in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from functions.errors import BadInput
from functions.suites import resolve
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.judging import Judging
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import ModelUnavailable
from orchestrator.models.provider import Provider
from orchestrator.study.config import matches, parse_study, read_study, ready_studies
from orchestrator.study.executor import Task, attempt
from orchestrator.study.manifest import expand, suite_members
from orchestrator.study.run import Chosen, tasks_for
from tests.orchestrator.fakes import FAKE, provenance
from tests.orchestrator.study.fakes import make_parts

GOOD = """\
name = "two-teams"
functions = ["demo@1/numeric/000*"]
seeds = [0, 1]

[budget]
queries = 60

[[arms]]
name = "all-roles"

[[arms]]
name = "alone"
team = "planner=none,critic=none"
[arms.budget]
turns = 5
"""


def test_an_arm_has_the_budget_of_the_study_with_its_own_changes() -> None:
    """What an arm does not say is what the study says."""
    first, second = parse_study(GOOD, "study.toml").arms

    assert (first.budget.queries, second.budget.queries, second.budget.turns) == (60, 60, 5)
    assert first.parsed_team.present != second.parsed_team.present


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("seeds = [0, 1]", "seeds = [0, 1", "is no TOML"),
        ("queries = 60", "queries = 0", "line 6: budget.queries"),
        ("turns = 5", "turns = 0", "line 15: arms.1.budget.turns"),
        ("turns = 5", "rounds = 5", "line 15: arms.1.budget.rounds: Extra inputs are not permitted. Known: queries"),
        ('team = "planner=none,critic=none"', 'team = "wizard"', "line 13: arms.1.team: Value error, Cannot read"),
        ('team = "planner=none,critic=none"', 'team = "experimenter=none"', "line 13: arms.1.team"),
        ('name = "alone"', 'name = "../x"', "line 12: arms.1.name"),
        ('name = "alone"', 'name = "all-roles"', "two arms have the same name"),
        ('team = "planner=none,critic=none"\n[arms.budget]\nturns = 5', "", "two arms mean the same audits"),
        ("seeds = [0, 1]", "seeds = [1, 1]", "a seed is named twice"),
        ("[budget]", '[grading]\njudges = "oracle"\n[budget]', "line 5: grading: Value error, There is no judge named"),
        ("[budget]", '[grading]\njudges = "code,unit-test"\n[budget]', "unit-test needs a model that reads"),
        ("seeds = [0, 1]", 'reference = "nobody"', "the reference is none of the arms: all-roles, alone"),
        ('functions = ["demo@1/numeric/000*"]', "functions = []", "line 2: functions"),
    ],
)
def test_a_mistake_is_named_by_its_line_and_field(wrong: str, right: str, said: str) -> None:
    """The message says where, what, and which fields there are."""
    assert wrong in GOOD
    with pytest.raises(BadInput) as error:
        parse_study(GOOD.replace(wrong, right), "study.toml")

    assert said in str(error.value)
    assert "study.toml" in str(error.value)


def test_a_pattern_is_a_suite_a_category_or_a_glob() -> None:
    """And a suite's name is not a prefix of another's."""
    assert all(matches(p, "demo@1/numeric/0007") for p in ("demo@1", "demo@1/numeric", "demo@1/*/000?", "demo@1/"))
    assert not any(matches(p, "demo@10/numeric/0007") for p in ("demo@1", "demo@1/numeric", "other"))


def test_every_ready_made_study_can_be_read_by_its_name() -> None:
    """The role ablation holds every team with an experimenter, all with equal queries."""
    studies = {name: read_study(path) for name, path in ready_studies().items()}
    ablation = studies["role-ablation"]

    assert {"benchmark", "role-ablation", "budget-curve", "judge-comparison"} <= studies.keys()
    assert all(study.name == name for name, study in studies.items())
    assert len({arm.parsed_team.present for arm in ablation.arms}) == 4
    assert len({arm.budget for arm in ablation.arms}) == 1


def test_what_is_neither_a_file_nor_ready_made_is_refused_with_what_there_is() -> None:
    """A wrong name is answered with the right ones."""
    from pathlib import Path

    with pytest.raises(BadInput, match="role-ablation"):
        read_study(Path("role-oblation"))


def test_a_study_says_who_grades_its_audits() -> None:
    """Left out, the usual judges; the choice reaches every task, and changes no audit's id."""
    reading = '[grading]\njudges = "code,unit-test"\nreaders = ["openai:some-model"]\n\n[budget]'
    plain, read = (parse_study(text, "study.toml") for text in (GOOD, GOOD.replace("[budget]", reading)))
    manifests = [expand(study, resolve, suite_members) for study in (plain, read)]
    chosen = Chosen("local", "default", provenance(FAKE))
    tasks = [next(tasks_for(m, m.cells, Path(), chosen, False)) for m in manifests]

    assert [task.judging.judges for task in tasks] == [("code", "claims"), ("code", "unit-test")]
    assert tasks[1].judging.readers == (ModelChoice.parse("openai:some-model"),)
    assert tasks[0].audit == tasks[1].audit


def test_the_chosen_judges_grade(tmp_path: Path) -> None:
    """An audit whose reader cannot be had says so: it was asked."""

    def refuse(model: ModelChoice) -> Provider:
        raise ModelUnavailable(f"nobody answers as {model.label}")

    parts = replace(make_parts(), open_provider=refuse)
    judging = Judging.parse("code,unit-test", ["openai:some-model"])
    task = Task(
        audit="x",
        function="fake@1/numeric/0000",
        team=Team(),
        budget=Budget(),
        seed=0,
        sandbox="local",
        out=tmp_path,
        judging=judging,
    )

    fault = attempt(task, parts).fault
    assert fault is not None
    assert "nobody answers as openai:some-model" in fault.message
