"""The composition root: one audit, from a function's name to its grade. Only here do agents and ground truth meet.

    resolve the function -> brief -> oracle and lab -> the team talks -> interpretation -> judges -> files

Giving the same command again continues an audit that was stopped, and prints the result of one that is done.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from functions.errors import BadInput, Cause
from functions.target import Target, parse_target
from orchestrator.approval import Approver, What
from orchestrator.budget import Budget
from orchestrator.config import AuditConfig, Team
from orchestrator.eventlog import EventLog, QueryFile
from orchestrator.events import Event, Graded, Interrupted
from orchestrator.given import brief_for
from orchestrator.grading import JUDGES, grade_run
from orchestrator.history import History, fold
from orchestrator.judging.choice import USUAL, Judging
from orchestrator.life import Life, begin, retry
from orchestrator.models.exchange import ModelUnavailable, ReplayDiffers
from orchestrator.models.ledger import check_priced
from orchestrator.models.replay import check_same
from orchestrator.neuron.beside import check_neuron, neuron_beside
from orchestrator.oversight import Oversight, recorded_in
from orchestrator.parts import Parts
from orchestrator.report import write_report
from orchestrator.result import AuditResult, failed_again, read_result
from orchestrator.rundir import RunDirectory, set_aside, writing
from orchestrator.targets import permit
from sandbox.client import Engine
from sandbox.engines.ahead import Ahead
from sandbox.submission import SubmissionEngine


def unwatched(_: Event) -> None:
    """Nobody looks on while an audit runs."""


def audit(
    function: str,
    *,
    team: Team | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    sandbox: str = "auto",
    runtime: str = "default",
    out: Path = Path("runs"),
    force: bool = False,
    again: bool = False,
    approve: tuple[What, ...] = (),
    approver: Approver | None = None,
    replay: Path | None = None,
    trust_foreign_code: bool = False,
    judging: Judging = USUAL,
    watch: Callable[[Event], None] = unwatched,
    parts: Parts | None = None,
) -> AuditResult:
    """Audit one function and grade what the team hands in; leaves `out/<audit id>/`.

    `function` is `suite/category/id` or a spec file. `sandbox` is `auto`, `docker` or `local`, and `runtime` what
    runs Docker's containers: `runc` or `runsc`. `watch` is called with each event as it is recorded. `force` continues
    an audit under other versions than it began with. `again` audits afresh: what is there is kept beside it, with a
    number. `approver` is asked about each kind of thing in `approve`.
    `replay` is a run directory whose recorded model calls and decisions are served in place of models and people.
    `trust_foreign_code` lets an imported function run without a container. `judging` says who grades; an audit that is
    graded already is not graded again: see `grade`.

    A failure of the infrastructure is retried twice and then returned as outcome `infrastructure`; call again to
    continue. Raises `BadInput` for what cannot be audited, `EngineUnavailable` where there is no sandbox,
    `StorageError` where files cannot be written, `ModelUnavailable` where a provider refuses key or model,
    `ReplayDiffers`, and `KeyboardInterrupt` (the audit can be continued).
    """
    parts = parts or Parts.real()
    config = configure(function, parts.resolve(function), team or Team(), budget or Budget(), seed)
    if again:
        set_aside(out / config.id)
    with writing(out / config.id) as run:
        if not is_finished(run):
            engine = _engine_for(config, parts, sandbox, runtime, trust_foreign_code)
            with _judges_ahead(engine, config) as ahead:
                _advance(run, config, parts, ahead, force, watch, Oversight(approve, approver, replay), judging)
        if not run.report_path.exists():
            write_report(run.path)
        return read_result(run)


def grade(
    path: Path,
    *,
    sandbox: str = "auto",
    runtime: str = "default",
    judging: Judging = USUAL,
    parts: Parts | None = None,
) -> AuditResult:
    """Grade what a run handed in once more, from its directory alone. The grade before it is kept.

    Where the infrastructure fails, the outcome is `infrastructure`, and `grade.json` stays as it was. Raises `BadInput`
    for a directory that is no run, or whose team has not ended, and `ModelUnavailable` where a reader is refused.
    """
    parts = parts or Parts.real()
    if not RunDirectory(path).exists:
        raise BadInput(f"{path} holds no audit.json: it is no run directory.")
    with writing(path) as run:
        config = run.audit().config
        with closing(EventLog(run.events_path, unwatched)) as log:
            history = fold(log.entries, config.budget.queries)
            if history.ended is None:
                raise BadInput(f"The audit in {path} has not ended. Give its command again, then grade it.")
            engine = parts.choose_engine(sandbox, runtime)
            before = len(list(log.events))
            with _answered(engine, config, parts, log) as able:
                retry(log, lambda: _grade(run, config, history, parts, able, log, judging))
            graded = any(isinstance(event, Graded) for event in list(log.events)[before:])
        write_report(run.path)
        result = read_result(run)
        return result if graded else result.model_copy(update=failed_again(run.entries()))


def _grade(
    run: RunDirectory,
    config: AuditConfig,
    history: History,
    parts: Parts,
    engine: Engine,
    log: EventLog,
    judging: Judging,
) -> None:
    """Grade by the judges that were chosen."""
    if judging.is_usual:
        return grade_run(run, config, history, parts.judge, engine, log)
    from orchestrator.judging.bench import chosen_judges

    grades = sum(isinstance(event, Graded) for event in log.events)
    name = f"{config.id}-{int(log.entries[0].at * 1e6):x}-{grades}"  # a grading makes calls of its own
    with chosen_judges(judging, name, log, parts.open_provider, parts.patience) as judge:
        return grade_run(run, config, history, judge, engine, log)


def _answered(
    engine: Engine, config: AuditConfig, parts: Parts, log: EventLog, replay: Sequence[Event] | None = None
) -> AbstractContextManager[Engine]:
    """The engine, with a model that answers as the function where that is what was meant."""
    name = f"{config.id}-{int(log.entries[0].at * 1e6):x}"
    return neuron_beside(engine, config, name, log, parts.open_provider, parts.patience, replay)


def configure(function: str, target: Target, team: Team, budget: Budget, seed: int) -> AuditConfig:
    """Everything that an audit of `target` means. Raises `BadInput` where the team is to be given what there is not."""
    return AuditConfig(
        function=function,
        target=target.model_dump(mode="json"),
        target_sha256=target.sha256,
        brief=brief_for(target, team, budget, seed),
        team=team,
        budget=budget,
        seed=seed,
    )


def is_finished(run: RunDirectory) -> bool:
    """Is there nothing left to do for this audit?"""
    graded = run.exists and any(isinstance(entry.event, Graded) for entry in run.entries())
    return graded and run.grade() is not None


def _engine_for(config: AuditConfig, parts: Parts, sandbox: str, runtime: str, trusted: bool) -> Engine:
    """The engine for this audit. Raises `BadInput` where it is too weak for code that is not the project's own."""
    engine = parts.choose_engine(sandbox, runtime)
    permit(parse_target(config.target), engine.isolation, trusted)
    if config.team.image is not None and not isinstance(engine, SubmissionEngine):
        raise BadInput(
            "A submission is somebody else's image: it runs in Docker alone, which 'inquest doctor' looks at."
        )
    if config.team.models and engine.isolation.engine == "local" and sandbox != "local":
        raise BadInput(
            "What a language model writes is run in Docker, and Docker does not work here (see 'inquest doctor'). "
            "To run it in the weaker local sandbox all the same, say --sandbox local."
        )
    return engine


