"""The architecture, as rules that a machine keeps: who may import whom, and what is never imported on the way."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PUBLIC = {"functions", "functions.brief", "functions.errors"}
GROUND_TRUTH = ("functions", "sandbox.oracle", "sandbox.engines", "judges")
HEAVY = (
    "autogen_core",
    "autogen_agentchat",
    "autogen_ext",
    "openai",
    "genai_prices",
    "numpy",
    "scipy",
    "docker",
    "jinja2",
)


def modules_after(statement: str) -> set[str]:
    """Everything that is imported in a fresh interpreter that runs `statement`."""
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.split())


def below(modules: set[str], names: tuple[str, ...]) -> list[str]:
    """Those of `modules` that are one of `names`, or inside one, and that not everybody may import."""
    return sorted(m for m in modules - PUBLIC if any(m == name or m.startswith(f"{name}.") for name in names))


def test_the_import_contracts_hold() -> None:
    """`make lint` runs the same; here they also fail the tests."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module",
    [
        "orchestrator.roles.base",
        "orchestrator.roles.messages",
        "orchestrator.roles.classical",
        "orchestrator.roles.model",
    ],
)
def test_what_a_role_can_import_holds_no_ground_truth(module: str) -> None:
    """After a role is loaded, there is no module of specs, suites, oracles or judges in the process."""
    assert below(modules_after(f"import {module}"), GROUND_TRUTH) == []


@pytest.mark.parametrize("module", ["orchestrator.team", "orchestrator.team.plain", "orchestrator.team.autogen"])
def test_a_team_holds_no_ground_truth(module: str) -> None:
    """The same for whatever carries the conversation."""
    assert below(modules_after(f"import {module}"), GROUND_TRUTH) == []


def test_only_three_adapters_import_autogen() -> None:
    """AutoGen is pinned, in maintenance mode, and three files away from being replaced: its chat, its agents that read
    for judges, its model clients."""
    users = {
        path.relative_to(ROOT).as_posix()
        for package in ("functions", "sandbox", "orchestrator", "judges", "inquest")
        for path in (ROOT / package).rglob("*.py")
        if any(line.lstrip().startswith(("import autogen", "from autogen")) for line in path.read_text().splitlines())
    }

    assert users == {
        "orchestrator/team/autogen.py",
        "orchestrator/team/consultation.py",
        "orchestrator/models/clients.py",
    }


def test_a_team_without_autogen_is_loaded_without_autogen() -> None:
    """The rules of the conversation and the plain loop do not pay for it."""
    assert below(modules_after("import orchestrator.team.plain"), ("autogen_core", "autogen_agentchat")) == []


@pytest.mark.parametrize("arguments", ["--help", "audit --help", "suite --help", "sandbox run --help"])
def test_help_imports_nothing_heavy(arguments: str) -> None:
    """Help is instant because nothing that it does not need is loaded."""
    statement = f"from orchestrator.cli import main; sys.argv = ['inquest', *{arguments.split()}]; main()"

    assert below(modules_after(statement), HEAVY) == []


def test_the_public_face_imports_nothing_until_it_is_used() -> None:
    """`import inquest` is free, and every name that it promises is there."""
    assert below(modules_after("import inquest"), HEAVY) == []

    import inquest

    assert all(getattr(inquest, name) is not None for name in inquest.__all__)
    assert set(inquest.__all__) == set(inquest._HOMES)
