"""`inquest sandbox`: one experiment by hand, and cleaning up; measuring and attacking are files of their own."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli import sandbox_bench, sandbox_check
from orchestrator.cli.exits import Exit
from orchestrator.cli.options import Json, Sandbox, SandboxKind
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import clean, print_json

app = typer.Typer(help="One experiment by hand; measuring, attacking, cleaning up.", no_args_is_help=True)
app.command()(sandbox_bench.bench)
app.command()(sandbox_check.check)


@app.command()
def run(
    file: Annotated[Path, typer.Argument(help="A script, as an experimenter would write it.")],
    function: Annotated[str, typer.Option(help="The hidden function: suite/category/id, or a spec file.")],
    sandbox: Sandbox = SandboxKind.AUTO,
    runtime: Runtime = RuntimeKind.DEFAULT,
    queries: Annotated[int, typer.Option(min=1, help="How many single inputs may be asked.")] = 100,
    seed: Annotated[int, typer.Option(help="Another seed draws other noise.")] = 0,
    trust_foreign_code: Annotated[
        bool, typer.Option("--trust-foreign-code", help="Run an imported function without a container.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run one experiment against a hidden function, in the real sandbox, and show what came back."""
    from orchestrator.experiment import run_once

    result = run_once(
        file,
        function,
        sandbox=sandbox.value,
        runtime=runtime.value,
        queries=queries,
        seed=seed,
        trusted=trust_foreign_code,
    )
    if as_json:
        figures = {"queries.used": result.queries_used, **result.usage.model_dump()}
        print_json({"outcome": result.status.value, "figures": figures, "result": result.model_dump(mode="json")})
    else:
        typer.echo(clean(result.stdout, 100_000), nl=False)
        typer.echo(clean(result.stderr, 100_000), nl=False, err=True)
        cost = f"{result.queries_used} queries, {result.usage.wall_s:.3f} s, {result.usage.peak_memory_mb:.0f} MB"
        typer.echo(f"{result.status.value}: {cost}", err=True)
    raise typer.Exit(Exit.OK if result.status == "ok" else Exit.FAILED)


@app.command()
def reap(sandbox: Sandbox = SandboxKind.AUTO, as_json: Json = False) -> None:
    """Remove what dead processes left behind, and what is past its deadline."""
    from sandbox.engines import choose_engine

    engine = choose_engine(sandbox.value)
    removed = engine.reap()
    if as_json:
        print_json({"outcome": "ok", "engine": engine.isolation.engine, "figures": {"removed": removed}})
    else:
        typer.echo(f"{engine.isolation.engine}: {removed} removed")
