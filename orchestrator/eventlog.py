"""`events.jsonl` and `queries.jsonl`: append-only JSON lines, safe against kills, torn tails and hostile content.

A line that ends in a newline was written whole. Bytes after the last newline are the torn half of a line: readers leave
them out, and a writer moves them to a file of their own beside the log before it goes on.
"""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from functions.errors import BadInput
from orchestrator.events import GENESIS, Entry, Event, Said, TurnStarted
from orchestrator.files import StorageError, open_plain, read_capped, write_durably
from sandbox.client import QueryRecord

MAX_FILE_BYTES = 256_000_000
MAX_LINE_BYTES = 32_000_000
MAX_LINES = 200_000

UNHURRIED = (TurnStarted, Said)
"""Events that do not wait for the disk: what they say follows from calls and experiments that do."""


RecordT = TypeVar("RecordT", bound=BaseModel)


class Clock(Protocol):
    """Seconds since 1970 UTC."""

    def __call__(self) -> float: ...


def read_lines(path: Path) -> tuple[list[bytes], bytes]:
    """All whole lines of a file, without newlines, and the torn rest. A missing file is empty.

    Raises `BadInput` for what is not a plain file or is beyond the caps; `StorageError` where reading fails.
    """
    content = read_capped(path, MAX_FILE_BYTES) if path.is_symlink() or path.exists() else b""
    *lines, torn = content.split(b"\n")
    if len(lines) > MAX_LINES:
        raise BadInput(f"{path} has more than {MAX_LINES} lines: it is not a log of Inquest.")
    if max(map(len, lines), default=0) > MAX_LINE_BYTES:
        raise BadInput(f"{path} has a line of more than {MAX_LINE_BYTES} bytes: it is not a log of Inquest.")
    return lines, torn


def read_events(path: Path) -> tuple[Entry, ...]:
    """The entries of an event log, the chain checked.

    Raises `BadInput` naming the first line that does not parse, or does not follow from the line before.
    """
    entries: list[Entry] = []
    prev = GENESIS
    for number, line in enumerate(read_lines(path)[0], start=1):
        entry = _parse(Entry, line, path, number)
        if entry.prev != prev or entry.seq != number - 1:
            raise BadInput(f"{path}, line {number}: the chain is broken. A line before it was changed, lost or added.")
        entries.append(entry)
        prev = hashlib.sha256(line).hexdigest()
    return tuple(entries)


def read_queries(path: Path) -> tuple[QueryRecord, ...]:
    """The recorded batches, in the order in which they were answered."""
    return tuple(_parse(QueryRecord, line, path, n) for n, line in enumerate(read_lines(path)[0], start=1))


class EventLog:
    """The one writer of an audit's events. `watch` is called with each event once it is written."""

    def __init__(self, path: Path, watch: Callable[[Event], None], clock: Clock = time.time) -> None:
        self.torn_bytes = set_aside_torn_tail(path)
        self._entries = list(read_events(path))
        lines, _ = read_lines(path)
        self._prev = hashlib.sha256(lines[-1]).hexdigest() if lines else GENESIS
        self._file = AppendFile(path)
        self._watch = watch
        self._writing = threading.Lock()
        self._clock = clock

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries so far, those of earlier lives included."""
        return tuple(self._entries)

    @property
    def events(self) -> Iterator[Event]:
        """The events of all entries so far."""
        return (entry.event for entry in self._entries)

    def append(self, event: Event) -> None:
        """Write one event through to the disk. Raises `StorageError` where that fails.

        A call is on the disk before its answer is used, so a power cut never pays twice. What costs nothing to say
        again (`UNHURRIED`) is written as far as the operating system: a kill cannot take it back, only a power cut
        could. Threads may append at the same time.
        """
        with self._writing:
            entry = Entry(seq=len(self._entries), prev=self._prev, at=self._clock(), event=event)
            line = entry.model_dump_json().encode()
            self._file.append(line, durable=not isinstance(event, UNHURRIED))
            self._prev = hashlib.sha256(line).hexdigest()
            self._entries.append(entry)
        self._watch(event)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class QueryFile:
    """`queries.jsonl`: each answered batch, written before the lab sees the answer. Called from an engine's thread."""

    def __init__(self, path: Path) -> None:
        set_aside_torn_tail(path)
        self.records = list(read_queries(path))
        self._file = AppendFile(path)

    def append(self, record: QueryRecord) -> None:
        """Write one batch as far as the operating system: a kill cannot take it back any more."""
        self._file.append(record.model_dump_json().encode(), durable=False)
        self.records.append(record)

    def sync(self) -> None:
        """Write everything so far through to the disk."""
        self._file.sync()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class AppendFile:
    """A file that only grows, line by line. A line that could not be written whole is cut off again.

    Lines wait for the disk by `fdatasync`: the new size is flushed with the data, the time of the change is not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._descriptor = open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        except OSError as error:
            raise StorageError.of("write", path, error) from error

    def append(self, line: bytes, *, durable: bool) -> None:
        """Write a line and its newline; `durable` also waits for the disk."""
        data, written = line + b"\n", 0
        try:
            while written < len(data):
                written += os.write(self._descriptor, data[written:])
            if durable:
                os.fdatasync(self._descriptor)
        except OSError as error:
            if written:
                os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - written)
            raise StorageError.of("write", self._path, error) from error

    def sync(self) -> None:
        """Wait for the disk."""
        os.fdatasync(self._descriptor)

    def close(self) -> None:
        """Close the file; another line is then refused."""
        os.close(self._descriptor)
        self._descriptor = -1


def set_aside_torn_tail(path: Path) -> int:
    """Move what follows the last newline to `NAME.torn-OFFSET` beside the file. Returns how many bytes that were."""
    lines, torn = read_lines(path)
    if not torn:
        return 0
    offset = sum(len(line) + 1 for line in lines)
    write_durably(path.with_name(f"{path.name}.torn-{offset}"), torn)
    try:
        os.truncate(path, offset)
    except OSError as error:
        raise StorageError.of("mend", path, error) from error
    return len(torn)


def _parse(kind: type[RecordT], line: bytes, path: Path, number: int) -> RecordT:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))[:80]
        raise BadInput(f"{path}, line {number}: not a {kind.__name__} ({where}: {first['msg'][:200]}).") from error
