"""What the lab's main processes do to themselves and to what they fork. Defence in depth: the container is the wall.

The worker shares its user with the experiment and so cannot be trusted by the host; all that is kept here is that
one experiment does not meet another.
"""

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable
from functools import cache

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
OOM_COUNTERS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")  # cgroup v2, v1


def become_main_process() -> None:
    """No core dumps, memory closed to our own uid, and whatever descends from us becomes our child when orphaned.

    Python would turn SIGINT into an exception, and anybody of our user can send it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prctl(PR_SET_DUMPABLE, 0)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def limit_forks(open_files: int, file_mb: int, processes: int, *, refuse: bool) -> None:
    """Limit what this process will fork, once: limits are inherited, and harmless to this process itself.

    0 processes: the container's limit is enough. `refuse`: the engine filters no system calls, so this process does.
    """
    if refuse:
        from . import refusal  # not to be mapped into every fork where nothing needs it

        if not refusal.refuse():
            sys.exit("this kernel takes no filter of system calls")
    if processes:
        _limit(resource.RLIMIT_NPROC, processes)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, file_mb << 20)
    _limit(resource.RLIMIT_NOFILE, open_files)


def become_experiment(fds: dict[int, int], address_space_mb: int = 0, cpu_s: int = 0) -> None:
    """Called in the fork: own session, `fds` (number wanted: descriptor) and nothing else open, limits on.

    `address_space_mb` comes on top of what is mapped already. 0 for it or for `cpu_s`: the container's limit is enough.
    """
    os.setsid()
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for wanted in sorted(fds):  # sources lie above all numbers wanted: pipes are opened after 0, 1 and 2
        os.dup2(fds[wanted], wanted)
    os.closerange(max(fds) + 1, 4096)
    if address_space_mb:
        _limit(resource.RLIMIT_AS, _mapped() + (address_space_mb << 20))
    if cpu_s:
        _limit(resource.RLIMIT_CPU, cpu_s)


def open_up() -> None:
    """Called in the fork when the experiment's own code is to run: until now it was closed to others of its user.

    Signals that were sent to it meanwhile, and held back, are forgotten.
    """
    for sent in signal.sigpending():
        signal.signal(sent, signal.SIG_IGN)
        signal.signal(sent, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    _prctl(PR_SET_DUMPABLE, 1)  # its own /proc files are its own again
    _offer_to_oom_killer()


def _limit(which: int, limit: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(which, (value, value))


def kill_descendants(spare: int = 0, patience_s: float = 2.0) -> bool:
    """Kill whatever the experiment left, setsid and double forks included. False: something outlives this worker.

    Where it left nothing, the child `spare` lives on: whatever lives here is a child of ours, or descends from one.
    """
    if _children() == [spare]:
        return True
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        for pid in _victims():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        try:
            os.waitpid(-1, 0 if os.getpid() == 1 else os.WNOHANG)
        except ChildProcessError:
            return True
    return False


def wipe(folder: str) -> bool:
    """Empty the scratch folder, however deep it is. False: something in it resists, and it must not be used again.

    Inner folders are moved up before their outer one goes, so that no path grows long and nothing is recursed into.
    """
    try:
        while entries := list(os.scandir(folder)):
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _flatten(entry.path, folder)
                    os.rmdir(entry.path)
                else:
                    os.unlink(entry.path)
    except OSError:
        return False
    return True


def _flatten(path: str, folder: str) -> None:
    os.chmod(path, 0o700)
    for inner in os.scandir(path):
        if inner.is_dir(follow_symlinks=False):
            os.chmod(inner.path, 0o700)
            os.rename(inner.path, f"{folder}/{os.urandom(8).hex()}")
        else:
            os.unlink(inner.path)


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used; 0 where the system does not tell."""
    try:
        return time.clock_gettime(~pid << 3 | 2)  # the number of a process's clock: clock_getcpuclockid(3)
    except OSError:
        return 0.0


def signal_name(number: int) -> str:
    """What a signal is called; real-time signals have numbers only."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def own_limits() -> tuple[object, ...]:
    """This process's limits, processors and priority: an experiment of the same user can change them from outside."""
    limits = tuple(resource.getrlimit(which) for which in _every_limit())
    processors = tuple(sorted(os.sched_getaffinity(0))) if sys.platform == "linux" else ()
    return (*limits, processors, os.getpriority(os.PRIO_PROCESS, 0))


@cache
def _every_limit() -> tuple[int, ...]:
    return tuple({value for name, value in vars(resource).items() if name.startswith("RLIMIT_")})


def oom_kills(counters: Iterable[str] = OOM_COUNTERS) -> int:
    """How often the kernel has killed for memory in this container, so far; 0 where it does not tell."""
    for path in counters:
        try:
            lines = _read(path).splitlines()
        except OSError:
            continue
        return next((int(line.split()[1]) for line in lines if line.startswith(b"oom_kill ")), 0)
    return 0


def _victims() -> list[int]:
    """Everybody else in this container (we are its process 1), or our children: orphans have become ours."""
    if os.getpid() == 1:
        return [-1]
    return _children()


def _children() -> list[int]:
    """This process's children, dead ones among them that were not waited for; none where the kernel does not tell."""
    try:
        return [int(pid) for pid in _read(f"/proc/self/task/{os.getpid()}/children").split()]
    except OSError:
        return []


def _mapped() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        return int(_read("/proc/self/statm").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _read(path: str) -> bytes:
    """A small file of the kernel's. Raises OSError."""
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 65536)
    finally:
        os.close(fd)


def _offer_to_oom_killer() -> None:
    try:
        fd = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(fd, b"1000")
        os.close(fd)
    except OSError:
        return


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        _libc().prctl(option, value, 0, 0, 0)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
