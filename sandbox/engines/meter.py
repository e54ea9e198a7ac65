"""What containers cost the processor, as the kernel counts it for their control groups.

Asking the engine takes up to a second for each container; the kernel's file is read in microseconds, and is there to
be read where the engine's containers are this machine's own.
"""

import threading
from pathlib import Path
from typing import Protocol, runtime_checkable

GROUPS = Path("/sys/fs/cgroup")

_PLACES = {  # of a container's group, by the kernel's version of groups; in each for the drivers cgroupfs and systemd
    1: ("cpuacct/docker/{}/cpuacct.usage", "cpuacct/system.slice/docker-{}.scope/cpuacct.usage"),
    2: ("docker/{}/cpu.stat", "system.slice/docker-{}.scope/cpu.stat"),
}


@runtime_checkable
class Metered(Protocol):
    """An engine that knows what its containers cost."""

    @property
    def containers_cpu_s(self) -> float | None:
        """Processor seconds of the containers removed so far; None where they could not be seen."""
        ...


class Meter:
    """Adds up the processor seconds of containers as they are removed. Thread-safe.

    The group of a container that has ended by itself is gone, and with it what it used.
    """

    def __init__(self, groups: Path = GROUPS) -> None:
        self._groups, self._lock = groups, threading.Lock()
        self._seconds: float | None = None

    @property
    def seconds(self) -> float | None:
        """All so far. None where no container's group was ever seen."""
        return self._seconds

    def read_off(self, container: str) -> None:
        """Add what a container has used up to now, if that can be seen."""
        used = self._used(container)
        if used is not None:
            with self._lock:
                self._seconds = (self._seconds or 0.0) + used

    def _used(self, container: str) -> float | None:
        for version, places in _PLACES.items():
            for place in places:
                try:
                    text = (self._groups / place.format(container)).read_text()
                except OSError:
                    continue
                return int(text) / 1e9 if version == 1 else _usage_s(text)
        return None


def _usage_s(text: str) -> float | None:
    """The `usage_usec` of version 2's cpu.stat, in seconds."""
    rows = (line.split() for line in text.splitlines())
    return next((int(row[1]) / 1e6 for row in rows if row[:1] == ["usage_usec"]), None)
