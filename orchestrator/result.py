"""What an audit came to, as one record: for the command line, for Python, and for studies."""

from collections.abc import Sequence
from pathlib import Path

from functions.brief import Interpretation, Record
from judges.grade import DescriptionGrade, Fidelity, Grade, Outcome
from orchestrator.budget import Ending
from orchestrator.events import AuditStarted, Entry, Interrupted, JudgeCall, ModelCall, NeuronCall, Resumed
from orchestrator.history import fold
from orchestrator.models.ledger import spent
from orchestrator.rundir import RunDirectory
from sandbox.client import Isolation, QueryRecord


class AuditResult(Record):
    """The end of an audit, or of an attempt at one (`infrastructure`: the same call goes on from where it stopped).

    `figures` maps stable dotted names to numbers: `code.score`, `description.f1`, `queries.used`,
    `seconds.wall` and so on.
    """

    audit: str
    function: str
    run: Path
    outcome: Outcome
    cause: str = ""
    ending: Ending | None = None
    interpretation: Interpretation = Interpretation()
    grade: Grade | None = None
    isolation: Isolation
    figures: dict[str, float]
    report: Path | None = None


def read_result(run: RunDirectory) -> AuditResult:
    """The result of an audit from its directory alone."""
    audit, entries = run.audit(), run.entries()
    history = fold(entries, audit.config.budget.queries)
    grade = run.grade()
    outcome, cause = (grade.outcome, grade.cause) if grade else (Outcome.INFRASTRUCTURE, _last_interruption(entries))
    return AuditResult(
        audit=audit.id,
        function=audit.config.function,
        run=run.path,
        outcome=outcome,
        cause=cause,
        ending=history.ended.reason if history.ended else None,
        interpretation=run.interpretation() if history.ended else history.best,
        grade=grade,
        isolation=_isolation(entries, audit.provenance.isolation),
        figures={
            **grade_figures(grade),
            **work_figures(run),
            **judge_figures(entries),
            **neuron_figures(entries),
        },
        report=run.report_path if run.report_path.exists() else None,
    )


def failed_again(entries: Sequence[Entry]) -> dict[str, object]:
    """What changes in a result where another grading came to nothing: the grade before it is not its outcome."""
    return {"outcome": Outcome.INFRASTRUCTURE, "cause": _last_interruption(entries), "grade": None}


def grade_figures(grade: Grade | None) -> dict[str, float]:
    """The numbers of a grade. A team that failed scores 0; what was not graded has no number at all."""
    if grade is None:
        return {}
    if grade.outcome is Outcome.AGENT_FAILED:
        return dict.fromkeys(
            (
                "code.score",
                "code.base_agreement",
                "code.agreement",
                "code.legacy_indicator",
                "description.score",
                "description.f1",
            ),
            0.0,
        )
    figures = {} if grade.fidelity is None else _of_fidelity(grade.fidelity)
    if grade.code:
        figures |= {
            "code.score": grade.code.score,
            "code.base_agreement": grade.code.base_agreement,
            "code.agreement": grade.code.agreement,
            "code.baseline": grade.code.baseline,
        }
        if grade.code.legacy_indicator is not None:
            figures["code.legacy_indicator"] = grade.code.legacy_indicator
        figures |= {f"code.{measure.name}": measure.value for measure in grade.code.measures}
    if grade.description:
        figures["description.score"] = grade.description.headline
    for description in filter(None, (grade.description, *grade.others)):
        figures |= _of_description(description)
    if grade.claims:
        figures |= {"claims.f1": grade.claims.f1, "claims.in_prose": grade.claims.in_prose}
    return figures


def _of_fidelity(fidelity: Fidelity) -> dict[str, float]:
    constant = {} if fidelity.constant is None else {"fidelity.constant": fidelity.constant}
    return {"fidelity": fidelity.agreement, **constant}


def _of_description(grade: DescriptionGrade) -> dict[str, float]:
    """Under the judge's name; what is about claims under `description` alone. No score where there is none."""
    name = f"description.{grade.judge.name}"
    figures = {f"{name}.unscored": float(grade.outcome is Outcome.UNSCORED)}
    if grade.outcome is Outcome.GRADED:
        figures[f"{name}.score"] = grade.headline
    figures |= {f"{name}.{measure.name}": measure.value for measure in grade.measures}
    if grade.reads_claims:
        figures |= {
            "description.f1": grade.f1,
            "description.recall": grade.recall,
            "description.precision": grade.precision,
        }
    return figures


def model_figures(entries: Sequence[Entry]) -> dict[str, float]:
    """What models used; empty where none was asked. `model.cost` is missing where a price is unknown;
    `model.others` counts answers under another model's name."""
    calls = [entry.event for entry in entries if isinstance(entry.event, ModelCall)]
    if not calls:
        return {}
    used = spent(calls)
    others = sum(not call.reply.is_of(call.request.model) for call in calls if call.reply)
    figures: dict[str, float] = {"model.calls": used.calls, "model.tokens": used.tokens, "model.others": others}
    return figures if used.unpriced else figures | {"model.cost": round(used.cost, 6)}


def judge_figures(entries: Sequence[Entry]) -> dict[str, float]:
    """What models that read for judges used, over all gradings; empty where none was asked."""
    return figures_of_calls([entry.event.call for entry in entries if isinstance(entry.event, JudgeCall)])


def neuron_figures(entries: Sequence[Entry]) -> dict[str, float]:
    """What the model used that answered as the function; empty where none did."""
    return figures_of_calls([entry.event.call for entry in entries if isinstance(entry.event, NeuronCall)], "neuron")


def figures_of_calls(calls: Sequence[ModelCall], whose: str = "judge") -> dict[str, float]:
    """Calls, tokens and cost of judges' readers, or of a neuron; empty where there were none."""
    if not calls:
        return {}
    used = spent(calls)
    figures: dict[str, float] = {f"{whose}.calls": used.calls, f"{whose}.tokens": used.tokens}
    return figures if used.unpriced else figures | {f"{whose}.cost": round(used.cost, 6)}


def work_figures(run: RunDirectory) -> dict[str, float]:
    """What a team did and used, in all of its attempts. Wall clock is the whole audit's, where it was one life."""
    runs = (run, *run.attempts)
    logs = [each.entries() for each in runs]
    histories = [fold(entries, 1) for entries in logs]
    return {
        "queries.used": sum(queries_used(each.queries()) for each in runs),
        "experiments.run": sum(each.experiments + len(each.unfinished) for each in histories),
        "turns.taken": sum(each.turn for each in histories),
        "seconds.wall": round(max(each.seconds for each in histories), 3),
        **model_figures([entry for entries in logs for entry in entries]),
    }


def queries_used(batches: Sequence[QueryRecord]) -> int:
    """Inputs that were paid for, those of lost experiments included."""
    return sum(batch.new for batch in batches)


def _last_interruption(entries: Sequence[Entry]) -> str:
    details = [e.event.detail for e in entries if isinstance(e.event, Interrupted)]
    return details[-1] if details else "The audit has not ended: give the same command again to continue it."


def _isolation(entries: Sequence[Entry], first: Isolation) -> Isolation:
    """The isolation of the latest life."""
    lives = [e.event.provenance.isolation for e in entries if isinstance(e.event, AuditStarted | Resumed)]
    return lives[-1] if lives else first
