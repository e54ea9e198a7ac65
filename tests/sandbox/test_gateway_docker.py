"""The gateway in a container of its own: reached from another container, and only there."""

import textwrap
from collections.abc import Iterator
from contextlib import closing

import docker
import pytest

from functions.errors import Cause
from sandbox.client import Limits
from sandbox.engines.docker import DockerEngine
from sandbox.engines.gateway_link import Gateway, GatewayLost
from sandbox.gateway.http import Answer
from tests.sandbox.test_docker import containers, kill, wait_until_gone
from tests.sandbox.test_gateway import check_until_it_fails

pytestmark = pytest.mark.engine

CLIENT = """
import os, socket
def say(raw):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(os.environ["INQUEST_MODEL_SOCKET"])
        sock.sendall(raw)
        received = b""
        while chunk := sock.recv(65536):
            received += chunk
    return received
"""


@pytest.fixture
def gateway(docker_engine: DockerEngine) -> Iterator[Gateway]:
    """A gateway whose host answers with what it was asked, backwards."""

    async def backwards(body: bytes) -> Answer:
        return Answer(200, body[::-1])

    with docker_engine.open_gateway(["small"], 2, backwards, Limits(), "gateway") as opened:
        yield opened


def run_beside(engine: DockerEngine, gateway: Gateway, script: str) -> str:
    """What a script prints in a container that was given the gateway's volume, and nothing else."""
    with closing(docker.from_env()) as client:
        printed: bytes = client.containers.run(
            engine.images.lab,
            ["python3", "-c", CLIENT + textwrap.dedent(script)],
            user="64005:64005",
            network_mode="none",
            read_only=True,
            volumes_from=[gateway.mount],
            environment=gateway.environment,
            remove=True,
        )
    return printed.decode()


def test_another_container_reaches_it_through_its_volume(docker_engine: DockerEngine, gateway: Gateway) -> None:
    """Read-only: the socket can be used, and neither replaced nor removed."""
    printed = run_beside(
        docker_engine,
        gateway,
        """
        print(say(b"POST /v1/chat/completions HTTP/1.1\\r\\nContent-Length: 3\\r\\n\\r\\nabc").split(b"\\r\\n")[-1])
        for attack in (os.unlink, os.rmdir, lambda path: os.rename(path, path + "2"), lambda path: os.chmod(path, 0)):
            try:
                attack(os.environ["INQUEST_MODEL_SOCKET"])
            except OSError as error:
                print(type(error).__name__)
        print(os.listdir("/run/gateway"), os.path.exists("/run/inquest"))
        """,
    ).splitlines()
    assert printed[0] == "b'cba'"
    assert len(printed) == 6
    assert printed[-1] == "['model.sock'] False"
    gateway.check()


def test_it_is_hardened_as_the_oracle_is(gateway: Gateway) -> None:
    """No network, no capability, a user of its own, nothing of the host."""
    (found,) = containers("gateway", "gateway")
    with closing(docker.from_env()) as client:
        about = client.api.inspect_container(found)
    host = about["HostConfig"]
    assert about["Config"]["User"] == "64004:64004"
    assert (host["NetworkMode"], host["CapDrop"], host["ReadonlyRootfs"]) == ("none", ["ALL"], True)
    assert [mount["Type"] for mount in about["Mounts"]] == ["volume"]
    assert not any("KEY" in variable for variable in about["Config"]["Env"])


def test_its_death_is_the_submissions_doing(gateway: Gateway) -> None:
    """Once a submission can reach it, nobody else could have brought it about."""
    kill(*containers("gateway", "gateway"))
    wait_until_gone("gateway", "gateway")
    with pytest.raises(GatewayLost) as lost:
        check_until_it_fails(gateway)
    assert lost.value.cause is Cause.AGENT


def test_nothing_is_left_of_it(docker_engine: DockerEngine) -> None:
    """Neither container nor volume."""

    async def never(body: bytes) -> Answer:
        raise AssertionError

    with docker_engine.open_gateway(["small"], 2, never, Limits(), "leaving"):
        assert len(containers("leaving")) == 1
    assert containers("leaving") == {}
    with closing(docker.from_env()) as client:
        assert client.api.volumes(filters={"label": "audit=leaving"})["Volumes"] in (None, [])
