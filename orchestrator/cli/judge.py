"""`inquest judge`: the judges of descriptions, and how good each is known to be."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import Json, Readers, ReadersUrl, Votes
from orchestrator.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions.spec import AnySpec

app = typer.Typer(help="The judges, and how good each is known to be.", no_args_is_help=True)

DEFAULT = "claims"


@app.command(name="list")
def list_judges(as_json: Json = False) -> None:
    """Name the judges there are, with their versions, and how good each is known to be."""
    from judges.known import known

    judges = known()
    if as_json:
        listed = [judge.model_dump() for judge in judges]
        print_json({"outcome": "ok", "figures": {"judges": len(judges)}, "judges": listed})
        return
    print_table((f"{judge.name} {judge.version}", f"{judge.of}. {judge.worth}") for judge in judges)


@app.command()
def calibrate(
    judge: Annotated[str, typer.Argument(help="A judge of descriptions: claims, unit-test or prediction.")] = DEFAULT,
    suite: Annotated[str, typer.Option(help="Where the functions come from.")] = "dev@1",
    functions: Annotated[int, typer.Option(min=2, max=1000, help="So many of each category.")] = 8,
    model: Readers = None,
    base_url: ReadersUrl = None,
    votes: Votes = 3,
    calls: Annotated[Path | None, typer.Option(help="Record each call of a model in this new file.")] = None,
    written: Annotated[
        bool | None,
        typer.Option(help="Also grade what people wrote freely; otherwise for claims alone, which costs nothing."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Grade descriptions of known worth: true, false in one way, changed without harm, and attacks."""
    from functions.errors import BadInput
    from functions.suites import load_suite
    from judges.calibration import calibrate as measure
    from judges.calibration.free import written_figures
    from judges.calibration.measure import gradable
    from orchestrator.judging import Judging
    from orchestrator.judging.bench import description_judges
    from orchestrator.judging.calls import CallFile
    from orchestrator.models.clients import open_provider
    from orchestrator.models.provider import PATIENT

    judging = Judging.parse(judge, model or (), base_url, votes)
    specs = gradable(_some([member.spec for member in load_suite(suite).members], functions))
    with (
        CallFile(calls) as log,
        description_judges(judging, f"calibrate-{log.name}", log, open_provider, PATIENT) as judges,
    ):
        if len(judges) != 1:
            raise BadInput("One judge of descriptions is calibrated at a time.")
        found = measure(judges[0], specs, _tell(as_json))
        free = written_figures(judges[0]) if written or (written is None and judge == DEFAULT) else {}
        found = found.model_copy(update={"figures": found.figures | free | log.figures})
    if as_json:
        print_json({"outcome": "ok", "figures": found.figures, "judge": found.judge.model_dump(), "suite": suite})
        return
    print_table((name, f"{value:g}") for name, value in found.figures.items())


def _some(specs: "list[AnySpec]", each: int) -> "list[AnySpec]":
    """So many of each category, evenly spread."""
    chosen = []
    for category in dict.fromkeys(spec.category for spec in specs):
        of = [spec for spec in specs if spec.category is category]
        chosen += of[:: max(1, len(of) // each)][:each]
    return chosen


def _tell(quiet: bool) -> "Callable[[str], None]":
    return (lambda _: None) if quiet else (lambda text: typer.echo(text, err=True))
