"""What Docker alone can show: containers that die under the host's hands, and what is left afterwards."""

import tempfile
import time
from pathlib import Path

import docker
import pytest

from sandbox.client import Engine, Limits, SandboxFailure
from sandbox.engines.meter import Metered
from tests.sandbox.jobs import MemoryLog, line_job

pytestmark = pytest.mark.engine


def containers(label: str, part: str = "", *, running: bool = False) -> dict[str, dict[str, str]]:
    """The containers of an audit, or those that run: id -> labels. One call, since they may go at any moment."""
    labels = [f"audit={label}", *([f"part={part}"] if part else [])]
    client = docker.from_env()
    try:
        found = client.api.containers(all=not running, filters={"label": labels})
        return {container["Id"]: container["Labels"] for container in found}
    finally:
        client.close()


def kill(container: str) -> None:
    """Kill a container by a client of its own."""
    client = docker.from_env()
    try:
        client.api.kill(container)
    finally:
        client.close()


def test_a_dead_oracle_is_infrastructure(docker_engine: Engine) -> None:
    """No experiment can bring an oracle down: its death is ours, and is raised rather than scored."""
    with docker_engine.open(line_job(), Limits(), MemoryLog(), "dead-oracle") as box:
        kill(*containers("dead-oracle", "oracle"))
        with pytest.raises(SandboxFailure, match="oracle"):
            box.run("print(1)")


def test_a_dead_lab_is_replaced(docker_engine: Engine) -> None:
    """A lab that was gone before an experiment began costs that experiment nothing."""
    with docker_engine.open(line_job(), Limits(), MemoryLog(), "dead-lab") as box:
        box.run("from lab import oracle\noracle.query(1.0)")
        kill(*containers("dead-lab", "lab"))
        wait_until_gone("dead-lab", "lab")
        assert box.run("from lab import observations\nprint(len(observations.x))").stdout == "1\n"


def test_a_temporary_folder_with_a_long_name_is_no_obstacle(
    docker_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No socket of the host's fits into it, so parts are spoken to through the engine."""
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with docker_engine.open(line_job(), Limits(), MemoryLog(), "deep") as box:
        assert box.run("print(1)").stdout == "1\n"


def test_what_containers_cost_the_processor_is_known_when_they_are_gone(docker_engine: Engine) -> None:
    """It is at least what the experiments in them took."""
    assert isinstance(docker_engine, Metered)
    before = docker_engine.containers_cpu_s or 0.0
    with docker_engine.open(line_job(), Limits(), MemoryLog(), "metered") as box:
        burnt = box.run("import time\nwhile time.process_time() < 0.3: pass").usage.cpu_s
    assert (docker_engine.containers_cpu_s or 0.0) - before >= burnt >= 0.3


def test_containers_end_with_their_lifetime(docker_engine: Engine) -> None:
    """Nothing runs past its deadline, also when nobody closes it."""
    box = docker_engine.open(line_job(), Limits(lifetime_s=2), MemoryLog(), "short-life")
    wait_until_gone("short-life")
    box.close()


def test_containers_carry_audit_owner_and_deadline(docker_engine: Engine) -> None:
    """What the reaper needs to know is on each of them; closing leaves none."""
    with docker_engine.open(line_job(), Limits(), MemoryLog(), "labelled"):
        found = containers("labelled")
        assert {labels["part"] for labels in found.values()} == {"oracle", "lab"}
        assert all({"app", "owner", "deadline"} <= set(labels) for labels in found.values())
    assert containers("labelled") == {}


def wait_until_gone(label: str, part: str = "") -> None:
    """Wait for containers to be removed; the test's own timeout bounds it."""
    while containers(label, part):
        time.sleep(0.05)
