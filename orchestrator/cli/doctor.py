"""`inquest doctor`: what works here, what does not, and the command that mends it."""

import typer

from orchestrator.cli.exits import Exit
from orchestrator.cli.options import Json
from orchestrator.cli.terminal import clean, print_json


def doctor(as_json: Json = False) -> None:
    """Say what works here, what does not, and which command mends it.

    Exit code 0 as long as audits can be run, in whichever sandbox.
    """
    from sandbox.doctor import examine

    checks = examine()
    usable = any(check.ok for check in checks if check.name.startswith("sandbox "))
    if as_json:
        figures = {"checks": len(checks), "ok": sum(check.ok for check in checks)}
        found = [check.model_dump(mode="json") for check in checks]
        print_json({"outcome": "ok" if usable else "infrastructure", "figures": figures, "checks": found})
    else:
        for check in checks:
            typer.echo(clean(f"{'ok' if check.ok else '--':<4}{check.name:<16}{check.detail}"))
            if check.mend:
                typer.echo(clean(f"{'':<20}mend it with: {check.mend}"))
    raise typer.Exit(Exit.OK if usable else Exit.INFRASTRUCTURE)
