"""`inquest study`: grids of audits, from a TOML file to figures."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.exits import Exit, Stopped
from orchestrator.cli.options import Json, SandboxKind
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import clean, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.study.executor import Executor
    from orchestrator.study.manifest import Manifest
    from orchestrator.study.run import Chosen


class ExecutorKind(StrEnum):
    """Who does a study's audits."""

    LOCAL = "local"
    RAY = "ray"


app = typer.Typer(help="Studies: grids of audits (functions x arms x seeds).", no_args_is_help=True)

StudyFile = Annotated[Path, typer.Argument(help="A TOML file, or the name of a ready-made study (see 'study list').")]
Directory = Annotated[Path, typer.Argument(help="A study's directory, as 'study run' made it.")]
Shard = Annotated[str | None, typer.Option(help="I/N: the I-th of N parts (from 1), into a directory of its own.")]


@app.command(name="list")
def list_studies(as_json: Json = False) -> None:
    """Name the ready-made studies."""
    from orchestrator.study.config import read_study, ready_studies

    studies = {name: read_study(path) for name, path in ready_studies().items()}
    if as_json:
        print_json({"outcome": "ok", "figures": {name: len(s.arms) for name, s in studies.items()}})
    else:
        print_table((name, study.description) for name, study in studies.items())


@app.command()
def plan(
    study: StudyFile,
    deviation: Annotated[
        float, typer.Option(min=0.001, max=1, help="Of differences between arms, from function to function.")
    ] = 0.3,
    as_json: Json = False,
) -> None:
    """Say what a study would be: audits, the most they can cost, and which difference it could find."""
    from orchestrator.cli.study_show import plan_lines
    from orchestrator.study.plan import plan_of

    manifest = _manifest(study)
    planned = plan_of(manifest, deviation)
    if as_json:
        cells = [cell.model_dump(mode="json") for cell in manifest.cells]
        print_json({"outcome": "ok", "figures": planned.figures, "sha256": manifest.sha256, "audits": cells})
    else:
        print_table(plan_lines(manifest, planned))


@app.command()
def run(
    study: StudyFile,
    out: Annotated[
        Path | None, typer.Option(help="The study's directory.", show_default="runs/ and the study's name")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="How many audits at a time.", show_default="1; on Ray, its processors")
    ] = None,
    executor: Annotated[
        ExecutorKind, typer.Option("--executor", help="Who does audits: processes here, or a Ray cluster.")
    ] = ExecutorKind.LOCAL,
    address: Annotated[
        str, typer.Option(help="Of the Ray cluster, or 'auto'.", show_default="one is started here")
    ] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many audits.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="An arm, or functions as in demo@1/numeric/00*.")] = None,
    shard: Shard = None,
    sandbox: Annotated[
        SandboxKind | None, typer.Option("--sandbox", help="Where code runs.", show_default="as the study says")
    ] = None,
    runtime: Runtime = RuntimeKind.DEFAULT,
    force: Annotated[bool, typer.Option("--force", help="Continue audits under other versions; recorded.")] = False,
    as_json: Json = False,
) -> None:
    """Run a study. The same command again does what is left, and nothing twice.

    Ctrl-C stops when the audits under way have put their things away; a second Ctrl-C stops now.
    """
    from orchestrator.cli.study_show import Board
    from orchestrator.study.manifest import suite_hashes
    from orchestrator.study.run import StudyStopped, run_study

    try:
        manifest = _manifest(study)
        part = _shard(shard)
        name = sandbox.value if sandbox else manifest.study.sandbox
        workers, chosen = _workers(executor, address, jobs, name, runtime.value)
        directory = out or Path("runs") / manifest.study.name
        if part is not None:
            directory = directory.with_name(f"{directory.name}.{part[0]}-of-{part[1]}")
        with Board(manifest, quiet=as_json) as board:
            run_study(
                manifest,
                directory,
                workers,
                cells=manifest.chosen(only or (), limit, part),
                chosen=chosen,
                suites=suite_hashes(manifest),
                force=force,
                watch=board.watch,
            )
    except (KeyboardInterrupt, StudyStopped) as stopped:
        raise Stopped(str(stopped) or "Stopped. The same command goes on from here.") from None
    _finish(directory, as_json)


@app.command()
def status(directory: Directory, as_json: Json = False) -> None:
    """Show where a study stands: scores with intervals, and every audit's outcome in the denominator or beside it."""
    _show(directory, as_json)


