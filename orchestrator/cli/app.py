"""The application: its commands, and the one place where errors become messages and exit codes."""

import signal
import sys
from typing import TYPE_CHECKING

import typer

from functions.errors import InquestError
from orchestrator.cli import audit, compare, doctor, grade, judge, receipts, report, sandbox, study, submission, suite
from orchestrator.cli.exits import BY_CAUSE, MEANING, Exit, Stopped
from orchestrator.cli.terminal import clean, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

app = typer.Typer(
    name="inquest",
    help="Audit black boxes: agents question a hidden function by experiment, judges grade what they say about it.",
    epilog="Exit codes: " + "; ".join(f"{code.value} {meaning}" for code, meaning in MEANING.items()) + ".",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(doctor.doctor)
app.command()(audit.audit)
app.command()(grade.grade)
app.command()(report.report)
app.command()(compare.compare)
app.add_typer(suite.app, name="suite")
app.add_typer(study.app, name="study")
for command in (receipts.key, receipts.receipt, receipts.verify):
    submission.app.command()(command)
app.add_typer(submission.app, name="submission")
app.add_typer(receipts.leaderboard, name="leaderboard")
app.add_typer(judge.app, name="judge")
app.add_typer(sandbox.app, name="sandbox")


def main(arguments: "Sequence[str] | None" = None) -> None:
    """The console script. An error made on purpose is one message on stderr and its exit code, never a traceback."""
    arguments = sys.argv[1:] if arguments is None else arguments
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        app(args=arguments)
    except InquestError as error:
        typer.echo(f"inquest: {clean(str(error))}", err=True)
        if "--json" in arguments:
            print_json({"outcome": "error", "cause": error.cause.value, "message": str(error), "figures": {}})
        sys.exit(Exit.INTERRUPTED if isinstance(error, Stopped) else BY_CAUSE[error.cause])


def _as_interrupt(_signal: int, _frame: "FrameType | None") -> None:
    signal.raise_signal(signal.SIGINT)
