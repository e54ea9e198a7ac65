"""The figures of a study's page as shapes: pure geometry, which a template then draws as SVG."""

import math
from collections.abc import Sequence

from functions.brief import Record
from orchestrator.report.axes import Axis, number
from orchestrator.report.plot import Tick
from orchestrator.study.compare import Comparison
from orchestrator.study.results import Group
from orchestrator.study.statistics import Interval

WIDTH, LABELS, RIGHT, ROW, TOP = 1040.0, 250.0, 210.0, 26.0, 10.0


class Mark(Record):
    """One estimate with its interval, in pixels. `lo` and `hi` are None where there is no interval."""

    y: float
    at: float
    lo: float | None
    hi: float | None
    label: str
    text: str
    tone: str = ""


class Forest(Record):
    """Estimates below one another on one axis; `zero` is the pixel where nothing is different."""

    width: float
    height: float
    left: float
    right: float
    zero: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]


class Curve(Record):
    """Score against queries: dots with intervals on an axis of powers of ten, joined by a line."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    line: str


def forest(comparisons: Sequence[Comparison]) -> Forest | None:
    """Paired differences with the reference; None where there is none. What Holm leaves significant has a tone."""
    if not comparisons:
        return None
    ends = [e for c in comparisons for i in (c.difference.interval,) for e in (i.lo, i.hi, i.estimate) if e is not None]
    reach = max(0.05, *(abs(e) for e in ends)) * 1.05
    axis = Axis(low=-reach, high=reach, start=LABELS, end=WIDTH - RIGHT)
    return _forest(axis, [_compared(c) for c in comparisons])


def scores(groups: Sequence[Group], by_part: bool) -> Forest | None:
    """Scores on 0..1, labelled by arm, and by part too where there are several; None where nothing is scored."""
    known = [group for group in groups if group.score.n]
    if not known:
        return None
    axis = Axis(low=0.0, high=1.0, start=LABELS, end=WIDTH - RIGHT)
    rows = [(_label(g, by_part), g.score, f"{g.score.estimate:.3f}  {_interval(g.score)}", "") for g in known]
    return _forest(axis, rows)


def budget_curve(points: Sequence[tuple[int, Group]]) -> Curve | None:
    """Score against query budget; None where there are not two budgets to compare."""

    known = sorted(((queries, group) for queries, group in points if group.score.n), key=lambda point: point[0])
    if len({queries for queries, _ in known}) < 2:
        return None
    width, height, left, right, bottom = WIDTH, 300.0, 60.0, WIDTH - 120.0, 270.0
    x = Axis(low=math.log10(known[0][0]), high=math.log10(known[-1][0]), start=left + 20, end=right)
    y = Axis(low=0.0, high=1.0, start=bottom, end=10.0)
    marks = tuple(
        Mark(
            y=y.at(group.score.estimate),
            at=x.at(math.log10(queries)),
            lo=None if group.score.lo is None else y.at(group.score.lo),
            hi=None if group.score.hi is None else y.at(group.score.hi),
            label=group.arm,
            text=f"{group.arm}: {group.score.estimate:.3f}, {_interval(group.score)}",
        )
        for queries, group in known
    )
    return Curve(
        width=width,
        height=height,
        left=left,
        right=right,
        bottom=bottom,
        x_ticks=tuple(Tick(at=x.at(math.log10(q)), label=str(q)) for q in dict.fromkeys(q for q, _ in known)),
        y_ticks=tuple(Tick(at=y.at(t), label=number(t)) for t in y.ticks(5)),
        marks=marks,
        line="M" + "L".join(f"{mark.at} {mark.y}" for mark in marks),
    )


def _forest(axis: Axis, rows: Sequence[tuple[str, Interval, str, str]]) -> Forest:
    marks = tuple(
        Mark(
            y=TOP + (index + 0.5) * ROW,
            at=axis.at(found.estimate),
            lo=None if found.lo is None else axis.at(found.lo),
            hi=None if found.hi is None else axis.at(found.hi),
            label=label,
            text=text,
            tone=tone,
        )
        for index, (label, found, text, tone) in enumerate(rows)
    )
    return Forest(
        width=WIDTH,
        height=TOP + len(rows) * ROW + 24,
        left=axis.start,
        right=axis.end,
        zero=axis.at(0.0),
        ticks=tuple(Tick(at=axis.at(t), label=number(t)) for t in axis.ticks(8)),
        marks=marks,
    )


def _compared(comparison: Comparison) -> tuple[str, Interval, str, str]:
    found = comparison.difference
    tone = ("better" if found.interval.estimate > 0 else "worse") if comparison.p_holm < 0.05 else ""
    text = f"{found.interval.estimate:+.3f}  {_interval(found.interval)}".replace("-", "\N{MINUS SIGN}")
    label = comparison.second if comparison.part == "all" else f"{comparison.second}, {comparison.part}"
    return label, found.interval, text, tone


def _label(group: Group, by_part: bool) -> str:
    return f"{group.part.replace('_', ' ')}, {group.arm}" if by_part else group.arm


def _interval(found: Interval) -> str:
    return "no interval" if found.lo is None or found.hi is None else f"{found.lo:.3f} to {found.hi:.3f}"
