"""What an audit is put together from: the seams at which tests, studies and clusters bring something else."""

from collections.abc import Callable
from dataclasses import dataclass

from functions.target import Target
from orchestrator.config import Classical
from orchestrator.grading import Judge
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Models
from orchestrator.models.provider import PATIENT, Patience, Provider
from orchestrator.provenance import Provenance, current
from orchestrator.roles.base import Role, Way
from orchestrator.roles.messages import RoleName
from orchestrator.team import Converse
from sandbox.client import Engine, Isolation


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
