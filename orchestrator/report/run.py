"""What a report is made of: one run directory as records, however much of it there is.

A directory may be half finished, damaged, or from elsewhere: reading never raises for what is in it, follows no links,
and takes no more than it can show. What is missing is said in words.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from functions.brief import Interpretation, Record
from functions.errors import BadInput
from judges.grade import Grade
from orchestrator.config import AuditConfig
from orchestrator.eventlog import MAX_FILE_BYTES, StorageError, read_capped
from orchestrator.events import GENESIS, AuditStarted, Ended, Entry, Event, Experiment, Resumed, Said
from orchestrator.provenance import Provenance
from orchestrator.report.curves import Curves
from orchestrator.roles.base import Turn
from orchestrator.rundir import AuditFile
from sandbox.client import QueryRecord

MAX_LINES = 50_000

T = TypeVar("T", bound=BaseModel)


class Told(Record):
    """One turn with the experiments that were run for it. `turn` is None for a turn that never ended."""

    number: int  # as in the log, from 0
    turn: Turn | None
    experiments: tuple[Experiment, ...] = ()


class Run(Record):
    """A run directory as read. `gaps` says in words what was missing or could not be read."""

    name: str
    config: AuditConfig | None = None
    entries: tuple[Entry, ...] = ()
    queries: tuple[QueryRecord, ...] = ()
    interpretation: Interpretation | None = None
    grade: Grade | None = None
    curves: Curves | None = None
    gaps: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened, without the clocks."""
        return tuple(e.event for e in self.entries)

    @property
    def told(self) -> tuple[Told, ...]:
        """The transcript: each turn with its experiments, in the order of their numbers."""
        said = {e.turn: Turn(role=e.role, message=e.message) for e in self.events if isinstance(e, Said)}
        ran: dict[int, list[Experiment]] = {}
        for experiment in self.experiments:
            ran.setdefault(experiment.turn, []).append(experiment)
        return tuple(
            Told(number=n, turn=said.get(n), experiments=tuple(ran.get(n, ())))
            for n in sorted(said.keys() | ran.keys())
        )

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """All experiments, in the order in which they were run."""
        return tuple(e for e in self.events if isinstance(e, Experiment))

    @property
    def ended(self) -> Ended | None:
        """How the team's part ended; None: it has not."""
        return next((e for e in reversed(self.events) if isinstance(e, Ended)), None)

    @property
    def provenances(self) -> tuple[Provenance, ...]:
        """On what it ran, at the start and after each interruption."""
        return tuple(e.provenance for e in self.events if isinstance(e, AuditStarted | Resumed))


class _DamagedError(Exception):
    """A file cannot be used; the message says why, and quotes nothing of it."""


def read_run(directory: Path) -> Run:
    """Read what is there. Raises `OSError` only if the directory itself cannot be listed."""
    present = {path.name for path in directory.iterdir()}
    gaps: list[str] = []

    def record(name: str, model: type[T], lacking: str) -> T | None:
        if name not in present:
            gaps.append(f"{name} is missing: {lacking}.")
            return None
        try:
            return model.model_validate_json(_bytes(directory / name))
        except (_DamagedError, ValidationError) as error:
            gaps.append(f"{name} {_why(error)}: {lacking}.")
            return None

    def lines(name: str, model: type[T], lacking: str) -> tuple[T, ...]:
        if name not in present:
            gaps.append(f"{name} is missing: {lacking}.")
            return ()
        found: list[T] = []
        try:
            found.extend(map(model.model_validate_json, _lines(directory / name)))  # keeps what came before a fault
        except (_DamagedError, ValidationError) as error:
            gaps.append(f"{name}, line {len(found) + 1}: {_why(error)}. What comes after it is not shown.")
        return tuple(found)

    audit = record("audit.json", AuditFile, "the configuration and the budgets cannot be shown")
    entries = lines("events.jsonl", Entry, "there is no transcript")
    if "events.jsonl" in present and not _chained(directory / "events.jsonl", entries):
        gaps.append("events.jsonl: the chain of hashes is broken. A line was changed, lost or added afterwards.")
    return Run(
        name=directory.resolve().name,
        config=audit.config if audit else None,
        entries=entries,
        queries=lines("queries.jsonl", QueryRecord, "the queried points cannot be drawn"),
        interpretation=record("interpretation.json", Interpretation, "the team has not handed anything in"),
        grade=record("grade.json", Grade, "no judge has spoken yet"),
        curves=record("curves.json", Curves, "truth and reconstruction cannot be drawn"),
        gaps=tuple(gaps),
    )


def _bytes(path: Path) -> bytes:
    try:
        return read_capped(path, MAX_FILE_BYTES)
    except (BadInput, StorageError) as error:
        raise _DamagedError("is not a plain file that can be read, or is enormous") from error


def _lines(path: Path) -> Iterator[bytes]:
    *lines, torn = _bytes(path).split(b"\n")
    yield from lines[:MAX_LINES]
    if len(lines) > MAX_LINES:
        raise _DamagedError(f"only {MAX_LINES:,} lines are read")
    if torn:
        raise _DamagedError("is torn, as a kill in the middle of writing leaves it")


def _why(error: _DamagedError | ValidationError) -> str:
    """What is wrong, without a word of what the file holds."""
    if isinstance(error, _DamagedError):
        return str(error)
    kinds = dict.fromkeys(e["type"] for e in error.errors(include_input=False, include_context=False))
    return f"cannot be read ({', '.join(list(kinds)[:3])})"


def _chained(path: Path, entries: tuple[Entry, ...]) -> bool:
    """Does each entry carry the hash of the line before it?"""
    before = GENESIS
    for line, entry in zip(_lines(path), entries, strict=False):
        if entry.prev != before:
            return False
        before = hashlib.sha256(line).hexdigest()
    return True
