"""Best of n: independent attempts of one team, of which it keeps the one that its own fresh queries bear out.

Each attempt is an audit without a grade, in a directory of its own (`attempts/1`, ...), against an oracle of its own,
with an equal share of the budget. A fifth of the queries is kept for the choice; no judge has a part in it.
"""

from collections.abc import Callable, Sequence

from functions.brief import Exemplar, Interpretation
from functions.errors import BadInput
from orchestrator.budget import Budget
from orchestrator.config import AuditConfig, Team
from orchestrator.given import observations
from orchestrator.history import History
from orchestrator.roles.base import Role
from orchestrator.roles.chooser import Chooser
from orchestrator.rundir import RunDirectory


class BestOf:
    """Fills the place of an investigation: first every attempt, then the choice."""

    def __init__(
        self,
        config: AuditConfig,
        run: RunDirectory,
        attempt: Callable[[int, AuditConfig], History],
        choose: Callable[[AuditConfig, Role], History],
    ) -> None:
        """`attempt` carries the n-th attempt (from 1) to its end, `choose` the choice."""
        self._config, self._run, self._attempt, self._choose = config, run, attempt, choose

    def finish(self) -> History:
        """Carry on whatever has not ended. Raises as `Investigation.finish`."""
        found: list[Interpretation] = []
        seen: list[Exemplar] = []
        for number, config in enumerate(attempts_of(self._config), start=1):
            found.append(self._attempt(number, config).best)
            seen += observations(self._run.attempts[number - 1])
        return self._choose(choice_of(self._config), Chooser(found, _once(seen)))


def attempts_of(config: AuditConfig) -> tuple[AuditConfig, ...]:
    """What each attempt means. Raises `BadInput` where the budget is too small for so many."""
    count = config.team.attempts or 1
    whole = config.budget
    share = {
        "queries": (whole.queries - _kept(whole)) // count,
        "experiments": (whole.experiments - count - 1) // count,
        "turns": (whole.turns - 1) // count,
        "calls": whole.most_calls // count,
        "tokens": whole.most_tokens // count,
    }
    if lacking := [name for name, number in share.items() if number < 1]:
        raise BadInput(f"The budget of {lacking[0]} is too small for the best of {count}.")
    if config.brief.input_type not in ("float", "text", "word"):
        raise BadInput("Attempts at functions of several numbers cannot be compared by fresh queries.")
    shares = tuple(one.divided(count) for one in whole.shares or ()) or None
    each = {
        **share,
        "shares": shares,
        "seconds": whole.seconds / (count + 1),
        "cost": whole.cost and whole.cost / count,
    }
    budget = whole.model_copy(update=each)
    return tuple(
        config.model_copy(
            update={
                "team": config.team.model_copy(update={"attempts": None}),
                "budget": budget,
                "brief": config.brief.model_copy(update={"query_budget": budget.queries}),
                "seed": config.seed * 1000 + number,
            }
        )
        for number in range(1, count + 1)
    )


def choice_of(config: AuditConfig) -> AuditConfig:
    """What the choice may spend: one turn, the queries that were kept, an experiment for each attempt and one more."""
    kept, count = _kept(config.budget), config.team.attempts or 1
    spends = {
        "shares": None,
        "queries": kept,
        "experiments": count + 1,
        "turns": 1,
        "seconds": config.budget.seconds / (count + 1),
    }
    return config.model_copy(
        update={
            "team": Team(planner=None, experimenter="classical", critic=None, way="single"),
            "budget": config.budget.model_copy(update=spends),
            "brief": config.brief.model_copy(update={"query_budget": kept}),
        }
    )


def _kept(budget: Budget) -> int:
    return max(1, budget.queries // 5)


def _once(seen: Sequence[Exemplar]) -> tuple[Exemplar, ...]:
    """Each input with its first answer."""
    return tuple({exemplar.input: exemplar for exemplar in reversed(seen)}.values())[::-1]
