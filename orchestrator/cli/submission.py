"""`inquest submission`: somebody else's interpreter, packed as an image."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from functions.errors import BadInput
from orchestrator.cli.exits import Exit, Stopped
from orchestrator.cli.options import Json
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import clean, print_json

if TYPE_CHECKING:
    from orchestrator.study.config import StudyConfig
    from orchestrator.submission.trial import OpenGateway
    from sandbox.submission import SubmissionEngine


class Language(StrEnum):
    """What there is an example of. `classical` is the project's own team, in Python."""

    PYTHON = "python"
    PERL = "perl"
    CLASSICAL = "classical"


app = typer.Typer(help="Submissions: interpreters by somebody else, packed as images.", no_args_is_help=True)

ImageArgument = Annotated[
    str, typer.Argument(metavar="IMAGE", help="A name with a tag or digest, an id, or FILE.tar from 'docker save'.")
]
GatewayFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Language models that it may ask, and what they may cost: see docs/gateway.md."),
]


@app.command()
def run(
    image: ImageArgument,
    suite: Annotated[list[str], typer.Option(help="A suite, or functions as in demo@1/numeric/00*. May be repeated.")],
    queries: Annotated[int, typer.Option(min=1, help="How many single inputs each audit may ask.")] = 100,
    seconds: Annotated[float, typer.Option(min=1, help="How long each audit may take, by the clock.")] = 600.0,
    seed: Annotated[
        list[int] | None, typer.Option(help="Another seed draws other noise. May be repeated.", show_default="0")
    ] = None,
    per_category: Annotated[int | None, typer.Option(min=1, help="Only so many functions of each category.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many audits.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many audits at a time.")] = 1,
    gateway: GatewayFile = None,
    out: Annotated[
        Path | None, typer.Option(help="The study's directory.", show_default="runs/submission- and the image's digest")
    ] = None,
    runtime: Runtime = RuntimeKind.DEFAULT,
    force: Annotated[bool, typer.Option("--force", help="Continue audits under other versions; recorded.")] = False,
    as_json: Json = False,
) -> None:
    """Benchmark an image: a study with one arm. The same command again does what is left, and nothing twice.

    A tag is resolved once, to the image's digest, which is recorded. Without a gateway it can ask no language model.
    """
    from orchestrator.budget import Budget
    from orchestrator.models.gateway.policy import GatewayPolicy
    from orchestrator.submission.benchmark import study_of

    budget = Budget(queries=queries, seconds=seconds)
    models = None if gateway is None else GatewayPolicy.read(gateway)
    study = study_of(_engine(runtime).find_image(image), suite, budget, seed or (0,), per_category, models)
    directory = out or Path("runs") / study.name
    _run(study, directory, jobs, limit, runtime, force, quiet=as_json)
    _show(directory, as_json)


