"""The judges' sandbox, started while the team is still at work: nobody waits for it then."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from sandbox.client import (
    CandidateRunner,
    Engine,
    Isolation,
    Limits,
    OracleJob,
    QueryLog,
    Sandbox,
    SandboxFailure,
)
from sandbox.engines.warm import MAX_AGE_S


class _Coming(NamedTuple):
    """A runner that nobody has asked for yet."""

    runner: Future[CandidateRunner]
    asked: float  # on the monotonic clock


class Ahead:
    """The `engine` of one audit, but opening a sandbox starts a runner for candidates beside it: `limits` and `label`
    are what it will be asked for.

    That runner is as fresh as any: it never held an oracle, and is handed out once. Close this at the end.
    """

    def __init__(self, engine: Engine, limits: Limits, label: str) -> None:
        self._engine, self._limits, self._label = engine, limits, label
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="inquest-ahead")
        self._coming: _Coming | None = None

    @property
    def isolation(self) -> Isolation:
        """The engine's."""
        return self._engine.isolation

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        """Start an oracle and a lab, and then a runner in the background."""
        sandbox = self._engine.open(job, limits, log, label)
        if self._coming is None:
            runner = self._starter.submit(self._engine.open_candidate, self._limits, self._label)
            self._coming = _Coming(runner, time.monotonic())
        return sandbox

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:
        """The runner that was started, if it is what is wanted and still young; otherwise another."""
        coming, self._coming = self._coming, None
        if coming is not None:
            young = time.monotonic() - coming.asked < MAX_AGE_S
            if young and (limits, label) == (self._limits, self._label):
                return coming.runner.result()
            _end(coming)
        return self._engine.open_candidate(limits, label)

    def reap(self) -> int:
        """Remove what dead owners left behind."""
        return self._engine.reap()

    def close(self) -> None:
        """End what nobody asked for."""
        if self._coming is not None:
            _end(self._coming)
            self._coming = None
        self._starter.shutdown()


def _end(coming: _Coming) -> None:
    with suppress(SandboxFailure):  # it did not start, or the reaper will find it
        coming.runner.result().close()
