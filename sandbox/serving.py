"""Clients of the lab at a Unix socket: one thread, one selector, many of them, of which none can hold up another.

A client may flood, send half a frame, or never read its answers: its buffers are bounded, it is read only while
its answers are taken, and whoever leaves something half done for too long is dropped. The oracle serves its clients
so; where the oracle's socket cannot be reached, the lab's worker does, and passes on what they ask. Standard library
only: it runs on both sides.
"""

import os
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from sandbox.protocol import FrameError, Lines, encode

MAX_CLIENTS = 32
QUERY_FRAME = 512 * 1024  # bytes: MAX_INPUTS numbers, written out, fit twice
OUTBOX = 1024 * 1024  # bytes of answers waiting to be read, beyond which nothing more is answered
STALLED_S = 5.0  # for half a frame, or answers that nobody reads
CHUNK = 64 * 1024

Answer = Callable[[bytes], bytes]  # a line in, a line out, whatever is in it


@dataclass
class _Client:
    sock: socket.socket
    inbox: Lines = field(default_factory=lambda: Lines(QUERY_FRAME))
    outbox: bytearray = field(default_factory=bytearray)
    stalled_since: float | None = None
    events: int = selectors.EVENT_READ


class Clients:
    """Whoever connects to `listener`, answered by `answer`. It can be waited for: it has a `fileno`."""

    def __init__(self, listener: socket.socket, answer: Answer) -> None:
        self._listener, self._answer_line = listener, answer
        self._clients: dict[int, _Client] = {}
        self._selector = selectors.DefaultSelector()
        listener.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ)

    def close(self) -> None:
        """Drop every client; the listener is its owner's."""
        self.drop_all()
        self._selector.close()

    def fileno(self) -> int:
        """Readable when there is something to do."""
        fd = self._selector.fileno()
        return int(fd)

    def attend(self) -> None:
        """Do what there is to do now."""
        for key, _ in self._selector.select(timeout=0):
            if key.fd == self._listener.fileno():
                self._accept()
            elif key.fd in self._clients:
                self._attend(self._clients[key.fd])
        self.drop_stalled()

    def drop_all(self) -> None:
        """Drop every client, those among them that wait to be accepted."""
        for client in list(self._clients.values()):
            self._drop(client)
        while (sock := self._next_in_line()) is not None:
            sock.close()

    def drop_stalled(self) -> None:
        """Drop who has left something half done for too long."""
        limit = time.monotonic() - STALLED_S
        for client in list(self._clients.values()):
            if client.stalled_since is not None and client.stalled_since < limit:
                self._drop(client)

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
                    client.sock.send(encode(error.frame))
                self._drop(client)
                return
            if line is None:
                break
            client.outbox += self._answer_line(line)
            client.stalled_since = None
            self._flush(client)
        busy = bool(client.outbox) or len(client.inbox) > 0
        client.stalled_since = (client.stalled_since or time.monotonic()) if busy else None
        events = selectors.EVENT_WRITE if client.outbox else selectors.EVENT_READ
        if events != client.events:
            client.events = events
            self._selector.modify(client.sock, events)

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


def listen(path: str) -> socket.socket:
    """A listening Unix socket that every uid of the container may connect to; abstract where `path` begins with NUL."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    if not path.startswith("\0"):
        os.chmod(path, 0o666)  # noqa: S103 the lab runs under another uid, and a client needs to write to connect
    listener.listen(MAX_CLIENTS)
    return listener
