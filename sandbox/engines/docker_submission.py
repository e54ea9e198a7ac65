"""A container of somebody else's image, under the policy of every other part."""

import re
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from threading import Event

import docker
from docker.errors import APIError, DockerException
from docker.utils.socket import STDOUT, SocketError, frames_iter

from sandbox.client import SandboxFailure
from sandbox.engines.docker_arguments import environment_of, host_config
from sandbox.engines.docker_calls import CALL_S, calls, hang_up, remove
from sandbox.engines.submission import Exit, Refused
from sandbox.guardian import Guardian
from sandbox.lab.capture import Capture
from sandbox.policy import Policy
from sandbox.submission import SECONDS_VARIABLE, SOCKET_VARIABLE, Failure, Surroundings

FLOOD = 8 << 20  # bytes of output, beyond which nobody reads on
THEIRS = re.compile(r'exec: "|No command specified|Cannot mkdir|not a directory|executable file not found')
"""What the engine says where an image, and not the engine, is why a container cannot be started."""


def submission_body(
    policy: Policy,
    image: str,
    labels: Mapping[str, str],
    oracle: str,
    place: str,
    seconds: float,
    beside: Surroundings,
    *,
    filtered: bool = True,
) -> dict[str, object]:
    """How to create it: its own entry point, no stdin, nothing of the image's wishes that could loosen the policy.

    The engine does not remove it by itself, since its end has to be looked at; whoever made it does, or its guardian,
    or the reaper.
    """
    told = (
        environment_of(policy) | {SOCKET_VARIABLE: place, SECONDS_VARIABLE: f"{seconds:g}"} | dict(beside.environment)
    )
    return {
        "Image": image,
        "User": f"{policy.uid}:{policy.uid}",
        "Env": [f"{name}={value}" for name, value in told.items()],
        "Hostname": policy.part.value,
        "Labels": dict(labels),
        "NetworkDisabled": True,
        "Healthcheck": {"Test": ["NONE"]},
        "AttachStdout": True,
        "AttachStderr": True,
        "HostConfig": host_config(policy, "runc", filtered)
        | {"AutoRemove": False, "VolumesFrom": [f"{oracle}:ro", *beside.volumes_from]},
    }


class DockerSubmission:
    """The container of one submission: `Foreign` on Docker."""

    def __init__(
        self, client: docker.DockerClient, body: Mapping[str, object], output_bytes: int, guardian: Guardian
    ) -> None:
        self._client, self._body, self._guardian = client, body, guardian
        self._printed = (Capture(output_bytes), Capture(output_bytes))  # stdout, stderr
        self._container = ""
        self._reader: threading.Thread | None = None
        self._flooded = False

    def start(self, news: Event) -> None:
        """Create, attach and start it. Raises Refused."""
        with calls("start the submission", SandboxFailure):
            self._guardian.start()
            try:
                self._container = str(self._client.api.create_container_from_config(dict(self._body))["Id"])  # type: ignore[no-untyped-call]
                stdio = self._client.api.attach_socket(self._container, params={"stdout": 1, "stderr": 1, "stream": 1})
                self._reader = threading.Thread(target=self._read, args=(stdio, news), daemon=True)
                self._reader.start()
                self._client.api.start(self._container)
            except APIError as error:
                said = str(error.explanation or error)
                if THEIRS.search(said) is None:
                    raise
                denied = "permission denied" in said.lower()
                raise Refused(
                    Failure.WRONG_USER if denied else Failure.NO_ENTRY_POINT, f"It cannot be started: {said[-300:]}"
                ) from None

    @property
    def flooded(self) -> bool:
        """Has it printed more than anybody reads?"""
        return self._flooded

    def exit(self) -> Exit | None:
        """How it ended; None while it runs."""
        with calls("look at the submission", SandboxFailure):
            state: Mapping[str, object] = self._client.api.inspect_container(self._container)["State"]
        if state["Status"] not in ("exited", "dead"):
            return None
        return Exit(int(str(state["ExitCode"])), state.get("OOMKilled") is True)

    def destroy(self) -> tuple[str, str]:
        """Kill and remove it; what it printed."""
        if self._container:
            with calls("remove the submission", SandboxFailure):
                remove(self._client, self._container)
        self._guardian.dismiss()
        if self._reader is not None:
            self._reader.join(CALL_S)
        stdout, stderr = self._printed
        return stdout.text(), stderr.text()

    def _read(self, stdio: socket.SocketIO, news: Event) -> None:
        """Keep what it prints, until its end or until it is too much."""
        left = FLOOD
        with suppress(SocketError, OSError, DockerException):  # the end of the stream, however it comes
            for stream, piece in frames_iter(stdio, tty=False):  # type: ignore[no-untyped-call]
                self._printed[0 if stream == STDOUT else 1].feed(piece)
                left -= len(piece)
                if left < 0:
                    self._flooded = True
                    news.set()
                    break
        hang_up(stdio)
