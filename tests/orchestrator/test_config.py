"""What an audit means: its id, its secret, its team."""

import pytest

from functions.errors import BadInput
from orchestrator.audit import configure
from orchestrator.budget import Budget
from orchestrator.config import AuditConfig, Team
from orchestrator.provenance import current
from orchestrator.roles.messages import RoleName
from tests.orchestrator.fakes import FAKE, SPEC


def meaning(name: str = "fake", team: str = "classical", seed: int = 0, **budget: int) -> AuditConfig:
    return configure(name, SPEC, Team.parse(team), Budget.model_validate(budget), seed)


def test_the_id_follows_from_what_is_meant_and_not_from_how_it_is_written() -> None:
    """Target, team, budget and seed make another audit; another name for the same target does not."""
    same = {meaning().id, meaning("another/name").id, meaning(team="planner=classical").id}
    others = {meaning(seed=1).id, meaning(team="critic=none").id, meaning(queries=99).id, meaning(turns=3).id}

    assert len(same) == 1
    assert len(others | same) == 5
    assert AuditConfig.model_validate_json(meaning().model_dump_json()).id == meaning().id


def test_the_secret_is_a_key_of_target_and_seed() -> None:
    """Replays get the same noise; nobody gets it from the id or the brief."""
    assert meaning().secret == meaning(queries=5).secret
    assert meaning().secret != meaning(seed=1).secret
    assert len(bytes.fromhex(meaning().secret)) == 32
    assert meaning().secret not in meaning().model_dump_json()


def test_a_brief_says_nothing_of_name_or_truth() -> None:
    """Roles are told the category, the domain and the budget."""
    brief = meaning("secret-suite/numeric/0001").brief.model_dump_json()

    assert "secret-suite" not in brief
    assert "slope" not in brief


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("classical", list(RoleName)),
        ("critic=none", [RoleName.PLANNER, RoleName.EXPERIMENTER]),
        ("planner=none, critic=none", [RoleName.EXPERIMENTER]),
    ],
)
def test_a_team_is_read_from_what_a_person_writes(text: str, present: list[RoleName]) -> None:
    """Roles that are not named are classical; roles without a backend are not in the team."""
    assert list(Team.parse(text).present) == present


@pytest.mark.parametrize("text", ["", "wizard", "planner", "planner=oracle", "boss=classical", "experimenter=none"])
def test_a_team_that_cannot_be_is_refused_with_an_example(text: str) -> None:
    """The message says where it stopped reading and what to write."""
    with pytest.raises(BadInput, match=r"team '.*'"):
        Team.parse(text)


def test_provenance_names_what_differs() -> None:
    """Versions that matter are compared; why an engine was chosen is not."""
    now = current(FAKE)

    assert now.differences(current(FAKE.model_copy(update={"why": "asked for"}))) == ()
    assert now.differences(now.model_copy(update={"python": "2.7"})) == (f"python: {now.python} -> 2.7",)


def test_an_audit_does_not_go_on_under_other_prompts_unasked() -> None:
    """The hash of the templates is a version like that of the code."""
    now = current(FAKE)

    assert len(now.prompts) == 64
    assert any("prompts" in line for line in now.differences(now.model_copy(update={"prompts": "0" * 64})))
