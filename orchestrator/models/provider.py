"""A provider of models, and the patience with which it is asked: backoff with jitter, Retry-After, a deadline.

Failures that can pass (429, 5xx, cut or slow connections, answers that are no answers) are tried again here and nowhere
else; the clients' own retries are off, so that nothing is retried twice over.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from functions.errors import Cause, InquestError
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import ProviderFailure, Reply, Request
from orchestrator.models.rates import at_the_rate


class Transient(InquestError):
    """A failure that can pass. `retry_after` is what the provider asked for, in seconds."""

    cause = Cause.INFRASTRUCTURE
    retry_helps = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Provider(Protocol):
    """One model behind an address."""

    async def complete(self, request: Request, identity: str, seconds: float) -> Reply:
        """Ask once, for at most `seconds`. `identity` is the same whenever the same call is made again.

        Raises `Transient`, `Rejected`, `ModelUnavailable`.
        """
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Patience:
    """How often and how long a call is tried. The n-th wait is drawn from 0.5..1 times `first_s * 2**n`.

    `pace` returns when the provider may be called: waiting there is no failure, and no time of the call.
    """

    attempts: int = 6
    first_s: float = 1.0
    longest_s: float = 60.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    pace: Callable[[ModelChoice, Callable[[], float]], Awaitable[None]] = at_the_rate

    def wait(self, failed: int, asked: float | None, jitter: float) -> float:
        """Seconds to wait after `failed` failures, where the provider `asked` for some. `jitter` is in 0..1."""
        backoff = min(self.longest_s, self.first_s * 2.0 ** (failed - 1)) * (0.5 + jitter / 2)
        return backoff if asked is None else asked + backoff / 10


PATIENT = Patience()
"""Enough for a provider that is busy: about a minute in all."""


async def ask_patiently(
    provider: Provider, request: Request, identity: str, patience: Patience, seconds_left: Callable[[], float]
) -> tuple[Reply, tuple[str, ...]]:
    """The reply, and what failed before it came.

    Gives up with `ProviderFailure` after the last attempt, and at once where the next would come after the deadline.
    `Rejected` and `ModelUnavailable` are for good.
    """
    from tenacity import AsyncRetrying, RetryCallState, RetryError, retry_if_exception_type

    failures: list[Transient] = []

    def wait(state: RetryCallState) -> float:
        return patience.wait(state.attempt_number, failures[-1].retry_after, random.random())

    def enough(state: RetryCallState) -> bool:
        return state.attempt_number >= patience.attempts or state.upcoming_sleep >= seconds_left()

    async def once() -> Reply:
        await patience.pace(request.model, seconds_left)
        try:
            return await provider.complete(request, identity, min(request.model.timeout_s, max(0.001, seconds_left())))
        except Transient as failure:
            failures.append(failure)
            raise

    retrying = AsyncRetrying(
        retry=retry_if_exception_type(Transient), wait=wait, stop=enough, sleep=patience.sleep, reraise=False
    )
    try:
        reply: Reply = await retrying(once)
    except RetryError:
        raise ProviderFailure(
            f"{request.model.label} failed {len(failures)} times, last with: {failures[-1]} "
            "The same command goes on from here."
        ) from failures[-1]
    return reply, tuple(str(failure)[:300] for failure in failures)
