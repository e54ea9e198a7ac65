"""What a team is given before it begins: the brief, with exemplars or with another team's observations in it."""

from pathlib import Path

from functions.brief import Brief, Exemplar
from functions.entity import EntitySpec
from functions.errors import BadInput
from functions.numeric import NumericSpec
from functions.relation import RelationSpec
from functions.string import StringSpec
from functions.target import Target
from orchestrator.budget import Budget
from orchestrator.config import AuditConfig, Team
from orchestrator.history import fold
from orchestrator.rundir import RunDirectory


def brief_for(target: Target, team: Team, budget: Budget, seed: int) -> Brief:
    """The brief of an audit. Raises `BadInput` where there are no exemplars, or no observations of this function."""
    if team.source is not None:
        seen = observations(find_run(Path(team.source), target.sha256, seed))
        return target.brief(budget.queries).model_copy(update={"exemplars": seen})
    wanted = team.exemplars or (budget.queries if team.way == "non-interactive" else 0)
    if not wanted:
        return target.brief(budget.queries)
    if isinstance(target, NumericSpec | StringSpec | EntitySpec | RelationSpec):
        return target.brief(budget.queries, exemplars=wanted)
    raise BadInput("There are no exemplars of this kind of function.")


def observations(run: RunDirectory) -> tuple[Exemplar, ...]:
    """All that the team of `run` knew in the end: its own exemplars, and every answer, in their order."""
    asked = (pair for batch in run.queries() for pair in zip(batch.inputs, batch.outputs, strict=True))
    return (*run.audit().config.brief.exemplars, *(Exemplar(input=x, output=y) for x, y in asked))


def find_run(path: Path, target_sha256: str, seed: int) -> RunDirectory:
    """The ended run at `path`, or the one among the runs in `path` that is of this function and seed.

    Raises `BadInput` where there is none, or more than one, or it is of another function.
    """
    if RunDirectory(path).exists:
        found = [RunDirectory(path)]
        if found[0].audit().config.target_sha256 != target_sha256:
            raise BadInput(f"{path} holds an audit of another function: its observations would tell nothing of this.")
    else:
        runs = (RunDirectory(below) for below in sorted(path.glob("*")) if RunDirectory(below).exists)
        found = [run for run in runs if _is_of(run.audit().config, target_sha256, seed)]
    ended = [run for run in found if fold(run.entries(), 1).ended is not None]
    if len(ended) != 1:
        raise BadInput(f"{path} holds {len(ended)} ended audits of this function and seed. Name one run's directory.")
    return ended[0]


def _is_of(config: AuditConfig, target_sha256: str, seed: int) -> bool:
    return (config.target_sha256, config.seed) == (target_sha256, seed)
