"""The oracle at work: it serves the lab's clients, and obeys the host."""

import select
import socket
import time
from collections import Counter

from sandbox.oracle.desk import Desk
from sandbox.oracle.orders import Orders
from sandbox.protocol import Frame, FrameError, count, decode, encode, text, write_all
from sandbox.serving import Clients

MAX_REFUSALS = 20  # kinds that are told apart, for an interpreter's author


class Server:
    """Serves `desk` on `listener` to the lab, and obeys the host's `orders` until they end or `deadline` passes.

    The host says `{"op": "mark", "id": n}` when an experiment is over: all clients are dropped, so that nothing it left
    in a buffer is answered (or charged) later. `{"op": "status", "id": n}` changes nothing. Without a listener the host
    brings what the lab asks, a line of the lab's in `{"op": "ask", "id": n, "line": ...}`. To each, `{"mark": n,
    "remaining": m, "line": answer}` goes to `log_fd`, behind every batch that was answered before; once something was
    refused with `refused`, how often by code and field.
    """

    def __init__(
        self, desk: Desk, listener: socket.socket | None, orders: Orders, log_fd: int, deadline: float
    ) -> None:
        self._desk = desk
        self._clients = Clients(listener, self._answer) if listener else None
        self._orders = orders
        self._log_fd = log_fd
        self._refused: Counter[str] = Counter()
        self._deadline = deadline  # on the monotonic clock

    def serve(self) -> None:
        """Serve until the host is gone or the deadline passed."""
        try:
            self._serve()
        finally:
            if self._clients is not None:
                self._clients.close()

    def _serve(self) -> None:
        waiting = select.poll()
        waiting.register(self._orders, select.POLLIN)
        if self._clients is not None:
            waiting.register(self._clients.fileno(), select.POLLIN)
        while time.monotonic() < self._deadline and not self._orders.gone:
            for fd, _ in waiting.poll(1000):
                if fd == self._orders.fileno():
                    self._orders.read()
                elif self._clients is not None:
                    self._clients.attend()
                while (order := self._orders.pop()) is not None:  # some come while the target waits for the host
                    self._obey(order)
            if self._clients is not None:
                self._clients.drop_stalled()

    def _obey(self, order: Frame) -> None:
        reply: Frame = {"mark": count(order, "id")}
        if order.get("op") == "mark":
            if self._clients is not None:
                self._clients.drop_all()
            self._desk.end_experiment()
        elif order.get("op") == "ask":
            reply["line"] = self._answer(text(order, "line").encode("latin-1", "replace")).decode("latin-1")
        if self._refused:
            reply["refused"] = dict(self._refused)
        write_all(self._log_fd, encode(reply | {"remaining": self._desk.remaining}))

    def _answer(self, line: bytes) -> bytes:
        try:
            return self._desk.answer(decode(line))
        except FrameError as error:
            what = f"{error.code.value} {error.field}".strip()
            if what in self._refused or len(self._refused) < MAX_REFUSALS:
                self._refused[what] += 1
            return encode(error.frame)
