"""One oracle with one lab, over any launcher: experiments, marks, and what happens when a lab is lost."""

import select
import time
from types import TracebackType
from typing import Self

from functions.brief import Interpretation
from sandbox.client import ExperimentResult, Isolation, Limits, OracleJob, QueryLog, SandboxFailure, Status, Usage
from sandbox.engines.channel import ChannelLost
from sandbox.engines.oracle_link import OracleLink
from sandbox.engines.parts import MAX_OUTPUT, side_by_side
from sandbox.engines.warm import WarmPair
from sandbox.engines.worker import Worker
from sandbox.policy import Part
from sandbox.protocol import MAX_FRAME, Frame, encode, number, text
from sandbox.serving import QUERY_FRAME

GRACE_S = 5.0  # beyond an experiment's own deadline, before its worker counts as lost
LOGGED_S = 0.02  # so long an answered batch may lie before it is logged
NOTICE = 100  # characters that the lab may add to say what it left out


class PairSandbox:
    """An oracle and a lab. The lab is replaced when it is lost; the oracle, with its budget, stays."""

    def __init__(self, pair: WarmPair, job: OracleJob, limits: Limits, log: QueryLog) -> None:
        self._launcher, self._limits = pair.launcher, limits
        self._lab: Worker | None = pair.lab
        self._closed = False
        self._oracle = OracleLink(pair.oracle, job, log)
        try:
            places = self._launcher.places
            self._oracle.begin("" if places.relay else places.socket, limits.lifetime_s)
        except SandboxFailure:
            self.close()
            raise

    @property
    def isolation(self) -> Isolation:
        """Which isolation is in force."""
        return self._launcher.isolation

    @property
    def remaining(self) -> int:
        """Queries left after the last experiment, in single inputs."""
        return self._oracle.remaining

    @property
    def submitted(self) -> Interpretation | None:
        """What was handed in by the oracle protocol's `submit`, the way of third-party interpreters."""
        return self._oracle.submitted

    def run(self, code: str) -> ExperimentResult:
        """Run one experiment. Every query it made has been logged when this returns. A lost lab is replaced."""
        if len(encode({"code": code})) > MAX_FRAME // 2:  # the rest is for observations
            return ExperimentResult(status=Status.ERROR, stderr="the script is too large to be sent to the lab")
        lab = self._present_lab(code)
        x, y = self._oracle.observations(since=lab.told)
        line = encode({"code": code, "x": x, "y": y})
        before = lab.told = self._oracle.queries
        try:
            lab.channel.send_line(line, self._limits.experiment_s + GRACE_S)
            reply = self._reply(lab)
            result = _result(reply, self._limits)
            keep = reply.get("retire") is False
        except (ChannelLost, ValueError):
            result, keep = ExperimentResult(status=Status.LOST), False
        if not keep:
            self._lose_lab()
        self._oracle.mark()
        return result.model_copy(update={"queries_used": self._oracle.queries - before})

    def close(self) -> None:
        """Destroy both parts and what they shared."""
        if not self._closed:
            self._closed = True
            try:
                side_by_side(self._lose_lab, self._oracle.close)
            finally:
                self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reply(self, lab: Worker) -> Frame:
        """What the lab says at the end. Before that it may ask, where it cannot ask the oracle itself."""
        until = time.monotonic() + self._limits.experiment_s + GRACE_S
        while "ask" in (frame := self._next(lab, until)):
            line = text(frame, "ask")
            if not self._launcher.places.relay or len(line) > QUERY_FRAME:
                raise ChannelLost("asks what it may not")
            lab.channel.send({"line": self._oracle.ask(line)}, until - time.monotonic())
        return frame

    def _next(self, lab: Worker, until: float) -> Frame:
        """What the lab says next. What the oracle answers meanwhile is logged now and then."""
        while (frame := lab.channel.poll()) is None:
            if time.monotonic() > until:
                raise ChannelLost("did not answer in time")
            if not select.select([lab.channel.fileno()], [], [], LOGGED_S)[0]:
                self._oracle.attend()
        return frame

    def _present_lab(self, code: str) -> Worker:
        """A lab that is ready for `code`, which must know nothing of what an earlier experiment did to it."""
        if self._lab is None or not self._lab.take_on(code):
            lab = self._launcher.start(Part.LAB)
            self._lab = Worker(lab, Part.LAB, self._launcher, self._limits, self._limits.experiment_s)
            self._lab.take_on(code)
        return self._lab

    def _lose_lab(self) -> None:
        if self._lab is not None:
            lab, self._lab = self._lab, None
            lab.end()


def _result(reply: Frame, limits: Limits) -> ExperimentResult:
    """What the worker says happened. It may have been taken over: what does not fit raises FrameError or ValueError."""
    status = Status(text(reply, "status"))
    stdout, stderr = text(reply, "stdout"), text(reply, "stderr")
    if status is Status.LOST or max(len(stdout), len(stderr)) > min(limits.output_bytes, MAX_OUTPUT) + NOTICE:
        raise ValueError("a worker cannot say this")
    usage = Usage(
        wall_s=number(reply, "wall_s"), cpu_s=number(reply, "cpu_s"), peak_memory_mb=number(reply, "peak_memory_mb")
    )
    return ExperimentResult(
        status=status, stdout=stdout, stderr=stderr, truncated=reply.get("truncated") is True, usage=usage
    )
