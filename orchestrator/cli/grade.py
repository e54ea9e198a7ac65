"""`inquest grade`: grade again, from run directories alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.exits import BY_OUTCOME, Exit
from orchestrator.cli.options import Json, Judges, Readers, ReadersUrl, Sandbox, SandboxKind, Votes
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.result import AuditResult


def grade(
    runs: Annotated[list[Path], typer.Argument(help="Run directories.")],
    sandbox: Sandbox = SandboxKind.AUTO,
    runtime: Runtime = RuntimeKind.DEFAULT,
    judges: Judges = "code,claims",
    model: Readers = None,
    base_url: ReadersUrl = None,
    votes: Votes = 3,
    as_json: Json = False,
) -> None:
    """Grade what was handed in once more, in a fresh container. Every grading is recorded in the run, and kept."""
    from orchestrator.audit import grade as grade_again
    from orchestrator.cli.progress import show_result
    from orchestrator.judging import Judging

    judging = Judging.parse(judges, model or (), base_url, votes)
    results = [grade_again(run, sandbox=sandbox.value, runtime=runtime.value, judging=judging) for run in runs]
    if as_json:
        print_json(_summary(results))
    else:
        for result in results:
            show_result(result)
    raise typer.Exit(max((BY_OUTCOME[r.outcome.value] for r in results), default=Exit.OK))


def _summary(results: "Sequence[AuditResult]") -> dict[str, object]:
    """One object: the outcome where all agree, else `mixed`; each figure's mean over the runs that have it."""
    outcomes = {result.outcome.value for result in results}
    names = sorted({name for result in results for name in result.figures})
    values = {name: [r.figures[name] for r in results if name in r.figures] for name in names}
    return {
        "outcome": outcomes.pop() if len(outcomes) == 1 else "mixed",
        "figures": {name: sum(found) / len(found) for name, found in values.items()} | {"runs": len(results)},
        "runs": [result.model_dump(mode="json") for result in results],
    }
