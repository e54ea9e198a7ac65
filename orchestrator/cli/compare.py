"""`inquest compare`: paired differences between arms, with intervals."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import Json
from orchestrator.cli.terminal import clean, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.study.compare import Comparison


class FigureName(StrEnum):
    """What can be compared."""

    SCORE = "score"
    CODE = "code"
    DESCRIPTION = "description"
    LEGACY_INDICATOR = "legacy_indicator"


def compare(
    first: Annotated[str, typer.Argument(help="A study's directory, or DIRECTORY:ARM.")],
    second: Annotated[
        str | None, typer.Argument(help="Another. Left out: every arm of the first is compared with its reference.")
    ] = None,
    figure: Annotated[FigureName, typer.Option(help="What is compared.")] = FigureName.SCORE,
    as_json: Json = False,
) -> None:
    """Compare arms on the same functions and seeds: second minus first, with intervals and corrected p-values."""
    from orchestrator.cli.study_show import comparison_table, show
    from orchestrator.study.arms import compare_arms, compare_within

    if second is None:
        found = compare_within(Path(first), figure.value)
        figures = {f"{c.second}.{name}": value for c in found for name, value in c.figures.items()}
    else:
        found = compare_arms(first, second, figure.value)
        figures = {name: value for c in found for name, value in c.figures.items()}
    if as_json:
        said = [c.model_dump(mode="json") for c in found]
        print_json({"outcome": "ok", "figures": figures, "methods": _methods(found), "comparisons": said})
        return
    show(comparison_table(found, figure.value))
    for method in _methods(found):
        typer.echo(clean(method))


def _methods(comparisons: "Sequence[Comparison]") -> list[str]:
    """How intervals and p-values were made, and what makes them hard to read."""
    intervals = sorted({f"Intervals: {c.difference.interval.method}." for c in comparisons})
    tests = sorted({f"p: {c.difference.test}; Holm over the comparisons of one table." for c in comparisons})
    return [*intervals, *tests, *sorted({warning for c in comparisons for warning in c.warnings})]
