"""`inquest sandbox check`: attack the sandbox, and show what happened."""

from typing import TYPE_CHECKING, Annotated

import typer

from functions.errors import BadInput
from orchestrator.cli.exits import Exit
from orchestrator.cli.options import Json, Sandbox, SandboxKind
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import clean, console, print_json, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.check import Verdict
    from sandbox.client import Isolation


PIPED_WIDTH = 240
"""Columns of the table where nobody's terminal says how many there are: a behaviour is a line."""


def check(
    sandbox: Sandbox = SandboxKind.AUTO,
    runtime: Runtime = RuntimeKind.DEFAULT,
    only: Annotated[str, typer.Option(help="Names of behaviours, as a pattern: 'no_network*'.")] = "*",
    as_json: Json = False,
) -> None:
    """Try what attackers would try, and show for each behaviour what must happen and what happened.

    What the sandbox does not promise is not tried, and said. Exit code 1 where a promise was broken.
    """
    from sandbox.check import Attempts
    from sandbox.engines import choose_engine

    engine = choose_engine(sandbox.value, runtime=runtime.value)
    attempts = Attempts(engine)
    verdicts: list[Verdict] = []
    try:
        for verdict in attempts.every(only):
            verdicts.append(verdict)
            if not as_json:
                typer.echo(f"{_mark(verdict)}  {verdict.name}", err=True)
    finally:
        attempts.close()
    if not verdicts:
        raise BadInput(f"No behaviour is called {only!r}; 'inquest sandbox check --json' names them all.")
    raise typer.Exit(show(verdicts, engine.isolation, as_json=as_json))


def show(verdicts: "Sequence[Verdict]", isolation: "Isolation", *, as_json: bool) -> Exit:
    """Print what came of it. The exit code says whether a promise was broken."""
    figures = _figures(verdicts)
    broken = figures["contained"] < figures["promised"]
    if as_json:
        found = [verdict.model_dump(mode="json") for verdict in verdicts]
        outcome, where = "failed" if broken else "ok", isolation.model_dump(mode="json")
        print_json({"outcome": outcome, "isolation": where, "figures": figures, "verdicts": found})
    else:
        _show(verdicts, isolation, figures)
    return Exit.FAILED if broken else Exit.OK


def _figures(verdicts: "Sequence[Verdict]") -> dict[str, int]:
    tried = [verdict for verdict in verdicts if verdict.contained is not None]
    return {
        "behaviours": len(verdicts),
        "promised": len(tried),
        "contained": sum(verdict.contained is True for verdict in tried),
    }


def _mark(verdict: "Verdict") -> str:
    return {True: "ok", False: "!!", None: "--"}[verdict.contained]


def _show(verdicts: "Sequence[Verdict]", isolation: "Isolation", figures: dict[str, int]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "behaviour", "must happen", "what happened"):
        table.add_column(column, overflow="fold")
    for verdict in verdicts:
        happened = styled(clean(verdict.happened, 300), "red" if verdict.contained is False else "")
        table.add_row(_mark(verdict), styled(verdict.name), styled(verdict.must), happened)
    shown = console()
    if not shown.is_terminal:
        shown.width = PIPED_WIDTH
    shown.print(table, soft_wrap=False)
    where = f"{isolation.engine} ({isolation.runtime})"
    typer.echo(f"{where}: {figures['contained']} of {figures['promised']} behaviours contained")
    if untried := figures["behaviours"] - figures["promised"]:
        typer.echo(f"{untried} were not tried, because what contains them is not promised")
