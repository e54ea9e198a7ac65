"""Running a study: what is left to do goes to an executor, and every attempt that ends becomes a row.

This process is the only writer of `results.jsonl`. Giving the same command again does what is left: audits that have a
final row are not touched, one that was under way goes on from its own events, and nothing is graded twice.
"""

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from functions.errors import BadInput, Cause, InquestError
from orchestrator.life import RETRIES
from orchestrator.parts import Parts
from orchestrator.provenance import Provenance
from orchestrator.rundir import writing
from orchestrator.study.directory import StudyDirectory, StudyFile
from orchestrator.study.executor import Attempt, Executor, Task
from orchestrator.study.lease import Purse
from orchestrator.study.manifest import Cell, Manifest
from orchestrator.study.row import Row, lost_row, row_of

BROKEN_AFTER = 5
"""So many audits in a row that end as infrastructure mean that something is broken for all of them."""


HEARTBEAT_S = 0.2
"""How often a driver looks up from waiting: it hears Ctrl-C no later."""


class StudyStopped(InquestError):
    """A person stopped a study, or a limit of its own did. The same command goes on."""


class Broken(InquestError):
    """One audit after another failed for want of infrastructure: going on would only count failures."""

    cause = Cause.INFRASTRUCTURE
    retry_helps = True


class Chosen(NamedTuple):
    """The sandbox that all audits of a study run in, chosen once."""

    sandbox: str
    runtime: str
    provenance: Provenance


@dataclass
class Progress:
    """Where a command stands, for whoever watches: `cells` are those it was asked to do, `rows` of any audit so far."""

    cells: Sequence[Cell]
    rows: dict[str, Row]
    done_before: int
    running: int = 0
    retried: int = 0
    seconds: float = 0.0
    latest: Row | None = None

    @property
    def done(self) -> int:
        """Audits of this command that have a final row."""
        return sum(cell.audit in self.rows and self.rows[cell.audit].is_final for cell in self.cells)

    @property
    def seconds_left(self) -> float | None:
        """At the pace so far; None before there is a pace."""
        made = self.done - self.done_before
        return (len(self.cells) - self.done) * self.seconds / made if made > 0 else None


def unwatched(_: Progress) -> None:
    """Nobody looks on."""


def run_study(
    manifest: Manifest,
    directory: Path,
    executor: Executor,
    *,
    cells: Sequence[Cell],
    chosen: Chosen,
    suites: dict[str, str],
    force: bool = False,
    watch: Callable[[Progress], None] = unwatched,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Row]:
    """Do `cells` of the study in `directory`; the rows of all its audits so far.

    Raises `BadInput` where the directory holds another study or another process writes it, `StudyStopped` after a
    person's Ctrl-C or at a limit, `Broken`, and what the first audit with a mistake in its configuration raises. Every
    one of these leaves a study that can be continued.
    """
    with writing(directory), _interruptible() as stop:
        study = StudyDirectory(directory)
        _begin(study, manifest, chosen.provenance, suites)
        driver = _Driver(manifest, study, executor, cells, chosen, force, watch, stop, clock)
        try:
            driver.run()
        finally:
            executor.close()
        return study.rows()


def tasks_for(manifest: Manifest, cells: Sequence[Cell], out: Path, chosen: Chosen, force: bool) -> Iterator[Task]:
    """What an executor needs to do each cell."""
    for cell in cells:
        arm = manifest.arm(cell.arm)
        yield Task(
            audit=cell.audit,
            function=cell.function,
            team=arm.parsed_team,
            budget=arm.budget,
            seed=cell.seed,
            sandbox=chosen.sandbox,
            runtime=chosen.runtime,
            out=out,
            force=force,
            judging=manifest.study.grading.judging,
        )


def row_from(manifest: Manifest, cell: Cell, attempt: Attempt, attempts: int) -> Row:
    """What an attempt comes to, as a row; without a result it is infrastructure."""
    arm = manifest.arm(cell.arm)
    if attempt.result is None:
        why = attempt.fault.message if attempt.fault else attempt.lost
        return lost_row(cell, why, query_budget=arm.budget.queries, attempts=attempts)
    return row_of(
        cell,
        attempt.result,
        manifest.study.judges,
        query_budget=arm.budget.queries,
        classical=is_classical(manifest, cell.arm),
        host_cpu=attempt.cpu,
        containers_cpu_s=attempt.containers_cpu_s,
        attempts=attempts,
    )


def is_classical(manifest: Manifest, arm: str) -> bool:
    """Is there no language model in this arm's team: nobody who costs anything?"""
    team = manifest.arm(arm).parsed_team
    return not team.models and team.gateway is None


def choose_sandbox(name: str, runtime: str, parts: Parts) -> Chosen:
    """Choose it. Raises `EngineUnavailable`."""
    engine = parts.choose_engine(name, runtime)
    engine.reap()
    kind = engine.isolation.engine if name == "auto" else name
    return Chosen(kind, runtime, parts.provenance(engine.isolation))


