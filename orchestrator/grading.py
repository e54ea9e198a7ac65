"""Grading one run directory: the judges with a fresh container, and the files that they leave.

Only a spec promises a ground truth. Without one an audit ends `ungraded`, whatever its team has found.
"""

from typing import Protocol

from functions.brief import Interpretation
from functions.numeric import NumericSpec
from functions.numeric.vector import VectorSpec
from functions.spec import AnySpec
from functions.target import ImportedCode, ModelNeuron, parse_target
from judges.grade import Grade, Outcome
from orchestrator.budget import Ending
from orchestrator.config import AuditConfig
from orchestrator.eventlog import EventLog
from orchestrator.events import Graded
from orchestrator.fidelity import measure_fidelity
from orchestrator.history import History
from orchestrator.report import record_curves, record_slices
from orchestrator.result import grade_figures
from orchestrator.rundir import RunDirectory
from sandbox.client import CandidateRunner, Engine, Limits, SandboxFailure

JUDGES = Limits()
"""Of the sandbox in which candidates are judged."""

_WITHOUT_TRUTH = {
    "code": "This function is code from elsewhere: nobody knows its truth.",
    "neuron": "This function is a language model's answers: there is no truth beyond what it says.",
}


class Judge(Protocol):
    """Grades what was handed in against the truth; candidate code runs in `runner` alone."""

    def __call__(
        self, truth: AnySpec, interpretation: Interpretation, runner: CandidateRunner, *, query_budget: int
    ) -> Grade: ...


def grade_run(
    run: RunDirectory, config: AuditConfig, history: History, judge: Judge, engine: Engine, log: EventLog
) -> None:
    """Grade what was handed in; leaves `grade.json`, a `graded` event, and `curves.json` where a function has curves.

    A team that failed is not judged: it scores 0. Raises `SandboxFailure` where the judges' sandbox failed.
    """
    truth, interpretation = parse_target(config.target), run.interpretation()
    if isinstance(truth, ImportedCode | ModelNeuron):
        faithful = measure_fidelity(run, config, truth, engine, log)
        asked = truth.describe() if isinstance(truth, ModelNeuron) else ""
        grade = Grade(outcome=Outcome.UNGRADED, fidelity=faithful, cause=_WITHOUT_TRUTH[truth.kind], truth=asked)
    elif history.ended is not None and history.ended.reason is Ending.AGENT_FAILED:
        grade = Grade(outcome=Outcome.AGENT_FAILED, cause=history.ended.detail, truth=truth.describe())
    else:
        with engine.open_candidate(JUDGES, config.id) as runner:
            grade = judge(truth, interpretation, runner, query_budget=config.brief.query_budget)
            if grade.outcome is Outcome.INFRASTRUCTURE:
                raise SandboxFailure(grade.cause)
            if isinstance(truth, NumericSpec):
                run.write("curves.json", record_curves(truth, interpretation, runner))
            if isinstance(truth, VectorSpec):
                run.write("curves.json", record_slices(truth, interpretation, runner))
    run.write_grade(grade)
    log.append(Graded(outcome=grade.outcome, figures=grade_figures(grade)))
