"""Candidate code, one input at a time: a fork from this pristine process for each, which hands back one value.

The code sees neither other inputs nor anything it did for them: nothing survives a fork.
"""

import gc
import math
import os
import select
import signal
import sys
import time
from typing import NoReturn

import numpy as np

from sandbox.protocol import Frame, FrameError, Lines, decode, encode, items, number, read_frame, text, write_all

from . import confine
from .blocked import block_imports
from .setup import Setup, next_frame, read_setup

ANSWER_BYTES = 32 * 1024
ERROR_CHARS = 200
RESULT_FD = 3


def plain(result: object) -> Frame:
    """The one meaning of whatever a candidate returns.

    A real number, Python's or numpy's, also alone in an array, is that number; one that is not finite (or too large
    for a float) is undefined: null. So is None. A text is a text. Anything else, bools and complex numbers among it, is an error.
    """
    if isinstance(result, np.ndarray) and result.size == 1:
        result = result.reshape(-1)[0]
    if result is None or isinstance(result, str):
        return {"value": None if result is None else str(result)}
    if isinstance(result, bool | np.bool_) or not isinstance(result, int | float | np.integer | np.floating):
        return {"error": f"function returned {type(result).__name__}, not a number"}
    try:
        value = float(result)
    except OverflowError:
        return {"value": None}
    return {"value": value if math.isfinite(value) else None}


def answer(code: str, value: object, setup: Setup) -> Frame:
    """Fork, run `function(value)`, and give what it answered, or the error in one line."""
    result, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _become(code, value, writing, setup)
    os.close(writing)
    line = _read_until(result, time.monotonic() + setup.experiment_s)
    os.close(result)
    os.kill(pid, signal.SIGKILL)
    _, wait_status = os.waitpid(pid, 0)
    if not confine.kill_descendants():
        os._exit(1)
    if line is None:
        return {"error": "timeout"}
    return _checked(line) if line else {"error": f"died ({_how(wait_status)})"}


def _become(code: str, value: object, writing: int, setup: Setup) -> NoReturn:
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        fds = {0: nothing, 1: nothing, 2: nothing, RESULT_FD: writing}
        cpu_s = math.ceil(setup.experiment_s) + 1
        confine.become_experiment(fds, setup.open_files, setup.file_mb, setup.address_space_mb, cpu_s)
        write_all(RESULT_FD, encode(_call(code, value)))
    finally:
        os._exit(0)


def _call(code: str, value: object) -> Frame:
    try:
        namespace: dict[str, object] = {"__name__": "candidate"}
        exec(compile(code, "candidate.py", "exec"), namespace)
        function = namespace.get("function")
        if not callable(function):
            return {"error": "the code defines no function(x)"}
        return plain(function(value))
    except BaseException as error:  # noqa: BLE001 whatever a candidate raises is its answer
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
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def main() -> int:
    """Evaluate batches until the host is gone. Answers go out one by one, so that a loss costs one input."""
    confine.become_main_process()
    lines, out = Lines(), os.dup(sys.stdout.fileno())
    setup = read_setup(read_frame(sys.stdin.fileno(), lines))
    deadline = time.monotonic() + setup.lifetime_s
    block_imports()
    gc.collect()
    gc.freeze()
    write_all(out, encode({"ready": True}))
    while (frame := next_frame(lines, deadline)) is not None:
        code = text(frame, "code")
        for value in items(frame, "inputs"):
            write_all(out, encode(answer(code, value, setup)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