@dataclass
class _Stop:
    """What a person asked for: nothing yet, a clean stop (one Ctrl-C), or an end (two). `heard`: acted on."""

    asked: int = 0
    heard: int = 0


@dataclass
class _Driver:
    manifest: Manifest
    study: StudyDirectory
    executor: Executor
    cells: Sequence[Cell]
    chosen: Chosen
    force: bool
    watch: Callable[[Progress], None]
    stop: _Stop
    clock: Callable[[], float]
    attempts: dict[str, int] = field(default_factory=dict)
    fault: InquestError | None = None
    in_a_row: int = 0

    def run(self) -> None:
        """Submit, wait, record, until nothing is left. Raises what stopped it."""
        began, rows = self.clock(), self.study.rows()
        left = [cell for cell in self.cells if cell.audit not in rows or not rows[cell.audit].is_final]
        self._by_id = {cell.audit: cell for cell in left}
        queue = deque(tasks_for(self.manifest, left, self.study.path, self.chosen, self.force))
        self.progress = Progress(self.cells, rows, done_before=len(self.cells) - len(left))
        self.watch(self.progress)
        purse = Purse(self.manifest.study.limits, rows)
        for task in queue:
            purse.check_priced(task)
        running = 0
        while queue or running:
            while queue and running < self.executor.jobs and self.fault is None:
                if lacking := purse.lease(queue[0]):
                    if not running:
                        self.fault = StudyStopped(f"Stopped at the study's own limit: {lacking}.")
                    break  # what is under way may use less than it holds
                self.executor.submit(queue.popleft())
                running += 1
            if not running:
                break
            self.progress.running = running
            attempt = self._wait()
            running -= 1
            self.progress.seconds = self.clock() - began
            if self._record(attempt):
                queue.append(attempt.task)
            elif (row := self.progress.rows.get(attempt.task.audit)) is not None:
                purse.settle(row)
            self._check_limits()
        if self.fault is not None:
            raise self.fault

    def _wait(self) -> Attempt:
        """The next attempt."""
        while True:
            attempt = self.executor.wait(HEARTBEAT_S)
            if self.stop.asked > self.stop.heard:
                self._hear()
            if attempt is not None:
                return attempt

    def _hear(self) -> None:
        """The first Ctrl-C asks workers to stop, the second ends them."""
        self.stop.heard = self.stop.asked
        self.fault = StudyStopped("Stopped. The same command goes on from here.")
        if self.stop.asked > 1:
            raise self.fault
        self.executor.interrupt()

    def _record(self, attempt: Attempt) -> bool:
        """Write the row of an attempt, unless it is to be tried again: then True."""
        audit = attempt.task.audit
        tried = self.attempts[audit] = self.attempts.get(audit, 0) + 1
        fault = attempt.fault
        if fault is not None and fault.cause is Cause.USER:
            self.fault = self.fault or BadInput(f"{attempt.task.function}: {fault.message}")
            return False
        if attempt.result is None and self.fault is not None:
            return False  # lost to the stop: not counted, and continued by the same command
        if attempt.result is None and tried <= RETRIES:
            self.progress.retried += 1
            return True
        row = row_from(self.manifest, self._by_id[audit], attempt, tried)
        self.study.append(row)
        self.progress.rows[audit] = self.progress.latest = row
        self.in_a_row = 0 if row.is_final else self.in_a_row + 1
        self.watch(self.progress)
        return False

    def _check_limits(self) -> None:
        limits = self.manifest.study.limits
        if self.fault is not None:
            return
        if self.in_a_row >= BROKEN_AFTER:
            latest = self.progress.latest.cause if self.progress.latest else ""
            self.fault = Broken(
                f"{self.in_a_row} audits in a row failed for want of infrastructure. The last: {latest}"
            )
        elif limits.hours is not None and self.progress.seconds >= 3600 * limits.hours:
            self.fault = StudyStopped(f"Stopped after {limits.hours:g} hours, the study's own limit.")


@contextmanager
def _interruptible() -> Iterator[_Stop]:
    """Count Ctrl-C instead of being torn out of the middle of something. In a thread, which gets no signals, never."""
    stop = _Stop()

    def count(_signal: int, _frame: FrameType | None) -> None:
        stop.asked += 1

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, count)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(study: StudyDirectory, manifest: Manifest, provenance: Provenance, suites: dict[str, str]) -> None:
    """Record what is meant. A study may grow; one that means other audits is refused."""
    provenances: tuple[Provenance, ...] = ()
    if study.exists:
        before = study.study()
        provenances = before.provenances
        gone = {cell.audit for cell in before.manifest.cells} - {cell.audit for cell in manifest.cells}
        if gone:
            raise BadInput(
                f"{study.path} holds a study with {len(gone)} audits that are not in this one: functions, teams, "
                "budgets or seeds were changed. A study may only grow. Run it into another --out."
            )
    if not provenances or provenances[-1].differences(provenance):
        provenances = (*provenances, provenance)
    now = StudyFile(sha256=manifest.sha256, manifest=manifest, suites=suites, provenances=provenances)
    if not study.exists or study.study() != now:
        study.write_study(now)
