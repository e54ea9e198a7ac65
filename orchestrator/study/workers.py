"""The local executor: worker processes that can be killed, each doing one audit at a time.

Workers have sessions of their own, so that Ctrl-C reaches the driver alone. A worker whose driver is gone ends at once.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from types import FrameType

from orchestrator.parts import Parts
from orchestrator.study.executor import Attempt, MakeParts, Task, attempt, stopped
from sandbox.client import Engine
from sandbox.engines import stay_warm

SHARED = ("orchestrator.study.workers", "orchestrator.team.autogen", "judges.judge", "functions.suites", "docker")
"""Imported once, by the process that workers are forked from, so that they share the memory of it."""


@dataclass
class _Worker:
    """A process with our end of its pipe, and what it is doing until when."""

    process: BaseProcess
    pipe: "Connection[Task, Attempt]"
    task: Task | None = None
    deadline: float = 0.0


class LocalWorkers:
    """`Executor` over processes on this machine. They are started when they are needed, and serve many audits."""

    def __init__(
        self, jobs: int, make_parts: MakeParts = Parts.real, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.jobs = jobs
        self._make_parts, self._clock = make_parts, clock
        self._workers: list[_Worker] = []
        self._context = get_context("forkserver")  # a fork of the driver would share its locks and sockets
        self._context.set_forkserver_preload(list(SHARED))

    def submit(self, task: Task) -> None:
        """Give a task to an idle worker, or to a new one."""
        worker = next((w for w in self._workers if w.task is None and w.process.is_alive()), None) or self._start()
        worker.task, worker.deadline = task, self._clock() + task.patience_s
        try:
            worker.pipe.send(task)
        except OSError:
            worker.process.kill()  # `wait` finds it lost

    def wait(self, seconds: float) -> Attempt | None:
        """The next attempt that ends; a worker that died or is past its deadline has lost its task."""
        busy = [worker for worker in self._workers if worker.task is not None]
        ready = wait([worker.pipe for worker in busy], timeout=seconds)
        for worker in busy:
            if worker.pipe in ready or worker.deadline <= self._clock():
                return self._attempt_of(worker)
        return None

    def interrupt(self) -> None:
        """Send SIGINT to the workers: each audit records that it was stopped, and closes its sandbox."""
        for worker in self._workers:
            if worker.task is not None and worker.process.pid is not None and worker.process.is_alive():
                os.kill(worker.process.pid, signal.SIGINT)

    def close(self) -> None:
        """Kill the workers. Their sandboxes end with them."""
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._make_parts), name="inquest-audit")
        process.start()
        theirs.close()  # so that its death is the end of our pipe
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _attempt_of(self, worker: _Worker) -> Attempt:
        task = worker.task
        assert task is not None  # noqa: S101 - only busy workers are asked
        worker.task = None
        try:
            if worker.pipe.poll():
                return worker.pipe.recv()
            why = f"it was not done after {task.patience_s:.0f} s, and was killed"
        except (EOFError, OSError):
            why = "it died"
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        code = worker.process.exitcode
        return Attempt(task=task, lost=f"The process of the audit was lost: {why} (exit code {code}).")


@dataclass
class _Asked:
    """Was the worker asked to stop while it was between audits?"""

    to_stop: bool = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        self.to_stop = True


def _serve(pipe: "Connection[Attempt, Task]", make_parts: MakeParts) -> None:
    """The worker process: audits, one after another, until its driver is gone."""
    os.setsid()
    asked = _Asked()
    signal.signal(signal.SIGINT, asked)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    parts = kept(make_parts())
    while True:
        pipe.send(_do(tasks.get(), parts, asked))


def _receive(pipe: "Connection[Attempt, Task]", tasks: "SimpleQueue[Task]") -> None:
    try:
        while True:
            tasks.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)  # the driver is gone; whatever is under way is continued by the next one


def kept(parts: Parts) -> Parts:
    """The same parts, with the engine and the versions looked up once for all audits of a process, and kept warm."""

    def choose(sandbox: str, runtime: str) -> Engine:
        return stay_warm(parts.choose_engine(sandbox, runtime))

    return replace(parts, choose_engine=cache(choose), provenance=cache(parts.provenance))


def _do(task: Task, parts: Parts, asked: _Asked) -> Attempt:
    """One audit, which a SIGINT stops where it can be continued."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # the one that asyncio knows how to take
        if asked.to_stop:
            raise KeyboardInterrupt
        return attempt(task, parts)
    except KeyboardInterrupt:
        return stopped(task)
    finally:
        signal.signal(signal.SIGINT, asked)
