"""What the host tells a lab's main process first, and how the process waits for what comes next."""

import importlib
import select
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from sandbox.protocol import Frame, Lines, read_line

from .lean import settle


class Setup(NamedTuple):
    """How this lab is set up: the first frame. Sizes in the unit their name says; 0 where another wall limits it."""

    scratch: str
    socket: str
    relay: bool  # listen at `socket`, and pass on to the host what is asked there
    lifetime_s: float
    experiment_s: float
    output_bytes: int
    open_files: int
    file_mb: int
    address_space_mb: int
    processes: int
    refuse: bool  # filter system calls here
    ahead: bool  # no process can reach into another: the next experiment's may be made while one runs


def read_setup(frame: Frame | None) -> Setup:
    """The setup that a frame holds; the host wrote it, so a wrong one is a fault to die of."""
    if frame is None:
        sys.exit(0)
    return Setup(**{name: frame[name] for name in Setup._fields})  # type: ignore[arg-type]


def next_line(lines: Lines, deadline: float) -> bytes | None:
    """The next frame from the host as it came; None where it is gone or the deadline (monotonic clock) passed."""
    left = deadline - time.monotonic()
    if left <= 0 or (not len(lines) and not select.select([sys.stdin.fileno()], [], [], left)[0]):
        return None
    return read_line(sys.stdin.fileno(), lines)


def preload(modules: Iterable[object]) -> None:
    """Import modules that the next forks will want, as the host asks for them (see `sandbox.engines.preload`)."""
    for module in modules:
        with suppress(ImportError):
            importlib.import_module(str(module))
    settle()
