"""A deadline for whatever answers: TimeoutError in the main thread."""

import signal
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import NoReturn

Alarm = Callable[[float], object]  # raises TimeoutError in this thread after so many seconds; 0: not any more


def alarm() -> Alarm:
    """The process's own alarm, set up once so that setting it costs one system call. For the main thread alone."""
    signal.signal(signal.SIGALRM, _out_of_time)
    return partial(signal.setitimer, signal.ITIMER_REAL)


def _out_of_time(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TimeoutError
