"""A filter of system calls that a process puts on itself and whatever it forks, where the engine's own does not hold.

gVisor ignores the profile that Docker is given (see `sandbox.seccomp`), but lets a process filter itself. What is
refused is the same. https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import platform
import stat
import struct
from collections.abc import Iterator, Sequence

from .calls import BY_ARGUMENT, NOBODY_NEEDS, numbers

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # linux/audit.h
X32 = 0x40000000  # numbers from here on are another kind of calls on x86-64
ALLOW, ERRNO = 0x7FFF0000, 0x00050000

LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06  # linux/bpf_common.h
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data; the low half of an argument comes first

NEW_NAMESPACES = 0x7E020000  # of clone's flags
FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
PERSONAS = (0, 0xFFFFFFFF)  # as it is; just asking

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand


def refuse() -> bool:
    """Refuse from now on, for good. False where this machine's calls are not known, or the kernel has no filters."""
    program = b"".join(struct.pack("=HBBI", *instruction) for instruction in filter_for(platform.machine()))
    if not program:
        return False
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    prctl = ctypes.CDLL(None).prctl
    return bool(
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) == 0
    )


def filter_for(machine: str) -> list[Instruction]:
    """The filter as a program for the kernel's packet filter; empty for a machine that is not known."""
    if machine not in ARCHITECTURES:
        return []
    calls = numbers(BY_ARGUMENT, machine)
    program = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, ARCHITECTURES[machine]), _refused(), (LOAD, 0, 0, NUMBER)]
    if machine == "x86_64":
        program += [(AT_LEAST, 0, 1, X32), _refused()]
    for number in numbers(NOBODY_NEEDS, machine).values():
        program += [(EQUAL, 0, 1, number), _refused()]
    program += [(EQUAL, 0, 1, calls["clone3"]), _refused(errno.ENOSYS)]  # its flags are in memory; libraries fall back
    for name, test in _tests():
        if name in calls:
            program += [(EQUAL, 0, len(test) + 1, calls[name]), *test, (RETURN, 0, 0, ALLOW)]
    return [*program, (RETURN, 0, 0, ALLOW)]


def _tests() -> Iterator[tuple[str, list[Instruction]]]:
    """Calls that are refused by an argument, each with what falls through where it is allowed."""
    yield "socket", _only(0, FAMILIES)
    yield "personality", _only(0, PERSONAS)
    for name in ("prlimit64", "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler"):
        yield name, _only(0, (0,))  # the caller itself
    yield "setpriority", _only(1, (0,))
    yield "ioprio_set", _only(1, (0,))
    for name in ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        yield name, [_argument(0), (EQUAL, 0, 1, 1), _refused()]  # process 1 is the worker
    yield "clone", [_argument(0), (ANY_BIT, 0, 1, NEW_NAMESPACES), _refused()]
    for name, at in (("mknod", 1), ("mknodat", 2)):
        kind = (AND, 0, 0, 0o170000)
        yield name, [_argument(at), kind, (EQUAL, 1, 0, stat.S_IFBLK), (EQUAL, 0, 1, stat.S_IFCHR), _refused()]


def _only(at: int, values: Sequence[int]) -> list[Instruction]:
    """Refuse unless argument `at` is one of `values`."""
    left = len(values)
    return [_argument(at), *((EQUAL, left - n, 0, value) for n, value in enumerate(values)), _refused()]


def _argument(at: int) -> Instruction:
    return (LOAD, 0, 0, ARGUMENTS + 8 * at)


def _refused(code: int = errno.EPERM) -> Instruction:
    return (RETURN, 0, 0, ERRNO | code)
