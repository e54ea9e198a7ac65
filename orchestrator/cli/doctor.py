"""`inquest doctor`: what works here, what does not, and the command that mends it."""

from typing import TYPE_CHECKING

import typer

from orchestrator.cli.exits import Exit
from orchestrator.cli.options import Json
from orchestrator.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sandbox.doctor import Check


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
        print_table(_rows(checks))
    raise typer.Exit(Exit.OK if usable else Exit.INFRASTRUCTURE)


def _rows(checks: "Sequence[Check]") -> "Iterator[tuple[str, str]]":
    for check in checks:
        yield f"{'ok' if check.ok else '--'}  {check.name}", check.detail
        if check.tried:
            yield "", f"limits that were tried: {'; '.join(check.tried)}"
        if check.mend:
            yield "", f"mend it with: {check.mend}"
