"""What the host says on the oracle's stdin, and a target that only the host can answer for."""

import os
import select
import time
from collections import deque
from collections.abc import Callable, Sequence

from functions.brief import Input
from sandbox.client import HOST_ANSWER_S
from sandbox.protocol import Frame, Lines, decode, encode, finite, items, plain_text
from sandbox.serving import CHUNK

Value = float | str


class Unanswered(Exception):
    """The host has no answer."""


class Orders:
    """The host's orders, in their order. Answers to what the oracle asks are no orders, and come between them."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lines = Lines()
        self._waiting: deque[Frame] = deque()
        self._answers: Frame | None = None  # the latest: nobody waits for more than one
        self.gone = False
        """Has the host closed its end? What it had said before is still in line."""

    def fileno(self) -> int:
        """Readable when the host has said something, or is gone."""
        return self._fd

    def read(self) -> None:
        """Take what the host has said. Blocks until there is something. Raises FrameError."""
        chunk = os.read(self._fd, CHUNK)
        self.gone = not chunk
        self._lines.feed(chunk)
        while (line := self._lines.pop()) is not None:
            frame = decode(line)
            if frame.get("op") == "answers":
                self._answers = frame
            else:
                self._waiting.append(frame)

    def pop(self) -> Frame | None:
        """The next order, if there is one."""
        return self._waiting.popleft() if self._waiting else None

    def answers(self, number: int, seconds: float) -> Frame:
        """The answers to question `number`; orders that come meanwhile wait in line.

        Raises TimeoutError where there are none in time, or the host ends the experiment that asked, and Unanswered
        where the host is gone.
        """
        until = time.monotonic() + seconds
        while self._answers is None or self._answers.get("id") != number:
            left = max(0.0, until - time.monotonic())
            if any(order.get("op") == "mark" for order in self._waiting) or not select.select([self], [], [], left)[0]:
                raise TimeoutError
            self.read()
            if self.gone:
                raise Unanswered
        return self._answers


class AnsweredByHost:
    """A target that is not here: `say` puts a question to the host, and what it answers comes with its orders.

    It bounds itself, by `seconds` for a batch; an alarm could ring while an order is half read.
    """

    def __init__(self, orders: Orders, say: Callable[[bytes], None], seconds: float = HOST_ANSWER_S) -> None:
        self._orders, self._say, self._seconds = orders, say, seconds
        self._asked = 0

    def answer(self, inputs: Sequence[Input], asked_before: Sequence[int], secret: bytes) -> Sequence[Value | None]:
        """What the host answers, however often it is asked. Raises Unanswered where it has no answer."""
        del asked_before, secret
        self._asked += 1
        self._say(encode({"wanted": inputs, "id": self._asked}))
        reply = self._orders.answers(self._asked, self._seconds)
        if "outputs" not in reply:
            raise Unanswered
        return [plain_text(value) if isinstance(value, str) else finite(value) for value in items(reply, "outputs")]
