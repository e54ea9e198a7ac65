"""The desk where a submission asks models: budgets are reserved, calls recorded, nothing recorded is paid for again.

A submission starts afresh in each life of an audit, and may ask many things at once. So a recorded call is served for
its request's key: the n-th time that a request is asked gets the n-th answer that was paid for.

Whose doing is a failure? A provider that refuses, or fails again and again, is asked something harmless. If it answers,
the failure was the request's, and is an answer that the submission reads; if it does not, the audit stops for it.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from functions.errors import BadInput, InquestError
from orchestrator.budget import BudgetSpent, Ending
from orchestrator.events import Event, ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Log
from orchestrator.models.exchange import (
    Line,
    ModelUnavailable,
    ProviderFailure,
    Rejected,
    ReplayDiffers,
    Reply,
    Request,
)
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.models.gateway.wire import completion, most_prompt_tokens, read_body
from orchestrator.models.ledger import Spent, check_room, spent
from orchestrator.models.prices import cost_of
from orchestrator.models.provider import PATIENT, Patience, Provider, ask_patiently
from sandbox.gateway.http import Answer, Refused, refusal

SUBMISSION = "submission"
PROBE_S = 60.0
PROBE_TOKENS = 100  # what a probe takes at most; it comes out of what the failed call had reserved

OpenProvider = Callable[[ModelChoice], Provider]


@dataclass(frozen=True)
class Outcome:
    """What came of a call: a reply, or why there is none. `charged` tokens count as used all the same."""

    reply: Reply | None = None
    rejection: str = ""
    failures: tuple[str, ...] = ()
    charged: int = 0


class GatewayDesk:
    """Answers what comes through a gateway. All of it runs on one event loop; `check` may be called from anywhere.

    `run` is this run's name for providers, as for `Desk`. `replay` are the events of a recorded audit, whose calls are
    served in place of providers.
    """

    def __init__(
        self,
        run: str,
        policy: GatewayPolicy,
        log: Log,
        open_provider: OpenProvider,
        patience: Patience = PATIENT,
        replay: Iterable[Event] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run, self._policy, self._log = run, policy, log
        self._open, self._patience, self._clock = open_provider, patience, clock
        self._recorded = _by_key(log.events)
        self._replayed = None if replay is None else _by_key(replay)
        self._until = clock() + policy.seconds
        self._asked: Counter[str] = Counter()
        self._reserved: list[Spent] = []
        self._failure: InquestError | None = None

    @property
    def spent(self) -> Spent:
        """What the submission's calls have used, in all lives of the audit."""
        return spent(_calls(self._log.events))

    def check(self) -> None:
        """Raises what the audit must stop for: a provider that is out of reach, a key that is missing or refused."""
        if self._failure is not None:
            raise self._failure

    async def answer(self, body: bytes) -> Answer:
        """The answer to a request, whatever it is. Raises `StorageError` where a call could not be recorded."""
        if self._failure is not None:
            return _UNAVAILABLE
        try:
            asked = read_body(body, self._policy)
            call = await self._call(asked.request)
        except Refused as refused:
            return refused.answer
        except BudgetSpent as over:
            return refusal(429, str(over), "insufficient_quota", "insufficient_quota")
        except (BadInput, ModelUnavailable, ProviderFailure, ReplayDiffers) as failure:
            self._failure = failure
            return _UNAVAILABLE
        return _NO_ANSWER if call.reply is None else completion(asked, call.reply, call.index)

    async def _call(self, request: Request) -> ModelCall:
        key = request.key
        number = self._asked[key]
        self._asked[key] += 1
        if number < len(self._recorded[key]):
            return self._recorded[key][number]
        if self._replayed is not None and number < len(self._replayed[key]):
            return self._record(request, self._replayed[key][number])
        reserved = self._reserve(request)
        try:
            if self._replayed is not None:
                raise ReplayDiffers("The submission asks its models something else than in the recorded audit.")
            outcome = await self._ask(request, f"{self._run}-{key[:32]}-{number}", reserved)
            return self._record(request, outcome)
        finally:
            self._reserved.remove(reserved)

    def _reserve(self, request: Request) -> Spent:
        """Take what a call can cost at most out of the budgets. Raises `BudgetSpent` where it does not fit."""
        if self._seconds_left() <= 0:
            raise self._late()
        model, prompt = request.model, most_prompt_tokens(request) + PROBE_TOKENS
        check_room(self._policy.budget, sum(self._reserved, self.spent), model, prompt)
        cost = cost_of(model, prompt, model.answer_tokens)
        self._reserved.append(Spent(calls=1, tokens=prompt + model.answer_tokens, cost=cost or 0.0))
        return self._reserved[-1]

    async def _ask(self, request: Request, identity: str, reserved: Spent) -> Outcome:
        """Raises `ProviderFailure` or `ModelUnavailable` where the request is not to blame."""
        try:
            reply, failures = await self._complete(request, identity, self._seconds_left)
        except Rejected as why:
            return Outcome(rejection=str(why))
        except (ProviderFailure, ModelUnavailable) as failure:
            await self._probe(request, identity)
            return Outcome(rejection=str(failure), charged=reserved.tokens)
        return Outcome(reply, failures=failures)

    async def _probe(self, failed: Request, identity: str) -> None:
        """Ask the same model for something that cannot fail. Raises as `_ask` where it does."""
        model = next(model for model in self._policy.models if model.name == failed.model.name)
        model = model.model_copy(update={"answer_tokens": 16})
        until = self._clock() + PROBE_S
        try:
            harmless = Request(model=model, lines=(Line(by="user", text="Say yes."),))
            await self._complete(harmless, f"{identity}-probe", lambda: until - self._clock())
        except Rejected as why:
            raise ModelUnavailable(f"{model.label} refuses even a harmless request: {why}") from None

    async def _complete(
        self, request: Request, identity: str, seconds_left: Callable[[], float]
    ) -> tuple[Reply, tuple[str, ...]]:
        provider = self._open(request.model)  # for this call alone: a client is not made for two at once
        try:
            return await ask_patiently(provider, request, identity, self._patience, seconds_left)
        finally:
            await provider.close()

    def _record(self, request: Request, came: Outcome | ModelCall) -> ModelCall:
        used = (came.reply.prompt_tokens, came.reply.completion_tokens) if came.reply else (came.charged, 0)
        call = ModelCall(
            turn=0,
            index=len(_calls(self._log.events)),
            role=SUBMISSION,
            request=request,
            reply=came.reply,
            rejection=came.rejection,
            failures=came.failures,
            charged=came.charged,
            cost=cost_of(request.model, *used),
        )
        self._log.append(call)
        return call

    def _seconds_left(self) -> float:
        return self._until - self._clock()

    def _late(self) -> BudgetSpent:
        return BudgetSpent(Ending.SECONDS, f"All {self._policy.seconds:g} seconds are over.")


_UNAVAILABLE = refusal(
    503, "The model cannot be had now. That is not this request's fault.", "unavailable", "server_error"
)
_NO_ANSWER = refusal(400, "The model refuses this request, or fails at it again and again.", "model_refused")


def _calls(events: Iterable[Event]) -> list[ModelCall]:
    return [event for event in events if isinstance(event, ModelCall) and event.role == SUBMISSION]


def _by_key(events: Iterable[Event]) -> dict[str, list[ModelCall]]:
    found: dict[str, list[ModelCall]] = defaultdict(list)
    for call in _calls(events):
        found[call.request.key].append(call)
    return found
