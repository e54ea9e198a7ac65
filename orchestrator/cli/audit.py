"""`inquest audit`: one audit, shown as it happens."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.exits import BY_OUTCOME, Stopped
from orchestrator.cli.options import Json, Sandbox, SandboxKind
from orchestrator.cli.terminal import print_json


def audit(
    function: Annotated[str, typer.Argument(help="suite/category/id, as in demo@1/numeric/0007, or a spec file.")],
    team: Annotated[
        str, typer.Option(help="'classical', or roles with backends: 'planner=none,critic=classical'.")
    ] = "classical",
    sandbox: Sandbox = SandboxKind.AUTO,
    queries: Annotated[int, typer.Option(min=1, help="How many single inputs may be asked.")] = 100,
    seed: Annotated[int, typer.Option(help="Another seed draws other noise.")] = 0,
    out: Annotated[Path, typer.Option(help="Where run directories are kept.")] = Path("runs"),
    force: Annotated[bool, typer.Option("--force", help="Continue under other versions; recorded.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Audit afresh; what is there is kept beside it, with a number.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Let a team audit one hidden function, and grade what it hands in.

    The same command again continues an audit that was stopped, and prints the result of one that is done.
    """
    from orchestrator.audit import audit as run_audit
    from orchestrator.audit import unwatched
    from orchestrator.budget import Budget
    from orchestrator.cli.progress import Progress, show_result
    from orchestrator.config import Team

    try:
        with Progress(quiet=as_json) as progress:
            result = run_audit(
                function,
                team=Team.parse(team),
                budget=Budget(queries=queries),
                seed=seed,
                sandbox=sandbox.value,
                out=out,
                force=force,
                again=again,
                watch=unwatched if as_json else progress.watch,
            )
    except KeyboardInterrupt:
        without = " without --again" if again else ""
        raise Stopped(f"Stopped. The same command{without} goes on from here.") from None
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        show_result(result)
    raise typer.Exit(BY_OUTCOME[result.outcome.value])
