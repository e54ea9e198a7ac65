"""The filter that processes put on themselves, run as the kernel would run it."""

import errno
import struct
from collections.abc import Sequence

import pytest

from sandbox.lab.calls import BY_ARGUMENT, NOBODY_NEEDS, numbers
from sandbox.lab.refusal import ALLOW, ARCHITECTURES, ERRNO, X32, filter_for
from sandbox.seccomp.profile import ONLY, REMOVED

MACHINES = list(ARCHITECTURES)
ENTRY = {"x86_64": 59, "aarch64": 221}  # execve


def verdict(machine: str, number: int, arguments: Sequence[int] = (), architecture: int | None = None) -> int:
    """What the program says of a call: an interpreter of the few instructions that it uses."""
    held = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<II8x6Q", number, architecture or ARCHITECTURES[machine], *held)
    program, at, accumulator = filter_for(machine), 0, 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x54:
                accumulator &= operand
            case 0x06:
                return operand
            case _:
                test = {0x15: accumulator == operand, 0x35: accumulator >= operand, 0x45: bool(accumulator & operand)}
                at += if_true if test[code] else if_false


@pytest.mark.parametrize("machine", MACHINES)
def test_what_nobody_needs_is_refused_and_the_rest_is_not(machine: str) -> None:
    """By number; a call of another architecture, or of the other kind on x86-64, is refused whatever its number."""
    for number in numbers(NOBODY_NEEDS, machine).values():
        assert verdict(machine, number) == ERRNO | errno.EPERM
    for number in (0, ENTRY[machine]):
        expected = ERRNO | errno.EPERM if number in numbers(NOBODY_NEEDS, machine).values() else ALLOW
        assert verdict(machine, number) == expected
        assert verdict(machine, number, architecture=0x40000003) == ERRNO | errno.EPERM
    assert verdict("x86_64", X32 + 1) == ERRNO | errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("call", "allowed", "refused"),
    [
        ("socket", [(1, 1), (2, 2)], [(40, 1), (38, 5), (16, 3)]),
        ("prlimit64", [(0, 1)], [(1, 1), (77, 1)]),
        ("setpriority", [(0, 0, 5)], [(0, 1, 5)]),
        ("kill", [(0, 9), (5, 9), (0xFFFFFFFF, 9)], [(1, 9), (1, 2)]),
        ("clone", [(17,), (0x01200011,)], [(0x10000011,), (0x40000000,)]),
        ("mknodat", [(0, 0, 0o010666), (0, 0, 0o100666)], [(0, 0, 0o060666), (0, 0, 0o020666)]),
        ("personality", [(0xFFFFFFFF,)], [(0x0040000,)]),
    ],
)
def test_some_calls_are_refused_by_an_argument(
    machine: str, call: str, allowed: list[tuple[int, ...]], refused: list[tuple[int, ...]]
) -> None:
    """What concerns the caller alone goes through."""
    number = numbers(BY_ARGUMENT, machine)[call]
    assert {verdict(machine, number, arguments) for arguments in allowed} == {ALLOW}
    assert {verdict(machine, number, arguments) for arguments in refused} == {ERRNO | errno.EPERM}


def test_it_refuses_what_the_engines_profile_refuses() -> None:
    """Whatever was taken from the default there, and has a number here; the same arguments are looked at."""
    of_32_bits = {"ipc", "socketcall", "stime", "umount"}
    assert {name for name in REMOVED - of_32_bits if not name.endswith("64")} <= set(numbers(NOBODY_NEEDS, "x86_64"))
    assert set(ONLY) <= set(numbers(BY_ARGUMENT, "x86_64"))


def test_an_unknown_machine_has_no_filter() -> None:
    """Whoever relies on it is told so."""
    assert filter_for("riscv64") == []
