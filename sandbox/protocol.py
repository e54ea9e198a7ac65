"""The wire: one JSON object a line, the same on both sides of every boundary. Standard library only.

Whatever is decoded here may have been written by an attacker, so each doubt is settled once: size, depth and count are
capped; NaN, infinities and integers beyond a float are refused; a bool is never a number. Errors are fixed codes: no
text of a function, and no traceback, ever crosses the wire.
"""

import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NoReturn

VERSION = 1
MAX_FRAME = 4 * 1024 * 1024  # bytes in one line, newline included
MAX_DEPTH = 16  # objects and arrays inside one another
MAX_INPUTS = 10_000  # inputs in one query
MAX_TEXT = 10_000  # characters in one text

Frame = dict[str, object]

_ENCODER = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":"))


class ErrorCode(StrEnum):
    """All that an oracle ever says about what went wrong."""

    BUDGET_EXHAUSTED = "budget_exhausted"  # the batch does not fit into what is left; it cost nothing
    BAD_INPUT = "bad_input"  # an input that the function does not take
    TOO_LARGE = "too_large"  # the frame or the batch is beyond its cap
    TIMEOUT = "timeout"  # the function did not answer in time
    FUNCTION_ERROR = "function_error"  # the function failed
    BAD_REQUEST = "bad_request"  # not a frame of this protocol
    ALREADY_SUBMITTED = "already_submitted"  # an interpretation was handed in before, and that one counts


class FrameError(ValueError):
    """A line that is not a frame, or a field that is not what it must be: `field` names it, in our words alone."""

    def __init__(self, code: ErrorCode, field: str = "") -> None:
        super().__init__(code.value)
        self.code, self.field = code, field

    @property
    def frame(self) -> "Frame":
        """As it is said to whoever sent the line."""
        named: Frame = {"field": self.field} if self.field else {}
        return {"error": self.code.value, **named}


class Lines:
    """Bytes in as they come, whole lines out. What is half received is bounded."""

    def __init__(self, cap: int = MAX_FRAME) -> None:
        self._cap = cap
        self._buffer = bytearray()
        self._searched = 0

    def feed(self, chunk: bytes) -> None:
        """Take what was received."""
        self._buffer += chunk

    def pop(self) -> bytes | None:
        """The next whole line without its newline, or None. Raises FrameError where a line exceeds the cap."""
        end = self._buffer.find(b"\n", self._searched)
        if end > self._cap or (end < 0 and len(self._buffer) > self._cap):
            raise FrameError(ErrorCode.TOO_LARGE)
        if end < 0:
            self._searched = len(self._buffer)
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        self._searched = 0
        return line

    def __len__(self) -> int:
        """Bytes received and not yet given out."""
        return len(self._buffer)


def encode(frame: Mapping[str, object]) -> bytes:
    """One frame as a line of ASCII, newline included. Raises ValueError for what JSON cannot say (NaN, infinities)."""
    return _ENCODER.encode(frame).encode("ascii") + b"\n"


def encode_items(values: Sequence[object]) -> bytes:
    """The inside of a JSON array, for what is written more than once. Raises ValueError as `encode` does."""
    return _ENCODER.encode(values)[1:-1].encode("ascii")


def decode(line: bytes) -> Frame:
    """The frame that a line holds. Raises FrameError (`too_large`, `bad_request`)."""
    if len(line) > MAX_FRAME:
        raise FrameError(ErrorCode.TOO_LARGE)
    try:
        frame = _DECODER.decode(line.decode("utf-8"))
    except ValueError:
        raise FrameError(ErrorCode.BAD_REQUEST) from None
    except RecursionError:
        raise FrameError(ErrorCode.TOO_LARGE) from None
    if type(frame) is not dict:
        raise FrameError(ErrorCode.BAD_REQUEST)
    nested = line.count(b"[") + line.count(b"{") > MAX_DEPTH  # else it cannot be too deep
    if nested and _too_deep(frame):
        raise FrameError(ErrorCode.TOO_LARGE)
    return frame


def read_line(fd: int, lines: Lines) -> bytes | None:
    """The next line from a blocking descriptor, or None where it was closed. Raises FrameError."""
    while (line := lines.pop()) is None:
        chunk = os.read(fd, 65536)
        if not chunk:
            return None
        lines.feed(chunk)
    return line


def read_frame(fd: int, lines: Lines) -> Frame | None:
    """The next frame from a blocking descriptor, or None where it was closed. Raises FrameError."""
    line = read_line(fd, lines)
    return None if line is None else decode(line)


def write_all(fd: int, data: bytes) -> None:
    """Write everything to a blocking descriptor. Raises OSError where the other side is gone."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def text(frame: Frame, key: str, default: str | None = None) -> str:
    """The string under `key`. Raises FrameError (`bad_request`) where it is not one, or absent without a default."""
    value = frame.get(key, default)
    if type(value) is not str:
        raise FrameError(ErrorCode.BAD_REQUEST, key)
    return value


def number(frame: Frame, key: str) -> float:
    """The finite number under `key`. Raises FrameError (`bad_request`)."""
    value = finite(frame.get(key))
    if value is None:
        raise FrameError(ErrorCode.BAD_REQUEST, key)
    return value


def count(frame: Frame, key: str) -> int:
    """The whole number >= 0 under `key`. Raises FrameError (`bad_request`)."""
    value = frame.get(key)
    if type(value) is not int or value < 0:
        raise FrameError(ErrorCode.BAD_REQUEST, key)
    return value


def items(frame: Frame, key: str) -> list[object]:
    """The list under `key`, of at most MAX_INPUTS things. Raises FrameError (`bad_request`, `too_large`)."""
    value = frame.get(key)
    if type(value) is not list:
        raise FrameError(ErrorCode.BAD_REQUEST, key)
    if len(value) > MAX_INPUTS:
        raise FrameError(ErrorCode.TOO_LARGE, key)
    return value


def finite(value: object) -> float | None:
    """A finite float, if `value` is a number (a bool is none) that a float can hold; else None."""
    if type(value) is float and math.isfinite(value):
        return value
    return float(value) if type(value) is int else None  # `_integer` let none through that a float cannot hold


def vector(value: object, size: int) -> tuple[float, ...] | None:
    """So many finite floats, if `value` is a list of as many numbers (see `finite`); else None."""
    if type(value) is not list or len(value) != size:
        return None
    numbers = tuple(number for number in map(finite, value) if number is not None)
    return numbers if len(numbers) == size else None


def plain_text(value: object) -> str | None:
    """A text of at most MAX_TEXT characters that UTF-8 can hold (half a surrogate pair is none); else None."""
    if type(value) is not str or len(value) > MAX_TEXT:
        return None
    return None if any("\ud800" <= c <= "\udfff" for c in value) else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _integer(digits: str) -> int:
    if len(digits) > 300:  # a float holds up to 1e308; longer ones cost quadratic time to read
        raise ValueError("integer too large")
    return int(digits)


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=_integer)


def _too_deep(frame: Frame) -> bool:
    """Breadth first, so that an attacker's nesting is never recursed into."""
    level: list[dict[str, object] | list[object]] = [frame]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _members(outer) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _members(outer: dict[str, object] | list[object]) -> Iterable[object]:
    return outer.values() if isinstance(outer, dict) else outer
