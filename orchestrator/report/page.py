"""From a run directory to a page: the thin shell of the report."""

import base64
import hashlib
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from functions.brief import INPUT_NAMES, Category, Record
from judges.grade import DescriptionGrade, Grade
from orchestrator.files import write_atomically
from orchestrator.report import show
from orchestrator.report.axes import number
from orchestrator.report.belief import follow
from orchestrator.report.code import python
from orchestrator.report.curves import Series, Window
from orchestrator.report.plot import Point, WindowPlot, plot_window
from orchestrator.report.run import Run, read_run
from orchestrator.report.summary import Asked, asked, spent, verdict
from orchestrator.report.text import shown
from orchestrator.roles.messages import RoleName

MAX_TEXT = 20_000

TITLES = {"domain": "The whole domain", "centre": "Closer: the centre", "region": "Closer: the corrupted region"}


class Limits(Record):
    """How much of each kind a page shows. What is left out is counted on the page, and stays in the directory."""

    turns: int = 120
    experiments: int = 60
    hypotheses: int = 12
    rounds: int = 120
    counterexamples: int = 20
    claims: int = 60
    queries: int = 1_000
    items: int = 40


class Strip(Record):
    """Pixels of the strip of belief: its width, and that of one round."""

    width: int
    cell: float


def write_report(run_dir: Path) -> Path:
    """Make `report.html` in a run directory from what the directory holds. Returns its path.

    A half-finished or damaged directory gives a report that says what is missing. Raises `StorageError` where the file
    cannot be written, and `OSError` where the directory cannot be listed.
    """
    path = run_dir / "report.html"
    write_atomically(path, render(read_run(run_dir)).encode())
    return path


def render(run: Run) -> str:
    """The page. Equal runs give equal pages: nothing of the present moment is in it."""
    told = run.told
    belief = follow([t.turn for t in told if t.turn])
    questions = asked(run)
    plots = _plots(run, questions)
    css = environment().get_template("report.css").render()
    limits = Limits()
    cell = max(3.0, min(36.0, 420.0 / max(1, len(belief.rounds))))
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            title=run.config.function if run.config else run.name,
            css=Markup(css),  # noqa: S704 - our own file
            policy=policy_of(css),
            run=run,
            transcript=told,
            config=run.config,
            grade=run.grade,
            readings=readings(run.grade),
            said=run.interpretation,
            verdict=verdict(run),
            spent=spent(run),
            asked=questions,
            plots=plots,
            compared=any(plot.residuals for _, plot in plots),
            raised=sum(len(w.raised) for w in run.curves.windows) if run.curves else 0,
            belief=belief,
            strip=Strip(width=math.ceil(cell * min(len(belief.rounds), limits.rounds)) or 1, cell=round(cell, 2)),
            limits=limits,
        )
    )


def readings(grade: Grade | None) -> tuple[DescriptionGrade, ...]:
    """The grades of judges that read with a model, the headline's first, and of whoever else was asked besides."""
    if grade is None:
        return ()
    first = () if grade.description is None or grade.description.reads_claims else (grade.description,)
    return (*first, *grade.others)


@cache
def environment() -> Environment:
    """The templates, compiled once for as many reports as a process makes."""
    environment = Environment(
        loader=PackageLoader("orchestrator.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_fit_to_show,
    )
    environment.filters |= {
        "value": show.value,
        "share": show.share,
        "interval": show.interval,
        "claim": show.claim,
        "where": show.where,
        "brief": show.brief,
        "cut": show.cut,
        "json": show.as_json,
        "python": python,
    }
    return environment


def _fit_to_show(item: object) -> object:
    """The last gate before escaping: every text on the page passes here."""
    return shown(item, MAX_TEXT) if isinstance(item, str) and not isinstance(item, Markup) else item


def policy_of(css: str) -> str:
    """Nothing may be loaded or run; the one style sheet is named by its hash."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _plots(run: Run, questions: Sequence[Asked]) -> list[tuple[str, WindowPlot]]:
    """The plots with their titles. Without recorded curves: the queried points alone."""
    points = [
        Point(x=q.input, y=q.output, by_critic=q.role == RoleName.CRITIC)
        for q in questions
        if isinstance(q.input, float) and not isinstance(q.output, str)
    ]
    if run.curves:
        windows, irregular = run.curves.windows, run.curves.irregular
    else:
        windows, irregular = _unrecorded(run, points), ()
    return [
        (
            title_of(window),
            plot_window(window, window.irregular or irregular, points, *((1040, 400) if at == 0 else (512, 320))),
        )
        for at, window in enumerate(windows)
    ]


def title_of(window: Window) -> str:
    """What a plot shows; of a cut, which number varies and where the others are held."""
    if window.name != "slice":
        return TITLES[window.name]
    named = list(zip(INPUT_NAMES, window.fixed, strict=False))
    varies = ", ".join(name for name, held in named if held is None)
    return f"Along {varies}, at {' and '.join(f'{name} = {number(held)}' for name, held in named if held is not None)}"


def _unrecorded(run: Run, points: Sequence[Point]) -> tuple[Window, ...]:
    """One window without curves, wide enough for the domain or else for the points."""
    if not points or (run.config and run.config.brief.category is not Category.NUMERIC):
        return ()
    domain = run.config.brief.domain if run.config else None
    low = domain.low if domain and domain.low is not None else min(p.x for p in points)
    high = domain.high if domain and domain.high is not None else max(p.x for p in points)
    nothing = Series(x=(), y=())
    low, high = (low, high) if low < high else (low - 1, low + 1)
    return (Window(name="domain", low=low, high=high, truth=nothing, expected=(), reconstruction=nothing),)
