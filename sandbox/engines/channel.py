"""Frames between the host and a sandbox's main process, over whatever descriptors an engine offers.

The other side is not trusted: each read has a deadline and a size, and everything that goes wrong is one exception.
"""

import os
import select
import struct
import time
from collections.abc import Callable, Mapping

from sandbox.protocol import Frame, FrameError, Lines, decode, encode

CHUNK = 65536
STDERR_KEPT = 4096


class ChannelLost(Exception):
    """The other side is gone, silent beyond its deadline, or talks garbage. The message says which."""


class Channel:
    """A two-way line channel over descriptors. `multiplexed`: the engine wraps stdout and stderr into one stream."""

    def __init__(self, reading: int, writing: int, close: Callable[[], None], *, multiplexed: bool = False) -> None:
        self._reading, self._writing, self._close = reading, writing, close
        os.set_blocking(writing, False)  # who does not read must not hold up more than a deadline
        self._lines = Lines()
        self._demux = _Demultiplexer() if multiplexed else None

    @property
    def stderr(self) -> str:
        """The end of what came over stderr, where the channel carries it."""
        return self._demux.stderr.decode("utf-8", "replace") if self._demux else ""

    def send(self, frame: Mapping[str, object], timeout_s: float) -> None:
        """Send one frame. Raises ChannelLost."""
        self.send_line(encode(frame), timeout_s)

    def send_line(self, line: bytes, timeout_s: float) -> None:
        """Send one frame that is encoded already. Raises ChannelLost."""
        until = time.monotonic() + timeout_s
        view = memoryview(line)
        while view:
            if not select.select([], [self._writing], [], max(0.0, until - time.monotonic()))[1]:
                raise ChannelLost("does not take its input")
            try:
                view = view[os.write(self._writing, view[:CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise ChannelLost(f"closed its input ({error})") from None

    def receive(self, timeout_s: float | None) -> Frame:
        """The next frame; `None` waits for as long as the other side lives. Raises ChannelLost."""
        until = None if timeout_s is None else time.monotonic() + timeout_s
        try:
            while (line := self._lines.pop()) is None:
                self._lines.feed(self._read(until))
            return decode(line)
        except FrameError as error:
            raise ChannelLost(f"sent what is no frame ({error})") from None

    def poll(self) -> Frame | None:
        """The next frame if it has come already. Raises ChannelLost."""
        try:
            while (line := self._lines.pop()) is None:
                if not select.select([self._reading], [], [], 0)[0]:
                    return None
                self._lines.feed(self._read(None))
            return decode(line)
        except FrameError as error:
            raise ChannelLost(f"sent what is no frame ({error})") from None

    def fileno(self) -> int:
        """Readable when something has come."""
        return self._reading

    def is_quiet(self) -> bool:
        """Is the other side there and silent? One that is gone, or speaks unasked, is not."""
        return not len(self._lines) and not select.select([self._reading], [], [], 0)[0]

    def close(self) -> None:
        """Close the descriptors. The other side sees the end of its input."""
        self._close()

    def _read(self, until: float | None) -> bytes:
        left = None if until is None else max(0.0, until - time.monotonic())
        if not select.select([self._reading], [], [], left)[0]:
            raise ChannelLost("did not answer in time")
        try:
            chunk = os.read(self._reading, CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise ChannelLost(f"is gone ({error})") from None
        if not chunk:
            raise ChannelLost("is gone")
        return self._demux.feed(chunk) if self._demux else chunk


class _Demultiplexer:
    """Docker's attach stream: a header of stream number and length (big-endian) before each piece.

    https://docs.docker.com/reference/api/engine/version/v1.43/#tag/Container/operation/ContainerAttach
    """

    _HEADER = struct.Struct(">BxxxL")

    def __init__(self) -> None:
        self.stderr = b""
        self._raw = bytearray()
        self._stream, self._left = 0, 0

    def feed(self, chunk: bytes) -> bytes:
        """Stdout in `chunk`; stderr is kept aside."""
        self._raw += chunk
        stdout = b""
        while True:
            if self._left == 0:
                if len(self._raw) < self._HEADER.size:
                    return stdout
                self._stream, self._left = self._HEADER.unpack_from(self._raw)
                del self._raw[: self._HEADER.size]
            piece = bytes(self._raw[: self._left])
            if not piece:
                return stdout
            del self._raw[: len(piece)]
            self._left -= len(piece)
            if self._stream == 1:
                stdout += piece
            else:
                self.stderr = (self.stderr + piece)[-STDERR_KEPT:]
