"""A run directory carried from one machine to another while it grows: seeing what is new in it, and writing that.

Lines that were appended to a log travel alone; every other file travels whole.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.eventlog import MAX_FILE_BYTES
from orchestrator.files import StorageError, open_plain, read_capped, write_atomically

LOCK = "lock"  # of `orchestrator.rundir`: it belongs to a machine


class Change(Record):
    """`content` goes to `offset` of the file `name`; None: it is the whole file."""

    name: str
    offset: int | None
    content: bytes


@dataclass
class Courier:
    """Looks at the run directory `path`, and remembers what it has seen of each file."""

    path: Path
    _seen: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def changes(self) -> tuple[Change, ...]:
        """What is new since the last call, or since the directory was put here."""
        return tuple(change for name in self._names() if (change := self._change(name)) is not None)

    def put(self, changes: tuple[Change, ...]) -> None:
        """Write what another machine has of this directory; none of it is new here."""
        apply(self.path, changes)
        self.changes()

    def _names(self) -> list[str]:
        if not self.path.is_dir():
            return []
        return sorted(p.name for p in self.path.iterdir() if p.is_file() and p.name != LOCK and p.name[0] != ".")

    def _change(self, name: str) -> Change | None:
        stat = (self.path / name).stat()
        now, before = (stat.st_ino, stat.st_size, stat.st_mtime_ns), self._seen.get(name)
        if now == before:
            return None
        content = read_capped(self.path / name, MAX_FILE_BYTES)
        self._seen[name] = (stat.st_ino, len(content), stat.st_mtime_ns)
        grew = before is not None and before[0] == stat.st_ino and len(content) >= before[1]
        if before is None or not (grew and name.endswith(".jsonl")):
            return Change(name=name, offset=None, content=content)
        return Change(name=name, offset=before[1], content=content[before[1] :])


def apply(path: Path, changes: tuple[Change, ...]) -> None:
    """Write changes into the directory `path`, through to the disk. Raises `StorageError`, `BadInput`."""
    path.mkdir(parents=True, exist_ok=True)
    for change in changes:
        plain = change.name == PurePosixPath(change.name).name and not change.name.startswith(".")
        if not plain or change.name in ("", LOCK):
            raise BadInput(f"'{change.name[:80]}' is no name of a file in a run directory.")
        if change.offset is None:
            write_atomically(path / change.name, change.content)
        else:
            _append(path / change.name, change.offset, change.content)


def _append(path: Path, offset: int, content: bytes) -> None:
    try:
        with os.fdopen(open_plain(path, os.O_WRONLY | os.O_APPEND), "ab") as file:
            if file.tell() != offset:
                raise BadInput(f"{path} has {file.tell()} bytes, and {offset} were expected: lines of it were lost.")
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError.of("write", path, error) from error
