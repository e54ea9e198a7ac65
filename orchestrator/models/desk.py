"""The desk where roles ask models: budgets are looked at, calls recorded, and nothing recorded is paid for again."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, Protocol

from orchestrator.budget import Budget, BudgetSpent, Ending
from orchestrator.events import Decided, Event, ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Feature, ModelUnavailable, ProviderFailure, Rejected, Reply, Request
from orchestrator.models.ledger import check, check_share, spent
from orchestrator.models.prices import cost_of
from orchestrator.models.provider import Patience, Provider, ask_patiently
from orchestrator.roles.messages import RoleName


class Log(Protocol):
    """The part of the event log that is needed here."""

    @property
    def events(self) -> Iterator[Event]: ...

    def append(self, event: Event) -> None: ...


class Desk:
    """`Models` over providers and an event log. `begin_turn` says on whose behalf the next calls are made.

    Calls are numbered within a turn. A recorded call is served for its number and its request's key; what a provider
    has rejected is recorded too, so that a resumed turn takes the same path. `run` is this run's name for providers.
    """

    def __init__(
        self,
        run: str,
        budget: Budget,
        log: Log,
        open_provider: Callable[[ModelChoice], Provider],
        patience: Patience,
    ) -> None:
        self._run, self._budget, self._log = run, budget, log
        self._open, self._patience = open_provider, patience
        self._providers: dict[ModelChoice, Provider] = {}
        self._turn, self._index = 0, 0
        self._role: RoleName | Literal["judge"] = RoleName.PLANNER
        self._recorded: Mapping[tuple[int, str], ModelCall] = {}
        self._refused: dict[ModelChoice, frozenset[Feature]] = {}
        self._guidance: tuple[str, ...] = ()
        self._seconds_left: Callable[[], float] = lambda: 0.0

    @property
    def guidance(self) -> tuple[str, ...]:
        """What a person told the team before this turn."""
        return self._guidance

    def begin_turn(self, turn: int, role: RoleName | Literal["judge"], seconds_left: Callable[[], float]) -> None:
        """The calls that follow belong to this turn."""
        self._turn, self._index, self._role, self._seconds_left = turn, 0, role, seconds_left
        calls = [event for event in self._log.events if isinstance(event, ModelCall)]
        self._recorded = {(call.index, call.request.key): call for call in calls if call.turn == turn}
        self._refused = {}
        for call in calls:
            if call.turn < turn:
                self._learn(call)
        self._guidance = tuple(
            event.guidance
            for event in self._log.events
            if isinstance(event, Decided) and event.guidance and event.turn < turn
        )

    def refused(self, model: ModelChoice) -> frozenset[Feature]:
        """What this model's provider has rejected so far."""
        return self._refused.get(model, frozenset())

    async def ask(self, request: Request) -> Reply:
        """The reply, recorded. Raises `Rejected`, `BudgetSpent`, `ProviderFailure` and `ModelUnavailable`."""
        key = request.key
        call = self._recorded.get((self._index, key)) or await self._call(request, key)
        self._index += 1
        self._learn(call)
        if call.reply is None:
            raise Rejected(call.rejection)
        if request.model.strict and not call.reply.is_of(request.model):
            raise ModelUnavailable(f"{request.model.label} was asked, and '{call.reply.model}' says it answered.")
        return call.reply

    async def close(self) -> None:
        """Close every client."""
        providers, self._providers = list(self._providers.values()), {}
        for provider in providers:
            await provider.close()

    async def _call(self, request: Request, key: str) -> ModelCall:
        calls = [event for event in self._log.events if isinstance(event, ModelCall)]
        check(self._budget, spent(calls), request)
        if (share := self._budget.share_of(self._role)) is not None:
            check_share(share, spent(call for call in calls if call.role == self._role), request)
        identity = f"{self._run}-{self._turn}-{self._index}-{key[:32]}"
        reply, failures, rejection = None, tuple[str, ...](), ""
        try:
            provider = self._provider(request.model)
            reply, failures = await ask_patiently(provider, request, identity, self._patience, self._seconds_left)
        except Rejected as why:
            rejection = str(why)
        except ProviderFailure:
            if self._seconds_left() <= 0:
                raise BudgetSpent(Ending.SECONDS, f"All {self._budget.seconds:g} seconds are over.") from None
            raise
        cost = cost_of(request.model, reply.prompt_tokens, reply.completion_tokens) if reply else None
        call = ModelCall(
            turn=self._turn,
            index=self._index,
            role=self._role,
            request=request,
            reply=reply,
            rejection=rejection,
            failures=failures,
            cost=cost,
        )
        self._log.append(call)
        return call

    def _provider(self, model: ModelChoice) -> Provider:
        if model not in self._providers:
            self._providers[model] = self._open(model)
        return self._providers[model]

    def _learn(self, call: ModelCall) -> None:
        feature = call.request.feature
        if call.reply is None and feature is not None:
            self._refused[call.request.model] = self.refused(call.request.model) | {feature}
