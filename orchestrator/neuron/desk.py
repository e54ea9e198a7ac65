"""The desk where words are put to a neuron's model: each word once, every call recorded, the budget never exceeded.

What is asked about a word is the same in every life of an audit, so a recorded call is served for its request's key:
the same word always gets the same answer, and nothing that is recorded is paid for again.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from functions.target import ModelNeuron
from orchestrator.budget import Budget, BudgetSpent, Ending
from orchestrator.events import Event, ModelCall, NeuronCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Log
from orchestrator.models.exchange import (
    Feature,
    ModelUnavailable,
    ProviderFailure,
    Rejected,
    ReplayDiffers,
    Reply,
    Request,
)
from orchestrator.models.ledger import Spent, check_room, spent
from orchestrator.models.prices import cost_of
from orchestrator.models.provider import Patience, Provider, ask_patiently
from orchestrator.models.structured import NoAnswer, ask_for
from orchestrator.neuron.asking import Degree, lines_about, read_word, version

BATCH_S = 100.0
"""Seconds for what one batch asks, retries included: less than an oracle waits."""

AT_ONCE = 8
"""Calls under way."""

HARMLESS = "tree"
"""The first word of every audit: what a provider refuses of it, it refuses of every word."""


class NeuronDesk:
    """Answers words. Its work is done on an event loop in a thread of its own; `answer` may be called from any.

    `run` is this run's name for providers. `replay` are the events of a recorded audit, whose calls are served in place
    of the provider. Close it.
    """

    def __init__(
        self,
        run: str,
        neuron: ModelNeuron,
        budget: Budget,
        log: Log,
        open_provider: Callable[[ModelChoice], Provider],
        patience: Patience,
        replay: Iterable[Event] | None = None,
        batch_s: float = BATCH_S,
    ) -> None:
        self._run, self._neuron, self._budget, self._log = run, neuron, budget, log
        self._model = ModelChoice.parse(neuron.model)
        self._open, self._patience, self._batch_s = open_provider, patience, batch_s
        self._recorded = _by_key(log.events)
        self._replayed = None if replay is None else _by_key(replay)
        self._refused: frozenset[Feature] = frozenset()  # by the provider, of the first word
        self._tried = False
        self._reserved: list[Spent] = []
        self._idle: list[Provider] = []  # a client is not made for two calls at once
        self._under_way = asyncio.Semaphore(AT_ONCE)
        self._words: dict[str, asyncio.Task[float | None]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="inquest-neuron", daemon=True)
        self._thread.start()

    def answer(self, words: Sequence[str]) -> list[float | None]:
        """The response to each word; None where it is no word, or the model has none.

        Raises `BudgetSpent`, `ProviderFailure`, and what only the user can mend.
        """
        return asyncio.run_coroutine_threadsafe(self._answers(words), self._loop).result()

    def close(self) -> None:
        """Give up what is under way, and close the clients. Nobody may ask any more."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _answers(self, words: Sequence[str]) -> list[float | None]:
        until = time.monotonic() + self._batch_s
        if not self._tried:
            await self._word(HARMLESS, until)
            self._tried = True
        read = [read_word(word) for word in words]
        known = dict.fromkeys(word for word in read if word is not None)
        answers = await asyncio.gather(*(self._word(word, until) for word in known))
        said = dict(zip(known, answers, strict=True))
        return [None if word is None else said[word] for word in read]

    async def _word(self, word: str, until: float) -> float | None:
        """The response to a word. One that failed is tried again; whoever else asks waits for the same answer."""
        task = self._words.get(word)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._words[word] = asyncio.create_task(self._ask(word, until))
        return await task

    async def _ask(self, word: str, until: float) -> float | None:
        try:
            said = await ask_for(_Asking(self, until), self._model, lines_about(self._neuron, word), Degree, version())
        except NoAnswer:
            return None
        except Rejected:  # of a word that nobody wants to speak of, where others are answered
            if word == HARMLESS:
                raise
            return None
        return said.response

    async def reply(self, request: Request, until: float) -> Reply:
        """The reply to a request, recorded; see `Models.ask`. `until` is on the monotonic clock."""
        key = request.key
        call = self._recorded.get(key) or await self._call(request, key, until)
        if call.reply is None:
            if not self._tried and request.feature is not None:
                self._refused |= {request.feature}
            raise Rejected(call.rejection)
        if self._model.strict and not call.reply.is_of(self._model):
            raise ModelUnavailable(f"{self._model.label} was asked, and '{call.reply.model}' says it answered.")
        return call.reply

    @property
    def refused(self) -> frozenset[Feature]:
        """What the provider takes from nobody."""
        return self._refused

    async def _call(self, request: Request, key: str, until: float) -> ModelCall:
        if self._replayed is not None:
            if key not in self._replayed:
                raise ReplayDiffers("The replay puts a word to the neuron that is not in the record, or otherwise.")
            return self._record(self._replayed[key])
        async with self._under_way:
            if time.monotonic() >= until:
                raise ProviderFailure(
                    f"{self._model.label} did not answer all words of a batch in {self._batch_s:g} s."
                )
            reserved = self._reserve(request)
            provider = self._idle.pop() if self._idle else self._open(self._model)
            reply, failures, rejection = None, tuple[str, ...](), ""
            try:
                identity = f"{self._run}-neuron-{key[:32]}"
                reply, failures = await ask_patiently(
                    provider, request, identity, self._patience, lambda: until - time.monotonic()
                )
            except Rejected as why:
                rejection = str(why)
            finally:
                self._idle.append(provider)
                self._reserved.remove(reserved)
        used = (reply.prompt_tokens, reply.completion_tokens) if reply else (0, 0)
        return self._record(
            ModelCall(
                turn=0,
                index=len(self._recorded),
                role="neuron",
                request=request,
                reply=reply,
                rejection=rejection,
                failures=failures,
                cost=cost_of(self._model, *used) if reply else None,
            )
        )

    def _reserve(self, request: Request) -> Spent:
        """Take what a call can cost at most out of the budget. Raises `BudgetSpent` where it does not fit."""
        so_far, prompt = sum(self._reserved, spent(self._recorded.values())), request.tokens_at_most
        try:
            check_room(self._budget, so_far, self._model, prompt)
        except BudgetSpent as over:
            raise BudgetSpent(Ending.NEURON, f"The function is a model's answers. {over}") from None
        cost = cost_of(self._model, prompt, self._model.answer_tokens)
        self._reserved.append(Spent(calls=1, tokens=prompt + self._model.answer_tokens, cost=cost or 0.0))
        return self._reserved[-1]

    def _record(self, call: ModelCall) -> ModelCall:
        self._log.append(NeuronCall(call=call))
        self._recorded[call.request.key] = call
        return call

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for provider in self._idle:
            await provider.close()


@dataclass(frozen=True)
class _Asking:
    """`Models` for one word, which has a deadline."""

    desk: NeuronDesk
    until: float
    guidance: tuple[str, ...] = ()

    def refused(self, model: ModelChoice) -> frozenset[Feature]:  # noqa: ARG002 - a Models; there is one
        return self.desk.refused

    async def ask(self, request: Request) -> Reply:
        return await self.desk.reply(request, self.until)


def _by_key(events: Iterable[Event]) -> dict[str, ModelCall]:
    return {event.call.request.key: event.call for event in events if isinstance(event, NeuronCall)}
