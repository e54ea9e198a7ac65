"""What an audit's models have used, and what they may still use: a fold of the recorded calls."""

from collections.abc import Iterable

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.budget import Budget, BudgetSpent, Ending, Share
from orchestrator.events import ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Request
from orchestrator.models.prices import cost_of


class Spent(Record):
    """Calls, tokens and US dollars. `cost` is what is known; `unpriced` calls are not in it."""

    calls: int = 0
    tokens: int = 0
    cost: float = 0.0
    unpriced: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            calls=self.calls + other.calls,
            tokens=self.tokens + other.tokens,
            cost=self.cost + other.cost,
            unpriced=self.unpriced + other.unpriced,
        )


def spent(calls: Iterable[ModelCall]) -> Spent:
    """The sum over recorded calls. A rejected call counts as a call."""
    total = Spent()
    for call in calls:
        used = call.reply.prompt_tokens + call.reply.completion_tokens if call.reply else call.charged
        total += Spent(calls=1, tokens=used, cost=call.cost or 0.0, unpriced=used > 0 and call.cost is None)
    return total


def check(budget: Budget, so_far: Spent, request: Request) -> None:
    """Raises `BudgetSpent` where the call could exceed a budget, so that none is ever exceeded."""
    check_room(budget, so_far, request.model, request.tokens_at_most)


def check_share(share: Share, so_far: Spent, request: Request) -> None:
    """The same for what one role has used so far and its share."""
    bounds = Budget().model_copy(update={"calls": share.calls, "tokens": share.tokens, "cost": share.cost})
    try:
        check(bounds, so_far, request)
    except BudgetSpent as spent:
        raise BudgetSpent(spent.ending, f"The {share.role}'s share is spent. {spent}") from None


def check_room(budget: Budget, so_far: Spent, model: ModelChoice, prompt: int) -> None:
    """The same for a prompt of at most so many tokens, and the longest answer to it. Raises `BudgetSpent`."""
    answer = model.answer_tokens
    if so_far.calls + 1 > budget.most_calls:
        raise BudgetSpent(Ending.CALLS, f"All {budget.most_calls} calls of models are made.")
    if so_far.tokens + prompt + answer > budget.most_tokens:
        raise BudgetSpent(Ending.TOKENS, f"The next call could exceed the {budget.most_tokens} tokens allowed.")
    if budget.cost is not None and so_far.cost + (cost_of(model, prompt, answer) or 0.0) > budget.cost:
        raise BudgetSpent(Ending.COST, f"The next call could exceed the {budget.cost:g} US dollars allowed.")


class AtMost(Record):
    """The most that an audit's models can use. `cost` is None where a price is unknown; `unknown` says whose."""

    calls: int
    tokens: int
    cost: float | None
    unknown: tuple[str, ...] = ()


def at_most(models: Iterable[ModelChoice], budget: Budget) -> AtMost:
    """What a run could use at most: every call, or every token at the dearest price, or the cost allowed."""
    models = tuple(models)
    if not models:
        return AtMost(calls=0, tokens=0, cost=0.0)
    longest = max(m.context_tokens + m.answer_tokens for m in models)
    tokens = min(budget.most_tokens, budget.most_calls * longest)
    prices = {m.label: max(filter(None, (cost_of(m, tokens, 0), cost_of(m, 0, tokens))), default=None) for m in models}
    free = {m.label for m in models if cost_of(m, 1, 1) == 0.0}
    unknown = tuple(sorted(label for label, price in prices.items() if price is None and label not in free))
    cost = None if unknown else max((price or 0.0) for price in prices.values())
    if cost is not None and budget.cost is not None:
        cost = min(cost, budget.cost)
    return AtMost(calls=budget.most_calls, tokens=tokens, cost=cost, unknown=unknown)


def check_priced(models: Iterable[ModelChoice], budget: Budget) -> None:
    """Raises `BadInput` where a cost is to be kept and somebody's price is unknown."""
    kept = budget.cost is not None or any(share.cost is not None for share in budget.shares or ())
    unknown = sorted({m.label for m in models if cost_of(m, 1, 1) is None}) if kept else []
    if unknown:
        raise BadInput(
            f"Nobody knows what {', '.join(unknown)} costs, so a cost cannot be kept. Bound its tokens instead."
        )