@app.command()
def validate(
    image: ImageArgument,
    seconds: Annotated[float, typer.Option(min=1, help="How long each of the three runs may take.")] = 60.0,
    gateway: GatewayFile = None,
    runtime: Runtime = RuntimeKind.DEFAULT,
    as_json: Json = False,
) -> None:
    """Run an image on three easy functions, and say what is wrong with it. Exit code 1: something is.

    Nothing is graded: a wrong interpretation is not a broken one.
    """
    from orchestrator.submission.validate import validate as look_at

    engine = _engine(runtime)
    with _models_for(engine, gateway) as models:
        found = look_at(engine, engine.find_image(image), seconds, open_gateway=models)
    if as_json:
        outcome = "ok" if found.passed else "failed"
        print_json({"outcome": outcome, "figures": found.figures, **found.model_dump(mode="json")})
    else:
        for check in found.checks:
            typer.echo(clean(f"{'ok  ' if check.passed else 'FAIL'}  {check.name:<16} {check.detail}".rstrip()))
        if not found.passed and (printed := (found.stderr or found.stdout).strip()):
            typer.echo(clean(f"The end of what it printed:\n{printed[-1500:]}"))
    raise typer.Exit(Exit.OK if found.passed else Exit.FAILED)


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Where it is written: a new directory, or an empty one.")],
    language: Annotated[Language, typer.Option(help="What it is written in.")] = Language.PYTHON,
    base: Annotated[
        str | None, typer.Option(help="The image it is built on.", show_default="one that is on this machine")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a working submission to start from, with a README that says how to go on."""
    from orchestrator.submission.examples import write_example

    written = write_example(directory, language.value, base or _base_for(language))
    if as_json:
        print_json({"outcome": "ok", "figures": {"files": len(written)}, "files": [str(path) for path in written]})
    else:
        typer.echo(clean(f"{directory}: {len(written)} files. Go on with its README.md."))


def _base_for(language: Language) -> str:
    """The usual base where it is here, or where no engine can be asked; else one of the sandbox's own images."""
    from orchestrator.submission.examples import DEFAULTS
    from sandbox.client import EngineUnavailable
    from sandbox.engines import choose_engine
    from sandbox.submission import SubmissionEngine

    usual = DEFAULTS[language.value]
    try:
        engine = choose_engine("docker")
    except EngineUnavailable:
        return usual
    assert isinstance(engine, SubmissionEngine)  # noqa: S101 - Docker is one
    try:
        engine.find_image(usual)
    except BadInput:
        ours = dict(zip(("oracle", "lab"), engine.isolation.image_digests, strict=True))
        return engine.find_image(ours["oracle" if language is Language.CLASSICAL else "lab"]).name
    return usual


def _engine(runtime: RuntimeKind) -> "SubmissionEngine":
    """Docker. Raises `EngineUnavailable`."""
    from sandbox.engines import choose_engine
    from sandbox.submission import SubmissionEngine

    engine = choose_engine("docker", runtime=runtime.value)
    assert isinstance(engine, SubmissionEngine)  # noqa: S101 - Docker is one
    return engine


@contextmanager
def _models_for(engine: "SubmissionEngine", policy: Path | None) -> Iterator["OpenGateway | None"]:
    """What opens a gateway for each run of an image; None without a policy. Its calls are kept no longer than this."""
    if policy is None:
        yield None
        return
    from orchestrator.audit import unwatched
    from orchestrator.eventlog import EventLog
    from orchestrator.models.gateway.policy import GatewayPolicy
    from orchestrator.models.gateway.serving import GatewayEngine, ModelGateway, open_gateway

    assert isinstance(engine, GatewayEngine)  # noqa: S101 - Docker is one
    models = GatewayPolicy.read(policy)
    with TemporaryDirectory() as scratch:

        @contextmanager
        def opened(lifetime_s: float) -> Iterator[ModelGateway]:
            name = f"validate-{uuid4().hex}"
            with (
                closing(EventLog(Path(scratch) / name, unwatched)) as log,
                open_gateway(engine, models, log, lifetime_s, run=name, label="validate") as found,
            ):
                yield found

        yield opened


def _run(
    study: "StudyConfig",
    directory: Path,
    jobs: int,
    limit: int | None,
    runtime: RuntimeKind,
    force: bool,
    *,
    quiet: bool,
) -> None:
    from functions.suites import resolve
    from orchestrator.cli.study_show import Board
    from orchestrator.parts import Parts
    from orchestrator.study.manifest import expand, suite_hashes, suite_members
    from orchestrator.study.run import StudyStopped, choose_sandbox, run_study
    from orchestrator.study.workers import LocalWorkers

    try:
        manifest = expand(study, resolve, suite_members)
        with Board(manifest, quiet=quiet) as board:
            run_study(
                manifest,
                directory,
                LocalWorkers(jobs),
                cells=manifest.chosen((), limit, None),
                chosen=choose_sandbox(study.sandbox, runtime.value, Parts.real()),
                suites=suite_hashes(manifest),
                force=force,
                watch=board.watch,
            )
    except (KeyboardInterrupt, StudyStopped) as stopped:
        raise Stopped(str(stopped) or "Stopped. The same command goes on from here.") from None


def _show(directory: Path, as_json: bool) -> None:
    from orchestrator.cli.study_show import status_tables
    from orchestrator.report.study import write_study_report
    from orchestrator.study.status import status_of
    from orchestrator.submission.benchmark import figures_of

    page = write_study_report(directory)
    found = status_of(directory)
    if as_json:
        outcome = "ok" if found.complete else "incomplete"
        print_json({"outcome": outcome, **found.document, "figures": figures_of(found), "report": str(page)})
        return
    status_tables(found)
    typer.echo(clean(f"report: {page}"))
