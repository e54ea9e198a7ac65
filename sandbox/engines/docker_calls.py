"""The engine's own calls: a client, and calls that fail in one way, are bounded in time, and leave nothing behind."""

import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import docker
import requests
from docker.errors import APIError, DockerException, NotFound
from docker.utils import parse_host

from sandbox.client import EngineUnavailable, SandboxFailure

CALL_S = 30
GONE_S = 10.0
RESTART_S = 60.0  # how long an engine that was there before may be away


def connect(environment: Mapping[str, str] = os.environ, call_s: int = CALL_S) -> docker.DockerClient:
    """A client of the engine that the environment names, each of whose calls takes at most `call_s` seconds.

    Raises EngineUnavailable.
    """
    try:
        _knock(environment, call_s)
        client = docker.from_env(environment=dict(environment), timeout=call_s)
        client.ping()
    except (DockerException, requests.RequestException, OSError) as error:
        raise EngineUnavailable(f"no Docker engine answers ({short(error)}); `make setup` gets one") from None
    return client


def _knock(environment: Mapping[str, str], call_s: int) -> None:
    """Try the engine's Unix socket. The SDK would leave a socket open for each failed attempt. Raises OSError."""
    host = str(parse_host(environment.get("DOCKER_HOST")))
    scheme, _, path = host.partition("://")
    if scheme == "http+unix":
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(call_s)
            sock.connect(path)


def await_restart(client: docker.DockerClient, environment: Mapping[str, str], call_s: int) -> None:
    """Wait for an engine that refuses connections: it may be restarting. Raises what a failed call raises."""
    until = time.monotonic() + RESTART_S
    while True:
        try:
            _knock(environment, call_s)
            client.ping()
        except (ConnectionError, FileNotFoundError, requests.ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def hang_up(stdio: socket.SocketIO) -> None:
    """Close an attached stream. The SDK hands out a file over a socket, and closing the file leaves the socket open."""
    sock: socket.socket | None = getattr(stdio, "_sock", None)
    stdio.close()
    if sock is not None:
        sock.close()


def remove(client: docker.DockerClient, container: str) -> bool:
    """Remove a container; False where somebody else did. A removal that is under way is waited for."""
    until = time.monotonic() + GONE_S
    while True:
        try:
            client.api.remove_container(container, v=True, force=True)
        except NotFound:
            return False
        except APIError as error:
            if error.status_code != 409 or time.monotonic() > until:  # 409: the engine is removing it already
                raise
            time.sleep(0.01)
        else:
            return True


def remove_volume(client: docker.DockerClient, name: str) -> bool:
    try:
        client.api.remove_volume(name, force=True)
    except NotFound:
        return False
    except APIError as error:
        if error.status_code != 409:  # 409: in use again, so not ours to remove
            raise
        return False
    return True


@contextmanager
def calls(what: str, failure: type[EngineUnavailable] | type[SandboxFailure]) -> Iterator[None]:
    """Engine calls, whose many ways to fail are one to us."""
    try:
        yield
    except (DockerException, requests.RequestException, OSError, TimeoutError) as error:
        raise failure(f"could not {what}: {short(error)}") from error


def short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]
