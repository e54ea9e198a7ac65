"""One window of curves as shapes on the page: pure geometry, which a template then draws as SVG."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from functions.brief import INPUT_NAMES, Interval, Record
from orchestrator.report.axes import Axis, number, spread
from orchestrator.report.curves import Series, Window

LEFT, RIGHT, TOP, BOTTOM = 60.0, 18.0, 8.0, 22.0
RUG = 12.0  # the strip under the values that shows where something is undefined
GAP = 12.0  # the room above the residuals
MAX_DOTS = 3000  # queried points drawn in one window


class Point(Record):
    """A queried input with what the oracle answered (None: undefined). `by_critic`: asked to break a hypothesis."""

    x: float
    y: float | None
    by_critic: bool = False


class Tick(Record):
    """Where an axis says which number."""

    at: float
    label: str


class Dot(Record):
    """A queried point on the page. `beyond`: its value is outside of the frame, or undefined; it sits on the rim."""

    x: float
    y: float
    label: str
    by_critic: bool
    beyond: bool


class Span(Record):
    """A horizontal stretch of the page."""

    x: float
    width: float


class Panel(Record):
    """A frame with its vertical ticks. `zero` is the pixel of 0, where that is inside."""

    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    zero: float | None


class WindowPlot(Record):
    """What the template draws, in pixels of a `width` x `height` canvas. Lines are SVG path data.

    `axis` and `output` are what stands at the axes.
    """

    axis: str
    output: str
    width: float
    height: float
    left: float
    right: float
    x_ticks: tuple[Tick, ...]
    values: Panel
    residuals: Panel | None  # None: there is no reconstruction to compare
    corrupted: tuple[Span, ...]
    truth: str  # a gap where undefined
    reconstruction: str  # one dot of no length for each input
    stems: str  # reconstruction minus truth
    mismatched: tuple[float, ...]  # where one side alone is undefined
    truth_undefined: tuple[Span, ...]
    reconstruction_undefined: tuple[Span, ...]
    queried: tuple[Dot, ...]
    left_out: int  # queried points beyond what is drawn


def plot_window(
    window: Window, irregular: Sequence[Interval], points: Sequence[Point], width: float, height: float
) -> WindowPlot:
    """Lay one window out: values above, residuals below in a quarter of the height."""
    inside = [p for p in points if window.low <= p.x <= window.high]
    pairs = list(zip(window.reconstruction.x, window.expected, window.reconstruction.y, strict=True))
    floor = height - BOTTOM
    split = floor - (height * 0.24 if pairs else 0.0)  # values end here; the rug and the residuals are below
    x = Axis(low=window.low, high=window.high, start=LEFT, end=width - RIGHT)
    y_low, y_high = spread([*_defined(window.truth.y), *_defined([p.y for p in inside])])
    y = Axis(low=y_low, high=y_high, start=split - RUG, end=TOP)
    differences = [(at, r - t) for at, t, r in pairs if t is not None and r is not None]
    residual = _symmetric([d for _, d in differences], (y_high - y_low) / 50, start=floor, end=split + GAP)
    return WindowPlot(
        axis=INPUT_NAMES[window.fixed.index(None)] if None in window.fixed else "x",
        output="f" if window.fixed else "f(x)",
        width=width,
        height=height,
        left=LEFT,
        right=width - RIGHT,
        x_ticks=tuple(Tick(at=x.at(t), label=number(t)) for t in x.ticks(max(4, int(width / 90)))),
        values=_panel(y, bottom=split),
        residuals=_panel(residual, bottom=floor) if pairs else None,
        corrupted=tuple(_spans(irregular, x)),
        truth=_line(window.truth, x, y),
        reconstruction=_dots(window.reconstruction, x, y),
        stems="".join(f"M{x.at(at)} {residual.at(0.0)}V{residual.at(residual.held(d))}" for at, d in differences),
        mismatched=tuple(x.at(at) for at, t, r in pairs if (t is None) != (r is None)),
        truth_undefined=_undefined(window.truth, x),
        reconstruction_undefined=_undefined(window.reconstruction, x),
        queried=tuple(_dot(p, x, y, rim=split - RUG / 2) for p in inside[:MAX_DOTS]),
        left_out=max(0, len(inside) - MAX_DOTS),
    )


def _panel(axis: Axis, bottom: float) -> Panel:
    ticks = tuple(Tick(at=axis.at(t), label=number(t)) for t in axis.ticks(5))
    return Panel(top=axis.end, bottom=bottom, ticks=ticks, zero=axis.at(0.0) if axis.holds(0.0) else None)


def _symmetric(values: Sequence[float], least: float, start: float, end: float) -> Axis:
    """An axis around zero for residuals. It reaches `least` at least, so that rounding does not look like a fault."""
    bounds = spread(values) if any(abs(v) > least for v in values) else ()
    reach = max([least, *map(abs, bounds)])
    return Axis(low=-reach, high=reach, start=start, end=end)


def _defined(values: Sequence[float | None]) -> list[float]:
    return [v for v in values if v is not None]


def _line(series: Series, x: Axis, y: Axis) -> str:
    """A line through neighbours that are both defined, broken where it would cross the whole frame from rim to rim."""
    parts: list[str] = []
    before: float | None = None
    for at, value in zip(series.x, series.y, strict=True):
        if value is not None:
            joined = before is not None and not _crosses(before, value, y)
            parts.append(f"{'L' if joined else 'M'}{x.at(at)} {y.at(value)}")
        before = value
    return "".join(parts)


def _crosses(a: float, b: float, y: Axis) -> bool:
    return min(a, b) < y.low and max(a, b) > y.high


def _dots(series: Series, x: Axis, y: Axis) -> str:
    return "".join(
        f"M{x.at(at)} {y.at(value)}h0" for at, value in zip(series.x, series.y, strict=True) if value is not None
    )


def _dot(point: Point, x: Axis, y: Axis, rim: float) -> Dot:
    beyond = point.y is None or not y.holds(point.y)
    height = rim if point.y is None else y.at(y.held(point.y))
    answer = "undefined" if point.y is None else number(point.y)
    return Dot(
        x=x.at(point.x), y=height, label=f"f({number(point.x)}) = {answer}", by_critic=point.by_critic, beyond=beyond
    )


def _spans(intervals: Sequence[Interval], x: Axis) -> Iterator[Span]:
    for interval in intervals:
        low = x.low if interval.low is None else max(x.low, interval.low)
        high = x.high if interval.high is None else min(x.high, interval.high)
        if low < high:
            yield _span(low, high, x)


def _undefined(series: Series, x: Axis) -> tuple[Span, ...]:
    """The stretches without a value; a lone undefined point is drawn one step wide."""
    half = (series.x[-1] - series.x[0]) / (len(series.x) - 1) / 2 if len(series.x) > 1 else 0.0
    runs = groupby(zip(series.x, series.y, strict=True), key=lambda pair: pair[1] is None)
    ends = [[at for at, _ in run] for undefined, run in runs if undefined]
    return tuple(_span(max(x.low, run[0] - half), min(x.high, run[-1] + half), x) for run in ends)


def _span(low: float, high: float, x: Axis) -> Span:
    return Span(x=x.at(low), width=round(max(1.0, x.at(high) - x.at(low)), 1))
