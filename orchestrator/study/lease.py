"""What a study may use in all: an audit begins only if the most that it can use fits into what is left.

The driver alone keeps the account. An audit holds a lease on its most from its beginning until its row says what it
really used; whatever workers do meanwhile, the sum cannot exceed a limit.
"""

from collections.abc import Mapping

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.models.ledger import at_most
from orchestrator.study.config import Limits
from orchestrator.study.executor import Task
from orchestrator.study.row import Row


class Use(Record):
    """What is counted. `cost` is in US dollars."""

    queries: int = 0
    experiments: int = 0
    turns: int = 0
    calls: int = 0
    tokens: int = 0
    cost: float = 0.0


def most_of(task: Task) -> Use:
    """The most that an audit can use. A cost that nobody knows is counted as none: see `check_priced`."""
    models, budget = at_most(*task.team.asked(task.budget)), task.budget
    return Use(
        queries=budget.queries,
        experiments=budget.experiments,
        turns=budget.turns,
        calls=models.calls,
        tokens=models.tokens,
        cost=models.cost or 0.0,
    )


def used_in(row: Row) -> Use:
    """What an audit has used, by its row."""
    fields = ("queries", "experiments", "turns", "calls", "tokens")
    return Use(cost=row.cost or 0.0, **{name: getattr(row, name) for name in fields})


class Purse:
    """The account of a study: leases of audits under way, and what the others have used."""

    def __init__(self, limits: Limits, rows: Mapping[str, Row]) -> None:
        self._bounds = {name: bound for name in Use.model_fields if (bound := getattr(limits, name)) is not None}
        self._held = {audit: used_in(row) for audit, row in rows.items()}

    def check_priced(self, task: Task) -> None:
        """Raises `BadInput` where a cost is to be kept that nobody knows."""
        unknown = at_most(*task.team.asked(task.budget)).unknown
        if "cost" in self._bounds and unknown:
            raise BadInput(f"Nobody knows what {', '.join(unknown)} costs: [limits] cost cannot be kept.")

    def lease(self, task: Task) -> str:
        """Hold the most that an audit can use; empty. Or say what is lacking for it, and hold nothing."""
        others = [use for audit, use in self._held.items() if audit != task.audit]
        most = most_of(task)
        for name, bound in self._bounds.items():
            held = sum(getattr(use, name) for use in others)
            if held + getattr(most, name) > bound:
                return f"{name}, {held:g} of {bound:g} spent or held; the next audit may use {getattr(most, name):g}"
        self._held[task.audit] = most
        return ""

    def settle(self, row: Row) -> None:
        """An audit has ended: what it has used is known, unless its process was lost; then its most stays held."""
        if row.wall_s > 0 or row.is_final:
            self._held[row.audit] = used_in(row)
