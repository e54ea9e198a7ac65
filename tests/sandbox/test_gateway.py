"""The gateway's container against hostile clients, and the host against a gateway that was taken over."""

import asyncio
import base64
import os
import socket
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from functions.errors import Cause
from sandbox.client import Isolation, Limits
from sandbox.engines.channel import Channel
from sandbox.engines.gateway_link import Gateway, GatewayLost
from sandbox.engines.launcher import Inside, Places, Process
from sandbox.engines.local import LocalEngine
from sandbox.gateway.http import MAX_BODY, MAX_HEAD, Answer
from sandbox.gateway.server import MAX_CLIENTS, Door
from sandbox.policy import Part
from sandbox.protocol import encode

CHAT = b"POST /v1/chat/completions HTTP/1.1\r\n"


class Host:
    """Answers with what it was asked, backwards, and remembers it."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.together = self.most = 0

    async def answer(self, body: bytes) -> Answer:
        """Backwards, after a moment in which others may come."""
        self.asked.append(body)
        self.together += 1
        self.most = max(self.most, self.together)
        await asyncio.sleep(0.01)
        self.together -= 1
        return Answer(200, body[::-1])


class Served:
    """A gateway in a process of its own, and its host."""

    def __init__(self, gateway: Gateway, host: Host) -> None:
        self.gateway, self.host = gateway, host

    def connect(self) -> socket.socket:
        """A client's end of a connection."""
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(20)
        sock.connect(self.gateway.environment["INQUEST_MODEL_SOCKET"])
        return sock

    def say(self, raw: bytes) -> bytes:
        """Everything that comes back for what is sent."""
        with self.connect() as sock:
            sock.sendall(raw)
            return heard(sock)

    def ask(self, body: bytes, headers: bytes = b"") -> bytes:
        """The body of the answer to a chat request."""
        return self.say(CHAT + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body).partition(b"\r\n\r\n")[2]


def heard(sock: socket.socket) -> bytes:
    """All that comes until the other side closes, also with something unread."""
    received = b""
    with suppress(ConnectionResetError):
        while chunk := sock.recv(65536):
            received += chunk
    return received


@pytest.fixture(scope="module")
def one_gateway() -> Iterator[Served]:
    """One process for all tests: whatever was done to it, the next test must find it whole."""
    host = Host()
    with LocalEngine().open_gateway(["small", "large"], 2, host.answer, Limits(), "test") as gateway:
        yield Served(gateway, host)


@pytest.fixture
def served(one_gateway: Served) -> Iterator[Served]:
    """The gateway, which is still there and answers after each test."""
    one_gateway.host.__init__()  # type: ignore[misc]
    yield one_gateway
    assert one_gateway.ask(b"still there?") == b"?ereht llits"
    one_gateway.gateway.check()


