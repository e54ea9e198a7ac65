"""The host's end of an oracle: every answered batch is logged before the end of its experiment is told."""

import json
import select
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from pydantic import ValidationError

from functions.brief import Input, Interpretation
from sandbox.client import HOST_ANSWER_S, AnsweringLog, OracleJob, QueryLog, QueryRecord, SandboxFailure
from sandbox.engines.channel import ChannelLost
from sandbox.engines.launcher import Process
from sandbox.engines.parts import ask_ready
from sandbox.policy import Part
from sandbox.protocol import ErrorCode, Frame, FrameError, count, items, text

ANSWER_S = 30.0


class OracleLink:
    """Logs what the oracle answers, and marks where experiments end. No experiment can bring an oracle down.

    What has come is read when an order is given, or `attend` is called: to be woken for each query would cost the lab
    more than the oracle does. A thread of the link's own reads at once where somebody waits for it: an oracle that
    holds no function asks `log`, where that is an `AnsweringLog`, in a thread for each question; `told` is called when
    something was handed in.
    """

    def __init__(self, process: Process, job: OracleJob, log: QueryLog, told: Callable[[], None] | None = None) -> None:
        self._process, self._job, self._log, self._told = process, job, log, told
        self._x: list[Input] = []
        self._y: list[float | str | None] = []
        for record in job.settled:
            self._remember(record)
        self._marked = 0
        self._mark: Frame | None = None  # the answer to the latest order
        self._reading = threading.Lock()
        self._failure: Exception | None = None
        self._sending = threading.Lock()
        self._closed = False
        self._ask_s = ANSWER_S + (HOST_ANSWER_S if isinstance(log, AnsweringLog) else 0.0)
        follows = told is not None or isinstance(log, AnsweringLog)
        self._follower = threading.Thread(target=self._follow, name="inquest-oracle", daemon=True) if follows else None
        self.remaining = 0
        self.refused: dict[str, int] = {}  # how often what was refused, by code and field
        self.submitted: Interpretation | None = None  # what a third-party interpreter handed in

    def begin(self, socket: str, lifetime_s: float) -> None:
        """Give the oracle its job, and wait until it serves. Raises SandboxFailure."""
        job = json.loads(self._job.model_dump_json())
        ask_ready(self._process, {"socket": socket, "lifetime_s": lifetime_s, "job": job}, Part.ORACLE)
        if self._follower:
            self._follower.start()
        self._order("status")

    def mark(self) -> None:
        """End an experiment: when this returns, whatever was answered to it is logged. Raises SandboxFailure."""
        self._order("mark")

    def attend(self) -> None:
        """Log what has come so far. What may be wrong with the oracle is raised by the next order."""
        with self._reading, self._noting_failure():
            while self._failure is None and (frame := self._process.channel.poll()) is not None:
                self._take(frame)

    def check(self) -> None:
        """Raises SandboxFailure where the oracle is gone."""
        self._order("status")

    def ask(self, line: str) -> str:
        """The oracle's answer to a line of the lab's, which is logged when this returns. Raises SandboxFailure."""
        return text(self._order("ask", self._ask_s, line=line), "line")

    @property
    def queries(self) -> int:
        """Single inputs answered on this timeline so far."""
        return len(self._x)

    def observations(self, since: int) -> tuple[list[Input], list[float | str | None]]:
        """Inputs and outputs so far, in order, without the first `since`."""
        return self._x[since:], self._y[since:]

    def close(self) -> None:
        """Destroy the oracle."""
        try:
            self._process.destroy()
        finally:
            self._read_to_the_end()
            with self._sending:  # what is answered from now on must not be written to whatever gets the descriptor next
                self._closed = True
                self._process.channel.close()

    def _send(self, frame: Mapping[str, object]) -> None:
        with self._sending:
            if self._closed:
                raise ChannelLost("is closed")
            self._process.channel.send(frame, ANSWER_S)

    def _order(self, op: str, seconds: float = ANSWER_S, **more: str) -> Frame:
        with self._reading:
            if self._failure is not None:
                raise self._failure
            with self._noting_failure():
                self._marked, self._mark = self._marked + 1, None
                until = time.monotonic() + seconds
                self._send({"op": op, "id": self._marked, **more})
                while self._mark is None:
                    self._take(self._process.channel.receive(until - time.monotonic()))
            if self._failure is not None:
                raise self._failure
            assert self._mark is not None  # noqa: S101 else there was a failure
            answer = self._mark
        self.remaining = count(answer, "remaining")
        refused = answer.get("refused")
        self.refused = {str(what): int(str(n)) for what, n in refused.items()} if isinstance(refused, dict) else {}
        return answer

    def _read_to_the_end(self) -> None:
        """Log what a destroyed oracle had answered. Who follows does it."""
        if self._follower and self._follower.is_alive():
            self._follower.join(ANSWER_S)
        with self._reading, self._noting_failure():
            while self._failure is None:
                self._take(self._process.channel.receive(ANSWER_S))

    def _follow(self) -> None:
        while self._failure is None:
            select.select([self._process.channel.fileno()], [], [], ANSWER_S)
            self.attend()

    @contextmanager
    def _noting_failure(self) -> Iterator[None]:
        """Whatever goes wrong with the oracle is kept for the next order; the first of it counts."""
        failure: Exception | None = None
        try:
            yield
        except ChannelLost as lost:
            failure = SandboxFailure(f"the oracle {lost}. {self._process.diagnosis()}".rstrip())
        except (FrameError, ValidationError) as error:
            failure = SandboxFailure(f"the oracle broke its protocol: {error}")
        except OSError as error:  # the log could not be written: without it nothing may be answered
            failure = error
        self._failure = self._failure or failure

    def _take(self, frame: Frame) -> None:
        if "mark" in frame:
            if count(frame, "mark") == self._marked:
                self._mark = frame
            return
        if "submitted" in frame:
            self.submitted = Interpretation.model_validate(frame["submitted"])
            if self._told:
                self._told()
            return
        if "wanted" in frame:
            asked = (count(frame, "id"), _words(frame))
            threading.Thread(target=self._answer, args=asked, name="inquest-answer", daemon=True).start()
            return
        record = QueryRecord.model_validate(frame)
        self._log.append(record)
        self._remember(record)

    def _answer(self, number: int, words: Sequence[str]) -> None:
        """Answer the oracle's question. A thread has nobody to raise a failure to: the next order does."""
        reply: Frame = {"op": "answers", "id": number}
        try:
            if not isinstance(self._log, AnsweringLog):
                raise SandboxFailure("the oracle asks what nobody answers")
            reply["outputs"] = list(self._log.answer(words))
        except Exception as error:  # noqa: BLE001 whatever it is, it is raised
            self._failure = self._failure or error
        with suppress(ChannelLost):  # the reader notices too
            self._send(reply)

    def _remember(self, record: QueryRecord) -> None:
        self._x.extend(record.inputs)
        self._y.extend(record.outputs)


def _words(frame: Frame) -> list[str]:
    words = [word for word in items(frame, "wanted") if isinstance(word, str)]
    if len(words) < len(items(frame, "wanted")):
        raise FrameError(ErrorCode.BAD_REQUEST, "wanted")
    return words
