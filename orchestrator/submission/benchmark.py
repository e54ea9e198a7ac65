"""A submission against a suite: a study with one arm, so that everything that reads studies reads it too."""

from collections import Counter
from collections.abc import Sequence

from judges.grade import Outcome
from orchestrator.budget import Budget
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.study.config import Arm, StudyConfig
from orchestrator.study.results import Figures
from orchestrator.study.status import Status
from sandbox.submission import Image

ARM = "submission"


def study_of(
    image: Image,
    functions: Sequence[str],
    budget: Budget,
    seeds: Sequence[int],
    per_category: int | None,
    gateway: GatewayPolicy | None = None,
) -> StudyConfig:
    """The study that benchmarks `image`. `functions` are suites or patterns, as in a study's file."""
    return StudyConfig(
        name=f"submission-{image.short}",
        description=f"{image} on {', '.join(functions)}.",
        functions=tuple(functions),
        per_category=per_category,
        seeds=tuple(seeds),
        sandbox="docker",
        budget=budget,
        arms=(Arm(name=ARM, team=f"submission={image}", budget=budget, gateway=gateway),),
    )


def figures_of(status: Status) -> Figures:
    """A study's figures, and `outcome.<class>`: how many audits ended so."""
    counted = Counter(row.outcome for row in status.rows)
    return status.figures | {f"outcome.{outcome.value}": counted[outcome] for outcome in Outcome}
