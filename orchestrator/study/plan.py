"""What a study would be, before it is run: how many audits, what they may cost, and what it could find out. Pure."""

import math
from collections import Counter

from functions.brief import Record
from orchestrator.models.ledger import at_most
from orchestrator.study.manifest import Manifest
from orchestrator.study.results import Figures
from orchestrator.study.statistics import detectable

ASSUMED_DEVIATION = 0.3
"""Of the differences between two arms, from function to function, where nothing better is known."""


class Plan(Record):
    """The size of a study. `ceiling` is the most it can cost in US dollars; None: a price is unknown.

    `detectable` is the smallest true mean difference between two arms that is found with a power of 80 %, where
    differences deviate by `deviation` from function to function; None: not even 1 would be.
    """

    audits: int
    functions: dict[str, int]  # by category
    arms: int
    seeds: int
    queries: int  # the most that all audits can ask
    ceiling: float | None
    deviation: float
    comparisons: int
    detectable: float | None

    @property
    def figures(self) -> Figures:
        """Stable names; what is unknown is left out."""
        known: dict[str, float | None] = {
            "audits": self.audits,
            "functions": sum(self.functions.values()),
            "arms": self.arms,
            "seeds": self.seeds,
            "queries": self.queries,
            "cost.ceiling": self.ceiling,
            "difference.detectable": self.detectable,
        }
        return {name: value for name, value in known.items() if value is not None}


def plan_of(manifest: Manifest, deviation: float = ASSUMED_DEVIATION) -> Plan:
    """The plan of a study. `deviation` is what another study showed, if one did."""
    study = manifest.study
    functions = Counter({cell.function: cell.traits.category.value for cell in manifest.cells}.values())
    comparisons = max(1, len(study.arms) - 1)
    return Plan(
        audits=len(manifest.cells),
        functions=dict(functions),
        arms=len(study.arms),
        seeds=len(study.seeds),
        queries=sum(manifest.arm(cell.arm).budget.queries for cell in manifest.cells),
        ceiling=cost_ceiling(manifest),
        deviation=deviation,
        comparisons=comparisons,
        detectable=detectable(deviation, sum(functions.values()), comparisons=comparisons),
    )


def cost_ceiling(manifest: Manifest) -> float | None:
    """The most that all audits can cost: nothing for classical teams, None where somebody's price is unknown."""
    audits = Counter(cell.arm for cell in manifest.cells)
    arms = [(arm, at_most(*arm.parsed_team.asked(arm.budget)).cost) for arm in manifest.study.arms]
    if any(cost is None for _, cost in arms):
        return None
    return math.fsum(audits[arm.name] * (cost or 0.0) for arm, cost in arms)
