"""The composition root: one audit, from a function's name to its grade. Only here do agents and ground truth meet.

    resolve the function -> brief -> oracle and lab -> the team talks -> interpretation -> judges -> files

Giving the same command again continues an audit that was stopped, and prints the result of one that is done.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from functions.errors import BadInput, Cause
from functions.target import Target, parse_target
from orchestrator.approval import Approver, Overseer, What
from orchestrator.attempts import BestOf
from orchestrator.budget import Budget
from orchestrator.config import AuditConfig, Classical, Team
from orchestrator.eventlog import EventLog, QueryFile
from orchestrator.events import AuditStarted, Decided, Event, Graded, Interrupted, ModelCall, Resumed
from orchestrator.given import brief_for
from orchestrator.grading import JUDGES, Judge, grade_run
from orchestrator.history import History, fold
from orchestrator.investigation import Investigation
from orchestrator.judging.choice import USUAL, Judging
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Desk
from orchestrator.models.exchange import Models, ModelUnavailable, ProviderFailure, Rejected, ReplayDiffers
from orchestrator.models.gateway.serving import GatewayEngine, open_gateway
from orchestrator.models.ledger import check_priced
from orchestrator.models.provider import PATIENT, Patience, Provider
from orchestrator.models.replay import Cassette, check_same
from orchestrator.provenance import Provenance, current
from orchestrator.report import write_report
from orchestrator.result import AuditResult, failed_again, read_result
from orchestrator.roles.base import Role, Way
from orchestrator.roles.messages import RoleName
from orchestrator.rundir import AuditFile, RunDirectory, set_aside, writing
from orchestrator.submission.trial import OpenGateway, Trial
from orchestrator.targets import permit
from orchestrator.team import Converse
from orchestrator.team.solo import Solo
from sandbox.client import Engine, Isolation, SandboxFailure
from sandbox.engines.ahead import Ahead
from sandbox.submission import SubmissionEngine

RETRIES = 2
"""How often one command tries again after a failure of the infrastructure."""


def _make_role(name: RoleName, _: Classical) -> Role:
    from orchestrator.roles.classical import classical_role

    return classical_role(name)


def _make_model_role(name: RoleName, model: ModelChoice, models: Models, way: Way | None) -> Role:
    from orchestrator.roles.model import model_role

    return model_role(name, model, models, way)


def _open_provider(model: ModelChoice) -> Provider:
    from orchestrator.models.clients import open_provider

    return open_provider(model)


@dataclass(frozen=True)
class Parts:
    """What an audit is put together from. The defaults are the real ones, imported when they are needed."""

    resolve: Callable[[str], Target]
    choose_engine: Callable[[str, str], Engine]  # by the names of a sandbox and of a runtime
    make_role: Callable[[RoleName, Classical], Role]
    converse: Converse
    judge: Judge
    provenance: Callable[[Isolation], Provenance] = current
    make_model_role: Callable[[RoleName, ModelChoice, Models, Way | None], Role] = _make_model_role
    open_provider: Callable[[ModelChoice], Provider] = _open_provider
    patience: Patience = PATIENT

    @classmethod
    def real(cls) -> "Parts":
        """Suites, engines, classical roles, AutoGen and the judges."""
        from functions.suites import resolve_target
        from judges.judge import grade_audit
        from orchestrator.team.autogen import converse
        from sandbox.engines import choose_engine

        def choose(sandbox: str, runtime: str) -> Engine:
            return choose_engine(sandbox, runtime=runtime)

        return cls(resolve_target, choose, _make_role, converse, grade_audit)


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
            _retry(log, lambda: _grade(run, config, history, parts, engine, log, judging))
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


def cast_roles(team: Team, parts: Parts, models: Models) -> list[Role]:
    """Everybody in the team, in the order in which they speak."""
    if team.way == "single" and team.experimenter == "classical":
        return [Solo([parts.make_role(name, "classical") for name in RoleName])]
    return [
        parts.make_role(name, backend)
        if backend == "classical"
        else parts.make_model_role(name, backend, models, team.way)
        for name, backend in team.filled
    ]


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
    oversight: "Oversight",
    judging: Judging,
) -> None:
    """Take an audit from where it stands as far as it will go in this command."""
    check_priced(config.team.models, config.budget)
    recorded = _recorded(oversight.replay)
    engine.reap()
    provenance = parts.provenance(engine.isolation)
    with closing(EventLog(run.events_path, watch)) as log, closing(QueryFile(run.queries_path)) as queries:
        _begin(run, config, provenance, log, force)
        life = _Life(parts, engine, provenance, force, watch, oversight)
        investigation = life.investigation(run, config, log, queries)

        def finish() -> None:
            history = investigation.finish()
            if oversight.replay is not None:
                check_same(recorded, log.events)
            run.write("interpretation.json", history.best)
            _grade(run, config, history, parts, engine, log, judging)

        try:
            _retry(log, finish)
        except KeyboardInterrupt:
            log.append(Interrupted(cause=Cause.USER, detail="A person stopped it."))
            raise
        except (ModelUnavailable, ReplayDiffers) as error:
            log.append(Interrupted(cause=error.cause, detail=str(error)))
            raise
    run.report_path.unlink(missing_ok=True)  # of before: it is made anew


@dataclass(frozen=True)
class _Life:
    """What one command brings to an audit and to each of its attempts."""

    parts: Parts
    engine: Engine
    provenance: Provenance
    force: bool
    watch: Callable[[Event], None]
    oversight: "Oversight"

    def investigation(
        self, run: RunDirectory, config: AuditConfig, log: EventLog, queries: QueryFile, role: Role | None = None
    ) -> "Investigation | Trial | BestOf":
        """The team's part of an audit. `role` is one that is there already, in place of the team's."""
        recorded = _recorded(self.oversight.replay)
        cassette = Cassette(recorded, done=len([e for e in log.events if isinstance(e, ModelCall)]))
        open_provider = self.parts.open_provider if self.oversight.replay is None else cassette.take
        name = f"{config.id}-{int(log.entries[0].at * 1e6):x}"  # another run of the same audit makes calls of its own
        desk = Desk(name, config.budget, log, open_provider, self.parts.patience)
        if config.team.attempts is not None:
            return BestOf(
                config,
                run,
                lambda number, meant: self._attempt(run, number, meant),
                lambda meant, role: self.investigation(run, meant, log, queries, role).finish(),
            )
        if config.team.image is not None:
            gateway = self._gateway(config, log, name, recorded)
            return Trial(config, config.team.image, self.engine, log, queries, run, gateway)
        roles = [role] if role is not None else cast_roles(config.team, self.parts, desk)
        overseer = self.oversight.overseer(log, recorded)
        return Investigation(config, roles, self.parts.converse, self.engine, log, queries, desk, overseer)

    def _gateway(self, config: AuditConfig, log: EventLog, name: str, recorded: Sequence[Event]) -> OpenGateway | None:
        """How a submission's models are reached, where it may ask any."""
        if config.team.gateway is None:
            return None
        assert isinstance(self.engine, GatewayEngine)  # noqa: S101 - whatever holds a submission is one
        return partial(
            open_gateway,
            self.engine,
            config.team.gateway,
            log,
            run=name,
            label=config.id,
            open_provider=self.parts.open_provider,
            patience=self.parts.patience,
            replay=None if self.oversight.replay is None else recorded,
        )

    def _attempt(self, run: RunDirectory, number: int, config: AuditConfig) -> History:
        """One attempt, to its end. What it found is for the choice: nobody approves it, nobody grades it."""
        own = replace(self, oversight=self.oversight.of_attempt(number))
        with (
            writing(run.attempt_path(number)) as below,
            closing(EventLog(below.events_path, self.watch)) as log,
            closing(QueryFile(below.queries_path)) as queries,
        ):
            _begin(below, config, self.provenance, log, self.force)
            return own.investigation(below, config, log, queries).finish()


