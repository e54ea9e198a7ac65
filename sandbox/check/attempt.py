"""Attempting every behaviour against an engine. No test framework: a command runs this too."""

from collections.abc import Iterator
from contextlib import ExitStack
from fnmatch import fnmatchcase

from functions.brief import Record
from sandbox.check.behaviour import LEAK, Behaviour
from sandbox.check.candidates import CandidateBehaviour
from sandbox.check.job import MemoryLog, line_job
from sandbox.check.table import BEHAVIOURS, CANDIDATES
from sandbox.client import CandidateRunner, Engine, ExperimentResult, Limits, Sandbox, Status

LIMITS = Limits(experiment_s=3, memory_mb=256, processes=48, output_bytes=4000)
ENOUGH = 100_000  # queries that no behaviour without a budget of its own uses up
AFTERWARDS = "import os, json\nfrom lab import oracle\nprint(json.dumps([oracle.remaining, os.listdir('.')]))"


class Verdict(Record):
    """What came of one behaviour. `contained` is None where the engine does not promise to contain it."""

    name: str
    promise: str
    must: str
    happened: str
    contained: bool | None


class Attempts:
    """Attempts against one engine. Hostile experiments follow each other in one sandbox, as they would in an audit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._promises = frozenset(engine.isolation.promises)
        self._open = ExitStack()
        self._shared: Sandbox | None = None
        self._runner: CandidateRunner | None = None

    def every(self, pattern: str = "*") -> Iterator[Verdict]:
        """One verdict for each behaviour of the table whose name fits the pattern, as it comes."""
        for behaviour in BEHAVIOURS:
            if fnmatchcase(behaviour.name, pattern):
                yield self.experiment(behaviour)
        for candidate in CANDIDATES:
            if fnmatchcase(candidate.name, pattern):
                yield self.candidate(candidate)

    def experiment(self, behaviour: Behaviour) -> Verdict:
        """Run one behaviour, what looks for its traces, and an ordinary experiment after it."""
        must = (
            f"ends {'/'.join(sorted(behaviour.ends)) if len(behaviour.ends) < len(Status) else 'somehow'}, gets nothing"
        )
        if behaviour.promise not in self._promises:
            return _not_promised(behaviour, must)
        if not behaviour.budget:
            if self._shared is None:
                self._shared = self._open.enter_context(self._sandbox(ENOUGH, MemoryLog()))
            ended, fault = _attempt(self._shared, behaviour)
        else:
            log = MemoryLog()
            with self._sandbox(behaviour.budget, log) as box:
                ended, fault = _attempt(box, behaviour)
                paid = sum(record.new for record in log)
                if paid != behaviour.budget - box.remaining:
                    fault += f" {paid} queries were logged, {behaviour.budget - box.remaining} charged"
        return _verdict(behaviour, must, f"ended {ended}, contained", fault)

    def candidate(self, behaviour: CandidateBehaviour) -> Verdict:
        """Run one candidate on 1, 2 and 3."""
        must = f"answers {', '.join('error' if value is None else f'{value:g}' for value in behaviour.values)}"
        if behaviour.promise not in self._promises:
            return _not_promised(behaviour, must)
        if self._runner is None:
            self._runner = self._open.enter_context(self._engine.open_candidate(LIMITS, "check"))
        answers = self._runner.evaluate(behaviour.code, [1.0, 2.0, 3.0])
        as_must = [(answer.value, answer.error is None) for answer in answers] == [
            (value, value is not None) for value in behaviour.values
        ]
        said = ", ".join(answer.error or str(answer.value) for answer in answers)
        return _verdict(behaviour, must, f"answered {said}", "" if as_must else f"answered {said}")

    def close(self) -> None:
        """Destroy what the behaviours shared."""
        self._open.close()

    def _sandbox(self, budget: int, log: MemoryLog) -> Sandbox:
        return self._engine.open(line_job(budget=budget), LIMITS, log, "check")


def _attempt(box: Sandbox, behaviour: Behaviour) -> tuple[Status, str]:
    """How it ended, and what went wrong: nothing where it was contained."""
    result = box.run(behaviour.script)
    faults = [
        f"leaked: {_first(result, LEAK)}" if LEAK in result.stdout + result.stderr else "",
        f"ended {result.status}: {result.stderr[-300:]}" if result.status not in behaviour.ends else "",
        f"did not print {behaviour.prints!r}, but {result.stdout!r}" if behaviour.prints not in result.stdout else "",
    ]
    if behaviour.then:
        found = box.run(behaviour.then)
        if found.status is not Status.OK or LEAK in found.stdout:
            faults.append(f"left behind: {found.status} {found.stdout}{found.stderr[-300:]}")
    after = box.run(AFTERWARDS)
    if (after.status, after.stdout) != (Status.OK, f"[{box.remaining}, []]\n"):
        faults.append(f"spoilt the next experiment: {after.status} {after.stdout}{after.stderr[-300:]}")
    return result.status, " ".join(filter(None, faults))


def _first(result: ExperimentResult, word: str) -> str:
    return next(line for line in (result.stdout + result.stderr).splitlines() if word in line)[:200]


def _not_promised(behaviour: Behaviour | CandidateBehaviour, must: str) -> Verdict:
    return Verdict(
        name=behaviour.name, promise=behaviour.promise, must=must, happened="not promised, so not tried", contained=None
    )


def _verdict(behaviour: Behaviour | CandidateBehaviour, must: str, happened: str, fault: str) -> Verdict:
    return Verdict(
        name=behaviour.name, promise=behaviour.promise, must=must, happened=fault or happened, contained=not fault
    )
