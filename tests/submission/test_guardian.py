"""A host's process that is killed in the middle of a submission: its guardian clears up, and nobody else has to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docker
import pytest

from tests.submission.images import Workshop

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
AUDIT = "guarded"
SOON_S = 30.0  # a bound for a machine that is busy: two seconds are usual
HOST = f"""
import sys
from sandbox.check.job import MemoryLog, line_job
from sandbox.client import Limits
from sandbox.engines.docker import DockerEngine
from sandbox.submission import Image
limits = Limits(memory_mb=256, processes=32, lifetime_s=float(sys.argv[2]))
DockerEngine().run_submission(Image(digest=sys.argv[1]), line_job(1), limits, 100.0, MemoryLog(), "{AUDIT}")
"""


def left(client: docker.DockerClient, kind: str) -> set[str]:
    """What carries this audit's label: running or not, used or not."""
    mine = {"label": f"audit={AUDIT}"}
    if kind == "volumes":
        return {str(volume["Name"]) for volume in client.api.volumes(filters=mine)["Volumes"] or ()}
    return {str(c["Labels"]["part"]) for c in client.api.containers(all=kind == "containers", filters=mine)}


def until(held: Callable[[], bool], seconds: float = SOON_S) -> bool:
    """Does it come to hold within so long?"""
    end = time.monotonic() + seconds
    while not held() and time.monotonic() < end:
        time.sleep(0.1)
    return held()


def host(workshop: Workshop, lifetime_s: float) -> "subprocess.Popen[bytes]":
    """A process that runs a submission which heeds nothing."""
    image = workshop.image(["python3", "/behaviours.py", "ignores_sigterm"]).digest
    return subprocess.Popen([sys.executable, "-c", HOST, image, f"{lifetime_s:g}"], cwd=ROOT)


def test_a_killed_host_leaves_no_submission_and_no_volume(workshop: Workshop) -> None:
    """SIGKILL, and neither a reaper nor another command: all of the run is removed."""
    client, process = docker.from_env(), host(workshop, 120)
    try:
        assert until(lambda: "submission" in left(client, "running"))
        assert left(client, "volumes")
        os.kill(process.pid, signal.SIGKILL)
        assert until(lambda: not left(client, "containers") and not left(client, "volumes"))
    finally:
        process.kill()
        process.wait()
        client.close()


def test_a_host_that_hangs_is_cleared_up_after_at_the_deadline(workshop: Workshop) -> None:
    """SIGSTOP: its pipes stay open, and what it started goes when its time is over."""
    client, process = docker.from_env(), host(workshop, 8)
    try:
        assert until(lambda: "submission" in left(client, "running"))
        os.kill(process.pid, signal.SIGSTOP)
        assert until(lambda: not left(client, "containers") and not left(client, "volumes"))
    finally:
        process.kill()
        process.wait()
        client.close()