@contextmanager
def _judges_ahead(engine: Engine, config: AuditConfig) -> Iterator[Engine]:
    """The engine, with the judges' sandbox on its way while the team is at work."""
    if config.team.image is not None:
        yield engine  # a submission asks more of its engine than what any engine can
        return
    with closing(Ahead(engine, JUDGES, config.id)) as ahead:
        yield ahead


def _advance(
    run: RunDirectory,
    config: AuditConfig,
    parts: Parts,
    engine: Engine,
    force: bool,
    watch: Callable[[Event], None],
    oversight: Oversight,
    judging: Judging,
) -> None:
    """Take an audit from where it stands as far as it will go in this command."""
    check_priced(config.team.models, config.budget)
    check_neuron(config)
    recorded = recorded_in(oversight.replay)
    engine.reap()
    provenance = parts.provenance(engine.isolation)
    with closing(EventLog(run.events_path, watch)) as log, closing(QueryFile(run.queries_path)) as queries:
        begin(run, config, provenance, log, force)

        def finish(team: Callable[[], History], able: Engine) -> None:
            history = team()
            if oversight.replay is not None:
                check_same(recorded, log.events)
            run.write("interpretation.json", history.best)
            _grade(run, config, history, parts, able, log, judging)

        try:
            with _answered(engine, config, parts, log, None if oversight.replay is None else recorded) as able:
                life = Life(parts, able, provenance, force, watch, oversight)
                investigation = life.investigation(run, config, log, queries)
                retry(log, lambda: finish(investigation.finish, able))
        except KeyboardInterrupt:
            log.append(Interrupted(cause=Cause.USER, detail="A person stopped it."))
            raise
        except (ModelUnavailable, ReplayDiffers) as error:
            log.append(Interrupted(cause=error.cause, detail=str(error)))
            raise
    run.report_path.unlink(missing_ok=True)  # of before: it is made anew
