"""A whole world without processes: a function, an engine that runs tiny scripts, and roles that solve it.

A script is a line of numbers to ask; its output is the answers. `fail` breaks the sandbox, `hang` waits for its end.
"""

# ruff: noqa: ARG002 - fakes fill Protocols whole

import json
import math
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from functions.brief import Interpretation
from functions.errors import BadInput
from functions.spec import AnySpec, parse_spec
from judges.grade import CodeGrade, Grade, Judge, Outcome
from orchestrator.config import Backend
from orchestrator.grading import Judge as GradeIt
from orchestrator.parts import Parts
from orchestrator.provenance import Provenance
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.messages import Critique, Evidence, Hypothesis, Measurement, Message, Plan, RoleName
from orchestrator.team import Converse
from orchestrator.team.plain import converse_plainly
from sandbox.client import (
    Answer,
    CandidateRunner,
    ExperimentResult,
    Isolation,
    Lab,
    Limits,
    OracleJob,
    QueryLog,
    QueryRecord,
    SandboxFailure,
    Status,
)
from sandbox.oracle.ledger import Batch, BudgetExhausted, Ledger

SPEC = parse_spec(
    {
        "category": "numeric",
        "domain": {"low": -100.0, "high": 100.0},
        "expression": {"node": "atom", "family": "linear", "parameters": {"slope": 3.0, "intercept": 1.0}},
        "noise": {"kind": "gaussian", "scale": 0.25},
    }
)
FAKE = Isolation(engine="fake", runtime="none", not_promised=("anything",))


class Killed(BaseException):
    """The process dies here. No code of ours may catch it."""


class FakeEngine:
    """Runs scripts in the host process.

    `faults` is consumed, one entry for each thing that is opened: True breaks it. After `batches_to_live` logged
    batches the process dies. `ran` are the scripts and `paid` the inputs that were charged, over all sandboxes.
    """

    def __init__(
        self, faults: Sequence[bool] = (), isolation: Isolation = FAKE, batches_to_live: float = math.inf
    ) -> None:
        self.faults, self.isolation, self.batches_to_live = list(faults), isolation, batches_to_live
        self.ran: list[str] = []
        self.paid: list[float] = []
        self.hanging = threading.Event()

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> "FakeSandbox":
        self._break_if_told()
        return FakeSandbox(self, job, log)

    def open_candidate(self, limits: Limits, label: str) -> "FakeRunner":
        self._break_if_told()
        return FakeRunner()

    def reap(self) -> int:
        return 0

    def _break_if_told(self) -> None:
        if self.faults and self.faults.pop(0):
            raise SandboxFailure("The engine broke, as it was told to.")


class Closes:
    """A context manager with nothing to clean up."""

    isolation = FAKE

    def close(self) -> None: ...

    def __enter__(self):  # type: ignore[no-untyped-def]
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class FakeSandbox(Closes):
    """An oracle with the real ledger and the real function, and a lab that only knows how to ask."""

    def __init__(self, engine: FakeEngine, job: OracleJob, log: QueryLog) -> None:
        self._engine, self._job, self._log = engine, job, log
        self._spec = parse_spec(job.target)
        self._ledger = Ledger(job.brief.query_budget, batches(job.settled), batches(job.paid))
        self._seq = len(job.settled) + len(job.paid)
        self._closed = threading.Event()

    def close(self) -> None:
        self._closed.set()

    @property
    def remaining(self) -> int:
        return self._ledger.remaining

    def run(self, code: str) -> ExperimentResult:
        if code == "fail":
            raise SandboxFailure("The sandbox broke, as it was told to.")
        if code == "hang":
            self._engine.hanging.set()
            self._closed.wait()
            return ExperimentResult(status=Status.LOST)
        self._engine.ran.append(code)
        try:
            answers = self._ask([float(word) for word in code.split()])
        except BudgetExhausted:
            return ExperimentResult(status=Status.ERROR, stderr="OracleError: budget_exhausted")
        finally:
            self._ledger.end_experiment()
        return ExperimentResult(status=Status.OK, stdout=json.dumps(answers), queries_used=len(answers))

    def _ask(self, inputs: list[float]) -> list[float]:
        quote = self._ledger.quote(inputs)
        asked_before = np.array(quote.asked_before, dtype=np.int64)
        y = self._spec.sample(np.array(inputs), asked_before, bytes.fromhex(self._job.secret)).tolist()
        for part, charged in quote.parts():
            new = part.stop - part.start if charged else 0
            self._log.append(QueryRecord(seq=self._seq, inputs=tuple(inputs[part]), outputs=tuple(y[part]), new=new))
            self._seq += 1
            self._engine.paid += inputs[part] if charged else []
            self._engine.batches_to_live -= 1
            if self._engine.batches_to_live < 0:
                raise Killed
        self._ledger.spend(quote)
        return y


