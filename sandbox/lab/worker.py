"""The lab's main process: what experiments import is imported here once, then each experiment is one fork.

Frames from the host on stdin, replies on stdout. It ends when stdin closes or its lifetime is over.
"""

import os
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from sandbox.protocol import Frame, Lines, encode, items, read_frame, text, write_all

from . import confine
from .blocked import block_imports
from .capture import Capture
from .client import observations, oracle
from .relay import Relay
from .script import OUT_OF_MEMORY_EXIT, run_script
from .setup import Setup, next_frame, preload, read_setup


@dataclass
class _Ending:
    """How the forked process ended."""

    status: str
    how: str  # in words, for experiments that died without one
    cpu_s: float
    peak_mb: float


class Worker:
    """Runs experiments one after another."""

    def __init__(self, setup: Setup, relay: Relay | None = None) -> None:
        self._setup = setup
        confine.limit_forks(setup.open_files, setup.file_mb, setup.processes, refuse=setup.refuse)
        self._limits = confine.own_limits()
        self._nothing = os.open(os.devnull, os.O_RDONLY)
        self._relay = relay
        self._child_ended, wakeup = os.pipe()
        os.set_blocking(wakeup, False)
        os.set_blocking(self._child_ended, False)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)

    def run(self, frame: Frame) -> Frame:
        """One experiment, from fork to clean scratch. `retire` in the reply: this lab must not be used again."""
        observations.extend(_listed(frame["x"]), _listed(frame["y"]))  # the host tells what is new
        started, kills = time.monotonic(), confine.oom_kills()
        (out, out_w), (err, err_w) = os.pipe(), os.pipe()
        pid = os.fork()
        if pid == 0:
            self._become(frame, out_w, err_w)
        os.close(out_w)
        os.close(err_w)
        streams = {fd: Capture(self._setup.output_bytes) for fd in (out, err)}
        ending = self._watch(pid, streams, started + self._setup.experiment_s)
        clean = confine.kill_descendants()
        if self._relay:
            self._relay.drop_all()
        self._drain(streams)
        clean = confine.wipe(Path(self._setup.scratch)) and confine.own_limits() == self._limits and clean
        if ending.status == "killed" and confine.oom_kills() > kills:
            ending.status = "out_of_memory"
        return {
            "status": ending.status,
            "stdout": streams[out].text(),
            "stderr": streams[err].text() or ending.how,
            "truncated": any(capture.truncated for capture in streams.values()),
            "wall_s": time.monotonic() - started,
            "cpu_s": ending.cpu_s,
            "peak_memory_mb": ending.peak_mb,
            "retire": not clean,
        }

    def _become(self, frame: Frame, out: int, err: int) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            confine.become_experiment({0: self._nothing, 1: out, 2: err}, self._setup.address_space_mb)
            os.chdir(self._setup.scratch)
            oracle.connect_to(self._setup.socket)
            code = run_script(text(frame, "code"))
        except BaseException as error:  # noqa: BLE001 it failed before the script began: no part of a traceback is the script's
            os.write(2, f"the script was not run: {type(error).__name__}: {error}\n".encode(errors="replace")[:1000])
        finally:
            os._exit(code)

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


def _listed(values: object) -> list[float | str]:
    """What the host says was asked or answered."""
    return list(values) if isinstance(values, list) else []


def main() -> int:
    """Run experiments until the host is gone."""
    confine.become_main_process()
    lines, out = Lines(), os.dup(sys.stdout.fileno())
    setup = read_setup(read_frame(sys.stdin.fileno(), lines))
    deadline = time.monotonic() + setup.lifetime_s
    block_imports()
    preload(())
    worker = Worker(setup, Relay(setup.socket, lines, out) if setup.relay else None)
    write_all(out, encode({"ready": True}))
    while (frame := next_frame(lines, deadline)) is not None:
        if "preload" in frame:
            preload(items(frame, "preload"))
            write_all(out, encode({"ready": True}))
        else:
            write_all(out, encode(worker.run(frame)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
