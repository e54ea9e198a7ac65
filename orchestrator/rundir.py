"""One run directory: all that an audit leaves, and everything a report or another grading needs.

    audit.json           what was meant, and the versions it began on
    events.jsonl         what happened (orchestrator.events)
    queries.jsonl        each answered batch
    interpretation.json  what was handed in
    grade.json           the latest grade; earlier ones are kept as grade-1.json, grade-2.json, ...

JSON files appear whole, by atomic rename. One process at a time writes a directory. A directory from elsewhere is
hostile input: readers bound what they read and follow no links.
"""

import fcntl
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ValidationError

from functions.brief import Interpretation, Record
from functions.errors import BadInput
from functions.target import parse_target
from judges.grade import Grade
from orchestrator.config import AuditConfig
from orchestrator.eventlog import read_events, read_queries
from orchestrator.events import Entry
from orchestrator.files import StorageError, open_plain, read_capped, write_atomically
from orchestrator.provenance import Provenance
from sandbox.client import QueryRecord

MAX_JSON_BYTES = 32_000_000

RecordT = TypeVar("RecordT", bound=BaseModel)


class AuditFile(Record):
    """`audit.json`: the configuration with its id, and the provenance of the first start (later ones are events)."""

    version: Literal[1] = 1
    id: str
    config: AuditConfig
    provenance: Provenance


class RunDirectory:
    """The files of one audit, by name. Reading raises `BadInput` for what cannot be one of ours."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def events_path(self) -> Path:
        return self.path / "events.jsonl"

    @property
    def queries_path(self) -> Path:
        return self.path / "queries.jsonl"

    @property
    def report_path(self) -> Path:
        return self.path / "report.html"

    def attempt_path(self, number: int) -> Path:
        """Where the n-th attempt (from 1) of best of n has its directory."""
        return self.path / "attempts" / str(number)

    @property
    def attempts(self) -> "tuple[RunDirectory, ...]":
        """The attempts that have begun, in their order."""
        below = (RunDirectory(self.attempt_path(number)) for number in itertools.count(1))
        return tuple(itertools.takewhile(lambda run: run.exists, below))

    @property
    def exists(self) -> bool:
        """Has an audit begun here?"""
        return (self.path / "audit.json").exists()

    def audit(self) -> AuditFile:
        """The configuration. Raises `BadInput` where its id or its target's hash does not follow from it."""
        audit = self._read("audit.json", AuditFile)
        if parse_target(audit.config.target).sha256 != audit.config.target_sha256:
            raise BadInput(f"{self.path}/audit.json was changed: its target is not the one that was audited.")
        if audit.id != audit.config.id:
            raise BadInput(f"{self.path}/audit.json was changed: its id does not follow from its configuration.")
        return audit

    def entries(self) -> tuple[Entry, ...]:
        """The event log, its chain checked; a torn last line is left out."""
        return read_events(self.events_path)

    def queries(self) -> tuple[QueryRecord, ...]:
        """Every answered batch."""
        return read_queries(self.queries_path)

    def interpretation(self) -> Interpretation:
        """What was handed in. Raises `BadInput` for an audit that has not ended."""
        return self._read("interpretation.json", Interpretation)

    def grade(self) -> Grade | None:
        """The latest grade; None where there is none yet."""
        return self._read("grade.json", Grade) if (self.path / "grade.json").exists() else None

    def write(self, name: str, record: BaseModel) -> None:
        """Put a record in place under `name`, whole or not at all."""
        write_atomically(self.path / name, record.model_dump_json(indent=2).encode() + b"\n")

    def write_grade(self, grade: Grade) -> None:
        """Put a grade in place. The one before it stays, under the next free number."""
        latest = self.path / "grade.json"
        if latest.exists():
            free = next(p for n in itertools.count(1) if not (p := self.path / f"grade-{n}.json").exists())
            free.hardlink_to(latest)
        self.write("grade.json", grade)

    def _read(self, name: str, kind: type[RecordT]) -> RecordT:
        path = self.path / name
        try:
            return kind.model_validate_json(read_capped(path, MAX_JSON_BYTES))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"]))[:80]
            raise BadInput(f"{path} is not a {kind.__name__} ({where}: {first['msg'][:200]}).") from error


@contextmanager
def writing(path: Path) -> Iterator[RunDirectory]:
    """The directory at `path`, made where it is missing, with this process as its only writer.

    Raises `BadInput` while another process writes it: two audits with one id are the same audit.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        descriptor = open_plain(path / "lock", os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise StorageError.of("write in", path, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield RunDirectory(path)
    except BlockingIOError as error:
        raise BadInput(f"Another process is writing {path}. Wait for it, or end it.") from error
    finally:
        os.close(descriptor)  # and the lock with it


def set_aside(path: Path) -> None:
    """Keep the run at `path`, if there is one, beside it as `NAME-1`, `NAME-2`, ... Raises as `writing`."""
    with writing(path) as run:
        if run.exists:
            free = next(p for n in itertools.count(1) if not (p := path.with_name(f"{path.name}-{n}")).exists())
            path.rename(free)
