"""The host's end of a model gateway: what is asked in its container comes here, and each is answered at its own pace.

    with engine.open_gateway(models, at_once, answer, limits, label) as gateway:
        # another container: {"HostConfig": {"VolumesFrom": [gateway.mount]}, "Env": gateway.environment}
        ...
        gateway.check()   # raises GatewayLost

`answer` is called with the bytes that somebody foreign wrote, on an event loop in a thread of this link's own, and up
to `at_once` times at once. It must answer whatever it is given: what it raises ends the gateway, and `check` raises it.
"""

import asyncio
import base64
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from functions.errors import Cause, InquestError
from sandbox.client import Limits, SandboxFailure
from sandbox.engines.channel import ChannelLost
from sandbox.engines.launcher import Launcher, Process
from sandbox.engines.parts import ask_ready
from sandbox.gateway.http import MAX_BODY, Answer
from sandbox.policy import Part
from sandbox.protocol import Frame, count, text

SEND_S = 30.0
SOCKET_VARIABLE = "INQUEST_MODEL_SOCKET"

AnswerBody = Callable[[bytes], Awaitable[Answer]]


class GatewayLost(InquestError):
    """The gateway went down. Nobody but who is behind its socket can do that to it, so it is their doing."""

    cause = Cause.AGENT


class Gateway:
    """A gateway at work, as a context manager: leaving it waits for what is under way, since that is paid for."""

    def __init__(self, launcher: Launcher, process: Process, at_once: int, answer: AnswerBody, mount: str) -> None:
        self._launcher, self._process = launcher, process
        self._at_once, self._answer = at_once, answer
        self.mount = mount
        """What another container's `VolumesFrom` names; empty for local processes, which just open the socket."""
        self.environment = {SOCKET_VARIABLE: launcher.places.models}
        """For whoever is to use it."""
        self._under_way = 0
        self._closed = False
        self._failure: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._serving = self._loop.create_task(self._serve())
        self._thread = threading.Thread(target=self._run, name="inquest-gateway", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raises `GatewayLost` where the container is gone, and whatever `answer` raised."""
        if self._failure is not None:
            raise self._failure

    def close(self, *, wait: bool = True) -> None:
        """Destroy the container and `wait` for what is under way, or give it up. Raises SandboxFailure."""
        if self._closed:
            return
        self._closed = True
        try:
            self._process.destroy()  # whoever reads from it sees its end
        finally:
            if not wait:
                self._loop.call_soon_threadsafe(self._serving.cancel)
            self._thread.join()
            self._loop.close()
            self._process.channel.close()
            self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(wait=kind is None)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serving)
        except asyncio.CancelledError:
            pass  # given up
        except BaseExceptionGroup as failed:  # a thread has nobody to raise it to: `check` does
            self._failure = failed.exceptions[0]
            self._process.destroy()  # and nobody is served any more
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())

    async def _serve(self) -> None:
        sending = asyncio.Lock()
        async with asyncio.TaskGroup() as calls:
            try:
                while True:
                    number, body = _asked(await asyncio.to_thread(self._process.channel.receive, None))
                    self._begin()
                    calls.create_task(self._attend(number, body, sending))
            except ChannelLost as lost:
                if not self._closed:
                    self._failure = GatewayLost(f"The model gateway {lost}. {self._process.diagnosis()}".rstrip())

    def _begin(self) -> None:
        if self._under_way >= self._at_once:
            raise ChannelLost("asks more at once than it may")
        self._under_way += 1

    async def _attend(self, number: int, body: bytes, sending: asyncio.Lock) -> None:
        said = await self._answer(body)
        self._under_way -= 1
        async with sending:
            with suppress(ChannelLost):  # the reader notices too
                await asyncio.to_thread(self._process.channel.send, _frame(number, said), SEND_S)


def open_gateway(
    launcher: Launcher, process: Process, models: Sequence[str], at_once: int, answer: AnswerBody, limits: Limits,
    mount: str = "",
) -> Gateway:  # fmt: skip
    """Make a started gateway ready. Raises SandboxFailure, having left nothing: nobody could reach it yet."""
    setup = {
        "socket": launcher.places.models,
        "lifetime_s": limits.lifetime_s,
        "models": "\n".join(models),
        "at_once": at_once,
    }
    try:
        ask_ready(process, setup, Part.GATEWAY)
    except SandboxFailure:
        launcher.close()
        raise
    return Gateway(launcher, process, at_once, answer, mount)


def _asked(frame: Frame) -> tuple[int, bytes]:
    """Number and body of what is asked. Raises ChannelLost: the container may have been taken over."""
    try:
        body = base64.b64decode(text(frame, "body"), validate=True)
        if len(body) > MAX_BODY:
            raise ChannelLost("asks what is too long")
        return count(frame, "ask"), body
    except ValueError:
        raise ChannelLost("asks what cannot be read") from None


def _frame(number: int, said: Answer) -> Frame:
    body = base64.b64encode(said.body).decode()
    return {"answer": number, "status": said.status, "kind": said.kind, "final": said.final, "body": body}
