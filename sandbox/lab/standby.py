"""The process of an experiment before its code is known: forked, confined, and waiting for it.

Where the engine keeps processes of one user out of each other, it is forked while the experiment before it runs. That
one can see it, stop it or kill it, but reach nothing of it: its memory is closed, signals are held back and forgotten,
and one that was stopped goes on, one that was killed is replaced. Elsewhere it is forked when the last experiment has
ended and everything that it left is dead and gone.
"""

import os
import signal
from contextlib import suppress
from typing import NoReturn

from sandbox.protocol import Lines, read_frame, text, write_all

from . import confine
from .client import observations, oracle
from .rehearsal import rehearse
from .script import become_script, run_script
from .setup import Setup

CODE_FD = 3


class Standby:
    """One such process. `out` and `err` are the reading ends of its output. Raises OSError where none can be forked."""

    def __init__(self, setup: Setup) -> None:
        self.oom_kills, self.cpu_s = 0, 0.0  # before it began
        code, self._code = os.pipe()
        self.out, out = os.pipe()
        self.err, err = os.pipe()
        held = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            self.pid = os.fork()
            if self.pid == 0:
                _become_experiment(setup, code, out, err)
        except OSError:
            self.bury()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
            for fd in (code, out, err):
                os.close(fd)

    def is_there(self) -> bool:
        """Is it still waiting? It may have been killed, for memory or by an experiment; it is cleaned away then."""
        with suppress(ChildProcessError):
            if os.waitpid(self.pid, os.WNOHANG)[0] == 0:
                return True
        self.bury()
        return False

    def begin(self, line: bytes) -> None:
        """Let it run the code in a frame of the host's."""
        self.cpu_s = confine.cpu_seconds(self.pid)
        with suppress(BrokenPipeError):  # it died just now: whoever waits for its end will see
            write_all(self._code, line + b"\n")
        os.close(self._code)
        os.kill(self.pid, signal.SIGCONT)  # an experiment before it may have stopped it
        self.oom_kills = confine.oom_kills()

    def end(self) -> None:
        """Nothing is to be run in it."""
        os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.bury()

    def bury(self) -> None:
        """It is dead and was waited for."""
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
        rehearse()
        main = become_script()
        frame = read_frame(CODE_FD, Lines())
        os.close(CODE_FD)
        if frame is not None:
            observations.tell(frame)
            confine.open_up()
            exit_code = run_script(text(frame, "code"), main)
    except BaseException as error:  # noqa: BLE001 it failed before the script began: no part of a traceback is the script's
        os.write(2, f"the script was not run: {type(error).__name__}: {error}\n".encode(errors="replace")[:1000])
    finally:
        os._exit(exit_code)
