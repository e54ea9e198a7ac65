"""A pool hands out what nobody used, and replaces what went bad while it waited."""

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from sandbox.client import Engine, Limits, Status
from sandbox.engines.docker import DockerEngine
from sandbox.reaper import Owner
from tests.sandbox.jobs import MemoryLog, line_job
from tests.sandbox.test_docker import containers

LIMITS = Limits(memory_mb=256)

pytestmark = pytest.mark.engine


@pytest.fixture
def engine(docker_engine: Engine) -> DockerEngine:
    """The Docker engine, by its own type."""
    assert isinstance(docker_engine, DockerEngine)
    return docker_engine


def test_a_warm_sandbox_is_used_once_and_replaced(engine: DockerEngine) -> None:
    """Each opening takes another pair; closing the pool leaves none waiting, and openings go on."""
    pool = engine.keep_warm(LIMITS, 1)
    try:
        for _ in range(2):
            pool.wait()
            waiting = set(containers("warm"))
            with engine.open(line_job(), LIMITS, MemoryLog(), "test") as box:
                result = box.run("from lab import oracle\noracle.query(1.0)\nprint(oracle.remaining)")
                assert (result.status, result.stdout) == (Status.OK, "99\n")
                assert waiting <= set(containers("warm"))
            assert not waiting & set(containers("warm"))
    finally:
        pool.close()
    assert not containers("warm")
    with engine.open(line_job(), LIMITS, MemoryLog(), "test") as box:
        assert box.run("print(1)").status is Status.OK


def test_a_pair_that_died_while_it_waited_is_not_handed_out(engine: DockerEngine) -> None:
    """It is noticed before anybody's experiment could be blamed for it."""
    pool = engine.keep_warm(LIMITS, 1)
    try:
        dead = pool.take()
        dead.oracle.destroy()
        assert not dead.is_fit()
        dead.end()
    finally:
        pool.close()


def test_a_process_that_stays_warm_leaves_nothing_behind(engine: DockerEngine) -> None:
    """From its first sandbox on, the next one waits; when the process is killed, whatever waits ends by itself.

    A container that it had made and not yet started stays, and the reaper takes it away.
    """
    program = """
        import os, signal, time
        from sandbox.client import Limits
        from sandbox.engines.docker import DockerEngine
        from sandbox.reaper import Owner
        from tests.sandbox.jobs import MemoryLog, line_job
        from tests.sandbox.test_docker import containers

        def waiting():
            return {key for key, labels in containers("warm").items() if labels["owner"] == str(Owner.me())}

        engine = DockerEngine()
        engine.stay_warm()
        engine.open(line_job(), Limits(), MemoryLog(), "warm-first").close()
        while len(waiting()) < 2:
            time.sleep(0.05)
        before = waiting()
        with engine.open(line_job(), Limits(), MemoryLog(), "warm-second") as box:
            print(box.run("print(1)").stdout.strip(), before <= waiting(), containers("warm-second"), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (-9, "1 True {}\n"), done.stderr
    while _orphans(running=True):
        time.sleep(0.05)  # the test's own timeout bounds it
    engine.reap()
    assert _orphans() == []


def _orphans(*, running: bool = False) -> list[str]:
    """Waiting containers whose process is gone, or those of them that run."""
    owners = {key: Owner.parse(labels["owner"]) for key, labels in containers("warm", running=running).items()}
    return [key for key, owner in owners.items() if owner is None or owner.is_gone()]
