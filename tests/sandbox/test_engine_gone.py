"""An engine that goes away, comes back, or hangs: each costs its bound, and is nobody's fault but ours."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Engine, EngineUnavailable, Limits, SandboxFailure, Status
from sandbox.engines.channel import Channel, ChannelLost
from sandbox.engines.docker import DockerEngine
from tests.sandbox.engine_proxy import EngineProxy
from tests.sandbox.jobs import MemoryLog, line_job
from tests.sandbox.test_docker import containers, wait_until_gone

LIMITS = Limits(experiment_s=1, memory_mb=256)
CALL_S = 1


@pytest.fixture
def proxy(docker_engine: Engine) -> Iterator[EngineProxy]:
    """Between a test and the engine."""
    with EngineProxy() as between:
        yield between


@pytest.fixture
def engine(proxy: EngineProxy) -> DockerEngine:
    """The engine behind the proxy, with little patience."""
    found = DockerEngine(environment=os.environ | proxy.environment, call_s=CALL_S)
    _ = found.isolation
    return found


@pytest.mark.engine
def test_a_sandbox_is_opened_when_the_engine_is_back(proxy: EngineProxy, engine: DockerEngine) -> None:
    """An engine that is away for a moment is waited for."""
    proxy.cut()
    threading.Timer(0.5, proxy.restore).start()
    with engine.open(line_job(), LIMITS, MemoryLog(), "engine-back") as box:
        assert box.run("print(1)").status is Status.OK
    assert not containers("engine-back")


@pytest.mark.engine
def test_a_lost_connection_is_infrastructure_and_leaves_nothing(proxy: EngineProxy, engine: DockerEngine) -> None:
    """It is not the experiment under way that is to blame, and its containers end by themselves."""
    box = engine.open(line_job(), LIMITS, MemoryLog(), "engine-cut")
    threading.Timer(0.3, proxy.cut).start()
    with pytest.raises(SandboxFailure):
        box.run("import time; time.sleep(60)")
    with pytest.raises(SandboxFailure):
        box.close()
    wait_until_gone("engine-cut")
    proxy.restore()
    with engine.open(line_job(), LIMITS, MemoryLog(), "engine-cut") as again:
        assert again.run("print(1)").status is Status.OK


@pytest.mark.engine
def test_a_near_engine_that_goes_away_disturbs_no_experiment(docker_engine: Engine, tmp_path: Path) -> None:
    """Containers of this machine are spoken to directly; they end by themselves when the host lets go of them."""
    with EngineProxy(tmp_path / "engine.sock") as near:
        engine = DockerEngine(environment=os.environ | near.environment, call_s=CALL_S)
        box = engine.open(line_job(), LIMITS, MemoryLog(), "engine-near")
        near.cut()
        assert box.run("from lab import oracle\nprint(len(oracle.query([1, 2])))").stdout == "2\n"
        with pytest.raises(SandboxFailure):
            box.close()
        wait_until_gone("engine-near")


@pytest.mark.engine
def test_an_engine_that_never_answers_costs_a_bound_each_time(proxy: EngineProxy, engine: DockerEngine) -> None:
    """Running, opening, reaping, and getting to know it: each ends as a failure of the infrastructure."""
    box = engine.open(line_job(), LIMITS, MemoryLog(), "engine-hangs")
    proxy.hang()
    for ask in (
        lambda: box.run("print(1)"),
        lambda: engine.open(line_job(), LIMITS, MemoryLog(), "engine-hangs"),
        lambda: engine.open_candidate(LIMITS, "engine-hangs"),
        engine.reap,
    ):
        with pytest.raises(SandboxFailure):
            ask()
    with pytest.raises(EngineUnavailable):
        DockerEngine(environment=os.environ | proxy.environment, call_s=CALL_S)
    proxy.cut()
    with pytest.raises(SandboxFailure):
        box.close()
    wait_until_gone("engine-hangs")


def test_who_never_reads_holds_nobody_up() -> None:
    """Writing to a process that is stopped ends with the deadline, however much there is to say."""
    reading, writing = os.pipe()
    channel = Channel(reading, writing, lambda: None)
    with pytest.raises(ChannelLost, match="does not take its input"):
        channel.send({"long": "x" * 1_000_000}, 0.1)
    os.close(reading)
    os.close(writing)
