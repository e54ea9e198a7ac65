"""Chemical elements from `mendeleev`, and dates, which follow from the calendar alone."""

# mypy: disable-error-code="import-not-found, import-untyped"
# the packages are those of an extra, which only who makes tables needs

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from mendeleev import get_all_elements

from functions.relation.sources.licences import notice, packaged, version

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_COMMON_YEAR = 2001


def _element_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "element", "symbol", "number", "group", "period", "block", "series", "next"
    elements = sorted(get_all_elements(), key=lambda element: element.atomic_number)
    following = [*(element.name for element in elements[1:]), ""]
    for element, after in zip(elements, following, strict=True):
        group = str(element.group_id) if element.group_id else ""
        row = (element.name, element.symbol, str(element.atomic_number), group, str(element.period), element.block)
        yield *row, element.series.lower(), after


def _date_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "date", "month", "next", "previous", "week", "number"
    first = date(_COMMON_YEAR, 1, 1)
    for i in range(365):
        day = first + timedelta(days=i)
        near = (_written(day + timedelta(days=step)) for step in (1, -1, 7))
        yield _written(day), _MONTHS[day.month - 1], *near, str(i + 1)


def _written(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}"


TABLES = (
    ("elements@1", _element_rows, notice("elements@1", version("mendeleev"), "MIT", packaged("mendeleev"))),
    ("dates@1", _date_rows, notice("dates@1", "the Gregorian calendar", "CC0-1.0: facts, computed by this project")),
)
