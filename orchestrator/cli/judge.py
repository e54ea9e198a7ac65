"""`inquest judge`: the judges of descriptions, and how good each is known to be."""

from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import Json
from orchestrator.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions.spec import AnySpec
    from judges.judge import DescriptionJudge

app = typer.Typer(help="The judges, and how good each is known to be.", no_args_is_help=True)

DEFAULT = "claims"


@app.command(name="list")
def list_judges(as_json: Json = False) -> None:
    """Name the judges there are, with their versions."""
    from judges.code import JUDGE
    from judges.description import ClaimsJudge

    known = [(JUDGE, "code: runs it in a fresh container"), (ClaimsJudge.identity, "descriptions: offline, no model")]
    if as_json:
        judges = [{"name": judge.name, "version": judge.version, "of": what} for judge, what in known]
        print_json({"outcome": "ok", "figures": {"judges": len(known)}, "judges": judges})
        return
    print_table((f"{judge.name} {judge.version}", what) for judge, what in known)


@app.command()
def calibrate(
    judge: Annotated[str, typer.Argument(help="A judge of descriptions.")] = DEFAULT,
    suite: Annotated[str, typer.Option(help="Where the functions come from.")] = "dev@1",
    functions: Annotated[int, typer.Option(min=2, max=1000, help="So many of each category.")] = 8,
    as_json: Json = False,
) -> None:
    """Grade descriptions of known worth: true, false in one way, changed without harm, and attacks."""
    from functions.suites import load_suite
    from judges.calibration import calibrate as measure
    from judges.calibration.measure import gradable

    specs = _some([member.spec for member in load_suite(suite).members], functions)
    found = measure(_judge(judge), gradable(specs), _tell(as_json))
    if as_json:
        print_json({"outcome": "ok", "figures": found.figures, "judge": found.judge.model_dump(), "suite": suite})
        return
    print_table((name, f"{value:g}") for name, value in found.figures.items())


def _judge(name: str) -> "DescriptionJudge":
    from functions.errors import BadInput
    from judges.description import ClaimsJudge

    if name != DEFAULT:
        raise BadInput(f"There is no judge of descriptions named {name!r}; there is: {DEFAULT}.")
    return ClaimsJudge()


def _some(specs: "list[AnySpec]", each: int) -> "list[AnySpec]":
    """So many of each category, evenly spread."""
    chosen = []
    for category in dict.fromkeys(spec.category for spec in specs):
        of = [spec for spec in specs if spec.category is category]
        chosen += of[:: max(1, len(of) // each)][:each]
    return chosen


def _tell(quiet: bool) -> "Callable[[str], None]":
    return (lambda _: None) if quiet else (lambda text: typer.echo(text, err=True))
