"""Limits are seen to bite, or are not promised; and what the kernel counts is read in both of its languages."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

import json
import os
from collections.abc import Mapping
from pathlib import Path

import docker
import pytest

from sandbox.cgroups import ControlGroup, parse_control_group
from sandbox.client import Engine, SandboxFailure
from sandbox.engines.channel import Channel
from sandbox.engines.docker_arguments import grounds
from sandbox.engines.launcher import Inside, Places
from sandbox.engines.probe import LIMITS, STANDS_ON, Bite, Shown, bites, probe, probe_command
from sandbox.lab.confine import oom_kills
from sandbox.policy import Part, Promise, policy_for

POLICY = policy_for(Part.LAB, LIMITS)
VERSION_2 = {  # of a container with 96 MB, 24 processes and one processor, in which one process was killed
    "memory.events": "low 0\nhigh 0\nmax 187\noom 1\noom_kill 1\noom_group_kill 0\n",
    "memory.peak": "100663296\n",
    "memory.max": "100663296\n",
    "pids.max": "24\n",
    "cpu.max": "100000 100000\n",
}
VERSION_1 = {
    "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n",
    "memory/memory.max_usage_in_bytes": "100663296\n",
    "memory/memory.limit_in_bytes": "100663296\n",
    "pids/pids.max": "24\n",
    "cpu/cpu.cfs_quota_us": "100000\n",
    "cpu/cpu.cfs_period_us": "100000\n",
}
BITTEN = {
    "network": "refused: no interface and no route",
    "privileges": "refused: capabilities 0, no new privileges 1, seccomp 2",
    "elsewhere": "refused in 7 places",
    "file": "refused 72 MB (EFBIG)",
    "scratch": "refused after 24 MB (ENOSPC)",
    "processes": "refused the 23th (EAGAIN)",
    "memory": "",
}


@pytest.mark.parametrize(("version", "files"), [(1, VERSION_1), (2, VERSION_2)])
def test_both_versions_of_control_groups_say_the_same(version: int, files: Mapping[str, str]) -> None:
    """Limits, the peak, and how often the kernel killed for memory."""
    expected = ControlGroup(
        version=version, memory_bytes=96 << 20, peak_bytes=96 << 20, oom_kills=1, processes=24, cpus=1.0
    )
    assert parse_control_group(files) == expected


def test_no_limit_is_none_in_both_versions() -> None:
    """`max`, -1 and the largest number of pages all mean that nothing was set."""
    new = VERSION_2 | {"memory.max": "max\n", "pids.max": "max\n", "cpu.max": "max 100000\n"}
    old = VERSION_1 | {
        "memory/memory.limit_in_bytes": "9223372036854771712\n",
        "pids/pids.max": "max\n",
        "cpu/cpu.cfs_quota_us": "-1\n",
    }
    for files in (new, old):
        found = parse_control_group(files)
        assert (found.memory_bytes, found.processes, found.cpus) == (None, None, None)


def test_what_an_older_kernel_does_not_tell_is_none() -> None:
    """Before Linux 4.13 no kills were counted, and before 5.19 version 2 had no peak."""
    without = {name: text for name, text in VERSION_2.items() if name != "memory.peak"}
    assert parse_control_group(without).peak_bytes is None
    old = VERSION_1 | {"memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\n"}
    assert parse_control_group(old).oom_kills is None
    assert parse_control_group({}) == ControlGroup(version=0)


@pytest.mark.parametrize(("name", "files"), [("memory.events", VERSION_2), ("memory/memory.oom_control", VERSION_1)])
def test_the_lab_tells_kills_for_memory_by_either_version(name: str, files: Mapping[str, str], tmp_path: Path) -> None:
    """By the counter of its container alone: `oom` and `oom_group_kill` are other counters."""
    counter = tmp_path / "counter"
    counter.write_text(files[name].replace("oom_kill 1", "oom_kill 3"))
    assert oom_kills([str(tmp_path / "not there"), str(counter)]) == 3
    assert oom_kills([str(tmp_path / "not there")]) == 0


def withdrawn(said: Mapping[str, str], control: Mapping[str, str]) -> set[Promise]:
    """The promises that fall with what a probe says."""
    return {bite.promise for bite in bites({"said": dict(said), "control": dict(control)}, POLICY) if not bite.bites}


@pytest.mark.parametrize("control", [VERSION_1, VERSION_2], ids=["version 1", "version 2"])
def test_limits_that_bite_are_promised(control: Mapping[str, str]) -> None:
    """A process that was killed for memory says nothing, and that is what must be."""
    assert withdrawn(BITTEN, control) == set()


@pytest.mark.parametrize(
    ("limit", "words", "promise"),
    [
        ("memory", "got 288 MB", Promise.MEMORY_LIMITED),  # a rootless engine without delegated control groups
        ("processes", "got 72 processes", Promise.PROCESSES_LIMITED),
        ("network", "got eth0", Promise.NO_NETWORK),
        ("scratch", "got 72 MB", Promise.SCRATCH_LIMITED),
        ("scratch", "", Promise.SCRATCH_LIMITED),  # ended by another limit than its own
        ("file", "got a file of 72 MB", Promise.SCRATCH_LIMITED),
        ("elsewhere", "got a file in /tmp", Promise.SCRATCH_LIMITED),
        ("privileges", "got: capabilities a80425fb, no new privileges 0, seccomp 0", Promise.KERNEL_FILTERED),
    ],
)
def test_a_limit_that_does_not_bite_takes_its_promise_along(limit: str, words: str, promise: Promise) -> None:
    """And no other promise."""
    assert withdrawn(BITTEN | {limit: words}, VERSION_2) == {promise}


def test_processor_time_is_promised_where_the_kernel_shows_its_quota() -> None:
    """A quota that is not set is no limit; a kernel that shows nothing at all, as gVisor's, is believed."""
    assert withdrawn(BITTEN, VERSION_2 | {"cpu.max": "max 100000\n"}) == {Promise.CPU_LIMITED}
    assert withdrawn(BITTEN, {}) == set()


