"""The main process of a throw-away container that is set up as a lab's: does each limit bite? One JSON line on stdout.

Each attempt is a fork, as an experiment is, and goes up to three times beyond its limit. It says `refused ...` where it
was refused and `got ...` where it was not; an attempt that was killed says nothing. Its one argument is a JSON object:
see `sandbox.engines.probe`.
"""

import ctypes
import errno
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import confine

MB = 1 << 20
PR_GET_SECCOMP, PR_GET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 21, 39, 2
KERNELS_OWN = ("lo", "sit0", "tunl0", "ip6tnl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "ip6gre0")
CONTROL = "/sys/fs/cgroup"
COUNTERS = (  # of control groups version 2, and of version 1
    *("memory.events", "memory.peak", "memory.max", "pids.max", "cpu.max"),
    *("memory/memory.oom_control", "memory/memory.max_usage_in_bytes", "memory/memory.limit_in_bytes"),
    *("pids/pids.max", "cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us"),
)
ELSEWHERE = ("/", "/tmp", "/var/tmp", "/run", "/dev/shm", "/usr/lib", "/etc")  # noqa: S108 nothing of it may be writable


def take_memory(mb: int) -> str:
    """Touch three times what is allowed."""
    held = []
    try:
        for _ in range(3 * mb // 4):
            held.append(bytearray(b"x") * (4 * MB))  # noqa: PERF401 what was held counts
    except MemoryError:
        return f"refused after {4 * len(held)} MB"
    return f"got {4 * len(held)} MB"


def take_processes(count: int) -> str:
    """Fork three times as many children as are allowed."""
    for made in range(3 * count):
        try:
            if os.fork() == 0:
                time.sleep(30)
                os._exit(0)
        except OSError as error:
            return f"refused the {made + 1}th ({errno.errorcode[error.errno or 0]})"
    return f"got {3 * count} processes"


def fill_scratch(folder: str, mb: int) -> str:
    """Write three times what fits, in files that are each allowed."""
    written = 0
    try:
        while written < 3 * mb:
            with open(f"{folder}/{written}", "wb", 0) as file:
                file.write(b"x" * MB)
            written += 1
    except OSError as error:
        return f"refused after {written} MB ({errno.errorcode[error.errno or 0]})"
    return f"got {written} MB"


def make_huge_file(folder: str, mb: int) -> str:
    """One sparse file larger than a file may be."""
    try:
        with open(f"{folder}/huge", "wb") as file:
            file.truncate(3 * mb * MB)
    except OSError as error:
        return f"refused {3 * mb} MB ({errno.errorcode[error.errno or 0]})"
    return f"got a file of {3 * mb} MB"


def write_elsewhere() -> str:
    """A file in any place but scratch."""
    for folder in ELSEWHERE:
        try:
            open(f"{folder}/written", "w").close()
        except OSError:
            continue
        return f"got a file in {folder}"
    return f"refused in {len(ELSEWHERE)} places"


def reach_out() -> str:
    """An interface, or a way to an address beyond this container; nothing is sent."""
    lines = Path("/proc/net/dev").read_text().splitlines()[2:]
    found = [name for name in (line.partition(":")[0].strip() for line in lines) if name not in KERNELS_OWN]
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as sock:
                sock.connect((address, 53))
        except OSError:
            continue
        found.append(f"a route to {address}")
    return f"got {', '.join(found)}" if found else "refused: no interface and no route"


def ask_privileges() -> str:
    """What the kernel says of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    held = int(status["CapEff"], 16) | int(status["CapBnd"], 16)
    prctl = ctypes.CDLL(None).prctl
    none_new, seccomp = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), prctl(PR_GET_SECCOMP, 0, 0, 0, 0)
    words = f"capabilities {held:x}, no new privileges {none_new}, seccomp {seccomp}"
    return f"{'refused' if (held, none_new, seccomp) == (0, 1, SECCOMP_MODE_FILTER) else 'got'}: {words}"


def attempt(do: Callable[[], str], address_space_mb: int) -> str:
    """What an attempt says in a process of its own; whatever it leaves is killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        confine.become_experiment({0: 0, 1: writing, 2: 2}, address_space_mb)
        os.write(1, do().encode())
        os._exit(0)
    os.close(writing)
    said = os.read(reading, 4096).decode()
    os.close(reading)
    confine.kill_descendants()
    return said


def control_files() -> dict[str, str]:
    """What the container's control group says: paths below its folder, and what is in them."""
    found = {}
    for name in COUNTERS:
        try:
            found[name] = Path(CONTROL, name).read_text()
        except OSError:
            continue
    return found


def main() -> None:
    """Attempt each, the one that may be killed for it last."""
    wanted = json.loads(sys.argv[1])
    scratch, mb = wanted["scratch"], wanted["scratch_mb"]
    confine.become_main_process()
    confine.limit_forks(128, wanted["file_mb"], wanted["fork_limit"], refuse=wanted["refuse"])
    attempts: dict[str, Callable[[], str]] = {
        "network": reach_out,
        "privileges": ask_privileges,
        "elsewhere": write_elsewhere,
        "file": lambda: make_huge_file(scratch, wanted["file_mb"]),
        "scratch": lambda: fill_scratch(scratch, mb),
        "processes": lambda: take_processes(wanted["processes"]),
        "memory": lambda: take_memory(wanted["memory_mb"]),
    }
    said = {}
    for name, do in attempts.items():
        said[name] = attempt(do, wanted["address_space_mb"])
        confine.wipe(scratch)
    sys.stdout.write(json.dumps({"said": said, "control": control_files()}) + "\n")


if __name__ == "__main__":
    main()
