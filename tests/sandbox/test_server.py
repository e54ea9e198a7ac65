"""The oracle's sockets: no client holds up another, and nothing but fixed codes comes out."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sandbox import serving
from sandbox.client import QueryRecord
from sandbox.oracle.desk import Desk
from sandbox.oracle.orders import Orders
from sandbox.oracle.server import Server
from sandbox.protocol import Frame, Lines, decode, encode, read_frame, write_all
from sandbox.serving import MAX_CLIENTS, QUERY_FRAME, listen
from tests.sandbox.jobs import line_job


class Doubler:
    """f(x) = 2x; undefined at 0, broken at 13. It tells too much when it breaks."""

    def answer(
        self, inputs: Sequence[float | str], asked_before: Sequence[int], secret: bytes
    ) -> Sequence[float | str | None]:
        """Two times x, plus how often it was asked."""
        if 13 in inputs:
            raise RuntimeError(f"the slope is 2 and the secret {secret.hex()}")
        return [2 * float(x) + n if x else None for x, n in zip(inputs, asked_before, strict=True)]


class Served:
    """A server in a thread, as the host and the lab see it."""

    def __init__(self, path: Path, budget: int) -> None:
        self.path = str(path / "s")
        orders, self._host = os.pipe()
        self._log, log = os.pipe()
        self._lines = Lines()
        self._lines_logged: list[bytes] = []
        self.desk = Desk(line_job(budget), Doubler(), self._lines_logged.append)
        self.listener = listen(self.path)
        self.server = Server(self.desk, self.listener, Orders(orders), log, time.monotonic() + 60)
        self.thread = threading.Thread(target=self.server.serve)
        self.fds = [orders, self._log, log]

    @property
    def records(self) -> list[QueryRecord]:
        """What was logged."""
        return [QueryRecord.model_validate_json(line) for line in self._lines_logged]

    def connect(self) -> socket.socket:
        """A client of the lab."""
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(10)
        sock.connect(self.path)
        return sock

    def mark(self) -> Frame:
        """What the host says when an experiment is over."""
        write_all(self._host, encode({"op": "mark", "id": 1}))
        frame = read_frame(self._log, self._lines)
        assert frame is not None
        return frame

    def ask(self, line: str) -> Frame:
        """What the host asks on behalf of a lab that has no socket."""
        write_all(self._host, encode({"op": "ask", "id": 2, "line": line}))
        frame = read_frame(self._log, self._lines)
        assert frame is not None
        return frame

    def close(self) -> None:
        """The host is gone."""
        os.close(self._host)
        self.thread.join(10)
        self.listener.close()
        for fd in self.fds:
            os.close(fd)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A running server with a budget of 20."""
    running = Served(tmp_path, budget=20)
    running.thread.start()
    yield running
    running.close()


def receive(sock: socket.socket) -> Frame:
    """One reply."""
    frame = read_frame(sock.fileno(), Lines()) if sock.gettimeout() is None else decode(sock.makefile("rb").readline())
    assert frame is not None
    return frame


def ask(sock: socket.socket, frame: Frame) -> Frame:
    """One request with its reply."""
    sock.sendall(encode(frame))
    return receive(sock)


def test_the_words_of_the_protocol_are_answered(served: Served) -> None:
    """Hello, brief, status and query; undefined is null."""
    with served.connect() as client:
        assert ask(client, {"op": "hello", "version": 1}) == {"version": 1}
        assert ask(client, {"op": "hello", "version": 7}) == {"version": 1}  # the highest that both speak
        assert ask(client, {"op": "status"}) == {"remaining": 20}
        assert ask(client, {"op": "query", "inputs": [1, 0, 2.5]}) == {"outputs": [2.0, None, 5.0], "remaining": 17}
        brief = ask(client, {"op": "brief"})["brief"]
    assert isinstance(brief, dict)
    assert brief["query_budget"] == 20
    assert [r.new for r in served.records] == [3]


