"""`inquest report`: the page of a run, made again from its directory."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import Json
from orchestrator.cli.terminal import clean, print_json


def report(
    runs: Annotated[list[Path], typer.Argument(help="Run directories.")],
    as_json: Json = False,
) -> None:
    """Write report.html into run directories: one file that opens from disk."""
    from functions.errors import BadInput
    from orchestrator.report import write_report

    for run in runs:
        if not run.is_dir():
            raise BadInput(f"{run} is no directory. Name a run directory, as in runs/0123456789abcdef.")
    pages = [write_report(run) for run in runs]
    if as_json:
        print_json({"outcome": "ok", "figures": {"reports": len(pages)}, "reports": [str(page) for page in pages]})
    else:
        for page in pages:
            typer.echo(clean(str(page)))
