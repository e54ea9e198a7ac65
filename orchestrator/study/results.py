"""From rows to figures: what is averaged, over what, and what is in the denominator. Pure.

    graded                   the mean over the study's judges
    agent_failed             0, in the denominator
    infrastructure           no score, not in the denominator, counted
    unscored, ungraded       no score, not in the denominator, counted

Each function is the mean over its scored seeds, and counts once, however many seeds it has.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from statistics import fmean, median

from functions.brief import Record
from judges.grade import Outcome
from orchestrator.study.config import StudyConfig
from orchestrator.study.row import Row
from orchestrator.study.statistics import Interval, mean_interval, share_interval

SOLVED = 0.9
"""A function whose mean score reaches this counts as solved."""

ALL = "all"

Figures = dict[str, float]


class Group(Record):
    """What the audits of one arm in one part of the functions came to.

    Means over `score.n` functions; None where no audit has such a grade. `outcomes` counts audits, `pending` those that
    have not been done. `seconds_p50` is the median wall clock of an audit.
    """

    arm: str
    part: str
    score: Interval
    solved: Interval
    code: float | None
    description: float | None
    legacy_indicator: float | None
    seconds_p50: float | None
    cost: float | None
    scored: int  # audits in the denominator
    outcomes: dict[Outcome, int]
    pending: int

    @property
    def failed(self) -> int:
        """Audits that score 0 because the team failed."""
        return self.outcomes.get(Outcome.AGENT_FAILED, 0)

    @property
    def not_scored(self) -> int:
        """Audits that came to an end and are in no mean."""
        return sum(self.outcomes.values()) - self.scored

    @property
    def figures(self) -> Figures:
        """`<arm>.<part>.<figure>`; what is not known is left out."""
        known: dict[str, float | None] = {
            "score": self.score.estimate if self.score.n else None,
            "lo": self.score.lo,
            "hi": self.score.hi,
            "n": self.score.n,
            "code": self.code,
            "description": self.description,
            "legacy_indicator": self.legacy_indicator,
            "solved": self.solved.estimate if self.solved.n else None,
            "seconds_p50": self.seconds_p50,
            "audits": self.scored,
            "pending": self.pending,
            **{outcome.value: self.outcomes.get(outcome, 0) for outcome in Outcome},
        }
        return {f"{self.arm}.{self.part}.{name}": value for name, value in known.items() if value is not None}


def groups(study: StudyConfig, rows: Sequence[Row], planned: dict[tuple[str, str], int]) -> tuple[Group, ...]:
    """Each arm over all functions, and over each category where there is more than one to tell apart.

    `planned` counts the audits that are meant, by (arm, category).
    """
    categories = sorted({category for _, category in planned})
    found: list[Group] = []
    for arm in study.arms:
        mine = [row for row in rows if row.arm == arm.name]
        found.append(summarise(arm.name, ALL, mine, sum(n for (name, _), n in planned.items() if name == arm.name)))
        for category in categories:
            inside = [row for row in mine if row.category.value == category]
            found.append(summarise(arm.name, category, inside, planned.get((arm.name, category), 0)))
    return tuple(found)


def slices(study: StudyConfig, rows: Sequence[Row]) -> tuple[Group, ...]:
    """Each arm over each tier, and over the functions with a modifier and without it, where some have and some lack."""
    found: list[Group] = []
    for parts in (_tiers(rows), *_MODIFIERS):
        if any(all(not inside(row) for row in rows) for inside in parts.values()):
            continue
        for arm in study.arms:
            mine = [row for row in rows if row.arm == arm.name]
            for part, inside in parts.items():
                chosen = [row for row in mine if inside(row)]
                found.append(summarise(arm.name, part, chosen, len(chosen)))
    return tuple(found)


Parts = dict[str, Callable[[Row], bool]]
"""Names of parts of the functions, each with who belongs to it."""

_MODIFIERS: tuple[Parts, ...] = (
    {"noisy": lambda row: row.noisy, "not_noisy": lambda row: not row.noisy},
    {"corrupted": lambda row: row.corrupted, "not_corrupted": lambda row: not row.corrupted},
    {"composed": lambda row: row.composed, "not_composed": lambda row: not row.composed},
)


def _tiers(rows: Sequence[Row]) -> Parts:
    names = sorted({row.tier for row in rows if row.tier})
    return {name: partial(_is_of_tier, name) for name in names} if len(names) > 1 else {}


def _is_of_tier(tier: str, row: Row) -> bool:
    return row.tier == tier


def summarise(arm: str, part: str, rows: Sequence[Row], planned: int) -> Group:
    """What these audits came to."""
    scores = list(by_function(rows, "score").values())
    costs = [row.cost for row in rows]
    return Group(
        arm=arm,
        part=part,
        score=mean_interval(scores),
        solved=share_interval(sum(is_solved(score) for score in scores), len(scores)),
        code=_mean(by_function(rows, "code").values()),
        description=_mean(by_function(rows, "description").values()),
        legacy_indicator=_mean(by_function(rows, "legacy_indicator").values()),
        seconds_p50=median(row.wall_s for row in rows) if rows else None,
        cost=None if any(cost is None for cost in costs) else math.fsum(cost or 0.0 for cost in costs),
        scored=sum(row.is_scored for row in rows),
        outcomes={outcome: n for outcome in Outcome if (n := sum(row.outcome is outcome for row in rows))},
        pending=max(0, planned - len(rows)),
    )


def is_solved(score: float) -> bool:
    """Does this mean score of a function count as a pass?"""
    return score >= SOLVED - 1e-9


def by_function(rows: Iterable[Row], figure: str) -> dict[str, float]:
    """The mean of a figure over the seeds of each function, where any seed has it. `figure` is a field of `Row`.

    Other figures than the score are taken from scored audits alone, so that all share one denominator.
    """
    values: dict[str, list[float]] = {}
    for row in rows:
        value = getattr(row, figure)
        if row.is_scored and value is not None:
            values.setdefault(row.target_sha256, []).append(float(value))
    return {function: fmean(of_one) for function, of_one in values.items()}


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return fmean(known) if known else None