def test_what_was_refused_is_counted_for_an_interpreters_author(served: Served) -> None:
    """By code and field, and in no more kinds than anybody reads."""
    with served.connect() as client:
        for frame in ({"op": "spec"}, {"op": "spec"}, {"op": "query", "inputs": [True]}):
            ask(client, frame)
        assert served.mark()["refused"] == {"bad_request op": 2, "bad_input inputs": 1}
    with served.connect() as client:
        for number in range(50):
            ask(client, {"op": "submit", "interpretation": {"regions": [{f"a{number}": "a" * 3000}]}})
        refused = served.mark()["refused"]
    assert isinstance(refused, dict)
    assert len(refused) == 20


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ({"op": "query", "inputs": [1.0] * 21}, "budget_exhausted", ""),
        ({"op": "query", "inputs": [True]}, "bad_input", "inputs"),
        ({"op": "query", "inputs": ["1"]}, "bad_input", "inputs"),
        ({"op": "query", "inputs": [None]}, "bad_input", "inputs"),
        ({"op": "query", "inputs": [1.0] * 10_001}, "too_large", "inputs"),
        ({"op": "query", "inputs": 3}, "bad_request", "inputs"),
        ({"op": "query", "inputs": [13]}, "function_error", ""),
        ({"op": "hello", "version": 0}, "bad_request", "version"),
        ({"op": "hello", "version": "1"}, "bad_request", "version"),
        ({"op": "spec"}, "bad_request", "op"),
        ({"op": ["query"]}, "bad_request", "op"),
        ({}, "bad_request", "op"),
    ],
)
def test_errors_are_fixed_codes_and_cost_nothing(served: Served, frame: Frame, code: str, field: str) -> None:
    """No text of the function, no traceback, no charge, and the connection goes on. A wrong field is named."""
    with served.connect() as client:
        assert ask(client, frame) == {"error": code} | ({"field": field} if field else {})
        assert ask(client, {"op": "status"}) == {"remaining": 20}
    assert served.records == []


def test_a_giant_frame_ends_its_connection_alone(served: Served) -> None:
    """There is no way to find the next frame after one that never ends; others do not notice."""
    with served.connect() as giant, served.connect() as other:
        with pytest.raises(ConnectionError):
            giant.sendall(b"x" * QUERY_FRAME * 100)
        assert ask(other, {"op": "status"}) == {"remaining": 20}


def test_half_a_frame_holds_nobody_up(served: Served) -> None:
    """A client in the middle of a frame is waited for without waiting."""
    with served.connect() as slow, served.connect() as other:
        slow.sendall(b'{"op": "sta')
        assert ask(other, {"op": "status"}) == {"remaining": 20}
        slow.sendall(b'tus"}\n')
        assert receive(slow) == {"remaining": 20}


def test_half_a_frame_for_too_long_is_dropped(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow loris loses its connection."""
    monkeypatch.setattr(serving, "STALLED_S", 0.0)
    with served.connect() as slow:
        slow.sendall(b"{")
        assert slow.recv(1) == b""


def test_whoever_does_not_read_is_not_answered_without_end(served: Served) -> None:
    """A flood of requests whose answers nobody reads stops being taken, and others are served."""
    with served.connect() as flood, served.connect() as other:
        flood.settimeout(0.2)
        with pytest.raises(TimeoutError):
            flood.sendall(encode({"op": "brief"}) * 1_000_000)
        assert ask(other, {"op": "status"}) == {"remaining": 20}


def test_many_connections_are_bounded(served: Served) -> None:
    """Beyond the cap new ones are closed, and closing old ones makes room."""
    clients = [served.connect() for _ in range(MAX_CLIENTS)]
    assert ask(clients[-1], {"op": "status"}) == {"remaining": 20}
    with served.connect() as extra:
        assert extra.recv(1) == b""
    for client in clients:
        client.close()
    assert served.mark() == {"mark": 1, "remaining": 20}
    with served.connect() as late:
        assert ask(late, {"op": "status"}) == {"remaining": 20}


def test_racing_clients_share_one_budget(served: Served) -> None:
    """Many at once get exactly as many answers as there are queries."""
    answered: list[Frame] = []

    def race() -> None:
        with served.connect() as client:
            answered.extend(ask(client, {"op": "query", "inputs": [1.0]}) for _ in range(10))

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("outputs" in frame for frame in answered) == 20
    assert sum(frame == {"error": "budget_exhausted"} for frame in answered) == 60
    assert sum(record.new for record in served.records) == 20


def test_a_mark_drops_what_an_experiment_left_behind(served: Served) -> None:
    """A request that was not answered before the mark is neither answered nor charged afterwards."""
    with served.connect() as client:
        ask(client, {"op": "query", "inputs": [1.0]})
        assert served.mark() == {"mark": 1, "remaining": 19}
        assert client.recv(1) == b""
    assert len(served.records) == 1


def test_the_host_can_ask_in_the_name_of_a_lab(served: Served) -> None:
    """The same words, caps and codes as at the socket; whatever a lab says is an answer, never an end."""
    answer = served.ask('{"op":"query","inputs":[2]}')
    assert answer == {"mark": 2, "line": '{"outputs":[4.0],"remaining":19}\n', "remaining": 19}
    for line in ("", "{", "\u00ff", "\u4e00", '{"op":"mark","id":1}', '{"op":"query","inputs":[13]}'):
        assert str(served.ask(line)["line"]).startswith('{"error":')
    assert len(served.records) == 1


def test_the_host_leaving_ends_the_oracle(tmp_path: Path) -> None:
    """Closed stdin is the end, whatever the lab does."""
    running = Served(tmp_path, budget=5)
    running.thread.start()
    running.close()
    assert not running.thread.is_alive()