def test_the_models_are_listed(served: Served) -> None:
    """The allow-list is what there is, and asking for it bothers nobody."""
    assert b'"id": "small"' in served.say(b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")
    assert served.host.asked == []


def test_a_body_goes_to_the_host_and_nothing_else_does(served: Served) -> None:
    """Headers, whatever they carry, end at the gateway."""
    assert served.ask(b"\x00\xffabc", b"Authorization: Bearer stolen\r\nX-Leak: stolen\r\n") == b"cba\xff\x00"
    assert served.host.asked == [b"\x00\xffabc"]


def test_a_request_behind_the_first_is_never_looked_at(served: Served) -> None:
    """One connection carries one request: there is nothing to smuggle."""
    smuggled = CHAT + b"Content-Length: 3\r\n\r\nabc"
    answer = served.say(CHAT + b"Content-Length: 3\r\n\r\nxyz" + smuggled * 2)
    assert answer.endswith(b"zyx")
    assert served.host.asked == [b"xyz"]


LENGTH = b"Content-Length: 3\r\n"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        pytest.param(b"POST /v1/chat/completions?leak=1 HTTP/1.1\r\n" + LENGTH + b"\r\nabc", 404, id="a query string"),
        pytest.param(b"POST /v1/../v1/chat/completions HTTP/1.1\r\n" + LENGTH + b"\r\nabc", 404, id="a path with dots"),
        pytest.param(b"POST /v1/embeddings HTTP/1.1\r\n" + LENGTH + b"\r\nabc", 404, id="another path"),
        pytest.param(b"GET /v1/models/small HTTP/1.1\r\n\r\n", 404, id="a single model"),
        pytest.param(b"GET /v1/chat/completions HTTP/1.1\r\n\r\n", 404, id="another method"),
        pytest.param(b"CONNECT api.openai.com:443 HTTP/1.1\r\n\r\n", 400, id="a tunnel"),
        pytest.param(b"GET http://evil/v1/models HTTP/1.1\r\n\r\n", 400, id="a proxy request"),
        pytest.param(b"GET /v1/models\r\n\r\n", 400, id="HTTP/0.9"),
        pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, id="HTTP/2"),
        pytest.param(b"\x16\x03\x01\x02\x00\r\n\r\n", 400, id="TLS"),
        pytest.param(CHAT + b"\r\n", 411, id="no length"),
        pytest.param(CHAT + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 411, id="chunks"),
        pytest.param(CHAT + LENGTH + b"Transfer-Encoding: chunked\r\n\r\nabc", 400, id="a length and chunks"),
        pytest.param(CHAT + LENGTH + LENGTH + b"\r\nabc", 400, id="two lengths"),
        pytest.param(CHAT + b"Content-Length: 3, 3\r\n\r\nabc", 400, id="a list of lengths"),
        pytest.param(CHAT + b"Content-Length: -1\r\n\r\nabc", 400, id="a negative length"),
        pytest.param(CHAT + b"Content-Length: +3\r\n\r\nabc", 400, id="a length with a sign"),
        pytest.param(CHAT + b"Content-Length: 0x3\r\n\r\nabc", 400, id="a hexadecimal length"),
        pytest.param(CHAT + "Content-Length: \u0663\r\n\r\nabc".encode(), 400, id="a length in other digits"),
        pytest.param(CHAT + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 400, id="a length without end"),
        pytest.param(CHAT + b"Content-Length: %d\r\n\r\n" % (MAX_BODY + 1), 413, id="a giant body"),
        pytest.param(CHAT + b"Content-Length : 3\r\n\r\nabc", 400, id="a space before the colon"),
        pytest.param(CHAT + b"X: a\r\n b\r\n" + LENGTH + b"\r\nabc", 400, id="a folded header"),
        pytest.param(CHAT + b"X: a\nContent-Length: 9\r\n" + LENGTH + b"\r\nabc", 400, id="a bare newline"),
        pytest.param(CHAT + b"X: a\rY: b\r\n" + LENGTH + b"\r\nabc", 400, id="a bare carriage return"),
        pytest.param(CHAT + b"X: a\x00b\r\n" + LENGTH + b"\r\nabc", 400, id="a NUL"),
        pytest.param(CHAT + b"X" * (MAX_HEAD + 10) + b": a\r\n\r\n", 431, id="a giant header"),
    ],
)
def test_what_is_no_plain_request_is_refused_and_goes_nowhere(served: Served, raw: bytes, status: int) -> None:
    """Each doubt about where a request ends is settled by refusing it, in OpenAI's words."""
    answer = served.say(raw)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b'{"error": {"message": ' in answer
    assert served.host.asked == []


def test_a_client_that_waits_to_send_its_body_is_told_to_go_on(served: Served) -> None:
    """As curl does with larger bodies."""
    answer = served.say(CHAT + b"Expect: 100-continue\r\n" + LENGTH + b"\r\nabc")
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


