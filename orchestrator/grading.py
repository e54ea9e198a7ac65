"""Grading one run directory: the judges with a fresh container, and the files that they leave."""

from typing import Protocol

from functions.brief import Interpretation
from functions.errors import BadInput
from functions.numeric import NumericSpec
from functions.spec import AnySpec, parse_spec
from judges.grade import Grade, Outcome
from orchestrator.budget import Ending
from orchestrator.config import AuditConfig
from orchestrator.eventlog import EventLog
from orchestrator.events import Graded
from orchestrator.history import History
from orchestrator.report import record_curves
from orchestrator.result import grade_figures
from orchestrator.rundir import RunDirectory
from sandbox.client import CandidateRunner, Engine, Limits, SandboxFailure


class Judge(Protocol):
    """Grades what was handed in against the truth; candidate code runs in `runner` alone."""

    def __call__(
        self, truth: NumericSpec, interpretation: Interpretation, runner: CandidateRunner, *, query_budget: int
    ) -> Grade: ...


def gradable(spec: AnySpec) -> NumericSpec:
    """The same function, if there is a judge for it. Raises `BadInput` where there is none."""
    if not isinstance(spec, NumericSpec):
        raise BadInput(f"The judges grade numeric functions for now, and this is a {spec.category} one.")
    return spec


def grade_run(
    run: RunDirectory, config: AuditConfig, history: History, judge: Judge, engine: Engine, log: EventLog
) -> None:
    """Grade what was handed in; leaves `grade.json`, `curves.json` and a `graded` event.

    A team that failed is not judged: it scores 0. Raises `SandboxFailure` where the judges' sandbox failed.
    """
    truth, interpretation = gradable(parse_spec(config.target)), run.interpretation()
    if history.ended is not None and history.ended.reason is Ending.AGENT_FAILED:
        grade = Grade(outcome=Outcome.AGENT_FAILED, cause=history.ended.detail, truth=truth.describe())
    else:
        with engine.open_candidate(Limits(), config.id) as runner:
            grade = judge(truth, interpretation, runner, query_budget=config.brief.query_budget)
            if grade.outcome is Outcome.INFRASTRUCTURE:
                raise SandboxFailure(grade.cause)
            run.write("curves.json", record_curves(truth, interpretation, runner))
    run.write("grade.json", grade)
    log.append(Graded(outcome=grade.outcome, figures=grade_figures(grade)))
