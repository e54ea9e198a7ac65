"""What one command brings to an audit: it begins it or goes on with it, casts the team, and tries again what failed."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from functions.errors import BadInput
from orchestrator.attempts import BestOf
from orchestrator.config import AuditConfig, Team
from orchestrator.eventlog import EventLog, QueryFile
from orchestrator.events import AuditStarted, Event, Interrupted, ModelCall, Resumed
from orchestrator.history import History
from orchestrator.investigation import Investigation
from orchestrator.models.desk import Desk
from orchestrator.models.exchange import Models, ProviderFailure, Rejected
from orchestrator.models.gateway.serving import GatewayEngine, open_gateway
from orchestrator.models.replay import Cassette
from orchestrator.oversight import Oversight, recorded_in
from orchestrator.parts import Parts
from orchestrator.provenance import Provenance
from orchestrator.roles.base import Role
from orchestrator.roles.messages import RoleName
from orchestrator.rundir import AuditFile, RunDirectory, writing
from orchestrator.submission.trial import OpenGateway, Trial
from orchestrator.team.solo import Solo
from sandbox.client import Engine, SandboxFailure

RETRIES = 2
"""How often one command tries again after a failure of the infrastructure."""


@dataclass(frozen=True)
class Life:
    """What one command brings to an audit and to each of its attempts."""

    parts: Parts
    engine: Engine
    provenance: Provenance
    force: bool
    watch: Callable[[Event], None]
    oversight: Oversight

    def investigation(
        self, run: RunDirectory, config: AuditConfig, log: EventLog, queries: QueryFile, role: Role | None = None
    ) -> Investigation | Trial | BestOf:
        """The team's part of an audit. `role` is one that is there already, in place of the team's."""
        recorded = recorded_in(self.oversight.replay)
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
            begin(below, config, self.provenance, log, self.force)
            return own.investigation(below, config, log, queries).finish()


def begin(run: RunDirectory, config: AuditConfig, provenance: Provenance, log: EventLog, force: bool) -> None:
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


def retry(log: EventLog, action: Callable[[], None]) -> None:
    """Do it, and do it again where sandbox or provider failed, at most `RETRIES` times. Every failure is recorded."""
    for _ in range(1 + RETRIES):
        try:
            return action()
        except (SandboxFailure, ProviderFailure, Rejected) as failure:
            log.append(Interrupted(cause=failure.cause, detail=str(failure)))
            if not failure.retry_helps:
                break
    return None


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
