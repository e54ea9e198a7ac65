"""One workshop for all tests of submissions: every image is a layer of its own over the lab's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.engines.docker import DockerEngine
from tests.submission.images import Workshop

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def docker(docker_engine: object) -> DockerEngine:
    """The Docker engine, as what it is."""
    assert isinstance(docker_engine, DockerEngine)
    return docker_engine


@pytest.fixture(scope="session")
def workshop(docker: DockerEngine) -> Iterator[Workshop]:
    """Makes images that hold `behaviours.py`."""
    made = Workshop(docker.images.lab, {"behaviours.py": HERE / "behaviours.py"})
    yield made
    made.close()
