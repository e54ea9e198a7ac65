"""The process of an experiment before its code is known: forked, confined, and waiting for it.

It is forked when the last experiment has ended and everything that it left is dead and gone, so nothing but trusted
code has run before the code that it waits for.
"""

import os
import signal
from contextlib import suppress
from typing import NoReturn

from sandbox.protocol import Lines, read_frame, text, write_all

from . import confine
from .client import observations, oracle
from .script import become_script, run_script
from .setup import Setup

CODE_FD = 3


class Standby:
    """One such process. `out` and `err` are the reading ends of its output."""

    def __init__(self, setup: Setup) -> None:
        self.oom_kills = confine.oom_kills()
        code, self._code = os.pipe()
        self.out, out = os.pipe()
        self.err, err = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _become_experiment(setup, code, out, err)
        for fd in (code, out, err):
            os.close(fd)

    def is_there(self) -> bool:
        """Is it still waiting? It may have been killed for memory; it is cleaned away then."""
        if os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            return True
        self._close()
        return False

    def begin(self, line: bytes) -> None:
        """Let it run the code in a frame of the host's."""
        with suppress(BrokenPipeError):  # it died just now: whoever waits for its end will see
            write_all(self._code, line + b"\n")
        os.close(self._code)

    def end(self) -> None:
        """Nothing is to be run in it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._close()

    def _close(self) -> None:
        for fd in (self._code, self.out, self.err):
            os.close(fd)


def _become_experiment(setup: Setup, code: int, out: int, err: int) -> NoReturn:
    exit_code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        confine.become_experiment({0: nothing, 1: out, 2: err, CODE_FD: code}, setup.address_space_mb)
        os.chdir(setup.scratch)
        oracle.connect_to(setup.socket)
        main = become_script()
        frame = read_frame(CODE_FD, Lines())
        os.close(CODE_FD)
        if frame is not None:
            observations.tell(frame)
            exit_code = run_script(text(frame, "code"), main)
    except BaseException as error:  # noqa: BLE001 it failed before the script began: no part of a traceback is the script's
        os.write(2, f"the script was not run: {type(error).__name__}: {error}\n".encode(errors="replace")[:1000])
    finally:
        os._exit(exit_code)
