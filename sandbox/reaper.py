"""Who owns what a sandbox leaves on a machine, and whether that owner is still alive.

Whatever is started carries its owner: the host's process, by id and start time (ids are used again), and its host. Ids
of another host tell nothing here: what such an owner left is removed when its deadline has passed.
"""

import os
import platform
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

IDLE_S = 60.0  # what has been made and not been used for so long was lost on the way


class Owner(NamedTuple):
    """A process on a host."""

    pid: int
    started: str  # in clock ticks since boot, as the kernel tells it; "" where it does not
    host: str  # its name, and the process namespace in which the id holds

    @classmethod
    def me(cls) -> Self:
        """This process."""
        return cls(os.getpid(), _started(os.getpid()), _here())

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str(owner)` wrote; None for anything else."""
        pid, _, rest = text.partition("-")
        started, _, host = rest.partition("-")
        return cls(int(pid), started, host) if pid.isdecimal() else None

    def __str__(self) -> str:
        """A label that can also be part of a file's name."""
        return f"{self.pid}-{self.started}-{self.host}"

    def is_gone(self) -> bool:
        """Is this owner known to be dead? False also where this host cannot know."""
        return self.host == _here() and _started(self.pid) != self.started


def labels_of(owner: Owner, made: float, lifetime_s: float) -> dict[str, str]:
    """What `left_behind` wants to know, for whatever is started at `made` (seconds since 1970) to live so long."""
    return {"owner": str(owner), "made": str(int(made)), "deadline": str(int(made + lifetime_s))}


def left_behind(labels: Mapping[str, str], now: float, *, idle: bool) -> bool:
    """Can something with these labels be removed at `now`?

    It can when its owner is dead, or its deadline has passed. `idle` things (a container that does not run, a volume
    that none uses) can also go while their owner lives: an engine that was restarted may have forgotten them.
    """
    owner = Owner.parse(labels.get("owner", ""))
    lost = idle and _seconds(labels, "made") + IDLE_S < now
    return owner is None or owner.is_gone() or _seconds(labels, "deadline") < now or lost


def _seconds(labels: Mapping[str, str], name: str) -> int:
    text = labels.get(name, "0")
    return int(text) if text.isdecimal() else 0


def _here() -> str:
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        namespace = ""
    return "-".join(filter(None, [platform.node(), *re.findall(r"\d+", namespace)]))


def _started(pid: int) -> str:
    """Field 22 of /proc/PID/stat; the command's name before it may hold spaces and brackets."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "" if _exists(pid) else "gone"
    return fields[19] if fields[0] not in ("Z", "X") else "gone"


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
