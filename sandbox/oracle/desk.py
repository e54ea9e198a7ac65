"""What an oracle says to one frame. No sockets here: a frame in, a frame out, and a log that is written first."""

import json
import math
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, Protocol

from sandbox.client import OracleJob, QueryRecord
from sandbox.oracle.ledger import Batch, BudgetExhausted, Ledger
from sandbox.protocol import VERSION, ErrorCode, Frame, FrameError, encode, finite, items, plain_text, text

ANSWER_S = 5.0  # for one batch
MAX_TALK = 2 * 1024 * 1024  # bytes of inputs and outputs in one audit, as they are written: half of a frame

Value = float | str

Log = Callable[[QueryRecord], None]


class Target(Protocol):
    """The hidden function, as far as an oracle needs it (see `sandbox.oracle.targets`)."""

    def answer(
        self, inputs: Sequence[Value], asked_before: Sequence[int], secret: bytes
    ) -> Sequence[float | str | None]:
        """Expected output plus noise for each input; None where undefined."""
        ...


class Desk:
    """Answers frames for one target. `log` is called with each answered batch before the answer is returned."""

    def __init__(self, job: OracleJob, target: Target, log: Log) -> None:
        self._target = target
        self._secret = bytes.fromhex(job.secret)
        self._brief: Frame = json.loads(job.brief.model_dump_json())
        self._takes_numbers = job.brief.input_type == "float"
        self._log = log
        self._ledger = Ledger(job.brief.query_budget, _batches(job.settled), _batches(job.paid))
        self._seq = max((r.seq for r in (*job.settled, *job.paid)), default=-1) + 1
        self._room = MAX_TALK - sum(_written(record.inputs, record.outputs) for record in job.settled)

    @property
    def remaining(self) -> int:
        """What the lab may still ask."""
        return self._ledger.remaining

    def end_experiment(self) -> None:
        """The running experiment is over: see `Ledger.end_experiment`."""
        self._ledger.end_experiment()

    def answer(self, frame: Frame) -> Frame:
        """The reply to one frame of the lab. Raises FrameError with the code to send instead."""
        match text(frame, "op"):
            case "hello" if frame.get("version") == VERSION:
                return {"version": VERSION}
            case "brief":
                return {"brief": self._brief}
            case "status":
                return {"remaining": self.remaining}
            case "query":
                return {"outputs": self._query(self._inputs(frame)), "remaining": self.remaining}
            case _:
                raise FrameError(ErrorCode.BAD_REQUEST)

    def _inputs(self, frame: Frame) -> list[Value]:
        read = finite if self._takes_numbers else plain_text
        values = [read(value) for value in items(frame, "inputs")]
        inputs = [value for value in values if value is not None]
        if len(inputs) < len(values):
            raise FrameError(ErrorCode.BAD_INPUT)
        return inputs

    def _query(self, inputs: list[Value]) -> list[Value | None]:
        try:
            quote = self._ledger.quote(inputs)
        except BudgetExhausted:
            raise FrameError(ErrorCode.BUDGET_EXHAUSTED) from None
        outputs = _answers(self._target, inputs, quote.asked_before, self._secret)
        self._make_room(_written(inputs, outputs))
        for part, charged in quote.parts():
            new = part.stop - part.start if charged else 0
            self._log(QueryRecord(seq=self._seq, inputs=tuple(inputs[part]), outputs=tuple(outputs[part]), new=new))
            self._seq += 1
        self._ledger.spend(quote)
        return outputs

    def _make_room(self, size: int) -> None:
        """All that was ever said has to fit into one frame for the lab. The first batch that does not fit is the last
        one tried: what is refused costs nothing, and must not be a way to measure outputs for nothing either."""
        if size > self._room:
            self._room = 0
            raise FrameError(ErrorCode.TOO_LARGE)
        self._room -= size


def _answers(target: Target, inputs: Sequence[Value], asked_before: Sequence[int], secret: bytes) -> list[Value | None]:
    try:
        with _bounded(ANSWER_S):
            outputs = [_plain(value) for value in target.answer(inputs, asked_before, secret)]
    except TimeoutError:
        raise FrameError(ErrorCode.TIMEOUT) from None
    except Exception:  # noqa: BLE001 a target may be imported code: whatever it raises, its text must not get out
        raise FrameError(ErrorCode.FUNCTION_ERROR) from None
    if len(outputs) != len(inputs):
        raise FrameError(ErrorCode.FUNCTION_ERROR)
    return outputs


def _plain(value: Value | None) -> Value | None:
    """A finite number or a text as it is; undefined for whatever cannot be said."""
    if isinstance(value, str):
        return plain_text(value)
    return value if value is not None and math.isfinite(value) else None


def _written(inputs: Sequence[Value], outputs: Sequence[Value | None]) -> int:
    return len(encode({"inputs": inputs, "outputs": outputs}))


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _out_of_time(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TimeoutError


def _batches(records: tuple[QueryRecord, ...]) -> list[Batch]:
    return [Batch(record.inputs, record.new) for record in records]
