"""The oracle's sockets: one thread, one selector, many clients of which none can hold up another.

A client may flood, send half a frame, or never read its answers: its buffers are bounded, it is read only while
its answers are taken, and whoever leaves something half done for too long is dropped.
"""

import os
import selectors
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field

from sandbox.oracle.desk import Desk
from sandbox.protocol import FrameError, Lines, count, decode, encode, write_all

MAX_CLIENTS = 32
QUERY_FRAME = 512 * 1024  # bytes: MAX_INPUTS numbers, written out, fit twice
OUTBOX = 1024 * 1024  # bytes of answers waiting to be read, beyond which nothing more is answered
STALLED_S = 5.0  # for half a frame, or answers that nobody reads
CHUNK = 64 * 1024


@dataclass
class _Client:
    sock: socket.socket
    inbox: Lines = field(default_factory=lambda: Lines(QUERY_FRAME))
    outbox: bytearray = field(default_factory=bytearray)
    stalled_since: float | None = None
    events: int = selectors.EVENT_READ


class Server:
    """Serves `desk` on `listener` to the lab, and obeys the host on `control` until that closes or `deadline` passes.

    The host says `{"op": "mark", "id": n}` when an experiment is over: all clients are dropped, so that nothing it left
    in a buffer is answered (or charged) later. `{"op": "status", "id": n}` changes nothing. To both, `{"mark": n,
    "remaining": m}` goes to `log_fd`, behind every batch that was answered before.
    """

    def __init__(self, desk: Desk, listener: socket.socket, control: int, log_fd: int, deadline: float) -> None:
        self._desk = desk
        self._listener = listener
        self._control = control
        self._orders = Lines()
        self._log_fd = log_fd
        self._deadline = deadline  # on the monotonic clock
        self._clients: dict[int, _Client] = {}
        self._selector = selectors.DefaultSelector()
        listener.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ)
        self._selector.register(control, selectors.EVENT_READ)

    def serve(self) -> None:
        """Serve until the host is gone or the deadline passed."""
        while time.monotonic() < self._deadline:
            for key, _ in self._selector.select(timeout=1.0):
                if key.fd == self._control:
                    if not self._obey():
                        return
                elif key.fd == self._listener.fileno():
                    self._accept()
                elif key.fd in self._clients:
                    self._attend(self._clients[key.fd])
            self._drop_stalled()

    def _obey(self) -> bool:
        chunk = os.read(self._control, CHUNK)
        self._orders.feed(chunk)
        while (line := self._orders.pop()) is not None:
            order = decode(line)
            if order.get("op") == "mark":
                self._forget_clients()
                self._desk.end_experiment()
            write_all(self._log_fd, encode({"mark": count(order, "id"), "remaining": self._desk.remaining}))
        return bool(chunk)

    def _forget_clients(self) -> None:
        for client in list(self._clients.values()):
            self._drop(client)
        while (sock := self._next_in_line()) is not None:
            sock.close()

    def _next_in_line(self) -> socket.socket | None:
        try:
            return self._listener.accept()[0]
        except (BlockingIOError, ConnectionError):
            return None

    def _accept(self) -> None:
        sock = self._next_in_line()
        if sock is None:
            return
        if len(self._clients) >= MAX_CLIENTS:
            sock.close()
            return
        sock.setblocking(False)
        self._clients[sock.fileno()] = _Client(sock)
        self._selector.register(sock, selectors.EVENT_READ)

    def _attend(self, client: _Client) -> None:
        try:
            if client.outbox:
                self._flush(client)
            else:
                chunk = client.sock.recv(CHUNK)
                if not chunk:
                    self._drop(client)
                    return
                client.inbox.feed(chunk)
            self._answer(client)
        except BlockingIOError:
            return
        except OSError:
            self._drop(client)

    def _answer(self, client: _Client) -> None:
        """Answer what has arrived whole, as long as the answers are taken."""
        while len(client.outbox) < OUTBOX:
            try:
                line = client.inbox.pop()
            except FrameError as error:  # there is no next line to go on with
                with suppress(OSError):
                    client.sock.send(encode({"error": error.code}))
                self._drop(client)
                return
            if line is None:
                break
            client.outbox += self._reply(line)
            client.stalled_since = None
            self._flush(client)
        busy = bool(client.outbox) or len(client.inbox) > 0
        client.stalled_since = (client.stalled_since or time.monotonic()) if busy else None
        events = selectors.EVENT_WRITE if client.outbox else selectors.EVENT_READ
        if events != client.events:
            client.events = events
            self._selector.modify(client.sock, events)

    def _reply(self, line: bytes) -> bytes:
        try:
            return self._desk.answer(decode(line))
        except FrameError as error:
            return encode({"error": error.code})

    def _flush(self, client: _Client) -> None:
        try:
            sent = client.sock.send(client.outbox)
        except BlockingIOError:
            return
        del client.outbox[:sent]

    def _drop(self, client: _Client) -> None:
        self._clients.pop(client.sock.fileno())
        self._selector.unregister(client.sock)
        client.sock.close()

    def _drop_stalled(self) -> None:
        limit = time.monotonic() - STALLED_S
        for client in list(self._clients.values()):
            if client.stalled_since is not None and client.stalled_since < limit:
                self._drop(client)


def listen(path: str) -> socket.socket:
    """A listening Unix socket that every uid of the machine (or container) may connect to."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    os.chmod(path, 0o666)  # noqa: S103 the lab runs under another uid, and a client needs to write to connect
    listener.listen(MAX_CLIENTS)
    return listener
