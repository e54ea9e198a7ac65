"""The team's part of an audit: from wherever the events say it stands to its end."""

import asyncio
from collections.abc import Sequence

from functions.errors import Cause, InquestError
from orchestrator.approval import Overseer
from orchestrator.budget import AgentFailed, BudgetSpent, Ending, Meter
from orchestrator.config import AuditConfig
from orchestrator.eventlog import EventLog, QueryFile
from orchestrator.events import Ended, Said, TurnStarted
from orchestrator.history import History, fold, settled
from orchestrator.lab import RecordingLab
from orchestrator.models.desk import Desk
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.messages import Message, Plan, RoleName
from orchestrator.team import EXPECTED, Converse, stand_in
from sandbox.client import Engine, Limits, OracleJob, Sandbox


class Investigation:
    """One team against one function. `config` holds the ground truth; roles never see it."""

    def __init__(
        self,
        config: AuditConfig,
        roles: Sequence[Role],
        converse: Converse,
        engine: Engine,
        log: EventLog,
        queries: QueryFile,
        desk: Desk,
        overseer: Overseer | None = None,
    ) -> None:
        self._config, self._roles, self._converse = config, roles, converse
        self._engine, self._log, self._queries = engine, log, queries
        self._desk, self._overseer = desk, overseer

    def finish(self) -> History:
        """Carry the audit to the team's end and record it. What is recorded is not run, asked or paid for again.

        Raises `SandboxFailure` and `KeyboardInterrupt`; the audit can be continued after either.
        """
        if self._history().ended is None:
            ending, detail = self._live(self._history())
            self._log.append(Ended(turn=self._history().turn, reason=ending, detail=detail))
        return self._history()

    def _history(self) -> History:
        return fold(self._log.entries, self._config.budget.queries)

    def _live(self, history: History) -> tuple[Ending, str]:
        """Play from `history` to an ending, with a sandbox of its own. Gives the ending and its detail."""
        seconds, each = self._config.budget.seconds, self._config.budget.experiment_seconds
        limits = Limits(experiment_s=each, lifetime_s=seconds + 2 * each)
        with self._engine.open(self._job(), limits, self._queries, self._config.id) as sandbox:
            table = _Table(self._config, history, sandbox, self._log, self._queries, self._desk, self._overseer)
            return asyncio.run(self._talk(table, history.transcript, sandbox))

    def _job(self) -> OracleJob:
        timeline, paid = settled(self._log.entries, self._queries.records)
        return OracleJob(
            target=self._config.target,
            secret=self._config.secret,
            brief=self._config.brief,
            settled=tuple(timeline),
            paid=tuple(paid),
        )

    async def _talk(self, table: "_Table", transcript: Transcript, sandbox: Sandbox) -> tuple[Ending, str]:
        awake = asyncio.create_task(_stay_awake())
        try:
            ending, detail = await self._ending(table, transcript)
            return await self._hand_in(ending, detail)
        except asyncio.CancelledError:
            sandbox.close()  # the experiment under way runs in a thread, and only this ends it
            if self._overseer is not None:
                self._overseer.close()  # so does a question
            raise
        finally:
            awake.cancel()
            await self._desk.close()

    async def _ending(self, table: "_Table", transcript: Transcript) -> tuple[Ending, str]:
        try:
            return await self._converse(self._roles, transcript, table.take_turn), ""
        except BudgetSpent as spent:
            return spent.ending, str(spent)
        except AgentFailed as failed:
            return Ending.AGENT_FAILED, str(failed)

    async def _hand_in(self, ending: Ending, detail: str) -> tuple[Ending, str]:
        """The ending, unless a person does not let the interpretation be handed in."""
        if self._overseer is None or ending is Ending.AGENT_FAILED:
            return ending, detail
        history = self._history()
        if await self._overseer.final(history.turn, history.best):
            return ending, detail
        return Ending.REFUSED, "A person did not let it be handed in."


class _Table:
    """Where turns are taken in one life of an audit: budgets are looked at, turns and experiments recorded."""

    def __init__(
        self,
        config: AuditConfig,
        history: History,
        sandbox: Sandbox,
        log: EventLog,
        queries: QueryFile,
        desk: Desk,
        overseer: Overseer | None,
    ) -> None:
        self._config, self._log, self._desk, self._overseer = config, log, desk, overseer
        self._remaining_at_start = list(history.remaining_at_start)
        self._meter = Meter(
            config.budget, experiments=history.experiments, seconds=history.seconds, by_role=history.by_role
        )
        self._lab = RecordingLab(
            sandbox,
            config.brief,
            queries,
            self._meter,
            log.append,
            remaining=history.remaining,
            recorded=history.unfinished,
            overseer=overseer,
        )

    async def take_turn(self, role: Role, transcript: Transcript) -> Message:
        """Give a role the floor. Raises `BudgetSpent`, `AgentFailed`, or what infrastructure raises."""
        turn, remaining = len(transcript.turns), self._lab.left
        self._meter.before_turn(turn, role.name)
        self._check_queries(turn)
        plan = self._stand_in(role.name, transcript)
        self._log.append(TurnStarted(turn=turn, role=role.name, remaining=remaining, stand_in=plan))
        self._remaining_at_start.append(remaining)
        self._lab.begin_turn(turn, role.name)
        self._desk.begin_turn(turn, role.name, self._meter.seconds_left)
        message = await _hear(role, transcript.then(RoleName.PLANNER, plan) if plan else transcript, self._lab)
        if isinstance(message, Plan) and self._overseer is not None:
            message = await self._overseer.plan(turn, message)
        said = Said(turn=turn, role=role.name, message=message)
        # What others hear is what a resumed audit will read: JSON has fewer kinds of things than Python.
        said = Said.model_validate_json(said.model_dump_json())
        self._log.append(said)
        return said.message

    def _check_queries(self, turn: int) -> None:
        """A round that began without a query left is the last: it could still think over the last answers."""
        present = self._config.team.present
        begun = turn - len(present)
        if begun >= 0 and turn % len(present) == 0 and self._remaining_at_start[begun] == 0:
            raise BudgetSpent(Ending.QUERIES, f"All {self._config.budget.queries} queries are asked.")

    def _stand_in(self, speaker: RoleName, transcript: Transcript) -> Plan | None:
        if speaker is not RoleName.EXPERIMENTER or RoleName.PLANNER in self._config.team.present:
            return None
        return stand_in(self._config.team.way, self._config.brief, self._lab.remaining, transcript)


async def _stay_awake() -> None:
    """A stop that arrives just as the loop falls asleep is only noticed when it wakes up: so it never sleeps long."""
    while True:
        await asyncio.sleep(0.25)


async def _hear(role: Role, transcript: Transcript, lab: RecordingLab) -> Message:
    """What a role says. Whatever it raises is its own failure, save an ending, or a fault of infrastructure or user."""
    try:
        message = await role.take_turn(transcript, lab)
    except Exception as error:
        if isinstance(error, BudgetSpent) or (isinstance(error, InquestError) and error.cause is not Cause.AGENT):
            raise
        raise AgentFailed(f"The {role.name} failed: {type(error).__name__}: {error}") from error
    if not isinstance(message, EXPECTED[role.name]):
        raise AgentFailed(f"The {role.name} answered with a {type(message).__name__}.")
    return message
