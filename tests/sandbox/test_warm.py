"""A pool hands out what nobody used, and replaces what went bad while it waited."""

import pytest

from sandbox.client import Engine, Limits, Status
from sandbox.engines.docker import DockerEngine
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
