"""Audits by models over real HTTP, in the fake lab: AutoGen, our adapter and the record are the real ones."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from orchestrator.approval import Approver, What
from orchestrator.audit import audit, unwatched
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.events import Event, ModelCall
from orchestrator.models.provider import Patience
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.rundir import RunDirectory
from orchestrator.team import Converse
from orchestrator.team.autogen import converse as on_autogen
from tests.model_server.faults import FaultOf, never
from tests.model_server.lines import line_scientist
from tests.model_server.scientists import Scientist
from tests.model_server.server import ModelServer
from tests.orchestrator.fakes import FakeEngine, parts

IMPATIENT = Patience(attempts=6, first_s=0.002)
DEFAULT = Budget()


def serve(fault: FaultOf = never, answer: Scientist = line_scientist) -> ModelServer:
    """A server of scientists who find lines."""
    return ModelServer(answer, fault)


def real_clients(engine: FakeEngine | None = None, converse: Converse = on_autogen) -> Parts:
    """The parts of an audit, its models' clients the real ones, with little patience."""
    return replace(parts(engine, converse), patience=IMPATIENT)


def by_models(
    server: ModelServer,
    out: Path,
    team: str = "openai:model",
    *,
    budget: Budget = DEFAULT,
    engine: FakeEngine | None = None,
    approve: tuple[What, ...] = (),
    approver: Approver | None = None,
    replay: Path | None = None,
    seed: int = 0,
    watch: Callable[[Event], None] = unwatched,
) -> AuditResult:
    """One audit, its models asked at the server."""
    return audit(
        "fake",
        team=Team.parse(team).at(server.url),
        budget=budget,
        seed=seed,
        out=out,
        approve=approve,
        approver=approver,
        replay=replay,
        watch=watch,
        parts=real_clients(engine),
    )


def calls_of(run: Path) -> list[ModelCall]:
    """The recorded calls."""
    return [e.event for e in RunDirectory(run).entries() if isinstance(e.event, ModelCall)]
