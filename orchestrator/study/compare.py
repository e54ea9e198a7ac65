"""Two arms on the same functions and seeds: what is different, how sure that is, and how many comparisons were made.

A pair is one function with one seed, scored in both arms. The difference of a function is the mean over its pairs; a
function or seed that only one arm has a score for is left out, and counted.
"""

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Literal, get_args

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.study.config import StudyConfig
from orchestrator.study.results import ALL, Figures, by_function, is_solved
from orchestrator.study.row import Row
from orchestrator.study.statistics import Difference, difference, holm, mcnemar_p

Figure = Literal["score", "code", "description", "legacy_indicator"]
"""What is compared."""

FIGURES: tuple[Figure, ...] = get_args(Figure)


class Comparison(Record):
    """`second` minus `first` in one part of the functions. Differences above 0 speak for `second`.

    `p_holm` is adjusted for the other comparisons in the same table. `only_first` and `only_second` count
    functions that one arm solved and the other did not, with `mcnemar_p`. `unpaired` audits have no
    partner with a score. `warnings` say what else than the arms is different.
    """

    first: str
    second: str
    part: str
    figure: Figure
    difference: Difference
    p_holm: float
    only_first: int
    only_second: int
    mcnemar_p: float
    pairs: int
    unpaired: int
    warnings: tuple[str, ...] = ()

    @property
    def figures(self) -> Figures:
        """`<part>.<figure>`; an interval that there is none of is left out."""
        found = self.difference
        known: dict[str, float | None] = {
            "difference": found.interval.estimate,
            "lo": found.interval.lo,
            "hi": found.interval.hi,
            "p": found.p,
            "p_holm": self.p_holm,
            "effect": found.effect,
            "n": found.interval.n,
            "better": found.better,
            "worse": found.worse,
            "mcnemar_p": self.mcnemar_p,
            "unpaired": self.unpaired,
        }
        return {f"{self.part}.{name}": value for name, value in known.items() if value is not None}


def compare(
    first: Sequence[Row], second: Sequence[Row], names: tuple[str, str], figure: Figure = "score"
) -> tuple[Comparison, ...]:
    """Two arms over all functions and over each category that both have. Raises `BadInput` where they share none.

    The p-value over all functions stands alone; those of the categories are one family.
    """
    everything = _one(first, second, names, ALL, figure)
    if everything.pairs == 0:
        raise BadInput(f"{names[0]} and {names[1]} have no function with a seed that is scored in both: nothing pairs.")
    shared = sorted({row.category for row in first} & {row.category for row in second})
    parts = [
        _one([r for r in first if r.category is c], [r for r in second if r.category is c], names, c.value, figure)
        for c in shared
    ]
    return (everything, *corrected([part for part in parts if part.pairs]))


def against_reference(study: StudyConfig, rows: Sequence[Row], figure: Figure = "score") -> tuple[Comparison, ...]:
    """Every other arm against the reference, over all functions; Holm over these. Arms without a pair are left out."""
    base = [row for row in rows if row.arm == study.reference_arm]
    found = [
        _one(base, [row for row in rows if row.arm == arm.name], (study.reference_arm, arm.name), ALL, figure)
        for arm in study.arms
        if arm.name != study.reference_arm
    ]
    return corrected([comparison for comparison in found if comparison.pairs])


def by_category(study: StudyConfig, rows: Sequence[Row], figure: Figure = "score") -> tuple[Comparison, ...]:
    """Every other arm against the reference in each category; Holm over all of these."""
    found: list[Comparison] = []
    for category in sorted({row.category for row in rows}):
        inside = [row for row in rows if row.category is category]
        found += [c.model_copy(update={"part": category.value}) for c in against_reference(study, inside, figure)]
    return corrected(found)


def corrected(family: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The same comparisons, their p-values adjusted for one another."""
    adjusted = holm([comparison.difference.p for comparison in family])
    return tuple(c.model_copy(update={"p_holm": p}) for c, p in zip(family, adjusted, strict=True))


def _one(first: Sequence[Row], second: Sequence[Row], names: tuple[str, str], part: str, figure: Figure) -> Comparison:
    ours, theirs = _scored(first, figure), _scored(second, figure)
    shared = ours.keys() & theirs.keys()
    differences: dict[str, list[float]] = {}
    for function, seed in sorted(shared):
        key = (function, seed)
        differences.setdefault(function, []).append(getattr(theirs[key], figure) - getattr(ours[key], figure))
    found = difference([fmean(of_one) for of_one in differences.values()])
    passed_first = by_function([ours[key] for key in shared], figure)
    passed_second = by_function([theirs[key] for key in shared], figure)
    only_first = sum(is_solved(passed_first[f]) and not is_solved(passed_second[f]) for f in differences)
    only_second = sum(is_solved(passed_second[f]) and not is_solved(passed_first[f]) for f in differences)
    return Comparison(
        first=names[0],
        second=names[1],
        part=part,
        figure=figure,
        difference=found,
        p_holm=found.p,
        only_first=only_first,
        only_second=only_second,
        mcnemar_p=mcnemar_p(only_first, only_second),
        pairs=len(shared),
        unpaired=len(first) + len(second) - 2 * len(shared),
        warnings=tuple(_warnings([ours[key] for key in shared], [theirs[key] for key in shared], names)),
    )


def _warnings(first: Sequence[Row], second: Sequence[Row], names: tuple[str, str]) -> Iterator[str]:
    """What makes a difference hard to read as one between teams."""
    who, both = f"{names[0]} and {names[1]}", [*first, *second]
    if len({row.code_judge for row in both if row.code_judge}) > 1:
        yield f"{who} were graded by different versions of the code judge: grade them again before you compare."
    if len({row.description_judge for row in both if row.description_judge}) > 1:
        yield f"{who} were graded by different versions of the description judge: grade them again before you compare."
    if {row.query_budget for row in first} != {row.query_budget for row in second}:
        yield f"{who} had different query budgets, against which the code judge normalises (docs/judging.md)."


def _scored(rows: Sequence[Row], figure: Figure) -> dict[tuple[str, int], Row]:
    """Audits that have the figure, by function and seed."""
    return {(r.target_sha256, r.seed): r for r in rows if r.is_scored and getattr(r, figure) is not None}
