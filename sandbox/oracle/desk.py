"""What an oracle says to one frame. No sockets here: a frame in, a frame out, and a log that is written first."""

import json
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from functions.brief import Brief, Input
from sandbox.client import OracleJob, QueryRecord
from sandbox.oracle.alarm import Alarm
from sandbox.oracle.handed_in import read_interpretation
from sandbox.oracle.ledger import Batch, BudgetExhausted, Ledger
from sandbox.protocol import (
    VERSION,
    ErrorCode,
    Frame,
    FrameError,
    count,
    encode,
    encode_items,
    finite,
    items,
    plain_text,
    text,
    vector,
)

ANSWER_S = 5.0  # for one batch
MAX_TALK = 2 * 1024 * 1024  # bytes of inputs and outputs in one audit, as they are written: half of a frame

Value = float | str

Log = Callable[[bytes], None]  # a line: a `QueryRecord`, or `{"submitted": Interpretation}`


class Target(Protocol):
    """The hidden function, as far as an oracle needs it (see `sandbox.oracle.targets`)."""

    def answer(
        self, inputs: Sequence[Input], asked_before: Sequence[int], secret: bytes
    ) -> Sequence[float | str | None]:
        """Expected output plus noise for each input; None where undefined."""
        ...


class Desk:
    """Answers frames for one target. `log` is called with each answered batch before the answer is returned.

    On the way of a query there is no pydantic, and numbers are written out once, for the log and the reply alike: a
    query costs tens of microseconds, and validating and writing had been most of it.
    """

    def __init__(self, job: OracleJob, target: Target, log: Log, alarm: Alarm = lambda _seconds: None) -> None:
        self._target, self._alarm = target, alarm
        self._secret = bytes.fromhex(job.secret)
        self._brief: Frame = json.loads(job.brief.model_dump_json())
        self._read = _reader(job.brief)
        self._log = log
        self._ledger = Ledger(job.brief.query_budget, _batches(job.settled), _batches(job.paid))
        self._seq = max((r.seq for r in (*job.settled, *job.paid)), default=-1) + 1
        self._room = MAX_TALK - sum(_written(record.inputs, record.outputs) for record in job.settled)
        self._submitted = False

    @property
    def remaining(self) -> int:
        """What the lab may still ask."""
        return self._ledger.remaining

    def end_experiment(self) -> None:
        """The running experiment is over: see `Ledger.end_experiment`."""
        self._ledger.end_experiment()

    def answer(self, frame: Frame) -> bytes:
        """The reply to one frame of the lab, as a line. Raises FrameError with the code to send instead."""
        match text(frame, "op"):
            case "hello" if count(frame, "version") >= 1:
                return encode({"version": min(count(frame, "version"), VERSION)})
            case "hello":
                raise FrameError(ErrorCode.BAD_REQUEST, "version")
            case "brief":
                return encode({"brief": self._brief})
            case "status":
                return encode({"remaining": self.remaining})
            case "query":
                outputs = self._query(self._inputs(frame))
                return b'{"outputs":[%b],"remaining":%d}\n' % (outputs, self.remaining)
            case "submit":
                return self._submit(frame)
            case _:
                raise FrameError(ErrorCode.BAD_REQUEST, "op")

    def _inputs(self, frame: Frame) -> list[Input]:
        given = items(frame, "inputs")
        inputs = [value for value in map(self._read, given) if value is not None]
        if len(inputs) < len(given):
            raise FrameError(ErrorCode.BAD_INPUT, "inputs")
        return inputs

    def _query(self, inputs: list[Input]) -> bytes:
        """The outputs for `inputs`, charged and logged, as the inside of a JSON array."""
        try:
            quote = self._ledger.quote(inputs)
        except BudgetExhausted:
            raise FrameError(ErrorCode.BUDGET_EXHAUSTED) from None
        outputs = self._answers(inputs, quote.asked_before)
        parts = [(encode_items(inputs[part]), encode_items(outputs[part]), new) for part, new in quote.parts()]
        self._make_room(sum(len(asked) + len(said) for asked, said, _ in parts))
        for asked, said, new in parts:
            self._log(b'{"seq":%d,"inputs":[%b],"outputs":[%b],"new":%d}\n' % (self._seq, asked, said, new))
            self._seq += 1
        self._ledger.spend(quote)
        return b",".join(said for _, said, _ in parts)

    def _answers(self, inputs: Sequence[Input], asked_before: Sequence[int]) -> list[Value | None]:
        try:
            try:
                self._alarm(ANSWER_S)
                outputs = [_plain(value) for value in self._target.answer(inputs, asked_before, self._secret)]
            finally:
                self._alarm(0)
        except TimeoutError:
            raise FrameError(ErrorCode.TIMEOUT) from None
        except Exception:  # noqa: BLE001 a target may be imported code: whatever it raises, its text must not get out
            raise FrameError(ErrorCode.FUNCTION_ERROR) from None
        if len(outputs) != len(inputs):
            raise FrameError(ErrorCode.FUNCTION_ERROR)
        return outputs

    def _submit(self, frame: Frame) -> bytes:
        """Hand an interpretation to the host: the word of third-party interpreters. The first valid one counts."""
        if self._submitted:
            raise FrameError(ErrorCode.ALREADY_SUBMITTED)
        interpretation = read_interpretation(frame.get("interpretation"))
        self._log(encode({"submitted": interpretation.model_dump(mode="json")}))
        self._submitted = True
        return encode({"submitted": True})

    def _make_room(self, size: int) -> None:
        """All that was ever said has to fit into one frame for the lab. The first batch that does not fit is the last
        one tried: what is refused costs nothing, and must not be a way to measure outputs for nothing either."""
        if size > self._room:
            self._room = 0
            raise FrameError(ErrorCode.TOO_LARGE)
        self._room -= size


def _reader(brief: Brief) -> Callable[[object], Input | None]:
    """What reads one input of the type that the function takes; it gives None for any other."""
    if brief.input_type == "vector":
        return partial(vector, size=brief.arity)
    return finite if brief.input_type == "float" else plain_text


def _plain(value: Value | None) -> Value | None:
    """A finite number or a text as it is; undefined for whatever cannot be said."""
    if isinstance(value, str):
        return plain_text(value)
    return value if value is not None and math.isfinite(value) else None


def _written(inputs: Sequence[Input], outputs: Sequence[Value | None]) -> int:
    return len(encode_items(inputs)) + len(encode_items(outputs))


def _batches(records: tuple[QueryRecord, ...]) -> list[Batch]:
    return [Batch(record.inputs, record.new) for record in records]
