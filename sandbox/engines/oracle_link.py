"""The host's end of an oracle: every answered batch is logged as it comes, in a thread of its own."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

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

    An oracle that holds no function asks `log`, where that is an `AnsweringLog`, in a thread for each question.
    `told` is called in the link's own thread when something was handed in.
    """

    def __init__(
        self, process: Process, job: OracleJob, log: QueryLog, told: Callable[[], None] = lambda: None
    ) -> None:
        self._process, self._job, self._log, self._told = process, job, log, told
        self._x: list[Input] = []
        self._y: list[float | str | None] = []
        for record in job.settled:
            self._remember(record)
        self._marks: SimpleQueue[Frame | Exception] = SimpleQueue()
        self._marked = 0
        self._failure: Exception | None = None
        self._sending = threading.Lock()
        self._closed = False
        self._ask_s = ANSWER_S + (HOST_ANSWER_S if isinstance(log, AnsweringLog) else 0.0)
        self._reader = threading.Thread(target=self._read, name="inquest-oracle", daemon=True)
        self.remaining = 0
        self.refused: dict[str, int] = {}  # how often what was refused, by code and field
        self.submitted: Interpretation | None = None  # what a third-party interpreter handed in

    def begin(self, socket: str, lifetime_s: float) -> None:
        """Give the oracle its job, and wait until it serves. Raises SandboxFailure."""
        job = json.loads(self._job.model_dump_json())
        ask_ready(self._process, {"socket": socket, "lifetime_s": lifetime_s, "job": job}, Part.ORACLE)
        self._reader.start()
        self._order("status")

    def mark(self) -> None:
        """End an experiment: when this returns, whatever was answered to it is logged. Raises SandboxFailure."""
        self._order("mark")

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
            if self._reader.is_alive():
                self._reader.join(ANSWER_S)
            with self._sending:  # what is answered from now on must not be written to whatever gets the descriptor next
                self._closed = True
                self._process.channel.close()

    def _send(self, frame: Mapping[str, object]) -> None:
        with self._sending:
            if self._closed:
                raise ChannelLost("is closed")
            self._process.channel.send(frame, ANSWER_S)

    def _order(self, op: str, seconds: float = ANSWER_S, **more: str) -> Frame:
        if self._failure is not None:
            raise self._failure
        self._marked += 1
        try:
            self._send({"op": op, "id": self._marked, **more})
            answer: Frame | Exception = self._marks.get(timeout=seconds)
        except (ChannelLost, Empty) as error:
            answer = SandboxFailure(f"the oracle is gone: {error or 'no answer in time'}. {self._process.diagnosis()}")
        if isinstance(answer, Exception):
            self._failure = answer
            raise answer
        self.remaining = count(answer, "remaining")
        refused = answer.get("refused")
        self.refused = {str(what): int(str(n)) for what, n in refused.items()} if isinstance(refused, dict) else {}
        return answer

    def _read(self) -> None:
        try:
            while True:
                self._take(self._process.channel.receive(None))
        except ChannelLost as lost:
            self._marks.put(SandboxFailure(f"the oracle {lost}. {self._process.diagnosis()}".rstrip()))
        except (FrameError, ValidationError) as error:
            self._marks.put(SandboxFailure(f"the oracle broke its protocol: {error}"))
        except OSError as error:  # the log could not be written: without it nothing may be answered
            self._marks.put(error)

    def _take(self, frame: Frame) -> None:
        if "mark" in frame:
            if count(frame, "mark") == self._marked:
                self._marks.put(frame)
            return
        if "submitted" in frame:
            self.submitted = Interpretation.model_validate(frame["submitted"])
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
