"""One submission against one function: the part of an audit that a team's conversation has elsewhere."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from orchestrator.budget import Ending
from orchestrator.config import AuditConfig
from orchestrator.eventlog import EventLog, QueryFile
from orchestrator.events import Ended, SubmissionStarted, Submitted
from orchestrator.files import write_atomically
from orchestrator.history import History, fold, settled
from orchestrator.models.gateway.serving import ModelGateway
from orchestrator.rundir import RunDirectory
from sandbox.client import Engine, Limits, OracleJob
from sandbox.engines.gateway_link import GatewayLost
from sandbox.submission import Delivery, Image, SubmissionEngine

OpenGateway = Callable[[float], AbstractContextManager[ModelGateway]]
"""Opens a model gateway, for so many seconds at most."""

MARGIN_S = 120.0  # of the containers' lifetime, beyond the submission's own deadline


class Trial:
    """Runs the image and records what came of it. `engine` can hold one, as the audit has made sure.

    What it prints is kept, capped, in `stdout.txt` and `stderr.txt`: for its author, and hostile text like the rest.
    """

    def __init__(
        self,
        config: AuditConfig,
        image: Image,
        engine: Engine,
        log: EventLog,
        queries: QueryFile,
        run: RunDirectory,
        open_gateway: OpenGateway | None = None,
    ) -> None:
        self._config, self._image, self._engine = config, image, engine
        self._log, self._queries, self._run = log, queries, run
        self._open_gateway = open_gateway

    def finish(self) -> History:
        """Carry it to its end and record that. One that was interrupted is started again, and what it had paid for is
        answered again: equal, and free.

        Raises `SandboxFailure`, `KeyboardInterrupt` and, where a model cannot be had, `ProviderFailure`; the audit can
        be continued after each. Raises `ModelUnavailable` and `BadInput` for what the organiser has to mend first.
        """
        history = self._history()
        if history.ended is None and history.submitted is None:
            delivery = self._start()
            self._queries.sync()
            if delivery.interpretation is not None:
                self._log.append(Submitted(interpretation=delivery.interpretation))
            else:
                detail = f"{delivery.failure}: {delivery.detail}"
                self._log.append(Ended(turn=0, reason=Ending.AGENT_FAILED, detail=detail))
        if self._history().ended is None:
            self._log.append(Ended(turn=0, reason=Ending.SUBMITTED))
        return self._history()

    def _history(self) -> History:
        return fold(self._log.entries, self._config.budget.queries)

    def _start(self) -> Delivery:
        assert isinstance(self._engine, SubmissionEngine)  # noqa: S101 - looked at before the audit began
        config, seconds = self._config, self._config.budget.seconds
        timeline, paid = settled(self._log.entries, self._queries.records)
        job = OracleJob(
            target=config.target, secret=config.secret, brief=config.brief, settled=tuple(timeline), paid=tuple(paid)
        )
        limits = Limits(lifetime_s=seconds + MARGIN_S)
        run = partial(self._engine.run_submission, self._image, job, limits, seconds, self._queries, config.id)
        if self._open_gateway is None:
            self._log.append(SubmissionStarted(image=str(self._image)))
            delivery = run()
        else:
            with self._open_gateway(limits.lifetime_s) as gateway:
                self._log.append(SubmissionStarted(image=str(self._image)))
                delivery = _beside(gateway, run(gateway.surroundings))
        for name, printed in (("stdout.txt", delivery.stdout), ("stderr.txt", delivery.stderr)):
            write_atomically(self._run.path / name, printed.encode())
        return delivery


def _beside(gateway: ModelGateway, delivery: Delivery) -> Delivery:
    """What was delivered, and that the gateway was taken down. Raises what the audit has to stop for."""
    try:
        gateway.check()
    except GatewayLost as lost:
        return delivery.model_copy(update={"detail": f"{delivery.detail} {lost}".strip()})
    return delivery
