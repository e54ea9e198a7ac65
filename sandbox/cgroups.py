"""What the kernel says of a container's control group, in the words of version 1 or 2: pure, over the files' text.

https://docs.kernel.org/admin-guide/cgroup-v2.html and https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
"""

from collections.abc import Mapping

from functions.brief import Record

UNLIMITED_V1 = 1 << 60  # version 1 writes "no limit" as the largest number of whole pages


class ControlGroup(Record):
    """Limits and counters. None: not told, or (limits) none set."""

    version: int  # 1 or 2; 0 where none is to be seen, as under gVisor
    memory_bytes: int | None = None
    peak_bytes: int | None = None
    oom_kills: int | None = None
    processes: int | None = None
    cpus: float | None = None


def parse_control_group(files: Mapping[str, str]) -> ControlGroup:
    """What `files` say: paths below /sys/fs/cgroup as the container sees them, and their text."""
    if any(name in files for name in ("memory.events", "memory.max", "pids.max", "cpu.max")):
        quota, _, period = files.get("cpu.max", "").partition(" ")
        return ControlGroup(
            version=2,
            memory_bytes=_number(files.get("memory.max")),
            peak_bytes=_number(files.get("memory.peak")),
            oom_kills=_field(files.get("memory.events"), "oom_kill"),
            processes=_number(files.get("pids.max")),
            cpus=_share(_number(quota), _number(period)),
        )
    memory = _number(files.get("memory/memory.limit_in_bytes"))
    found = ControlGroup(
        version=1,
        memory_bytes=memory if memory is not None and memory < UNLIMITED_V1 else None,
        peak_bytes=_number(files.get("memory/memory.max_usage_in_bytes")),
        oom_kills=_field(files.get("memory/memory.oom_control"), "oom_kill"),
        processes=_number(files.get("pids/pids.max")),
        cpus=_share(_number(files.get("cpu/cpu.cfs_quota_us")), _number(files.get("cpu/cpu.cfs_period_us"))),
    )
    return found if files else found.model_copy(update={"version": 0})


def _number(text: str | None) -> int | None:
    """A count; None for `max`, -1 (no limit) and what is no number."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() else None


def _field(text: str | None, name: str) -> int | None:
    rows = (line.split() for line in (text or "").splitlines())
    return next((_number(row[1]) for row in rows if len(row) == 2 and row[0] == name), None)


def _share(quota: int | None, period: int | None) -> float | None:
    return quota / period if quota is not None and period else None
