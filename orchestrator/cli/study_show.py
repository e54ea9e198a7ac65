"""A study as people watch it, and as they read it afterwards: tables of arms with their intervals."""

import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from rich import box
from rich.live import Live
from rich.table import Table

from orchestrator.cli.terminal import console, one_line, styled
from orchestrator.study.compare import Comparison
from orchestrator.study.manifest import Manifest
from orchestrator.study.plan import Plan
from orchestrator.study.results import ALL, Group, summarise
from orchestrator.study.row import Row
from orchestrator.study.run import Progress
from orchestrator.study.statistics import Interval
from orchestrator.study.status import Status

REFRESH_S = 1.0
"""Intervals are worked out anew no more often than this."""


class Board:
    """The live table on a terminal; elsewhere one plain line for each audit that ends."""

    def __init__(self, manifest: Manifest, *, quiet: bool = False) -> None:
        self._manifest, self._quiet = manifest, quiet
        self._console = console()
        self._live = (
            Live(console=self._console, auto_refresh=False) if self._console.is_terminal and not quiet else None
        )
        self._drawn = -REFRESH_S

    def watch(self, progress: Progress) -> None:
        """Show where a command stands."""
        if self._live is not None:
            if time.monotonic() - self._drawn >= REFRESH_S or progress.done == len(progress.cells):
                self._live.update(board_table(self._manifest, progress), refresh=True)
                self._drawn = time.monotonic()
        elif progress.latest is not None and not self._quiet:
            self._console.print(styled(row_line(progress, progress.latest)))

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()


def board_table(manifest: Manifest, progress: Progress) -> Table:
    """The table of a study under way: one line for each arm."""
    left = progress.seconds_left
    title = f"{manifest.study.name}: {progress.done} of {len(progress.cells)} audits"
    caption = ", ".join(
        part
        for part in (
            f"{progress.running} running",
            f"{progress.retried} tried again" if progress.retried else "",
            f"about {duration(left)} left" if left is not None else "",
        )
        if part
    )
    table = _table(title, "arm", *_COUNTS)
    table.caption = caption
    for arm in manifest.study.arms:
        mine = [row for row in progress.rows.values() if row.arm == arm.name]
        meant = sum(cell.arm == arm.name for cell in manifest.cells)
        table.add_row(*_arm_cells(summarise(arm.name, ALL, mine, meant), meant))
    return table


def row_line(progress: Progress, row: Row) -> str:
    """One audit that ended, in a line."""
    score = "-" if row.score is None else f"{row.score:.3f}"
    said = f" {one_line(row.cause)}" if row.cause else ""
    place = f"{progress.done}/{len(progress.cells)}"
    parts = (f"{place:>9}", row.arm, row.function, f"seed {row.seed}", row.outcome.value, score, f"{row.wall_s:.1f} s")
    return f"{'  '.join(parts)}{said}"


def plan_lines(manifest: Manifest, plan: Plan) -> Iterator[tuple[str, str]]:
    """A plan, as named lines."""
    study = manifest.study
    kinds = ", ".join(f"{count} {category}" for category, count in sorted(plan.functions.items()))
    yield "study", f"{study.name}: {study.description}" if study.description else study.name
    yield "audits", f"{plan.audits}: {kinds} functions x {plan.arms} arms x {plan.seeds} seeds"
    for arm in study.arms:
        reference = ", the reference" if arm.name == study.reference_arm and plan.arms > 1 else ""
        yield "arm", f"{arm.name}: {arm.team}, {arm.budget.queries} queries{reference}"
    yield "queries", f"at most {plan.queries}"
    yield "cost", "unknown: somebody's price is" if plan.ceiling is None else f"at most {plan.ceiling:.2f} US dollars"
    if plan.arms > 1:
        least = "not even 1" if plan.detectable is None else f"{plan.detectable:.3f}"
        yield (
            "can find",
            (
                f"a mean difference between arms of {least}, with a power of 80 % (paired t, 5 % divided by "
                f"{plan.comparisons} comparisons), if differences deviate by {plan.deviation:g} between functions"
            ),
        )
    yield "identity", manifest.sha256


def status_tables(status: Status) -> None:
    """Print where a study stands."""
    title = f"{status.study.manifest.study.name}: {len(status.rows)} of {len(status.study.manifest.cells)} audits"
    table = _table(title, "arm", "functions", *_COUNTS, "code", "description")
    several = len({group.part for group in status.groups}) > 2
    for group in status.groups:
        if several or group.part == ALL:
            arm, *cells = _arm_cells(group, group.pending + sum(group.outcomes.values()))
            table.add_row(arm, group.part, *cells, _number(group.code), _number(group.description))
    show(table)
    if status.comparisons:
        show(comparison_table(status.comparisons, "against the reference"))
    for method in sorted({g.score.method for g in status.groups}):
        console().print(styled(f"Intervals: {method}. A team that failed scores 0; what is not scored is in no mean."))


def comparison_table(comparisons: Sequence[Comparison], title: str) -> Table:
    """Paired differences, one line each."""
    names = ("first", "second", "functions", "n", "difference", "95 % interval", "p", "p (Holm)", "d_z")
    table = _table(f"Second minus first, {title}", *names)
    for c in comparisons:
        found = c.difference
        numbers = (f"{found.interval.estimate:+.3f}", interval(found.interval), f"{found.p:.4f}", f"{c.p_holm:.4f}")
        table.add_row(c.first, c.second, c.part, str(found.interval.n), *numbers, f"{found.effect:+.2f}")
    return table


def interval(item: Interval) -> str:
    """`0.41 to 0.58`, or a dash."""
    return "-" if item.lo is None or item.hi is None else f"{item.lo:.3f} to {item.hi:.3f}"


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `3.5 h`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


_COUNTS = ("done", "score", "95 % interval", "failed", "not scored", "US $")


def _arm_cells(group: Group, meant: int) -> tuple[str, ...]:
    return (
        group.arm,
        f"{sum(group.outcomes.values())}/{meant}",
        f"{group.score.estimate:.3f}" if group.score.n else "-",
        interval(group.score),
        str(group.failed),
        str(group.not_scored),
        "?" if group.cost is None else f"{group.cost:.2f}",
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def show(table: Table) -> None:
    """Print a table; where nobody's terminal bounds it, every column is as wide as it needs."""
    out = console()
    if not out.is_terminal:
        out.width = 160
    out.print(table)


def _table(title: str, *names: str) -> Table:
    """A plain table: words to the left, numbers to the right."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in names:
        words = name in ("arm", "functions", "first", "second")
        table.add_column(name, justify="left" if words else "right", no_wrap=True)
    return table
