"""Who does audits: an executor takes tasks and gives back attempts, in whatever order they end.

An audit is a pure task: what it means goes in, a run directory comes out. An executor knows nothing of studies,
retries or results; a cluster's executor fills the same Protocol.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pydantic import NonNegativeFloat

from functions.brief import Record
from functions.errors import Cause, InquestError
from orchestrator.audit import audit, unwatched
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.events import Event
from orchestrator.judging.choice import USUAL, Judging
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.study.processor import HostCpu, ProcessorClock
from sandbox.client import Engine
from sandbox.engines.meter import Metered

MakeParts = Callable[[], Parts]
"""Gives an audit its parts, in the process that runs it: a function of a module, so that its name can be sent."""


class Task(Record):
    """One audit to do. `force` continues it on other versions."""

    audit: str
    function: str
    team: Team
    budget: Budget
    seed: int
    sandbox: str
    runtime: str = "default"
    out: Path
    force: bool = False
    judging: Judging = USUAL

    @property
    def patience_s(self) -> float:
        """Wall clock after which a process that has not ended is taken for lost: grading and set-up included."""
        return self.budget.seconds + 2 * self.budget.experiment_seconds + 600.0


class Fault(Record):
    """An error that an audit raised instead of coming to an outcome."""

    message: str
    cause: Cause


class Attempt(Record):
    """How a task ended: with a result, with a fault, or with neither, because its process was lost.

    `cpu` is what it cost this machine's processor outside of containers, `containers_cpu_s` what its containers cost
    (None: not seen).
    """

    task: Task
    result: AuditResult | None = None
    fault: Fault | None = None
    lost: str = ""
    cpu: HostCpu | None = None
    containers_cpu_s: NonNegativeFloat | None = None


class Executor(Protocol):
    """Does tasks. Not thread-safe: one driver submits and waits."""

    @property
    def jobs(self) -> int:
        """How many tasks it can do at a time."""
        ...

    def submit(self, task: Task) -> None:
        """Begin a task. The driver keeps to `jobs`."""
        ...

    def wait(self, seconds: float) -> Attempt | None:
        """The next attempt that ends; None where none has after so many seconds."""
        ...

    def interrupt(self) -> None:
        """Ask every task to stop where it can be continued; each still ends as an attempt."""
        ...

    def close(self) -> None:
        """End everything now. What was under way can be continued."""
        ...


def attempt(task: Task, parts: Parts, watch: Callable[[Event], None] = unwatched) -> Attempt:
    """Do a task in this process. Errors made on purpose are faults; anything else is raised, and ends the process."""
    clock = ProcessorClock(watch)
    before: dict[Engine, float] = {}

    def choose(sandbox: str, runtime: str) -> Engine:
        engine = parts.choose_engine(sandbox, runtime)
        before.setdefault(engine, _containers(engine) or 0.0)
        return engine

    try:
        result = audit(
            task.function,
            team=task.team,
            budget=task.budget,
            seed=task.seed,
            sandbox=task.sandbox,
            runtime=task.runtime,
            out=task.out,
            force=task.force,
            judging=task.judging,
            watch=clock.heard,
            parts=replace(parts, choose_engine=choose),
        )
        spent = [now - then for engine, then in before.items() if (now := _containers(engine)) is not None]
        return Attempt(task=task, result=result, cpu=clock.read(), containers_cpu_s=sum(spent) if spent else None)
    except KeyboardInterrupt:
        return stopped(task)
    except InquestError as error:
        return Attempt(task=task, fault=Fault(message=str(error), cause=error.cause))


def _containers(engine: Engine) -> float | None:
    """Processor seconds of the containers that an engine has removed so far; None where it saw none."""
    return engine.containers_cpu_s if isinstance(engine, Metered) else None


def stopped(task: Task) -> Attempt:
    """A person stopped it: the same command goes on from there."""
    return Attempt(task=task, fault=Fault(message="A person stopped it.", cause=Cause.USER))
