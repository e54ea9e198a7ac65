"""Code from elsewhere as a target. It runs in a process of its own inside the oracle's container.

That process has none of the oracle's descriptors, is the first to go where memory runs out, and dies with the oracle.
It is killed whenever a batch does not come back in time or comes back as anything but answers, and started anew.
"""

import ctypes
import os
import resource
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from functions.spec import Input, Value
from functions.target import ImportedCode
from sandbox.protocol import FrameError, Lines, encode, finite, items, plain_text, read_frame, write_all

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
ADDRESS_SPACE = 512 << 20  # bytes: what Python and numpy map, and as much again


class BrokenFunction(Exception):
    """The code cannot be used at all: it does not run, defines no function, or its process died."""


class Imported:
    """Imported code, started when it is first asked."""

    def __init__(self, code: ImportedCode) -> None:
        self._source = code.source
        self._child: _Child | None = None

    def answer(self, inputs: Sequence[Input], asked_before: Sequence[int], secret: bytes) -> Sequence[Value | None]:
        """What the code gives, None where it raises or gives no value. It decides itself on its noise."""
        del asked_before, secret
        child, self._child = self._child or _start(self._source), None
        try:
            outputs = child.ask(inputs)
        except BaseException:  # a deadline among them: what is half said must never be read as the next answer
            child.kill()
            raise
        self._child = child
        return outputs

    def close(self) -> None:
        """End its process."""
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Child:
    """The process that runs the code, as its parent sees it."""

    def __init__(self, pid: int, asking: int, answering: int) -> None:
        self._pid, self._asking, self._answering = pid, asking, answering
        self._lines = Lines()

    def ask(self, inputs: Sequence[Input]) -> list[Value | None]:
        """One answer for each input. Raises BrokenFunction."""
        try:
            write_all(self._asking, encode({"inputs": inputs}))
            frame = read_frame(self._answering, self._lines)
            outputs = [] if frame is None else [_value(value) for value in items(frame, "outputs")]
        except TimeoutError:  # the desk's deadline, which is an OSError too
            raise
        except (OSError, FrameError):
            raise BrokenFunction from None
        if len(outputs) != len(inputs):
            raise BrokenFunction
        return outputs

    def kill(self) -> None:
        """End it. What it may have started ends with the container."""
        os.close(self._asking)
        os.close(self._answering)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _start(source: str) -> _Child:
    to_child, asking = os.pipe()
    answering, from_child = os.pipe()
    pid = os.fork()
    if pid == 0:
        _become(source, to_child, from_child)
    os.close(to_child)
    os.close(from_child)
    return _Child(pid, asking, answering)


def _become(source: str, reading: int, writing: int) -> NoReturn:
    try:
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # the oracle is not, and so could not even open what is its own in /proc
        signal.setitimer(signal.ITIMER_REAL, 0)
        _keep_only(reading, writing)
        _go_first()
        function = _load(source)
        lines = Lines()
        while (frame := read_frame(reading, lines)) is not None:
            write_all(writing, encode({"outputs": [_call(function, x) for x in items(frame, "inputs")]}))
    finally:
        os._exit(0)


def _keep_only(reading: int, writing: int) -> None:
    """Close every descriptor but these two; standard streams lead nowhere."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    kept = {0, 1, 2, reading, writing}
    for fd in sorted(int(name) for name in os.listdir("/proc/self/fd")):
        if fd not in kept:
            try:
                os.close(fd)
            except OSError:  # the one that listed them
                continue


def _go_first() -> None:
    """Where memory runs out, this process dies, not the oracle: by its own limit, or chosen by the kernel."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # gVisor has no such file
        file.write("1000")


def _load(source: str) -> Callable[[object], object]:
    namespace: dict[str, object] = {"__name__": "function_code"}
    exec(compile(source, "function_code.py", "exec"), namespace)  # noqa: S102 this process exists for it
    function = namespace["function"]
    if not callable(function):
        raise BrokenFunction
    return function


def _call(function: Callable[[object], object], x: object) -> Value | None:
    try:
        result = function(x)
        if callable(item := getattr(result, "item", None)):  # numpy's scalars, and an array of one
            result = item()
        if isinstance(result, str):
            return plain_text(str(result))
        if isinstance(result, bool) or result is None:
            return None
        return finite(float(result))  # type: ignore[arg-type] # whatever can be a float is one
    except MemoryError:  # no answer of the function's, but an end of its process
        raise
    except Exception:  # noqa: BLE001 whatever it raises, it gives no value there
        return None


def _value(value: object) -> Value | None:
    return plain_text(value) if isinstance(value, str) else finite(value)
