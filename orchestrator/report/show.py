"""How single values read: numbers, intervals, claims, plans. Small pure functions that the templates use as filters."""

import json

from functions.brief import Claim, Input, Interval
from orchestrator.report.axes import number
from orchestrator.report.text import capped, shown
from orchestrator.roles.messages import Measurement

MAX_VALUE, MAX_BRIEF, MAX_OUTPUT = 200, 1_500, 12_000


def value(item: Input | None) -> str:
    """An input or an output: None reads `undefined`, text is quoted, several numbers stand in brackets."""
    if item is None:
        return "undefined"
    if isinstance(item, tuple):
        return f"({', '.join(map(number, item))})"
    return json.dumps(shown(item, MAX_VALUE), ensure_ascii=False) if isinstance(item, str) else number(item)


def share(item: float) -> str:
    """A part of one, with two digits after the point: never rounded up to 1.00 nor down to 0.00."""
    rounded = f"{item:.2f}"
    if rounded == "1.00" and item < 1:
        return "0.99+"
    return "<0.01" if rounded == "0.00" and item > 0 else rounded


def interval(item: Interval) -> str:
    """`[-3, 5]`, `x ≤ 5`, `x ≥ -3` or `all inputs`."""
    if item.low is not None and item.high is not None:
        return f"[{number(item.low)}, {number(item.high)}]"
    if item.high is not None:
        return f"x ≤ {number(item.high)}"
    return "all inputs" if item.low is None else f"x ≥ {number(item.low)}"


def claim(item: Claim) -> str:
    """A claim from its fields: `base: parameter slope = 2`. Its own English may be a torn quotation."""
    parts = [f"{item.about}: {item.kind}", item.name or ""]
    if item.value is not None:
        parts += ["=" if item.name else "", number(item.value)]
    if item.kind == "interval":
        parts.append(interval(Interval.model_construct(low=item.low, high=item.high)))
    return brief(" ".join(part for part in parts if part))


def where(item: Measurement) -> str:
    """Which inputs a measurement is about, as far as the plan says."""
    bounds = Interval.model_construct(low=item.low, high=item.high)
    parts = [] if item.low is None and item.high is None else [interval(bounds)]
    if item.inputs:
        few = ", ".join(value(x) for x in item.inputs[:8])
        parts.append(f"at {few}{', ...' if len(item.inputs) > 8 else ''}")
    return "; ".join(parts) or "-"


def brief(text: str) -> str:
    """Text that has no business being long."""
    return capped(text, MAX_BRIEF)


def cut(text: str) -> str:
    """The output of an experiment."""
    return capped(text, MAX_OUTPUT)


def as_json(item: dict[str, object]) -> str:
    """Structured data, indented, keys in their own order."""
    return capped(json.dumps(item, indent=1, ensure_ascii=False), MAX_OUTPUT)
