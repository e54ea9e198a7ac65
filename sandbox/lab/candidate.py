"""Candidate code, one input at a time: a fork from this pristine process for each, which hands back one value.

The code sees nothing of what it did for other inputs: nothing survives a fork. What is done once for all inputs is what
runs none of the code: compiling it, and importing what it names.
"""

import math
import os
import select
import signal
import sys
import time
import warnings
from types import CodeType, ModuleType
from typing import NoReturn

from sandbox.direct import take_direct_line
from sandbox.protocol import Frame, FrameError, Lines, decode, encode, items, number, read_frame, text, write_all

from . import confine
from .blocked import block_imports
from .setup import Setup, next_line, preload, read_setup

ANSWER_BYTES = 32 * 1024
ERROR_CHARS = 200
RESULT_FD = 3
FLUSH_S = 0.02  # so long an answer may wait for others, unless each is to go out alone


class Runner:
    """Runs candidates, and lets each answer go to `out`."""

    def __init__(self, setup: Setup, out: int) -> None:
        self._setup, self._out = setup, out
        confine.limit_forks(setup.open_files, setup.file_mb, setup.processes, refuse=setup.refuse)
        self._nothing = os.open(os.devnull, os.O_RDWR)

    def evaluate(self, source: str, inputs: list[object], *, at_once: bool) -> None:
        """Answer each input, in order. `at_once`: each answer goes out before the next input is touched."""
        code, waiting, flushed = compiled(source), b"", time.monotonic()
        for value in inputs:
            waiting += encode(self._answer(code, value) if isinstance(code, CodeType) else code)
            if at_once or time.monotonic() - flushed > FLUSH_S:
                write_all(self._out, waiting)
                waiting, flushed = b"", time.monotonic()
        write_all(self._out, waiting)

    def _answer(self, code: CodeType, value: object) -> Frame:
        """Fork, run `function(value)`, and give what it answered, or the error in one line."""
        result, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._become(code, value, writing)
        os.close(writing)
        line = _read_until(result, time.monotonic() + self._setup.experiment_s)
        os.close(result)
        os.kill(pid, signal.SIGKILL)
        _, wait_status = os.waitpid(pid, 0)
        if not confine.kill_descendants():
            os._exit(1)
        if line is None:
            return {"error": "timeout"}
        return _checked(line) if line else {"error": f"died ({_how(wait_status)})"}

    def _become(self, code: CodeType, value: object, writing: int) -> NoReturn:
        try:
            fds = {0: self._nothing, 1: self._nothing, 2: self._nothing, RESULT_FD: writing}
            confine.become_experiment(fds, self._setup.address_space_mb, math.ceil(self._setup.experiment_s) + 1)
            confine.open_up()
            write_all(RESULT_FD, encode(_call(code, value)))
        finally:
            os._exit(0)


def compiled(source: str) -> CodeType | Frame:
    """The code, or the error that it is for every input. Nothing of it is executed."""
    try:
        return compile(source, "candidate.py", "exec")
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
        return _error(error)


def plain(result: object) -> Frame:
    """The one meaning of whatever a candidate returns.

    A real number, Python's or numpy's, also alone in an array, is that number; one that is not finite (or too large
    for a float) is undefined: null. So is None. A text is a text. Anything else, bools and complex numbers among it, is
    an error.
    """
    kinds: tuple[type, ...] = (int, float)
    np = sys.modules.get("numpy")
    if isinstance(np, ModuleType):  # else nothing can be one of its kinds
        kinds = (*kinds, np.integer, np.floating)
        if isinstance(result, np.ndarray) and result.size == 1:
            result = result.reshape(-1)[0]
    if result is None or isinstance(result, str):
        return {"value": None if result is None else str(result)}
    if isinstance(result, bool) or not isinstance(result, kinds):
        return {"error": f"function returned {type(result).__name__}, not a number"}
    try:
        value = float(result)  # type: ignore[arg-type]  # one of `kinds`
    except OverflowError:
        return {"value": None}
    return {"value": value if math.isfinite(value) else None}


def _call(code: CodeType, value: object) -> Frame:
    try:
        namespace: dict[str, object] = {"__name__": "candidate"}
        exec(code, namespace)
        function = namespace.get("function")
        if not callable(function):
            return {"error": "the code defines no function(x)"}
        return plain(function(*value) if isinstance(value, list) else function(value))
    except BaseException as error:  # noqa: BLE001 whatever a candidate raises is its answer
        return _error(error)


def _error(error: BaseException) -> Frame:
    return {"error": f"{type(error).__name__}: {error}"[:ERROR_CHARS]}


def _read_until(fd: int, deadline: float) -> bytes | None:
    """Everything up to the end or a newline, capped; None where time was over first."""
    data = b""
    while not data.endswith(b"\n") and len(data) < ANSWER_BYTES:
        if not select.select([fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return None
        chunk = os.read(fd, ANSWER_BYTES)
        if not chunk:
            break
        data += chunk
    return data


def _checked(line: bytes) -> Frame:
    try:
        frame = decode(line)
        if "error" in frame:
            return {"error": text(frame, "error")[:ERROR_CHARS]}
        value = frame.get("value")
        return {"value": value if value is None or type(value) is str else number(frame, "value")}
    except FrameError:
        return {"error": "the code forged an answer that is none"}


def _how(wait_status: int) -> str:
    code = os.waitstatus_to_exitcode(wait_status)
    return confine.signal_name(-code) if code < 0 else f"exit {code}"


def main() -> int:
    """Evaluate batches until the host is gone."""
    take_direct_line()
    confine.become_main_process()
    warnings.simplefilter("ignore")  # what a compiler thinks of a candidate's style is nobody's concern
    lines, out = Lines(), os.dup(sys.stdout.fileno())
    setup = read_setup(read_frame(sys.stdin.fileno(), lines))
    deadline = time.monotonic() + setup.lifetime_s
    block_imports()
    preload(())
    runner = Runner(setup, out)
    write_all(out, encode({"ready": True}))
    while (line := next_line(lines, deadline)) is not None:
        frame = decode(line)
        if "preload" in frame:
            preload(items(frame, "preload"))
            write_all(out, encode({"ready": True}))
        else:
            runner.evaluate(text(frame, "code"), items(frame, "inputs"), at_once=frame.get("at_once") is True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
