"""Engines for tests. Without a Docker engine its tests are skipped, and the summary says so; with CI set they fail."""

import os
from collections.abc import Iterator

import pytest

from sandbox.client import Engine, EngineUnavailable
from sandbox.engines import choose_engine
from sandbox.engines.local import LocalEngine

_MISSING = pytest.StashKey[str]()
_DOCKER = pytest.StashKey[Engine]()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs an engine where there is none; fail it where CI is set."""
    if item.get_closest_marker("engine") is None or _docker(item.config) is not None:
        return
    reason = item.config.stash[_MISSING]
    if os.environ.get("CI"):
        pytest.fail(f"CI is set and there is no Docker engine: {reason}", pytrace=False)
    pytest.skip(f"no Docker engine: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not tested."""
    reason = config.stash.get(_MISSING, None)
    if reason is not None:
        terminalreporter.section("THE DOCKER SANDBOX WAS NOT TESTED", red=True, bold=True)
        terminalreporter.line(reason, red=True)


@pytest.fixture(
    scope="session", params=[pytest.param("docker", marks=pytest.mark.engine), "local", "local without bubblewrap"]
)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every kind of sandbox in turn."""
    if request.param == "docker":
        docker = _docker(request.config)
        assert docker is not None
        return docker
    return LocalEngine(bubblewrap=None if request.param == "local" else False)


@pytest.fixture(scope="session")
def docker_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The Docker engine; for tests marked `engine`."""
    docker = _docker(request.config)
    assert docker is not None, "a test that uses docker_engine must be marked `engine`"
    yield docker
    docker.reap()


def _docker(config: pytest.Config) -> Engine | None:
    if _DOCKER not in config.stash and _MISSING not in config.stash:
        try:
            config.stash[_DOCKER] = choose_engine("docker")
        except EngineUnavailable as error:
            config.stash[_MISSING] = str(error)
    return config.stash.get(_DOCKER, None)
