"""One submission beside one oracle, over whatever runs them: who ends first, and whose doing that is."""

import time
from threading import Event
from typing import NamedTuple, Protocol

from sandbox.client import Limits, OracleJob, QueryLog
from sandbox.engines.launcher import Launcher, Process
from sandbox.engines.oracle_link import OracleLink
from sandbox.engines.parts import side_by_side
from sandbox.submission import Delivery, Failure

POLL_S = 0.25
FAREWELL_S = 1.0  # for a submission that has handed something in, to end by itself
KILLED = 128


class Refused(Exception):
    """The image cannot be started, and it is the image's own doing."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure, self.detail = failure, detail


class Exit(NamedTuple):
    """How a submission ended by itself."""

    code: int
    out_of_memory: bool


class Foreign(Protocol):
    """A container of somebody else's image. Every call raises SandboxFailure where the engine fails."""

    def start(self, news: Event) -> None:
        """Start it; `news` is set when it has printed too much. Raises Refused."""
        ...

    @property
    def flooded(self) -> bool:
        """Has it printed more than anybody reads?"""
        ...

    def exit(self) -> Exit | None:
        """How it ended; None while it runs."""
        ...

    def destroy(self) -> tuple[str, str]:
        """End it, and tell what it printed to stdout and stderr. Bounded in time; may be called again."""
        ...


def deliver(
    launcher: Launcher, oracle: Process, foreign: Foreign, job: OracleJob, limits: Limits, seconds: float, log: QueryLog
) -> Delivery:
    """Run a submission to its end. Owns what it is given, and leaves nothing of it. Raises SandboxFailure."""
    news = Event()
    link = OracleLink(oracle, job, log, news.set)
    try:
        link.begin(launcher.places.socket, limits.lifetime_s)
        try:
            foreign.start(news)
        except Refused as refused:
            return Delivery(failure=refused.failure, detail=refused.detail)
        began = time.monotonic()
        delivery = _watch(link, foreign, seconds, news)
        took = time.monotonic() - began
        if delivery.interpretation is not None:
            _farewell(foreign)
        link.check()  # the last of what was refused
        stdout, stderr = foreign.destroy()
        more = {"stdout": stdout, "stderr": stderr, "refused": link.refused, "seconds": took}
        return delivery.model_copy(update=more)
    finally:
        try:
            side_by_side(lambda: _end(foreign), link.close)
        finally:
            launcher.close()


def _watch(link: OracleLink, foreign: Foreign, seconds: float, news: Event) -> Delivery:
    """Wait for the first of: something handed in, an end, a flood, the deadline."""
    until = time.monotonic() + seconds
    while True:
        news.wait(min(POLL_S, max(0.0, until - time.monotonic())))
        news.clear()
        link.check()
        if link.submitted is not None:
            return Delivery(interpretation=link.submitted)
        if foreign.flooded:
            return Delivery(failure=Failure.OUTPUT, detail="It printed without end.")
        if (ended := foreign.exit()) is not None:
            link.mark()  # what it sent before its end is heard first
            return Delivery(interpretation=link.submitted) if link.submitted is not None else _failure(ended)
        if time.monotonic() >= until:
            return Delivery(failure=Failure.TIMEOUT, detail=f"It was not done after {seconds:g} s.")


def _farewell(foreign: Foreign) -> None:
    """What it handed in counts already: what it still has to print is heard for a moment."""
    until = time.monotonic() + FAREWELL_S
    while foreign.exit() is None and not foreign.flooded and time.monotonic() < until:
        time.sleep(FAREWELL_S / 20)


def _failure(ended: Exit) -> Delivery:
    if ended.out_of_memory:
        return Delivery(failure=Failure.OUT_OF_MEMORY, detail="It used more memory than it may.")
    if ended.code == 0:
        return Delivery(failure=Failure.NO_SUBMIT, detail="It ended without handing anything in.")
    how = f", killed by signal {ended.code - KILLED}" if ended.code > KILLED else ""
    return Delivery(failure=Failure.CRASHED, detail=f"It ended with exit code {ended.code}{how}.")


def _end(foreign: Foreign) -> None:
    foreign.destroy()
