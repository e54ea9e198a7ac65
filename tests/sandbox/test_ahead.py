"""The judges' sandbox is started while the team is at work, handed out once, and never left behind."""

from collections.abc import Sequence
from contextlib import closing
from types import TracebackType
from typing import Self

import pytest

from sandbox.client import Answer, CandidateRunner, Isolation, Limits, OracleJob, QueryLog, Sandbox, SandboxFailure
from sandbox.engines.ahead import Ahead
from sandbox.engines.local import LocalEngine
from tests.sandbox.jobs import MemoryLog, line_job

LIMITS = Limits()


class Runner:
    """A runner that only knows whether it was closed."""

    isolation = Isolation(engine="none", runtime="none")

    def __init__(self) -> None:
        self.closed = False

    def evaluate(self, code: str, inputs: Sequence[float | str]) -> tuple[Answer, ...]:  # noqa: ARG002 the shape of one
        """Nothing is evaluated here."""
        return ()

    def close(self) -> None:
        """It is closed."""
        self.closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Starting:
    """An engine that keeps the runners that it started; a failing one starts none."""

    def __init__(self, failing: bool = False) -> None:
        self._local, self._failing = LocalEngine(bubblewrap=False), failing
        self.runners: list[Runner] = []

    @property
    def isolation(self) -> Isolation:
        """The local one's."""
        return self._local.isolation

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        """A sandbox of local processes."""
        return self._local.open(job, limits, log, label)

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:  # noqa: ARG002 the shape of one
        """A runner, unless this engine fails."""
        if self._failing:
            raise SandboxFailure("no container")
        self.runners.append(Runner())
        return self.runners[-1]

    def reap(self) -> int:
        """Nothing is left behind."""
        return 0


def test_a_runner_is_started_beside_a_sandbox_and_handed_out_once() -> None:
    """Whoever asks again gets another; closing leaves alone what was handed out."""
    engine = Starting()
    with closing(Ahead(engine, LIMITS, "audit")) as ahead:
        ahead.open(line_job(), LIMITS, MemoryLog(), "audit").close()
        first, second = (ahead.open_candidate(LIMITS, "audit") for _ in range(2))
    assert [first, second] == engine.runners
    assert not any(runner.closed for runner in engine.runners)


def test_a_runner_that_nobody_asks_for_is_closed() -> None:
    """As when a team fails, and is not judged."""
    engine = Starting()
    with closing(Ahead(engine, LIMITS, "audit")) as ahead:
        ahead.open(line_job(), LIMITS, MemoryLog(), "audit").close()
    assert [runner.closed for runner in engine.runners] == [True]


def test_other_limits_get_another_runner() -> None:
    """What was started for something else is closed."""
    engine = Starting()
    with closing(Ahead(engine, LIMITS, "audit")) as ahead:
        ahead.open(line_job(), LIMITS, MemoryLog(), "audit").close()
        ahead.open_candidate(Limits(memory_mb=256), "audit")
    assert [runner.closed for runner in engine.runners] == [True, False]


def test_a_runner_that_did_not_start_is_told_to_who_wants_it() -> None:
    """Not to the team, which does not need it."""
    with closing(Ahead(Starting(failing=True), LIMITS, "audit")) as ahead:
        ahead.open(line_job(), LIMITS, MemoryLog(), "audit").close()
        with pytest.raises(SandboxFailure, match="no container"):
            ahead.open_candidate(LIMITS, "audit")
