"""The scripts that get an engine and a base image: what they do where they have nothing to do."""

import json
import subprocess
from pathlib import Path

import pytest

import sandbox.setup

FOLDER = Path(sandbox.setup.__file__).parent


def run(script: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One script in an empty environment, where there is no docker command unless PATH says so."""
    return subprocess.run(
        ["/bin/sh", FOLDER / script],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", **environment},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def fake(tmp_path: Path, name: str, body: str) -> None:
    """A command that comes first on PATH."""
    command = tmp_path / name
    command.write_text(f"#!/bin/sh\n{body}\n")
    command.chmod(0o755)


@pytest.mark.parametrize("script", ["engine.sh", "base-image.sh"])
def test_no_engine_is_wanted(script: str, tmp_path: Path) -> None:
    """INQUEST_ENGINE=none ends both scripts at once, well."""
    assert run(script, tmp_path, INQUEST_ENGINE="none").returncode == 0


@pytest.mark.parametrize("script", ["engine.sh", "base-image.sh"])
def test_a_second_time_nothing_is_done(script: str, tmp_path: Path) -> None:
    """A reachable engine with its base image: silence."""
    fake(tmp_path, "docker", "exit 0")
    done = run(script, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_foreign_engine_is_not_replaced(tmp_path: Path) -> None:
    """DOCKER_HOST names an engine that does not answer: starting another one would surprise."""
    fake(tmp_path, "docker", "exit 1")
    done = run("engine.sh", tmp_path, DOCKER_HOST="unix:///nowhere")
    assert done.returncode == 3
    assert "DOCKER_HOST" in done.stderr


def test_without_rights_a_person_is_told_what_to_install(tmp_path: Path) -> None:
    """Not root: one paragraph, and nothing is tried."""
    fake(tmp_path, "docker", "exit 1")
    fake(tmp_path, "id", "echo 1000")
    fake(tmp_path, "apt-get", "echo must not run >&2; exit 99")
    done = run("engine.sh", tmp_path)
    assert done.returncode == 3
    assert "docker.io" in done.stderr
    assert "must not run" not in done.stderr


def test_failed_packages_are_said(tmp_path: Path) -> None:
    """apt-get fails: exit 5, and the message says which packages and where the log is."""
    fake(tmp_path, "docker", "exit 1")
    fake(tmp_path, "id", "echo 0")
    fake(tmp_path, "dpkg-query", "exit 1")
    fake(tmp_path, "apt-get", "echo no network; exit 100")
    done = run("engine.sh", tmp_path)
    assert done.returncode == 5
    assert "could not install docker.io debootstrap" in done.stderr
    assert "no network" in done.stderr


def test_a_base_image_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    """Neither pulled nor, without root, bootstrapped."""
    fake(tmp_path, "docker", "exit 1")
    fake(tmp_path, "id", "echo 1000")
    done = run("base-image.sh", tmp_path)
    assert done.returncode == 3
    assert "debootstrap" in done.stderr


GVISOR = {"INQUEST_RUNTIME": "runsc"}


def test_gvisor_is_only_for_who_asks(tmp_path: Path) -> None:
    """Nobody asked: nothing happens, whatever there is."""
    assert run("gvisor.sh", tmp_path).returncode == 0


def test_a_known_runtime_is_left_alone(tmp_path: Path) -> None:
    """Silence, and no file is touched."""
    fake(tmp_path, "docker", "echo runc runsc")
    config = tmp_path / "daemon.json"
    done = run("gvisor.sh", tmp_path, INQUEST_DOCKER_CONFIG=str(config), **GVISOR)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not config.exists()


def test_gvisor_is_added_to_what_docker_is_told(tmp_path: Path) -> None:
    """What the configuration held stays; Docker is reloaded and asked again."""
    config, reloaded = tmp_path / "daemon.json", tmp_path / "reloaded"
    config.write_text('{"debug": true, "runtimes": {"other": {"path": "/x"}}}')
    fake(tmp_path, "docker", f'test -e {reloaded} && echo "runc runsc" || echo runc')
    fake(tmp_path, "id", "echo 0")
    fake(tmp_path, "runsc", "")
    fake(tmp_path, "apt-get", "exit 1")
    fake(tmp_path, "systemctl", f"touch {reloaded}")
    fake(tmp_path, "pidof", f"touch {reloaded}; echo none")
    assert run("gvisor.sh", tmp_path, INQUEST_DOCKER_CONFIG=str(config), **GVISOR).returncode == 0
    told = json.loads(config.read_text())
    assert told["debug"] is True
    assert set(told["runtimes"]) == {"other", "runsc"}
    assert "--network=none" in told["runtimes"]["runsc"]["runtimeArgs"]


def test_without_rights_gvisor_is_explained(tmp_path: Path) -> None:
    """Not root: where to get it and how to register it."""
    fake(tmp_path, "docker", "echo runc")
    fake(tmp_path, "id", "echo 1000")
    done = run("gvisor.sh", tmp_path, **GVISOR)
    assert done.returncode == 3
    assert "--platform=ptrace" in done.stderr