def test_what_the_probe_leaves_out_was_not_shown() -> None:
    """A limit without a word from the probe is not promised."""
    assert withdrawn({}, VERSION_2) == {STANDS_ON[name] for name in BITTEN}


class Nowhere:
    """A ground on which no container starts, so many times."""

    places, inside = Places("", "/scratch"), Inside()

    def __init__(self) -> None:
        self.tried = 0

    def start_command(self, part: Part, command: list[str]) -> "Silent":
        self.tried += 1
        if self.tried == 1:
            raise SandboxFailure("no container today")
        return Silent()


class Silent:
    """A container that is gone before it says anything."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        _, stdin = os.pipe()
        os.close(writing)
        self._open = (reading, stdin)
        self.channel = Channel(reading, stdin, self._close)

    def diagnosis(self) -> str:
        return "exit code 2"

    def destroy(self) -> None: ...

    def _close(self) -> None:
        for fd in self._open:
            os.close(fd)


def test_a_probe_that_cannot_run_shows_nothing() -> None:
    """It is tried twice; then nothing that it stands for is promised, and the reason is kept."""
    ground = Nowhere()
    found = probe(ground)
    assert ground.tried == 2
    assert {bite.limit for bite in found} == set(STANDS_ON)
    assert not any(bite.bites for bite in found)
    assert "exit code 2" in found[0].detail


def test_limits_are_tried_once_for_each_engine_and_policy() -> None:
    """Audits after the first of a process pay nothing."""
    shown, runs = Shown(), list[str]()

    def find(name: str) -> tuple[Bite, ...]:
        runs.append(name)
        return ()

    for name in ("one", "one", "two", "one"):
        shown.once((name,), lambda name=name: find(name))  # type: ignore[misc]
    assert runs == ["one", "two"]


@pytest.mark.engine
def test_every_limit_of_this_engine_was_tried(docker_engine: Engine) -> None:
    """The record of an engine says what happened, and promises nothing that it was not refused."""
    isolation = docker_engine.isolation
    tried = dict(line.split(": ", 1) for line in isolation.probed)
    assert set(tried) >= set(BITTEN)
    for limit, words in tried.items():
        assert not words.startswith(("got", "not shown")) or STANDS_ON[limit] in isolation.not_promised


@pytest.mark.engine
def test_a_container_without_limits_is_found_out(docker_engine: Engine) -> None:
    """The same probe, in a container that the policy was not applied to: a probe that cannot fail shows nothing."""
    client = docker.from_env()
    try:
        said = client.containers.run(
            docker_engine.isolation.image_digests[1],
            probe_command(POLICY, "/dev/shm", grounds("runc")[1]),  # noqa: S108 in the container
            remove=True,
            shm_size="1g",
            security_opt=["seccomp=unconfined"],
        )
    finally:
        client.close()
    loose = {bite.limit for bite in bites(json.loads(said), POLICY) if not bite.bites}
    assert loose == {"network", "privileges", "elsewhere", "scratch", "processes", "memory", "cpu"}
