"""A study as one self-contained page, made from its directory alone: what came out, how sure it is, what failed."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

from markupsafe import Markup

from functions.brief import Record
from judges.grade import Outcome
from orchestrator.files import write_atomically
from orchestrator.report.page import environment, policy_of
from orchestrator.report.study_plots import Curve, budget_curve, forest, scores
from orchestrator.study.compare import Comparison
from orchestrator.study.config import Arm
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.results import ALL, Group
from orchestrator.study.row import Row
from orchestrator.study.status import Status, status_of

MAX_FUNCTIONS, MAX_GROUPS, MAX_LINKS = 400, 40, 24


class Link(Record):
    """An audit's page."""

    text: str
    href: str


class Failure(Record):
    """Audits of one arm that ended alike: in the same outcome, for the same reason. `links` are the first of them."""

    outcome: Outcome
    arm: str
    cause: str
    count: int
    links: tuple[Link, ...]


class Piece(Record):
    """One colour of a stacked bar, as parts of 100."""

    kind: str
    x: float
    width: float


class Spending(Record):
    """What an arm cost: wall clock by part, processor seconds by part (in the sandbox: experiments, and what containers
    took beside them; the rest on the host), dollars (None: unknown)."""

    arm: str
    audits: int
    seconds: dict[str, float]
    pieces: tuple[Piece, ...]
    cpu: dict[str, float]
    cost: float | None


class Line(Record):
    """One function: the mean score of each arm (None: none), with a link to each audit."""

    function: str
    traits: str
    scores: tuple[float | None, ...]
    links: tuple[tuple[Link, ...], ...]


_PARTS: dict[str, Callable[[Row], float]] = {
    "agents": lambda row: row.agents_s,
    "experiments": lambda row: row.experiments_s,
    "grading": lambda row: row.grading_s,
    "sandboxes and the rest": lambda row: row.rest_s,
}

_CPU: dict[str, Callable[[Row], float]] = {
    "experiments": lambda row: row.lab_cpu_s,
    "containers": lambda row: max(0.0, (row.containers_cpu_s or 0.0) - row.lab_cpu_s),
    "agents": lambda row: row.host_cpu.agents if row.host_cpu else 0.0,
    "grading": lambda row: row.host_cpu.grading if row.host_cpu else 0.0,
    "ours": lambda row: row.host_cpu.rest if row.host_cpu else 0.0,
}


def write_study_report(directory: Path) -> Path:
    """Make `report.html` in a study's directory. Returns its path. Raises `BadInput`, `StorageError`."""
    path = StudyDirectory(directory).report_path
    write_atomically(path, render_study(status_of(directory)).encode())
    return path


def render_study(status: Status) -> str:
    """The page. Equal results give equal pages."""
    css = environment().get_template("report.css").render()
    css += environment().get_template("study.css").render()
    study = status.study.manifest.study
    whole = [group for group in status.groups if group.part == ALL]
    categories = [group for group in status.groups if group.part != ALL]
    return (
        environment()
        .get_template("study.html.j2")
        .render(
            css=Markup(css),  # noqa: S704 - our own files
            policy=policy_of(css),
            status=status,
            study=study,
            whole=whole,
            warnings=sorted({w for c in status.comparisons for w in c.warnings}),
            headline=scores(whole, by_part=False),
            differences=forest((*status.comparisons, *_several(status))),
            curves=_curves(study.arms, whole),
            parts=scores((*sorted(categories, key=lambda group: group.part), *status.slices), by_part=True),
            failures=failures(status.rows),
            spending=[spending(arm.name, status.rows) for arm in study.arms],
            lines=lines(status)[:MAX_FUNCTIONS],
            functions=len(status.study.manifest.functions),
            judges=sorted({j for row in status.rows for j in (row.code_judge, row.description_judge) if j}),
            methods=_methods(status),
            max_groups=MAX_GROUPS,
        )
    )


def failures(rows: Sequence[Row]) -> list[Failure]:
    """Everything that was not graded, the most frequent first."""
    groups: dict[tuple[Outcome, str, str], list[Row]] = {}
    for row in rows:
        if row.outcome is not Outcome.GRADED:
            groups.setdefault((row.outcome, row.arm, row.cause), []).append(row)
    found = [
        Failure(outcome=o, arm=arm, cause=cause, count=len(m), links=tuple(map(_link, m[:MAX_LINKS])))
        for (o, arm, cause), m in groups.items()
    ]
    return sorted(found, key=lambda failure: -failure.count)


def spending(arm: str, rows: Iterable[Row]) -> Spending:
    """What the audits of an arm cost."""
    mine = [row for row in rows if row.arm == arm]
    seconds = {name: sum(part(row) for row in mine) for name, part in _PARTS.items()}
    total, at, pieces = sum(seconds.values()) or 1.0, 0.0, list[Piece]()
    for index, value in enumerate(seconds.values()):
        width = round(100 * value / total, 2)
        pieces.append(Piece(kind=f"p{index}", x=round(at, 2), width=width))
        at += width
    return Spending(
        arm=arm,
        audits=len(mine),
        seconds=seconds,
        pieces=tuple(pieces),
        cpu={name: sum(part(row) for row in mine) for name, part in _CPU.items()},
        cost=None if any(row.cost is None for row in mine) else sum(row.cost or 0.0 for row in mine),
    )


def lines(status: Status) -> list[Line]:
    """Function by function, as far as anything is done."""
    arms = [arm.name for arm in status.study.manifest.study.arms]
    by_function: dict[str, list[Row]] = {}
    for row in status.rows:
        by_function.setdefault(row.function, []).append(row)
    return [
        Line(
            function=function,
            traits=", ".join(n for n in ("noisy", "corrupted", "composed") if getattr(rows[0], n)) or "plain",
            scores=tuple(_mean([r.score for r in rows if r.arm == arm and r.score is not None]) for arm in arms),
            links=tuple(tuple(_link(r) for r in rows if r.arm == arm) for arm in arms),
        )
        for function, rows in by_function.items()
    ]


def _curves(arms: Sequence[Arm], whole: Sequence[Group]) -> list[tuple[str, Curve]]:
    """Score against queries for each team that has several budgets."""
    found: list[tuple[str, Curve]] = []
    for team in dict.fromkeys(arm.team for arm in arms):
        budgets = {arm.name: arm.budget.queries for arm in arms if arm.team == team}
        curve = budget_curve([(budgets[group.arm], group) for group in whole if group.arm in budgets])
        if curve is not None:
            found.append((team, curve))
    return found


def _several(status: Status) -> tuple[Comparison, ...]:
    """Comparisons by category, where there are several categories."""
    return status.per_category if len({row.category for row in status.rows}) > 1 else ()


def _methods(status: Status) -> list[str]:
    """How the intervals on the page were made."""
    found = [group.score for group in status.groups] + [c.difference.interval for c in status.comparisons]
    return sorted({interval.method for interval in found})


def _link(row: Row) -> Link:
    return Link(text=f"{row.function} seed {row.seed}", href=f"{row.audit}/report.html")


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None
