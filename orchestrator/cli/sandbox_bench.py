"""`inquest sandbox bench`: what the sandbox costs on this machine."""

from typing import Annotated

import typer

from orchestrator.cli.options import Json, Sandbox, SandboxKind
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import print_json, print_table


def bench(
    sandbox: Sandbox = SandboxKind.AUTO,
    runtime: Runtime = RuntimeKind.DEFAULT,
    peers: Annotated[
        bool, typer.Option("--peers", help="Measure AutoGen's executor and llm-sandbox beside it.")
    ] = False,
    repeats: Annotated[int, typer.Option(min=20, help="How many experiments are timed.")] = 200,
    as_json: Json = False,
) -> None:
    """Measure starting, experiments, queries, throughput and memory; with gVisor's figures where it is installed."""
    from sandbox.bench import measure, measure_peers, measure_runsc
    from sandbox.engines import choose_engine
    from sandbox.engines.docker import DockerEngine

    def say(line: str) -> None:
        typer.echo(line, err=True)

    engine = choose_engine(sandbox.value, runtime=runtime.value)
    figures = measure(engine, repeats=repeats, say=say)
    if isinstance(engine, DockerEngine):
        if engine.isolation.runtime != "runsc":
            under_gvisor = measure_runsc()
            figures |= under_gvisor
            if not under_gvisor:
                say("gVisor is skipped: Docker knows no runtime called runsc")
        if peers:
            figures |= measure_peers(engine, figures["experiment.p50_ms"], say)
    if as_json:
        isolation = engine.isolation
        where = {"engine": isolation.engine, "runtime": isolation.runtime}
        print_json({"outcome": "ok", **where, "figures": {name: round(value, 3) for name, value in figures.items()}})
    else:
        print_table((name, f"{value:,.2f}") for name, value in sorted(figures.items()))
