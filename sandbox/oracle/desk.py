"""What an oracle says to one frame. No sockets here: a frame in, a frame out, and a log that is written first."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, Protocol

import numpy as np
from numpy.typing import NDArray

from sandbox.client import OracleJob, QueryRecord
from sandbox.oracle.ledger import Batch, BudgetExhausted, Ledger
from sandbox.protocol import VERSION, ErrorCode, Frame, FrameError, finite, items, text

ANSWER_S = 5.0  # for one batch

Log = Callable[[QueryRecord], None]


class Target(Protocol):
    """The hidden function, as far as an oracle needs it (see `functions.spec`)."""

    def sample(self, x: NDArray[np.float64], asked_before: NDArray[np.int64], secret: bytes) -> NDArray[np.float64]:
        """Expected output plus noise; NaN where undefined."""
        ...


class Desk:
    """Answers frames for one target. `log` is called with each answered batch before the answer is returned."""

    def __init__(self, job: OracleJob, target: Target, log: Log) -> None:
        self._target = target
        self._secret = bytes.fromhex(job.secret)
        self._brief: Frame = json.loads(job.brief.model_dump_json())
        self._log = log
        self._ledger = Ledger(job.brief.query_budget, _batches(job.settled), _batches(job.paid))
        self._seq = max((r.seq for r in (*job.settled, *job.paid)), default=-1) + 1

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
                return {"outputs": self._query(_inputs(frame)), "remaining": self.remaining}
            case _:
                raise FrameError(ErrorCode.BAD_REQUEST)

    def _query(self, inputs: list[float]) -> list[float | None]:
        try:
            quote = self._ledger.quote(inputs)
        except BudgetExhausted:
            raise FrameError(ErrorCode.BUDGET_EXHAUSTED) from None
        x, asked_before = np.array(inputs, dtype=np.float64), np.array(quote.asked_before, dtype=np.int64)
        y = _sample(self._target, x, asked_before, self._secret)
        outputs = [value if known else None for value, known in zip(y.tolist(), np.isfinite(y).tolist(), strict=True)]
        for part, charged in quote.parts():
            new = part.stop - part.start if charged else 0
            self._log(QueryRecord(seq=self._seq, inputs=tuple(inputs[part]), outputs=tuple(outputs[part]), new=new))
            self._seq += 1
        self._ledger.spend(quote)
        return outputs


def _inputs(frame: Frame) -> list[float]:
    inputs = [finite(value) for value in items(frame, "inputs")]
    if None in inputs:
        raise FrameError(ErrorCode.BAD_INPUT)
    return [x for x in inputs if x is not None]


def _sample(
    target: Target, x: NDArray[np.float64], asked_before: NDArray[np.int64], secret: bytes
) -> NDArray[np.float64]:
    try:
        with _bounded(ANSWER_S):
            y = np.asarray(target.sample(x, asked_before, secret), dtype=np.float64)
    except TimeoutError:
        raise FrameError(ErrorCode.TIMEOUT) from None
    except Exception:  # noqa: BLE001 a target may be imported code: whatever it raises, its text must not get out
        raise FrameError(ErrorCode.FUNCTION_ERROR) from None
    if y.shape != x.shape:
        raise FrameError(ErrorCode.FUNCTION_ERROR)
    return y


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
