"""The lab as roles see it: experiments are counted, recorded, and never run twice."""

import asyncio
from collections.abc import Callable, Sequence

from functions.brief import Brief
from orchestrator.approval import Overseer, Refused
from orchestrator.budget import Meter
from orchestrator.eventlog import QueryFile
from orchestrator.events import Event, Experiment
from orchestrator.roles.messages import RoleName
from sandbox.client import ExperimentResult, Sandbox, Status


class RecordingLab:
    """`sandbox.client.Lab` over a sandbox. `begin_turn` says on whose behalf the next experiments are run.

    `recorded` experiments of a turn that never ended are served instead of run, by turn, position and code;
    `remaining` is then what an undisturbed audit sees at that point.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        brief: Brief,
        queries: QueryFile,
        meter: Meter,
        record: Callable[[Event], None],
        *,
        remaining: int,
        recorded: Sequence[Experiment] = (),
        overseer: Overseer | None = None,
    ) -> None:
        self._sandbox, self._brief, self._queries, self._meter, self._record = sandbox, brief, queries, meter, record
        self._remaining = remaining
        self._overseer = overseer
        self._recorded = {(e.turn, e.index, e.code): e for e in recorded}
        self._turn, self._index, self._role = 0, 0, RoleName.PLANNER
        self._one_at_a_time = asyncio.Lock()

    @property
    def brief(self) -> Brief:
        """What the team is told."""
        return self._brief

    @property
    def remaining(self) -> int:
        """Queries left for whoever has the floor, in single inputs."""
        return self._meter.queries_left(self._remaining)

    @property
    def left(self) -> int:
        """Queries left of the audit's, whosever they are."""
        return self._remaining

    def begin_turn(self, turn: int, role: RoleName) -> None:
        """The experiments that follow belong to this turn, and are counted from 0."""
        self._turn, self._index, self._role = turn, 0, role

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:
        """Run one script, or serve what it gave before. Raises `SandboxFailure` and `BudgetSpent`.

        What a person does not approve is not run, and its result says so.
        """
        async with self._one_at_a_time:
            approved = await self._approved(purpose, code)
            if isinstance(approved, Refused):
                self._index += 1
                return ExperimentResult(status=Status.ERROR, stderr=f"Not run. {approved.reason}")
            code = approved
            self._meter.before_experiment()
            done = self._recorded.get((self._turn, self._index, code)) or await self._run(code, purpose)
            self._index += 1
            self._remaining = done.remaining
            self._meter.asked(done.result.queries_used)
            return done.result

    async def _approved(self, purpose: str, code: str) -> str | Refused:
        if self._overseer is None or (self._turn, self._index, code) in self._recorded:
            return code
        return await self._overseer.code(self._turn, self._index, self._role, purpose, code)

    async def _run(self, code: str, purpose: str) -> Experiment:
        first = len(self._queries.records)
        result = await asyncio.to_thread(self._sandbox.run, code)
        self._queries.sync()
        done = Experiment(
            turn=self._turn,
            index=self._index,
            role=self._role,
            purpose=purpose,
            code=code,
            result=result,
            first_batch=first,
            end_batch=len(self._queries.records),
            remaining=self._sandbox.remaining,
        )
        self._record(done)
        return done
