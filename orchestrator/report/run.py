"""What a report is made of: one run directory as records, however much of it there is.

A directory may be half finished, damaged, or from elsewhere: reading never raises for what is in it, follows no links,
and takes no more than it can show. What is missing is said in words.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from functions.brief import Interpretation, Record
from functions.errors import BadInput
from judges.grade import Grade
from orchestrator.config import AuditConfig
from orchestrator.eventlog import MAX_FILE_BYTES
from orchestrator.events import GENESIS, AuditStarted, Ended, Entry, Event, Experiment, Resumed, Said, TurnStarted
from orchestrator.files import StorageError, read_capped
from orchestrator.provenance import Provenance
from orchestrator.report.curves import Curves
from orchestrator.roles.base import Turn
from orchestrator.roles.messages import Plan
from orchestrator.rundir import AuditFile
from sandbox.client import QueryRecord

MAX_LINES = 50_000

T = TypeVar("T", bound=BaseModel)


class Told(Record):
    """One turn with the experiments that were run for it. `turn` is None for a turn that never ended.

    `stand_in` is the fixed plan that it followed where the team has no planner.
    """

    number: int  # as in the log, from 0
    turn: Turn | None
    stand_in: Plan | None = None
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
        plans = {e.turn: e.stand_in for e in self.events if isinstance(e, TurnStarted)}
        ran: dict[int, list[Experiment]] = {}
        for experiment in self.experiments:
            ran.setdefault(experiment.turn, []).append(experiment)
        return tuple(
            Told(number=n, turn=said.get(n), stand_in=plans.get(n), experiments=tuple(ran.get(n, ())))
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


def read_run(directory: Path) -> Run:
    """Read what is there. Raises `OSError` only if the directory itself cannot be listed."""
    reader = _Reader(directory)
    audit = reader.record("audit.json", AuditFile, "the configuration and the budgets cannot be shown")
    logged = reader.lines("events.jsonl", "there is no transcript")
    entries = reader.parsed("events.jsonl", logged, Entry)
    if not _chained(logged, entries):
        reader.gaps.append("events.jsonl: the chain of hashes is broken. A line was changed, lost or added afterwards.")
    answered = reader.lines("queries.jsonl", "the queried points cannot be drawn")
    return Run(
        name=directory.resolve().name,
        config=audit.config if audit else None,
        entries=entries,
        queries=reader.parsed("queries.jsonl", answered, QueryRecord),
        interpretation=reader.record("interpretation.json", Interpretation, "the team has not handed anything in"),
        grade=reader.record("grade.json", Grade, "no judge has spoken yet"),
        curves=reader.record("curves.json", Curves, "truth and reconstruction cannot be drawn"),
        gaps=tuple(reader.gaps),
    )


class _Reader:
    """Reads the files of one directory, and keeps in `gaps` what could not be read. Nothing in them is quoted."""

    def __init__(self, directory: Path) -> None:
        self.gaps: list[str] = []
        self._directory = directory
        self._present = {path.name for path in directory.iterdir()}

    def record(self, name: str, model: type[T], lacking: str) -> T | None:
        """One JSON file; `lacking` says what a report is without it."""
        content = self._content(name, lacking)
        if content is None:
            return None
        try:
            return model.model_validate_json(content)
        except ValidationError as error:
            self.gaps.append(f"{name} {_why(error)}: {lacking}.")
            return None

    def lines(self, name: str, lacking: str) -> list[bytes]:
        """The whole lines of a log."""
        *lines, torn = (self._content(name, lacking) or b"").split(b"\n")
        if torn:
            self.gaps.append(f"{name}: the last line is torn, as a kill in the middle of writing leaves it.")
        if len(lines) > MAX_LINES:
            self.gaps.append(f"{name}: only the first {MAX_LINES:,} lines are read.")
        return lines[:MAX_LINES]

    def parsed(self, name: str, lines: Sequence[bytes], model: type[T]) -> tuple[T, ...]:
        """The lines as records, up to the first that is none."""
        found: list[T] = []
        try:
            found.extend(map(model.model_validate_json, lines))  # keeps what came before a fault
        except ValidationError as error:
            self.gaps.append(f"{name}, line {len(found) + 1} {_why(error)}: nothing from there on is shown.")
        return tuple(found)

    def _content(self, name: str, lacking: str) -> bytes | None:
        if name not in self._present:
            self.gaps.append(f"{name} is missing: {lacking}.")
            return None
        try:
            return read_capped(self._directory / name, MAX_FILE_BYTES)
        except (BadInput, StorageError):
            self.gaps.append(f"{name} is not a plain file that can be read, or is enormous: {lacking}.")
            return None


def _why(error: ValidationError) -> str:
    kinds = dict.fromkeys(e["type"] for e in error.errors(include_input=False, include_context=False))
    return f"cannot be read ({', '.join(list(kinds)[:3])})"


def _chained(lines: Sequence[bytes], entries: Sequence[Entry]) -> bool:
    """Does each entry carry the hash of the line before it?"""
    before = [GENESIS, *(hashlib.sha256(line).hexdigest() for line in lines)]
    return all(entry.prev == prev for entry, prev in zip(entries, before, strict=False))