def test_the_largest_body_passes(served: Served) -> None:
    """Up to the last byte, whatever is in it."""
    body = bytes(range(256)) * (MAX_BODY // 256)
    assert served.ask(body) == body[::-1]


def test_half_a_request_goes_nowhere(served: Served) -> None:
    """Whoever leaves in the middle of a head or a body has asked nothing."""
    for half in (CHAT + b"Content-Le", CHAT + b"Content-Length: 10\r\n\r\nabc", b""):
        with served.connect() as sock:
            sock.sendall(half)
            sock.shutdown(socket.SHUT_WR)
            assert heard(sock) == b""
    assert served.host.asked == []


def test_connections_are_bounded(served: Served) -> None:
    """More than a few at once are sent away, and come in again when others have left."""
    with ExitStack() as stack:
        for _ in range(MAX_CLIENTS):
            stack.enter_context(served.connect()).sendall(b"POST ")
        assert served.say(b"GET /v1/models HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 503 ")
    while served.say(b"GET /v1/models HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 503 "):
        pass  # until it has seen that they left


def test_only_so_many_are_with_the_host_at_once(served: Served) -> None:
    """The others wait in the gateway, and are all answered."""
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(served.ask(b"ab"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"ba"] * 8
    assert served.host.most <= 2


def test_leaving_before_the_answer_changes_nothing(served: Served) -> None:
    """What was asked is answered (and paid for), and nobody else notices."""
    with served.connect() as sock:
        sock.sendall(CHAT + LENGTH + b"\r\nabc")
    assert served.ask(b"xyz") == b"zyx"
    assert served.host.asked == [b"abc", b"xyz"]


def at_a_door(door: Door, client: Callable[[str], Awaitable[None]]) -> None:
    """Run a client against a door in this process."""

    async def both() -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "s")
            server = await asyncio.start_unix_server(door.attend, path)
            await client(path)
            server.close()

    asyncio.run(both())


def test_a_request_that_comes_drop_by_drop_is_ended() -> None:
    """A slow client holds its place for so long, and no longer."""

    async def client(path: str) -> None:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(CHAT)
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
        writer.close()

    at_a_door(Door([], Host().answer, arrives_s=0.05), client)


def test_who_does_not_take_an_answer_loses_it() -> None:
    """An answer that nobody reads is dropped, with its connection."""

    async def flood(body: bytes) -> Answer:
        return Answer(200, b"x" * 4_000_000)

    async def client(path: str) -> None:
        reader, writer = await asyncio.open_unix_connection(path, limit=1)
        writer.write(CHAT + LENGTH + b"\r\nabc")
        await asyncio.sleep(0.3)
        received = 0
        while chunk := await reader.read(65536):
            received += len(chunk)
        assert received < 4_000_000
        writer.close()

    at_a_door(Door([], flood, taken_s=0.05), client)


class TakenOver:
    """A gateway whose container says what an attacker wants: a process over pipes."""

    inside, isolation, places = Inside(), Isolation(engine="test", runtime="test"), Places("", "", "/nowhere")

    def __init__(self) -> None:
        self._from, self.out = os.pipe()
        self.control, self._to = os.pipe()
        self.channel = Channel(self._from, self._to, self._close)

    def start(self, _: Part) -> Process:
        return self

    def diagnosis(self) -> str:
        return ""

    def destroy(self) -> None:
        if self.out >= 0:
            os.close(self.out)
            self.out = -1

    def close(self) -> None:
        """Nothing was shared."""

    def _close(self) -> None:
        for fd in (self._from, self._to, self.control):
            os.close(fd)

    def says(self, *lines: bytes) -> None:
        os.write(self.out, b"".join(lines))


def ask(number: int, body: bytes = b"abc") -> bytes:
    """A well-formed question."""
    return encode({"ask": number, "body": base64.b64encode(body).decode()})


async def never(body: bytes) -> Answer:
    """A provider that takes its time."""
    await asyncio.Event().wait()
    raise AssertionError


def check_until_it_fails(gateway: Gateway) -> None:
    """As whoever runs a submission does; the test's own timeout bounds it."""
    while True:
        gateway.check()
        time.sleep(0.001)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([b"not a frame\n"], id="no frame"),
        pytest.param([encode({"ask": 1})], id="no body"),
        pytest.param([encode({"ask": -1, "body": ""})], id="a bad number"),
        pytest.param([encode({"ask": 1, "body": "*"})], id="no base64"),
        pytest.param([encode({"ask": 1, "body": base64.b64encode(b"x" * (MAX_BODY + 1)).decode()})], id="too long"),
        pytest.param([ask(n) for n in range(3)], id="more than it may"),
    ],
)
def test_a_gateway_that_was_taken_over_is_the_submissions_doing(lines: list[bytes]) -> None:
    """Garbage from the container ends it. Nobody else can have brought it about."""
    container = TakenOver()
    gateway = Gateway(container, container, 2, never, "")
    writer = threading.Thread(target=container.says, args=lines)
    writer.start()
    writer.join()
    with pytest.raises(GatewayLost) as lost:
        check_until_it_fails(gateway)
    assert lost.value.cause is Cause.AGENT
    gateway.close(wait=False)


def test_a_failing_desk_ends_the_gateway_and_is_told() -> None:
    """What the host raises (a full disk, say) is not swallowed in a thread, nor laid at the submission's door."""

    async def full(body: bytes) -> Answer:
        raise OSError("no space")

    container = TakenOver()
    with Gateway(container, container, 2, full, "") as gateway:
        container.says(ask(1))
        with pytest.raises(OSError, match="no space"):
            check_until_it_fails(gateway)


def test_leaving_waits_for_what_is_under_way() -> None:
    """What a submission left behind is still paid for, so it is still recorded."""
    host, container = Host(), TakenOver()
    with Gateway(container, container, 2, host.answer, "") as gateway:
        container.says(ask(1))
        while not host.asked:
            pass
    assert host.together == 0
    gateway.check()
