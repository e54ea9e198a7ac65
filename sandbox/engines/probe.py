"""Which limits bite, shown by a throw-away container and not believed from what an engine says of itself.

A container that is set up as a lab's (with smaller limits, and without an oracle) runs `sandbox.lab.probe`, which goes
beyond each. What it was not refused is not promised.
"""

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from functions.brief import Record
from sandbox.cgroups import parse_control_group
from sandbox.client import Limits, SandboxFailure
from sandbox.engines.channel import ChannelLost
from sandbox.engines.launcher import Inside, Places, Process
from sandbox.engines.parts import end
from sandbox.policy import Part, Policy, Promise, policy_for

LIMITS = Limits(memory_mb=96, processes=24, lifetime_s=60)
PROBE_S = 30.0
TRIES = 2  # a machine may be too busy once

STANDS_ON = {  # the attempts of `sandbox.lab.probe`, and the promise that falls where one succeeds
    "network": Promise.NO_NETWORK,
    "privileges": Promise.KERNEL_FILTERED,
    "elsewhere": Promise.SCRATCH_LIMITED,
    "file": Promise.SCRATCH_LIMITED,
    "scratch": Promise.SCRATCH_LIMITED,
    "processes": Promise.PROCESSES_LIMITED,
    "memory": Promise.MEMORY_LIMITED,
    "cpu": Promise.CPU_LIMITED,
}


class Bite(Record):
    """One limit that was tried. `detail` says what happened."""

    limit: str
    promise: Promise
    bites: bool
    detail: str


class Ground(Protocol):
    """Where a container can be started that is set up as a part is, and runs another command."""

    @property
    def places(self) -> Places: ...

    @property
    def inside(self) -> Inside: ...

    def start_command(self, part: Part, command: list[str]) -> Process: ...


def probe(ground: Ground) -> tuple[Bite, ...]:
    """Try every limit. Where no container can be had, or says nothing in time, none was shown to bite."""
    policy = policy_for(Part.LAB, LIMITS)
    command = probe_command(policy, ground.places.scratch, ground.inside)
    why = ""
    for _ in range(TRIES):
        try:
            process = ground.start_command(Part.LAB, command)
        except SandboxFailure as failure:
            why = str(failure)
            continue
        try:
            return bites(process.channel.receive(PROBE_S), policy)
        except ChannelLost as lost:
            why = f"the probe {lost}. {process.diagnosis()}".strip()
        finally:
            with suppress(SandboxFailure):  # the reaper will find it
                end(process)
    return tuple(_bite(name, False, f"not shown: {why}") for name in STANDS_ON)


def probe_command(policy: Policy, scratch: str, inside: Inside) -> list[str]:
    """What the container runs. What the engine does not bound is bounded inside, as a lab does it."""
    wanted = {
        "scratch": scratch,
        "scratch_mb": policy.scratch_mb,
        "file_mb": policy.file_mb,
        "memory_mb": policy.memory_mb,
        "processes": policy.processes,
        "address_space_mb": policy.memory_mb if inside.address_space else 0,
        "fork_limit": policy.processes if inside.processes else 0,
        "refuse": inside.system_calls,
    }
    return ["python3", "-P", "-m", "lab.probe", json.dumps(wanted)]


def bites(frame: Mapping[str, object], policy: Policy) -> tuple[Bite, ...]:
    """What the probe's one line means."""
    said, control = _texts(frame.get("said")), parse_control_group(_texts(frame.get("control")))
    found = [
        _bite(name, said[name].startswith("refused"), said[name] or "killed before it could say what it got")
        for name in STANDS_ON
        if name in said and name != "memory"
    ]
    words = said.get("memory", "got nothing to say")  # silence: the kernel killed it, as it must
    counted = f"; {control.oom_kills} kills counted" if control.oom_kills is not None else ""
    found.append(_bite("memory", not words.startswith("got"), f"{words or 'killed'}{counted}"))
    if control.version:
        shared = control.cpus is not None and control.cpus <= policy.cpus
        found.append(_bite("cpu", shared, f"the kernel's quota is {control.cpus or 'none'}"))
    missing = set(STANDS_ON) - {bite.limit for bite in found} - {"cpu"}
    return (*found, *(_bite(name, False, "the probe did not say") for name in sorted(missing)))


def _bite(name: str, does: bool, detail: str) -> Bite:
    return Bite(limit=name, promise=STANDS_ON[name], bites=does, detail=detail)


def _texts(value: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, dict) else {}


class Shown:
    """What was found, kept for as long as this process lives: limits are not tried again for every audit."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[Bite, ...]] = {}
        self._lock = threading.Lock()

    def once(self, key: tuple[str, ...], find: Callable[[], tuple[Bite, ...]]) -> tuple[Bite, ...]:
        """What was found for `key` (which engine, which policy), or what `find` finds now."""
        with self._lock:
            if key not in self._found:
                self._found[key] = find()
            return self._found[key]


SHOWN = Shown()
