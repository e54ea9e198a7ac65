"""`inquest suite`: suites of hidden functions, and their truth (for people, never for agents)."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import Json
from orchestrator.cli.terminal import clean, one_line, print_json

if TYPE_CHECKING:
    from functions.brief import Category
    from functions.suites import Member, Suite
    from functions.target import ImportedCode, ModelNeuron

app = typer.Typer(help="Suites of hidden functions.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="demo@1, or from another seed demo@1:7.")]


@app.command(name="list")
def list_suites(as_json: Json = False) -> None:
    """Name the suites there are."""
    from functions.suites import SUITES

    if as_json:
        figures = {recipe.name: recipe.size for recipe in SUITES.values()}
        print_json({"outcome": "ok", "figures": figures, "suites": sorted(SUITES)})
        return
    for recipe in SUITES.values():
        categories = ", ".join(recipe.categories)
        typer.echo(
            f"{recipe.name}  {recipe.size} functions ({categories}), seed {recipe.seed}, sha256 {recipe.sha256[:16]}"
        )


@app.command()
def show(
    what: Annotated[str, typer.Argument(help="A suite, or a function: suite/category/id or a spec file.")],
    category: Annotated[str | None, typer.Option(help="Of a suite, this category alone.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Of a suite, so many functions chosen at random.")] = None,
    as_json: Json = False,
) -> None:
    """Show the functions of a suite, or the whole truth about one function."""
    if "/" in what or what.endswith(".json"):
        _show_function(what, as_json)
    else:
        _show_suite(what, category, sample, as_json)


@app.command()
def build(
    suite: Name,
    out: Annotated[
        Path | None, typer.Option(help="A directory that is not there yet.", show_default="its name")
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Draw other functions, from a secret seed.")] = False,
    seed_file: Annotated[Path | None, typer.Option(help="With --private: 64 hexadecimal digits.")] = None,
    as_json: Json = False,
) -> None:
    """Write a suite as files: one spec for each function, a manifest with their hashes, and what there is to say of it.

    A private suite also gets commitments.json, to be published before it is used, and salts.json, to be published when
    it is revealed.
    """
    from functions.suites import about
    from functions.suites import build as build_suite
    from functions.suites.private import write_commitments
    from orchestrator.cli.making import make

    began = time.perf_counter()
    made, trivial = make(_with_secret_seed(suite, seed_file) if private else _without_seed_file(suite, seed_file))
    directory = out or Path(f"{suite}-private" if private else suite.replace(":", "-"))
    facts = about(made, trivial, private)
    build_suite(made, directory, facts)
    if private:
        write_commitments(made, directory)
    seconds = time.perf_counter() - began
    if as_json:
        figures = {"functions": len(made.members), "seconds": seconds, "rejected_duplicates": made.rejected}
        print_json(
            {
                "outcome": "ok",
                "figures": {**figures, "trivial": len(facts.trivial), **facts.figures},
                "manifest_sha256": made.sha256,
                "warning": facts.warning,
            }
        )
        return
    typer.echo(clean(f"{directory}: {len(made.members)} functions, {made.rejected} others rejected as duplicates"))
    typer.echo(f"manifest sha256 {made.sha256}\n{facts.warning}")


@app.command(name="import-find")
def import_find(
    directory: Annotated[Path, typer.Argument(help="Where folders like f00001 are.")],
    out: Annotated[
        Path | None, typer.Option(help="A directory that is not there yet.", show_default="its name")
    ] = None,
    category: Annotated[str | None, typer.Option(help="What is meant where nothing tells it.")] = None,
    as_json: Json = False,
) -> None:
    """Take in functions in the layout of the published FIND benchmark. Their code is kept as data, and not executed."""
    from functions.suites.imported import import_find as take_in

    into = out or Path(f"{directory.resolve().name}-imported")
    layout = take_in(directory, into, _category(category))
    if as_json:
        figures = {"loaded": len(layout.loaded), "skipped": len(layout.skipped)}
        skipped = [skip._asdict() for skip in layout.skipped]
        print_json({"outcome": "ok", "figures": figures, "functions": sorted(layout.loaded), "skipped": skipped})
        return
    typer.echo(clean(f"{into}: {len(layout.loaded)} functions loaded, {len(layout.skipped)} skipped"))
    for skip in layout.skipped:
        typer.echo(one_line(f"{skip.name}: {skip.why}", 400))


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="A directory that `suite build` made, or commitments.json.")],
    reveal: Annotated[Path | None, typer.Option(help="A directory with functions that were committed to.")] = None,
    as_json: Json = False,
) -> None:
    """Compare every function in a directory with its manifest, or with commitments; any difference fails."""
    from functions.suites import verify as verify_suite
    from functions.suites.private import verify_reveal

    if reveal is None:
        manifest = verify_suite(directory)
        _say(as_json, f"{directory}: all {len(manifest.sha256)} functions match", {"functions": len(manifest.sha256)})
        return
    shown = verify_reveal(directory, reveal)
    seed = "the seed matches, too" if shown.seed else "the seed was not revealed"
    figures = {"functions": shown.functions, "committed": shown.committed, "seed": int(shown.seed)}
    _say(as_json, f"{reveal}: {shown.functions} of {shown.committed} functions revealed, all match; {seed}", figures)


def _without_seed_file(name: str, seed_file: Path | None) -> str:
    from functions.errors import BadInput

    if seed_file is not None:
        raise BadInput("a seed file makes a private suite: add --private, or write the seed as in demo@1:7")
    return name


def _with_secret_seed(name: str, seed_file: Path | None) -> str:
    from functions.errors import BadInput
    from functions.suites.private import read_seed

    if seed_file is None or ":" in name:
        raise BadInput("a private suite takes its seed from a file: write NAME@VERSION --private --seed-file FILE")
    return f"{name}:{read_seed(seed_file)}"


def _category(name: str | None) -> "Category | None":
    from functions.brief import Category
    from functions.errors import BadInput

    if name is not None and name not in list(Category):
        raise BadInput(f"there is no category {name!r}; there are {', '.join(Category)}")
    return Category(name) if name else None


def _chosen(name: str, category: str | None, sample: int | None) -> "tuple[Suite, list[Member]]":
    """A suite, or one category of it, and those of its functions that are to be shown."""
    from random import Random

    from functions.suites import load_suite

    known = _category(category)
    suite = load_suite(name, *([known] if known else []))
    members = list(suite.members)
    if sample is not None and sample < len(members):
        members = sorted(Random(0).sample(members, sample), key=lambda member: member.name)
    return suite, members


def _show_suite(name: str, category: str | None, sample: int | None, as_json: bool) -> None:
    suite, members = _chosen(name, category, sample)
    if as_json:
        figures = {"functions": len(members)}
        functions = {suite.reference(member): member.spec.describe() for member in members}
        manifest = suite.manifest.model_dump(mode="json")
        print_json({"outcome": "ok", "figures": figures, "functions": functions, "manifest": manifest})
        return
    for member in members:
        typer.echo(f"{suite.reference(member)}  {one_line(member.spec.describe(), 1000)}")


def _show_function(reference: str, as_json: bool) -> None:
    from functions.spec import spec_json
    from functions.suites import resolve_target
    from functions.target import ImportedCode, ModelNeuron

    spec = resolve_target(reference)
    if isinstance(spec, ImportedCode):
        _show_imported(reference, spec, as_json)
        return
    if isinstance(spec, ModelNeuron):
        _show_neuron(reference, spec, as_json)
        return
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


def _show_imported(reference: str, code: "ImportedCode", as_json: bool) -> None:
    """What is known of code from elsewhere: its source, and what was published with it."""
    if as_json:
        target = code.model_dump(mode="json")
        print_json(
            {"outcome": "ok", "figures": {"vectors": len(code.vectors)}, "sha256": code.sha256, "target": target}
        )
        return
    typer.echo(
        clean(f"{reference}  sha256 {code.sha256}\n\n{code.category} code from elsewhere; nobody knows its truth.")
    )
    typer.echo(clean(f"{len(code.vectors)} published outputs; {code.published}\n\n{code.source}", 100_000))


def _show_neuron(reference: str, neuron: "ModelNeuron", as_json: bool) -> None:
    """What a model is asked. There is no more to it."""
    if as_json:
        target = neuron.model_dump(mode="json")
        print_json({"outcome": "ok", "figures": {}, "sha256": neuron.sha256, "target": target})
        return
    typer.echo(clean(f"{reference}  sha256 {neuron.sha256}\n\n{neuron.describe()} Nobody knows more about it.", 10_000))


def _say(as_json: bool, text: str, figures: dict[str, int]) -> None:
    if as_json:
        print_json({"outcome": "ok", "figures": figures})
    else:
        typer.echo(clean(text))
