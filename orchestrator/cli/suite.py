"""`inquest suite`: suites of hidden functions, and their truth (for people, never for agents)."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import Json
from orchestrator.cli.terminal import clean, one_line, print_json

app = typer.Typer(help="Suites of hidden functions.", no_args_is_help=True)

Suite = Annotated[str, typer.Argument(help="demo@1, or from another seed demo@1:7.")]


@app.command(name="list")
def list_suites(as_json: Json = False) -> None:
    """Name the suites there are."""
    from functions.suites import SUITES, load_suite

    suites = [load_suite(name) for name in SUITES]
    if as_json:
        print_json({"outcome": "ok", "figures": {s.name: len(s.members) for s in suites}, "suites": sorted(SUITES)})
    else:
        for suite in suites:
            typer.echo(f"{suite.name}  {len(suite.members)} functions, seed {suite.seed}, sha256 {suite.sha256[:16]}")


@app.command()
def show(
    what: Annotated[str, typer.Argument(help="A suite, or a function: suite/category/id or a spec file.")],
    as_json: Json = False,
) -> None:
    """Show the functions of a suite, or the whole truth about one function."""
    if "/" in what or what.endswith(".json"):
        _show_function(what, as_json)
    else:
        _show_suite(what, as_json)


@app.command()
def build(
    suite: Suite,
    out: Annotated[
        Path | None, typer.Option(help="A directory that is not there yet.", show_default="its name")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a suite as files: one spec for each function, and a manifest with their hashes."""
    from functions.suites import build as build_suite
    from functions.suites import load_suite

    directory = out or Path(suite.replace(":", "-"))
    manifest = build_suite(load_suite(suite), directory)
    _say(as_json, f"{directory}: {len(manifest.sha256)} functions", len(manifest.sha256))


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="A directory that `suite build` made.")], as_json: Json = False
) -> None:
    """Compare every function in a directory with its manifest; any difference fails."""
    from functions.suites import verify as verify_suite

    manifest = verify_suite(directory)
    _say(as_json, f"{directory}: all {len(manifest.sha256)} functions match", len(manifest.sha256))


def _show_suite(name: str, as_json: bool) -> None:
    from functions.suites import load_suite

    suite = load_suite(name)
    if as_json:
        figures = {"functions": len(suite.members)}
        print_json({"outcome": "ok", "figures": figures, "manifest": suite.manifest.model_dump(mode="json")})
    else:
        for member in suite.members:
            typer.echo(f"{suite.reference(member)}  {one_line(member.spec.describe(), 400)}")


def _show_function(reference: str, as_json: bool) -> None:
    from functions.spec import spec_json
    from functions.suites import resolve

    spec = resolve(reference)
    truth = {
        "sha256": spec.sha256,
        "description": spec.describe(),
        "claims": [claim.text for claim in spec.claims()],
        "code": spec.reference_code(),
        "spec": spec.model_dump(mode="json"),
    }
    if as_json:
        print_json({"outcome": "ok", "figures": {"claims": len(spec.claims())}, **truth})
        return
    typer.echo(clean(f"{reference}  sha256 {spec.sha256}\n\n{spec.describe()}\n", 10_000))
    for claim in spec.claims():
        typer.echo(clean(f"- {claim.text}"))
    typer.echo(clean(f"\n{spec.reference_code()}\n{spec_json(spec)}", 100_000))


def _say(as_json: bool, text: str, functions: int) -> None:
    if as_json:
        print_json({"outcome": "ok", "figures": {"functions": functions}})
    else:
        typer.echo(clean(text))