@app.command()
def merge(
    directories: Annotated[list[Path], typer.Argument(help="Directories of parts of one study.")],
    out: Annotated[Path, typer.Option(help="Where the whole study is put together.")],
    as_json: Json = False,
) -> None:
    """Put parts of one study together that --shard ran apart. Parts are copied, and stay."""
    from orchestrator.study.merge import merge as merge_parts

    merged = merge_parts(directories, out)
    _say(as_json, f"{out}: {merged} audits", {"audits": merged})


@app.command()
def verify(directory: Directory, as_json: Json = False) -> None:
    """Recompute ids, hashes and results of every audit from its directory, and say what was touched."""
    from orchestrator.study.verify import verify as verify_study

    found = verify_study(directory)
    if as_json:
        outcome = "ok" if found.intact else "touched"
        print_json({"outcome": outcome, "figures": found.figures, **found.model_dump(mode="json")})
    else:
        for touched in found.touched:
            typer.echo(clean(touched))
        typer.echo(f"{found.audits} audits, {found.recomputed} recomputed, {len(found.touched)} touched")
    raise typer.Exit(Exit.OK if found.intact else Exit.FAILED)


@app.command()
def refresh(directory: Directory, as_json: Json = False) -> None:
    """Take grades that `inquest grade` gave a study's audits later into its results."""
    from orchestrator.study.recompute import take_regrades

    taken = take_regrades(directory)
    _say(as_json, f"{taken} audits were graded again since", {"regraded": taken})


@app.command()
def export(
    directory: Directory,
    out: Annotated[Path, typer.Option(help="A file that ends in .jsonl, .csv, .sqlite or .parquet.")],
    as_json: Json = False,
) -> None:
    """Write the results as one table: JSON lines, CSV, SQLite, or Parquet (which needs pyarrow)."""
    from orchestrator.study.export import export as write_table
    from orchestrator.study.load import load_study

    written = write_table(load_study(directory).rows, out)
    _say(as_json, f"{out}: {written} rows", {"rows": written})


@app.command()
def report(directory: Directory, as_json: Json = False) -> None:
    """Write report.html into a study's directory: one file that opens from disk."""
    from orchestrator.report.study import write_study_report

    page = write_study_report(directory)
    if as_json:
        print_json({"outcome": "ok", "figures": {"reports": 1}, "reports": [str(page)]})
    else:
        typer.echo(clean(str(page)))


def _manifest(path: Path) -> "Manifest":
    from functions.suites import resolve
    from orchestrator.study.config import read_study
    from orchestrator.study.manifest import expand, suite_members

    return expand(read_study(path), resolve, suite_members)


def _workers(
    kind: ExecutorKind, address: str, jobs: int | None, sandbox: str, runtime: str
) -> "tuple[Executor, Chosen]":
    """Who does the audits, and in which sandbox."""
    from orchestrator.parts import Parts
    from orchestrator.study.run import choose_sandbox

    if kind is ExecutorKind.RAY:
        from orchestrator.study.cluster import RayWorkers

        cluster = RayWorkers(address, jobs)
        return cluster, cluster.choose_sandbox(sandbox, runtime)
    from orchestrator.study.workers import LocalWorkers

    return LocalWorkers(jobs or 1), choose_sandbox(sandbox, runtime, Parts.real())


def _shard(text: str | None) -> tuple[int, int] | None:
    from functions.errors import BadInput

    if text is None:
        return None
    index, slash, count = text.partition("/")
    if not (slash and index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise BadInput(f"'{text}' is no shard. Write I/N with I from 1 to N, as in 2/8.")
    return int(index), int(count)


def _finish(directory: Path, as_json: bool) -> None:
    from orchestrator.report.study import write_study_report

    page = write_study_report(directory)
    _show(directory, as_json)
    if not as_json:
        typer.echo(clean(f"report: {page}"))


def _show(directory: Path, as_json: bool) -> None:
    from orchestrator.cli.study_show import status_tables
    from orchestrator.study.status import status_of

    found = status_of(directory)
    if as_json:
        print_json({"outcome": "ok" if found.complete else "incomplete", **found.document})
    else:
        status_tables(found)


def _say(as_json: bool, text: str, figures: "Mapping[str, float]") -> None:
    if as_json:
        print_json({"outcome": "ok", "figures": dict(figures)})
    else:
        typer.echo(clean(text))
