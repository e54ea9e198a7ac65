"""Grading one run directory: the judges with a fresh container, and the files that they leave."""

from functions.brief import Interpretation
from functions.spec import AnySpec, parse_spec
from judges.grade import Grade, Outcome
from orchestrator.budget import Ending
from orchestrator.config import AuditConfig
from orchestrator.eventlog import EventLog
from orchestrator.events import Graded
from orchestrator.history import History
from orchestrator.result import grade_figures
from orchestrator.rundir import RunDirectory
from sandbox.client import Engine, Limits, SandboxFailure


def grade_run(run: RunDirectory, config: AuditConfig, history: History, engine: Engine, log: EventLog) -> None:
    """Grade what was handed in; leaves `grade.json`, `curves.json` and a `graded` event.

    A team that failed is not judged: it scores 0. Raises `SandboxFailure` where the judges' sandbox failed.
    """
    truth, interpretation = parse_spec(config.target), run.interpretation()
    if history.ended is not None and history.ended.reason is Ending.AGENT_FAILED:
        grade = Grade(outcome=Outcome.AGENT_FAILED, cause=history.ended.detail, truth=truth.describe())
    else:
        grade = _judge(run, truth, interpretation, engine, config.brief.query_budget)
    run.write("grade.json", grade)
    log.append(Graded(outcome=grade.outcome, figures=grade_figures(grade)))


def _judge(run: RunDirectory, truth: AnySpec, interpretation: Interpretation, engine: Engine, queries: int) -> Grade:
    from judges.judge import grade_audit
    from orchestrator.report import record_curves

    with engine.open_candidate(Limits(), run.path.name) as runner:
        grade = grade_audit(truth, interpretation, runner, query_budget=queries)
        if grade.outcome is Outcome.INFRASTRUCTURE:
            raise SandboxFailure(grade.cause)
        run.write("curves.json", record_curves(truth, interpretation, runner))
    return grade