def _begin(run: RunDirectory, config: AuditConfig, provenance: Provenance, log: EventLog, force: bool) -> None:
    """Record that an audit starts or goes on. Raises `BadInput` where it would go on under other versions, unforced."""
    if not run.exists:
        run.write("audit.json", AuditFile(id=config.id, config=config, provenance=provenance))
    if not log.entries:
        log.append(AuditStarted(audit=config.id, provenance=provenance))
        return
    lives = [event.provenance for event in log.events if isinstance(event, AuditStarted | Resumed)]
    changed = lives[-1].differences(provenance) if lives else ()
    if changed and not force:
        raise BadInput(
            f"The audit in {run.path} began on other versions ({'; '.join(changed)}). "
            "Continue it with --force, which is then recorded, or audit into another --out."
        )
    log.append(Resumed(provenance=provenance, forced=bool(changed), torn_bytes=log.torn_bytes))


def _retry(log: EventLog, action: Callable[[], None]) -> None:
    """Do it, and do it again where sandbox or provider failed, at most `RETRIES` times. Every failure is recorded."""
    for _ in range(1 + RETRIES):
        try:
            return action()
        except (SandboxFailure, ProviderFailure, Rejected) as failure:
            log.append(Interrupted(cause=failure.cause, detail=str(failure)))
            if not failure.retry_helps:
                break
    return None


@dataclass(frozen=True)
class Oversight:
    """Who is asked before what counts. In a replay, what was decided in the recorded audit is decided again."""

    approve: tuple[What, ...]
    approver: Approver | None
    replay: Path | None

    def of_attempt(self, number: int) -> "Oversight":
        """The same for one attempt, which hands nothing in."""
        below = self.replay and RunDirectory(self.replay).attempt_path(number)
        return replace(self, approve=tuple(what for what in self.approve if what != "final"), replay=below)

    def overseer(self, log: EventLog, recorded: Sequence[Event]) -> Overseer | None:
        """None where nobody is to be asked, and nobody was."""
        decided = [event for event in (*recorded, *log.events) if isinstance(event, Decided)]
        if self.approve and self.approver is None:
            raise BadInput("There is nobody to ask for approval.")
        if not self.approve and not decided:
            return None
        return Overseer(self.approve, self.approver, log.append, decided)


def _recorded(replay: Path | None) -> tuple[Event, ...]:
    """The events of the run that is to be replayed. Raises `BadInput` for what is no run."""
    if replay is None:
        return ()
    if not RunDirectory(replay).exists:
        raise BadInput(f"{replay} holds no audit.json: it is no run that could be replayed.")
    return tuple(entry.event for entry in RunDirectory(replay).entries())
