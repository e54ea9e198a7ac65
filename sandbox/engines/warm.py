"""An oracle and a lab that run and wait for a job, and a pool of them. What was used never comes back to it."""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from sandbox.client import Limits, SandboxFailure
from sandbox.engines.launcher import Launcher, Process
from sandbox.engines.parts import ask_ready, end, side_by_side, start_parts
from sandbox.engines.worker import Worker
from sandbox.policy import Part

MAX_AGE_S = 600.0  # of a waiting pair; its containers live this much longer than what they are for


class WarmPair(NamedTuple):
    """Both parts of a sandbox before they are told what they are for."""

    launcher: Launcher
    oracle: Process
    lab: Worker
    made: float  # on the monotonic clock

    def is_fit(self) -> bool:
        """Are both still there, and young enough?"""
        young = time.monotonic() - self.made < MAX_AGE_S
        return young and self.oracle.channel.is_quiet() and self.lab.channel.is_quiet()

    def end(self) -> None:
        """Destroy both. Raises SandboxFailure."""
        try:
            side_by_side(self.lab.end, lambda: end(self.oracle))
        finally:
            self.launcher.close()


def warm_pair(launcher: Launcher, limits: Limits) -> WarmPair:
    """Start both parts and make the lab ready. Raises SandboxFailure, having left nothing."""
    try:
        oracle, lab = start_parts(launcher, (Part.ORACLE, Part.LAB))
    except SandboxFailure:
        launcher.close()
        raise
    try:
        worker = Worker(lab, Part.LAB, launcher, limits, limits.experiment_s)
    except SandboxFailure:
        end(oracle)
        launcher.close()
        raise
    try:
        ask_ready(oracle, {"awake": True}, Part.ORACLE)
    except SandboxFailure:
        worker.end()
        launcher.close()
        raise
    return WarmPair(launcher, oracle, worker, time.monotonic())


class Pool:
    """Keeps `size` pairs waiting. Each that is taken is replaced in the background. Thread-safe."""

    def __init__(self, make: Callable[[], WarmPair], size: int) -> None:
        self._make, self._size = make, size
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="inquest-pool")
        self._waiting: deque[Future[WarmPair]] = deque()
        self._lock = threading.Lock()
        self._closed = False
        self._refill()

    def take(self) -> WarmPair:
        """A pair that nobody used: the first that waits or is on its way, else a new one. Raises SandboxFailure."""
        while True:
            with self._lock:
                future = self._waiting.popleft() if self._waiting else None
            if future is None:
                return self._make()
            self._refill()
            if _came(future) and (pair := future.result()).is_fit():
                return pair
            _discard(future)

    def wait(self) -> None:
        """Wait until as many as wanted are there, or could not be had."""
        for future in tuple(self._waiting):
            future.exception()

    def close(self) -> None:
        """Destroy what waits. Whoever takes afterwards gets a new pair."""
        self._closed = True
        self._starter.shutdown(cancel_futures=True)
        while self._waiting:
            _discard(self._waiting.popleft())

    def _refill(self) -> None:
        with self._lock:
            while len(self._waiting) < self._size and not self._closed:
                self._waiting.append(self._starter.submit(self._make))


def _came(future: "Future[WarmPair]") -> bool:
    """Is there a pair? Waits for one that is on its way."""
    try:
        return future.exception() is None
    except CancelledError:  # the pool was closed
        return False


def _discard(future: "Future[WarmPair]") -> None:
    if _came(future):
        with suppress(SandboxFailure):  # the reaper will find it
            future.result().end()
