"""An engine that goes away in the middle of an audit: tried again as infrastructure, with the same result."""

import gc
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import docker
import pytest
import requests

from functions.errors import Cause
from judges.grade import Outcome
from orchestrator.audit import audit
from orchestrator.budget import Budget
from orchestrator.events import Event, Experiment, Interrupted
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.rundir import RunDirectory
from sandbox.client import Engine
from sandbox.engines import choose_engine
from tests.orchestrator.fakes import canonical
from tests.sandbox.engine_proxy import EngineProxy
from tests.sandbox.test_docker import containers, wait_until_gone

pytestmark = pytest.mark.engine

FUNCTION = "demo@1/numeric/0007"


@dataclass
class After:
    """Does something when so many experiments are recorded, once."""

    experiments: int
    act: Callable[[], None]

    def __call__(self, event: Event) -> None:
        self.experiments -= isinstance(event, Experiment)
        if self.experiments == 0:
            self.experiments = -1
            self.act()


def run(out: Path, environment: dict[str, str], watch: Callable[[Event], None] = lambda _: None) -> AuditResult:
    """One audit by the real parts, on the engine that `environment` names."""

    def choose(name: str, runtime: str) -> Engine:
        return choose_engine(name, environment=os.environ | environment, runtime=runtime)

    parts = replace(Parts.real(), choose_engine=choose)
    return audit(FUNCTION, budget=Budget(queries=60), sandbox="docker", out=out, watch=watch, parts=parts)


def interruptions(result: AuditResult) -> list[Cause]:
    """Whose doing each interruption was."""
    events = [entry.event for entry in RunDirectory(result.run).entries()]
    return [event.cause for event in events if isinstance(event, Interrupted)]


@pytest.fixture(scope="module")
def undisturbed(docker_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> AuditResult:
    """What the audit comes to when nothing happens to the engine."""
    return run(tmp_path_factory.mktemp("undisturbed"), {})


def test_an_audit_survives_the_loss_of_its_engine(undisturbed: AuditResult, tmp_path: Path) -> None:
    """It goes on when the engine is back, ends as if nothing had been, and leaves nothing behind."""
    with EngineProxy() as proxy:

        def away() -> None:
            proxy.cut()
            threading.Timer(0.5, proxy.restore).start()

        result = run(tmp_path / "runs", proxy.environment, After(2, away))

    assert result.outcome is Outcome.GRADED
    assert interruptions(result) == [Cause.INFRASTRUCTURE]
    assert canonical(result.run) == canonical(undisturbed.run)
    wait_until_gone(result.audit)


def test_an_engine_that_is_lost_again_and_again_is_given_up(tmp_path: Path) -> None:
    """Three losses end the command as infrastructure, never as a score; the next command goes on."""
    with EngineProxy() as proxy:

        def away() -> None:
            proxy.cut()
            threading.Timer(0.2, proxy.restore).start()

        def always(event: Event) -> None:
            if isinstance(event, Experiment):
                away()

        result = run(tmp_path / "runs", proxy.environment, always)
        assert result.outcome is Outcome.INFRASTRUCTURE
        assert interruptions(result) == [Cause.INFRASTRUCTURE] * 3
        time.sleep(0.3)  # until it is back for good
        assert run(tmp_path / "runs", proxy.environment).outcome is Outcome.GRADED
    assert not containers(result.audit)


@dataclass
class OwnEngine:
    """A dockerd of this test's own, with data, sockets, containers and a network of its own.

    Without the last, it would take the bridge of the machine's own engine for its own, and remove it.
    """

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        """Where it listens."""
        return f"unix://{self.folder}/docker.sock"

    def start(self) -> None:
        """Start it, and wait until it answers; the test's own timeout bounds it."""
        folders = [f"--{name}-root={self.folder}/{name}" for name in ("data", "exec")]
        alone = ["--bridge=none", "--iptables=false", "--ip6tables=false", f"--pidfile={self.folder}/pid"]
        command = ["unshare", "--net", "dockerd", "-H", self.host, *folders, *alone]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        while True:
            client = docker.DockerClient(self.host, timeout=60) if (self.folder / "docker.sock").exists() else None
            if client is not None and answers(client):
                return
            time.sleep(0.1)

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End it: with its containers, where it is given the time to."""
        assert self.process is not None
        self.process.send_signal(by)
        self.process.wait()
        (self.folder / "docker.sock").unlink(missing_ok=True)  # one that is killed leaves it there


def answers(client: docker.DockerClient) -> bool:
    """Does an engine answer?"""
    try:
        return bool(client.ping())
    except (docker.errors.DockerException, requests.RequestException):
        return False
    finally:
        client.close()


@pytest.fixture(scope="module")
def own_engine(docker_engine: Engine) -> Iterator[OwnEngine]:
    """A second engine that holds the images of the first."""
    if shutil.which("dockerd") is None:
        pytest.skip("there is no dockerd to start a second engine with")
    with folder_of_its_own() as folder:
        own = OwnEngine(folder)
        own.start()
        images = [name for digest in docker_engine.isolation.image_digests for name in image_names(digest)]
        with subprocess.Popen(["docker", "save", *images], stdout=subprocess.PIPE) as saved:
            subprocess.run(["docker", "-H", own.host, "load", "--quiet"], stdin=saved.stdout, check=True)
        yield own
        own.end()


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A short path, since sockets allow no long ones, that goes with all that engines mount below it."""
    folder = Path("/tmp/inquest-own-engine")  # noqa: S108
    folder.mkdir()
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder / "data"], capture_output=True, check=False)  # one that is killed leaves it
        shutil.rmtree(folder)


def image_names(digest: str) -> list[str]:
    """The names of an image: one for each version of the sources that it serves."""
    client = docker.from_env()
    try:
        return list(client.images.get(digest).tags)
    finally:
        client.close()


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_an_audit_survives_a_real_restart(own_engine: OwnEngine, undisturbed: AuditResult, tmp_path: Path) -> None:
    """The daemon is ended, and started again while the team is at work."""

    def restart() -> None:
        own_engine.end()
        threading.Thread(target=own_engine.start).start()

    environment = {"DOCKER_HOST": own_engine.host}
    result = run(tmp_path, environment, After(2, restart))

    assert result.outcome is Outcome.GRADED
    assert interruptions(result) == [Cause.INFRASTRUCTURE]
    assert canonical(result.run) == canonical(undisturbed.run)
    wait_until_empty(own_engine, choose_engine("docker", environment=os.environ | environment))
    gc.collect()  # the SDK leaves a socket open for each attempt that fails


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_an_audit_survives_an_engine_that_is_killed(
    own_engine: OwnEngine, undisturbed: AuditResult, tmp_path: Path
) -> None:
    """Its containers run on until it is back, and then it ends them: how far the audit comes meanwhile is open."""

    def kill() -> None:
        own_engine.end(signal.SIGKILL)
        threading.Timer(2.0, own_engine.start).start()

    environment = {"DOCKER_HOST": own_engine.host}
    result = run(tmp_path, environment, After(2, kill))

    assert result.outcome is Outcome.GRADED
    assert canonical(result.run) == canonical(undisturbed.run)
    wait_until_empty(own_engine, choose_engine("docker", environment=os.environ | environment))
    gc.collect()  # the SDK leaves a socket open for each attempt that fails


def wait_until_empty(own: OwnEngine, engine: Engine) -> None:
    """Reap until no container and no volume is left; the test's own timeout bounds it."""
    client = docker.DockerClient(own.host)
    try:
        while client.api.containers(all=True) or client.api.volumes()["Volumes"]:
            time.sleep(1)
            engine.reap()
    finally:
        client.close()
