"""The Ray executor: audits on the nodes of a cluster, their files on the driver's machine as they come to be.

A node audits in a directory of its own, and sends what changed with every event, before the event is acted on. The
writer, a process beside the driver that ends with it, is the only one that writes run directories. So a node that is
lost loses nothing that was paid for: another node is given what the writer has, and goes on from there.

Ray is imported when it is needed: `pip install 'inquest[ray]'`. Nodes have Inquest installed in the same version, and
prepare their own sandboxes.
"""

import os
import time
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from functions.errors import BadInput
from orchestrator.events import Event
from orchestrator.parts import Parts
from orchestrator.rundir import RunDirectory, writing
from orchestrator.study.courier import Change, Courier, apply
from orchestrator.study.executor import Attempt, MakeParts, Task, attempt, stopped
from orchestrator.study.run import Chosen, choose_sandbox
from orchestrator.study.workers import kept
from sandbox.client import EngineUnavailable

CANCEL_GRACE_S = 5.0
"""How long a task that is past its deadline may take to end before its process is killed."""


class Writer:
    """Writes the run directories of a study. Runs as an actor on the driver's machine.

    Only the latest attempt at an audit is heard: a node that was taken for lost and lives is refused.
    """

    def __init__(self) -> None:
        self._attempts: dict[str, int] = {}
        self._locks: dict[str, AbstractContextManager[RunDirectory]] = {}

    def begin(self, run: Path, attempt: int) -> tuple[Change, ...]:
        """What there is of a run, for the node that goes on with it."""
        if run.name not in self._locks:
            self._locks[run.name] = writing(run)
            self._locks[run.name].__enter__()
        self._attempts[run.name] = max(attempt, self._attempts.get(run.name, 0))
        return Courier(run).changes()

    def write(self, run: Path, attempt: int, changes: tuple[Change, ...]) -> None:
        """Put what a node did to the disk."""
        if attempt != self._attempts.get(run.name):
            raise BadInput(f"Attempt {attempt} at audit {run.name} was given up: another node does it now.")
        apply(run, changes)

    def end(self, run: Path) -> None:
        """Nothing more is written of this run."""
        self._attempts.pop(run.name, None)
        if lock := self._locks.pop(run.name, None):
            lock.__exit__(None, None, None)


class RayWorkers:
    """`Executor` over a Ray cluster.

    `address` is the cluster's (`auto`: the one on this machine; empty: one is started here for `jobs` audits at a
    time). `jobs` is by default the number of the cluster's processors. Raises `EngineUnavailable` without Ray, and
    where there is no cluster.
    """

    def __init__(self, address: str = "", jobs: int | None = None, make_parts: MakeParts = Parts.real) -> None:
        self._ray = _connected(address, jobs)
        self._make_parts = make_parts
        self.jobs = jobs or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        here = self._ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(
            self._ray.get_runtime_context().get_node_id(), soft=False
        )
        actor = self._ray.remote(Writer).options(num_cpus=0, max_restarts=0, scheduling_strategy=here)
        self._writer = actor.remote()
        self._audit = self._ray.remote(_audit_on_a_node).options(num_cpus=1, max_retries=0)
        self._running: dict[Any, tuple[Task, float]] = {}
        self._attempts = 0

    def choose_sandbox(self, name: str, runtime: str) -> Chosen:
        """The engine of a node, and on what its audits run; as `orchestrator.study.run.choose_sandbox` here."""
        choose = self._ray.remote(_choose_on_a_node).options(max_retries=2)
        chosen: Chosen | str = self._ray.get(choose.remote(name, runtime, self._make_parts))
        if isinstance(chosen, str):
            raise EngineUnavailable(f"On a node of the cluster: {chosen}")
        return chosen

    def submit(self, task: Task) -> None:
        """Queue a task on the cluster."""
        self._attempts += 1
        reference = self._audit.remote(task, self._attempts, self._writer, self._make_parts)
        self._running[reference] = task, time.monotonic() + task.patience_s

    def wait(self, seconds: float) -> Attempt | None:
        """The next attempt that ends. A node that died, or is past its deadline, has lost its task."""
        late = [reference for reference, (_, deadline) in self._running.items() if deadline <= time.monotonic()]
        for reference in late:
            self._ray.cancel(reference, force=True)
        ready, _ = self._ray.wait(list(self._running), timeout=CANCEL_GRACE_S if late else seconds)
        for reference in ready or late:
            task, _ = self._running.pop(reference)
            ended = self._attempt_of(reference, task)
            self._ray.get(self._writer.end.remote(task.out / task.audit))
            return ended
        return None

    def interrupt(self) -> None:
        """Interrupt the tasks, as Ctrl-C would; those that have not begun are dropped."""
        for reference in self._running:
            self._ray.cancel(reference, force=False)

    def close(self) -> None:
        """Kill what is under way, and leave the cluster. The sandboxes end with their tasks."""
        for reference in self._running:
            self._ray.cancel(reference, force=True)
        self._running.clear()
        self._ray.kill(self._writer)
        self._ray.shutdown()

    def _attempt_of(self, reference: Any, task: Task) -> Attempt:
        errors = self._ray.exceptions
        try:
            ended: Attempt = self._ray.get(reference, timeout=CANCEL_GRACE_S)
        except errors.TaskCancelledError:
            return stopped(task)
        except (errors.RayError, errors.GetTimeoutError) as error:
            return Attempt(task=task, lost=f"The node or the process of the audit was lost: {str(error)[-400:]}")
        if ended.result is None:
            return ended.model_copy(update={"task": task})
        run = RunDirectory(task.out / task.audit)
        here = {"run": run.path, "report": run.report_path if run.report_path.exists() else None}
        return ended.model_copy(update={"task": task, "result": ended.result.model_copy(update=here)})


def _connected(address: str, jobs: int | None) -> Any:
    """Ray, connected."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told that somebody runs a study
    try:
        ray = import_module("ray")
        import_module("ray.util.scheduling_strategies")
    except ImportError:
        raise EngineUnavailable("The ray executor needs Ray: pip install 'inquest[ray]'.") from None
    where: dict[str, Any] = {"address": address} if address else {"num_cpus": jobs, "include_dashboard": False}
    try:
        ray.init(**where, ignore_reinit_error=True, log_to_driver=False, logging_level="ERROR")
    except (ConnectionError, ray.exceptions.RayError) as error:
        raise EngineUnavailable(
            f"There is no Ray cluster at '{address}' ({error}). Start one: ray start --head."
        ) from None
    return ray


def _choose_on_a_node(name: str, runtime: str, make_parts: MakeParts) -> Chosen | str:
    try:
        return choose_sandbox(name, runtime, _parts(make_parts))
    except EngineUnavailable as error:
        return str(error)


def _audit_on_a_node(task: Task, number: int, writer: Any, make_parts: MakeParts) -> Attempt:
    """One audit, in a directory that is gone afterwards."""
    ray = import_module("ray")
    run = task.out / task.audit
    with TemporaryDirectory(prefix="inquest-") as home:
        courier = Courier(Path(home) / task.audit)
        courier.put(ray.get(writer.begin.remote(run, number)))

        def send(_: Event | None = None) -> None:
            if changes := courier.changes():
                ray.get(writer.write.remote(run, number, changes))

        ended = attempt(task.model_copy(update={"out": Path(home)}), _parts(make_parts), send)
        send()
        return ended


@cache
def _parts(make_parts: MakeParts) -> Parts:
    return kept(make_parts())
