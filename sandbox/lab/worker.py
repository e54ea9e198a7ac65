"""The lab's main process: what experiments import is imported here once, then each experiment is one fork.

Frames from the host on stdin, replies on stdout. It ends when stdin closes or its lifetime is over. The next
experiment's process is forked before its code is known: see `standby`.
"""

import os
import select
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from sandbox.direct import take_direct_line
from sandbox.protocol import Frame, Lines, decode, encode, items, read_frame, write_all

from . import confine
from .blocked import block_imports
from .capture import Capture
from .client import observations
from .rehearsal import rehearse
from .script import OUT_OF_MEMORY_EXIT
from .setup import Setup, next_line, preload, read_setup
from .standby import Standby

if TYPE_CHECKING:
    from .relay import Relay


REHEARSALS = 20  # until Python has done with adapting its code to how it is used


class _Ending(NamedTuple):
    """How the forked process ended."""

    status: str
    how: str  # in words, for experiments that died without one
    cpu_s: float
    peak_mb: float


class Worker:
    """Runs experiments one after another."""

    def __init__(self, setup: Setup, relay: "Relay | None" = None) -> None:
        self._setup = setup
        confine.limit_forks(setup.open_files, setup.file_mb, setup.processes, refuse=setup.refuse)
        self._limits = confine.own_limits()
        self._relay = relay
        self._child_ended, wakeup = os.pipe()
        os.set_blocking(wakeup, False)
        os.set_blocking(self._child_ended, False)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        self._standby: Standby | None = None

    def prepare(self) -> None:
        """Have the next experiment's process wait, if none does, and if one can be had now."""
        if self._standby is None or not self._standby.is_there():
            with suppress(OSError):  # an experiment that runs may have taken all processes or memory
                self._standby = Standby(self._setup)

    def preload(self, modules: list[object]) -> None:
        """Import modules for the experiments to come: a process that waits already is without them."""
        if self._standby:
            self._standby.end()
            self._standby = None
        preload(modules)

    def run(self, line: bytes, frame: Frame) -> Frame:
        """One experiment, from its code to clean scratch. `retire` in the reply: this lab must not be used again."""
        started = time.monotonic()
        standby, self._standby = self._standby, None
        if standby is None or not standby.is_there():
            standby = Standby(self._setup)
        standby.begin(line)
        observations.tell(frame)  # for all experiments to come
        if self._setup.ahead:
            self.prepare()
        streams = {fd: Capture(self._setup.output_bytes) for fd in (standby.out, standby.err)}
        ending = self._watch(standby.pid, streams, started + self._setup.experiment_s)
        clean = confine.kill_descendants(self._standby.pid if self._standby else 0)
        if self._relay:
            self._relay.drop_all()
        self._drain(streams)
        clean = confine.wipe(self._setup.scratch) and confine.own_limits() == self._limits and clean
        starved = ending.status == "killed" and confine.oom_kills() > standby.oom_kills
        return {
            "status": "out_of_memory" if starved else ending.status,
            "stdout": streams[standby.out].text(),
            "stderr": streams[standby.err].text() or ending.how,
            "truncated": any(capture.truncated for capture in streams.values()),
            "wall_s": time.monotonic() - started,
            "cpu_s": max(0.0, ending.cpu_s - standby.cpu_s),
            "peak_memory_mb": ending.peak_mb,
            "retire": not clean,
        }

    def _watch(self, pid: int, streams: dict[int, Capture], deadline: float) -> _Ending:
        """Collect output until the process ends or its time is over; a host that is gone ends everything."""
        open_fds = set(streams)
        while (left := deadline - time.monotonic()) > 0:
            asking = [self._relay] if self._relay else []
            ready, _, _ = select.select([*open_fds, self._child_ended, sys.stdin.fileno(), *asking], [], [], left)
            for fd in [fd for fd in ready if fd in open_fds]:
                chunk = os.read(fd, 65536)
                streams[fd].feed(chunk)
                if not chunk:
                    open_fds.remove(fd)
            if sys.stdin.fileno() in ready:  # the host waits for us: all it can say now is that it is gone
                confine.kill_descendants()
                os._exit(0)
            if self._relay and self._relay in ready:
                self._relay.attend()
            if self._child_ended in ready and (ending := self._reap(pid)) is not None:
                return ending
        os.kill(pid, signal.SIGKILL)
        _, _, usage = os.wait4(pid, 0)
        return _Ending("timeout", "", usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def _reap(self, pid: int) -> _Ending | None:
        os.read(self._child_ended, 4096)
        ending = None
        while True:
            try:
                ended, wait_status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return ending
            if ended == 0:
                return ending
            if self._standby and ended == self._standby.pid:
                self._standby.bury()
                self._standby = None
            if ended == pid:
                status, how = _ended(os.waitstatus_to_exitcode(wait_status))
                ending = _Ending(status, how, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def _drain(self, streams: dict[int, Capture]) -> None:
        """What the dead left in the pipes. Nobody holds the writing ends any more, or the lab is retired."""
        for fd, capture in streams.items():
            os.set_blocking(fd, False)
            try:
                while chunk := os.read(fd, 65536):
                    capture.feed(chunk)
            except BlockingIOError:
                pass
            os.close(fd)


def _ended(exit_code: int) -> tuple[str, str]:
    """The status that an exit code means, and words for it where it is an error."""
    if exit_code == OUT_OF_MEMORY_EXIT:
        return "out_of_memory", ""
    if exit_code < 0:
        return "killed", f"the process was killed by {confine.signal_name(-exit_code)}\n"
    return ("error", f"the process ended with exit code {exit_code}\n") if exit_code else ("ok", "")


def main() -> int:
    """Run experiments until the host is gone."""
    take_direct_line()
    confine.become_main_process()
    lines, out = Lines(), os.dup(sys.stdout.fileno())
    setup = read_setup(read_frame(sys.stdin.fileno(), lines))
    deadline = time.monotonic() + setup.lifetime_s
    block_imports()
    rehearse(REHEARSALS)
    preload(())
    worker = Worker(setup, _relay(setup, lines, out))
    write_all(out, encode({"ready": True}))
    while (line := next_line(lines, deadline)) is not None:
        frame = decode(line)
        if "preload" in frame:
            worker.preload(items(frame, "preload"))
            write_all(out, encode({"ready": True}))
        else:
            write_all(out, encode(worker.run(line, frame)))
        worker.prepare()
    return 0


def _relay(setup: Setup, lines: Lines, out: int) -> "Relay | None":
    if not setup.relay:
        return None
    from .relay import Relay  # not to be mapped into every fork where nothing needs it

    return Relay(setup.socket, lines, out)


if __name__ == "__main__":
    sys.exit(main())
