"""Whoever stays behind to clear up after a host's process that is killed: a process of its own that waits, and no more.

The entry point of a foreign image need not heed that its host has gone. A guardian does: it holds the one end of a pipe
whose other end is the host's, and removes all that carries the run's label when the pipe closes without a word, or at
the deadline, whichever is first.
"""

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

RUN_LABEL = "run"  # on every container and volume of one run, and of no other
DONE = b"done"
SWEEPS, SWEEP_S = 3, 0.5  # what the engine was still making when the host died is found by a later sweep
LEAVES_S = 5.0


class Guardian:
    """The host's side. `environment` names the engine; `seconds` is when it clears up, whoever still lives."""

    def __init__(self, run: str, seconds: float, environment: Mapping[str, str]) -> None:
        self._command = [sys.executable, "-m", "sandbox.guardian", run, f"{seconds:g}"]
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """In a session of its own: what ends the host by its terminal does not end it. Raises OSError."""
        silent = subprocess.DEVNULL
        self._process = subprocess.Popen(
            self._command, env=self._environment, stdin=subprocess.PIPE, stdout=silent, stderr=silent,
            start_new_session=True,
        )  # fmt: skip

    def dismiss(self) -> None:
        """Nothing is left to clear up: it leaves. May be called again."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(BrokenPipeError, subprocess.TimeoutExpired):  # it has left already, or is slow to hear
            process.communicate(DONE, LEAVES_S)
        process.kill()
        process.wait()


def sweep(run: str) -> None:
    """Remove a run's containers and volumes from the engine that the environment names. Raises what calls raise."""
    # The engine's library costs more than all the rest, and mostly nothing is left to be removed.
    from sandbox.engines.docker_calls import connect, remove, remove_volume

    client = connect()
    theirs = {"label": f"{RUN_LABEL}={run}"}
    for _ in range(SWEEPS):
        for container in client.api.containers(all=True, filters=theirs):
            remove(client, container["Id"])
        for volume in client.api.volumes(filters=theirs)["Volumes"] or ():
            remove_volume(client, volume["Name"])
        time.sleep(SWEEP_S)


def main(run: str, seconds: str) -> None:
    """Wait for a word, the end of the pipe or the deadline."""
    pipe = sys.stdin.fileno()
    heard, _, _ = select.select([pipe], [], [], float(seconds))
    if not heard or os.read(pipe, len(DONE)) != DONE:
        sweep(run)


if __name__ == "__main__":
    main(*sys.argv[1:])
