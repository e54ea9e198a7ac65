"""Candidate code against many inputs, over any launcher. Whatever dies, dies of the candidate."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from functions.brief import Input
from sandbox.client import Answer, Isolation, Limits
from sandbox.engines.channel import ChannelLost
from sandbox.engines.launcher import Launcher
from sandbox.engines.worker import Worker
from sandbox.policy import Part
from sandbox.protocol import MAX_FRAME, MAX_INPUTS, Frame, FrameError, encode, number, text

INPUT_S = 2.0  # wall clock for one input
GRACE_S = 5.0
MAX_TIMEOUTS = 10  # a candidate that hangs this often, or takes all memory, is not asked any more
COSTLY = ("timeout", "died (SIGKILL)")
MAX_LOSSES = 3  # containers that a candidate may take with it
ERROR_CHARS = 200
TEXT_CHARS = 16 * 1024


class LauncherRunner:
    """Runs candidates in a part that has neither oracle, nor network, nor any writable place."""

    def __init__(self, launcher: Launcher, limits: Limits) -> None:
        self._launcher, self._limits = launcher, limits
        self._worker: Worker | None = self._start()
        self._closed = False

    @property
    def isolation(self) -> Isolation:
        """Which isolation is in force."""
        return self._launcher.isolation

    def evaluate(self, code: str, inputs: Sequence[Input]) -> tuple[Answer, ...]:
        """One answer for each input, in order. Raises SandboxFailure where no container can be had at all.

        Answers come in handfuls. Where a container is lost, those that were on their way are asked for again, each on
        its own, so that a loss is laid at the door of the input that caused it.
        """
        answers: list[Answer] = []
        losses = 0
        while len(answers) < len(inputs):
            batch = list(inputs[len(answers) : len(answers) + MAX_INPUTS])
            line = encode({"code": code, "inputs": batch, "at_once": losses > 0})
            if len(line) > MAX_FRAME:
                return tuple(Answer(error="the code is too large") for _ in inputs)
            try:
                self._batch(self._ready_for(code), line, len(batch), answers)
            except ChannelLost:
                self._discard()
                if losses:
                    answers.append(Answer(error="lost: the code took its container down"))
                losses += 1
            if losses > MAX_LOSSES or sum(a.error in COSTLY for a in answers) >= MAX_TIMEOUTS:
                self._discard()
                rest = len(inputs) - len(answers)
                answers += [Answer(error="not run: the code hung or died too often before")] * rest
        return tuple(answers)

    def close(self) -> None:
        """Destroy the container."""
        if not self._closed:
            self._closed = True
            self._discard()
            self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _batch(self, worker: Worker, line: bytes, size: int, answers: list[Answer]) -> None:
        """Append an answer for each input as it comes, until too many hung. Raises ChannelLost."""
        worker.channel.send_line(line, GRACE_S)
        costly = 0
        for _ in range(size):
            reply = worker.channel.receive(self._input_s + GRACE_S)
            answers.append(_answer(reply))
            costly += answers[-1].error in COSTLY
            if costly >= MAX_TIMEOUTS:
                return

    @property
    def _input_s(self) -> float:
        return min(INPUT_S, self._limits.experiment_s)

    def _ready_for(self, code: str) -> Worker:
        if self._worker is None or not self._worker.take_on(code):
            self._worker = self._start()
            self._worker.take_on(code)
        return self._worker

    def _start(self) -> Worker:
        process = self._launcher.start(Part.CANDIDATE)
        return Worker(process, Part.CANDIDATE, self._launcher, self._limits, self._input_s)

    def _discard(self) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            worker.end()


def _answer(reply: Frame) -> Answer:
    """One answer, read strictly. Raises ChannelLost where it is none: the candidate speaks for its worker."""
    try:
        if "error" in reply:
            line = "".join(c if c.isprintable() else " " for c in text(reply, "error"))
            return Answer(error=line[:ERROR_CHARS])
        value = reply["value"]
        if value is None:
            return Answer(value=None)
        return Answer(value=text(reply, "value")[:TEXT_CHARS] if isinstance(value, str) else number(reply, "value"))
    except (FrameError, KeyError):
        raise ChannelLost("answered what is no answer") from None
