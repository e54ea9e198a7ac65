"""A suite of straight lines, audits without a sandbox, and executors that lose what they are told to lose."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from functions.brief import Interpretation
from functions.errors import BadInput, InquestError
from functions.spec import AnySpec, parse_spec
from judges.grade import Grade
from orchestrator.audit import audit
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.study.config import StudyConfig
from orchestrator.study.executor import Attempt, Fault, Task
from orchestrator.study.manifest import Listed, Manifest, expand
from orchestrator.study.processor import HostCpu
from orchestrator.study.row import Row
from orchestrator.study.run import Progress, choose_sandbox, run_study, unwatched
from orchestrator.study.workers import LocalWorkers
from sandbox.client import CandidateRunner
from tests.orchestrator.fakes import SPEC, FakeEngine, judge, parts

STUDY = {
    "name": "lines",
    "functions": ["fake@1"],
    "seeds": [0, 1],
    "judges": ["code"],
    "arms": [{"name": "team"}, {"name": "alone", "team": "critic=none"}],
}


def members(suite: str) -> tuple[Listed, ...]:
    if suite != "fake@1":
        raise BadInput(f"There is no suite {suite}.")
    return tuple(Listed(f"fake@1/numeric/{index:04d}", ("easy", "hard")[index // 2]) for index in range(4))


def resolve(reference: str) -> AnySpec:
    """Another slope for each function; every second one has no noise."""
    index = int(reference.rpartition("/")[2])
    document = SPEC.model_dump(mode="json")
    document["expression"]["parameters"]["slope"] = 2.0 + index
    document["noise"] = {"kind": "gaussian", "scale": 0.25} if index % 2 else {"kind": "none", "scale": 0.0}
    return parse_spec(document)


def manifest(**changes: object) -> Manifest:
    return expand(StudyConfig.model_validate(STUDY | changes), resolve, members)


def make_parts(faults: Sequence[bool] = ()) -> Parts:
    return replace(parts(FakeEngine(faults)), resolve=resolve)


def slow_parts() -> Parts:
    """As `make_parts`, with a judge that takes its time: so a node can be killed in the middle of an audit."""

    def slow_judge(truth: AnySpec, handed_in: Interpretation, runner: CandidateRunner, *, query_budget: int) -> Grade:
        time.sleep(0.3)
        return judge(truth, handed_in, runner, query_budget=query_budget)

    return replace(make_parts(), judge=slow_judge)


def dying_parts(deaths: Path, function: str, times: int) -> Parts:
    """As `make_parts`, but an audit of `function` kills its process, `times` times in all processes together."""

    def resolve_or_die(reference: str) -> AnySpec:
        if reference == function and len(list(deaths.iterdir())) < times:
            (deaths / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return resolve(reference)

    return replace(make_parts(), resolve=resolve_or_die)


class Inline:
    """An executor in this process. `troubles` says for an audit's function what its next attempts come to instead."""

    jobs = 2

    def __init__(self, parts: Parts, troubles: dict[str, list[str]] | None = None) -> None:
        self._parts, self._troubles = parts, troubles or {}
        self._tasks: list[Task] = []
        self.submitted: list[Task] = []
        self.before_wait: Callable[[], None] = lambda: None
        self.closed = False
        self.interrupted = 0

    def submit(self, task: Task) -> None:
        assert len(self._tasks) < self.jobs
        self._tasks.append(task)
        self.submitted.append(task)

    def wait(self, seconds: float) -> Attempt | None:
        self.before_wait()
        if self.interrupted:
            return Attempt(task=self._tasks.pop(0), lost="stopped")
        task = self._tasks.pop(0)
        trouble = self._troubles.get(task.function, [])
        if trouble:
            return Attempt(task=task, lost=trouble.pop(0))
        try:
            return Attempt(task=task, result=self._audit(task), cpu=HostCpu(agents=0.25, grading=0.125, rest=0.125))
        except InquestError as error:
            return Attempt(task=task, fault=Fault(message=str(error), cause=error.cause))

    def interrupt(self) -> None:
        self.interrupted += 1

    def close(self) -> None:
        self.closed = True

    def _audit(self, task: Task) -> AuditResult:
        return audit(
            task.function,
            team=task.team,
            budget=task.budget,
            seed=task.seed,
            sandbox=task.sandbox,
            runtime=task.runtime,
            out=task.out,
            force=task.force,
            parts=self._parts,
        )


def run(
    directory: Path,
    executor: Inline | LocalWorkers | None = None,
    study: Manifest | None = None,
    watch: Callable[[Progress], None] = unwatched,
    only: Sequence[str] = (),
    limit: int | None = None,
    shard: tuple[int, int] | None = None,
) -> dict[str, Row]:
    """The study of lines, or another, in `directory`."""
    study = study or manifest()
    return run_study(
        study,
        directory,
        executor or Inline(make_parts()),
        cells=study.chosen(only, limit, shard),
        chosen=choose_sandbox("local", "default", make_parts()),
        suites={"fake@1": "0" * 64},
        watch=watch,
    )


def canonical(rows: dict[str, Row]) -> list[dict[str, object]]:
    """What must not depend on interruptions: everything but clocks, counts of attempts, and logs that hold clocks."""
    clocks = {name for name in Row.model_fields if name.endswith("_s")} | {"attempts", "files"}
    return sorted((row.model_dump(mode="json", exclude=clocks) for row in rows.values()), key=lambda r: str(r["audit"]))


if __name__ == "__main__":  # a study in a process of its own, to be killed
    run(Path(sys.argv[1]), LocalWorkers(2, partial(make_parts)))
