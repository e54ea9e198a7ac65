"""One experiment by hand: a script of the user's own against a hidden function."""

from pathlib import Path

from functions.errors import BadInput
from functions.target import ModelNeuron
from orchestrator.budget import Budget
from orchestrator.config import AuditConfig, Team
from orchestrator.files import read_capped
from orchestrator.targets import permit
from sandbox.client import ExperimentResult, Limits, OracleJob, QueryRecord

MAX_SCRIPT_BYTES = 1_000_000


class _Unrecorded:
    """A query log that keeps nothing."""

    def append(self, record: QueryRecord) -> None: ...


def run_once(
    script: Path,
    function: str,
    *,
    sandbox: str,
    queries: int,
    seed: int,
    runtime: str = "default",
    trusted: bool = False,
) -> ExperimentResult:
    """Run `script` against `function` in a sandbox of its own. Raises `BadInput` for what cannot be read or found.

    `trusted` lets a function that is code from elsewhere run without a container.
    """
    from functions.suites import resolve_target
    from sandbox.engines import choose_engine

    code = read_capped(script.resolve(), MAX_SCRIPT_BYTES).decode(errors="replace")
    target, engine = resolve_target(function), choose_engine(sandbox, runtime=runtime)
    permit(target, engine.isolation, trusted)
    if isinstance(target, ModelNeuron):
        raise BadInput("A neuron that is a model's answers is asked in audits alone, which record what that costs.")
    config = AuditConfig(
        function=function,
        target=target.model_dump(mode="json"),
        target_sha256=target.sha256,
        brief=target.brief(queries),
        team=Team(),
        budget=Budget(queries=queries),
        seed=seed,
    )
    job = OracleJob(target=config.target, secret=config.secret, brief=config.brief)
    with engine.open(job, Limits(), _Unrecorded(), f"by-hand-{config.id}") as opened:
        return opened.run(code)
