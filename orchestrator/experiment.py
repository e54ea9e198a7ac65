"""One experiment by hand: a script of the user's own against a hidden function."""

from pathlib import Path

from orchestrator.audit import configure
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.files import read_capped
from sandbox.client import ExperimentResult, Limits, OracleJob, QueryRecord

MAX_SCRIPT_BYTES = 1_000_000


class _Unrecorded:
    """A query log that keeps nothing."""

    def append(self, record: QueryRecord) -> None: ...


def run_once(script: Path, function: str, *, sandbox: str, queries: int, seed: int) -> ExperimentResult:
    """Run `script` against `function` in a sandbox of its own. Raises `BadInput` for what cannot be read or found."""
    from functions.suites import resolve
    from sandbox.engines import choose_engine

    code = read_capped(script.resolve(), MAX_SCRIPT_BYTES).decode(errors="replace")
    config = configure(function, resolve(function), Team(), Budget(queries=queries), seed)
    job = OracleJob(target=config.target, secret=config.secret, brief=config.brief)
    with choose_engine(sandbox).open(job, Limits(), _Unrecorded(), f"by-hand-{config.id}") as opened:
        return opened.run(code)