class FakeRunner(Closes):
    """Understands candidates of one form, `a*x+b`, as a line of JSON."""

    def evaluate(self, code: str, inputs: Sequence[float | str]) -> tuple[Answer, ...]:
        if not code:
            return tuple(Answer(error="there is no code") for _ in inputs)
        slope, intercept = json.loads(code)
        return tuple(Answer(value=slope * float(x) + intercept) for x in inputs)


def batches(records: Sequence[QueryRecord]) -> list[Batch]:
    return [Batch(inputs=record.inputs, new=record.new) for record in records]


class Planner:
    """Wants eight points each round."""

    name = RoleName.PLANNER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        count = min(8, lab.remaining)
        return Plan(question=f"{lab.remaining} left", measurements=(Measurement(design="survey", queries=count),))


class Experimenter:
    """Asks the planned number of points, one half at a time, and fits a line."""

    name = RoleName.EXPERIMENTER
    offset = 0.0

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        assert transcript.plan is not None
        count = sum(m.queries for m in transcript.plan.measurements)
        x = np.linspace(-90, 90, count) + len(transcript.turns) + self.offset
        y = np.concatenate([await ask(lab, part, "survey") for part in np.array_split(x, 2)])
        slope, intercept = (float(v) for v in np.polyfit(x, y, 1).round(3)) if count > 1 else (0.0, 0.0)
        code = json.dumps([slope, intercept])
        hypothesis = Hypothesis(id="H1", statement=f"{slope} x + {intercept}", code=code, support=1.0)
        return Evidence(
            summary="A line.",
            hypotheses=(hypothesis,),
            interpretation=Interpretation(description=f"A linear function: {hypothesis.statement}.", code=code),
        )


class Critic:
    """Asks two fresh points; accepts in the second round."""

    name = RoleName.CRITIC

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Message:
        await ask(lab, np.array([33.0, 44.0 + len(transcript.turns)])[: lab.remaining], "attack")
        accept = len(transcript.turns) > 3
        return Critique(hypothesis="H1", verdict="accept" if accept else "revise", attacks=("two points",))


async def ask(lab: Lab, x: np.ndarray, purpose: str) -> np.ndarray:
    result = await lab.run(" ".join(repr(float(v)) for v in x), purpose=purpose)
    return np.array(json.loads(result.stdout)) if result.status is Status.OK else np.zeros(len(x))


ROLES: dict[RoleName, Callable[[], Role]] = {
    RoleName.PLANNER: Planner,
    RoleName.EXPERIMENTER: Experimenter,
    RoleName.CRITIC: Critic,
}


def resolve(name: str) -> AnySpec:
    if name != "fake":
        raise BadInput(f"There is no function '{name}'.")
    return SPEC


def judge(truth: AnySpec, interpretation: Interpretation, runner: CandidateRunner, *, query_budget: int) -> Grade:
    """Graded by the share of a few inputs that come out within 0.1."""
    inputs = [-50.0, 0.0, 7.0, 50.0]
    answers = runner.evaluate(interpretation.code, inputs)
    right = [
        answer.value is not None and abs(float(answer.value) - y) < 0.5
        for answer, y in zip(answers, truth.evaluate(np.array(inputs)), strict=True)
    ]
    share = sum(right) / len(right)
    code = CodeGrade(
        judge=Judge(name="fake", version="1"),
        outcome=Outcome.GRADED,
        score=share,
        agreement=share,
        base_agreement=share,
        baseline=0.0,
        baseline_name="none",
        legacy_indicator=0,
    )
    return Grade(outcome=Outcome.GRADED, code=code, truth=truth.describe())


def provenance(isolation: Isolation) -> Provenance:
    """The same versions always, whoever edits the sources meanwhile."""
    return Provenance(version="0", code="c", dependencies="d", python="3", machine="m", isolation=isolation)


def parts(
    engine: FakeEngine | None = None, converse: Converse = converse_plainly, judge: GradeIt = judge, **roles: Role
) -> Parts:
    """An audit's parts; a role given by name takes the place of the fake one."""
    engine = engine or FakeEngine()

    def make_role(name: RoleName, backend: Backend) -> Role:
        return roles.get(name.value) or ROLES[name]()

    return Parts(resolve, lambda *_: engine, make_role, converse, judge, provenance)


def canonical(run: Path) -> tuple[bytes, bytes]:
    """What must not depend on interruptions: what was handed in, and its grade."""
    return (run / "interpretation.json").read_bytes(), (run / "grade.json").read_bytes()
