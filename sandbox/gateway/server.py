"""The gateway at work: clients at a socket on one side, the host on the other, and bounds on everything between."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

from sandbox.gateway.http import JSON, Answer, Refused, body_length, model_list, parse_head, refusal, render
from sandbox.protocol import Frame, Lines, count, decode, encode, text, write_all

MAX_CLIENTS = 16  # at once; more are sent away
ARRIVES_S = 10.0  # for a whole request to arrive
TAKEN_S = 10.0  # for an answer to be taken
CHUNK = 64 * 1024

AskHost = Callable[[bytes], Awaitable[Answer]]


class Setup(NamedTuple):
    """What the host says first."""

    models: list[str]
    at_once: int  # requests that are with the host at the same time; others wait

    @classmethod
    def read(cls, frame: Frame) -> "Setup":
        """Raises FrameError."""
        return cls(text(frame, "models").split("\n"), count(frame, "at_once"))


class Host:
    """The host, through stdio: `{"ask": n, "body": base64}` goes out, an answer with the same number comes back."""

    def __init__(self, control: int, out: int, at_once: int) -> None:
        self._control, self._out = control, out
        self._lines = Lines()
        self._pending: dict[int, asyncio.Future[Answer]] = {}
        self._asked = 0
        self._writing, self._places = asyncio.Lock(), asyncio.Semaphore(at_once)
        self.gone = asyncio.Event()

    async def ask(self, body: bytes) -> Answer:
        """The host's answer to a request. A client that leaves meanwhile changes nothing: it is paid for."""
        async with self._places:
            self._asked += 1
            number = self._asked
            answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
            self._pending[number] = answer
            line = encode({"ask": number, "body": base64.b64encode(body).decode()})
            async with self._writing:
                await asyncio.to_thread(write_all, self._out, line)
            return await answer

    def listen(self) -> None:
        """Take what the host says; called when there is something."""
        chunk = os.read(self._control, CHUNK)
        if not chunk:
            self.gone.set()
            asyncio.get_running_loop().remove_reader(self._control)
        self._lines.feed(chunk)
        while (line := self._lines.pop()) is not None:
            frame = decode(line)
            body = base64.b64decode(text(frame, "body"))
            answer = Answer(count(frame, "status"), body, text(frame, "kind", JSON), frame.get("final") is True)
            self._pending.pop(count(frame, "answer")).set_result(answer)


class Door:
    """Where clients come in."""

    def __init__(self, models: list[str], ask: AskHost, arrives_s: float = ARRIVES_S, taken_s: float = TAKEN_S) -> None:
        self._models, self._ask = model_list(models), ask
        self._arrives_s, self._taken_s = arrives_s, taken_s
        self._inside = 0

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client, and close."""
        writer.transport.set_write_buffer_limits(0)  # so that `drain` waits until all of it is taken
        with suppress(ConnectionError, TimeoutError):
            async with self._place() as free:
                answer = await self._answer(reader, writer) if free else _FULL
                writer.write(render(answer))
                async with asyncio.timeout(self._taken_s):
                    await writer.drain()
        writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[bool]:
        self._inside += 1
        try:
            yield self._inside <= MAX_CLIENTS
        finally:
            self._inside -= 1

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
        try:
            async with asyncio.timeout(self._arrives_s):
                body = await _arrival(reader, writer)
        except Refused as refused:
            return refused.answer
        except TimeoutError:
            return refusal(408, f"A request must arrive within {self._arrives_s:g} s.", "timeout")
        return self._models if body is None else await self._ask(body)


_FULL = refusal(503, f"There are {MAX_CLIENTS} connections already.", "busy")._replace(final=False)


async def _arrival(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes | None:
    """The body of the request, once it is there. Raises `Refused`, and ConnectionError where it will never be."""
    try:
        head = parse_head((await reader.readuntil(b"\r\n\r\n"))[:-4])
        length = body_length(head)
        if length is None:
            return None
        if head.waits:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return await reader.readexactly(length)
    except asyncio.LimitOverrunError:
        raise Refused(431, "The headers are too long.", "too_large") from None
    except asyncio.IncompleteReadError:
        raise ConnectionError from None
