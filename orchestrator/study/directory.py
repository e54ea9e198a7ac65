"""A study's directory: what was meant, the results so far, and one run directory for each audit.

study.json     the manifest, and on what the study ran
results.jsonl  one row for each audit that came to an end; the last row of an audit counts
<audit id>/    the run directory of an audit
report.html    made from these
"""

from contextlib import closing
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.eventlog import AppendFile, read_lines, set_aside_torn_tail
from orchestrator.files import read_capped, write_atomically
from orchestrator.provenance import Provenance
from orchestrator.study.manifest import Manifest
from orchestrator.study.row import Row

MAX_STUDY_JSON_BYTES = 128_000_000


class StudyFile(Record):
    """`study.json`. `suites` are the SHA-256 of the suites that functions were taken from; `provenances` one for each
    command that ran the study on other versions than the one before."""

    version: Literal[1] = 1
    sha256: str  # of the manifest: which audits are meant
    manifest: Manifest
    suites: dict[str, str]
    provenances: tuple[Provenance, ...]


class StudyDirectory:
    """The files of a study, by name. Reading raises `BadInput` for what cannot be one of ours."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def results_path(self) -> Path:
        return self.path / "results.jsonl"

    @property
    def report_path(self) -> Path:
        return self.path / "report.html"

    @property
    def exists(self) -> bool:
        """Has a study begun here?"""
        return (self.path / "study.json").exists()

    def run_path(self, audit: str) -> Path:
        """Where the audit with this id is."""
        return self.path / audit

    def study(self) -> StudyFile:
        """What was meant. Raises `BadInput` where it was changed."""
        path = self.path / "study.json"
        if not self.exists:
            raise BadInput(f"{self.path} holds no study.json: it is no study. Name a directory that 'study run' made.")
        try:
            study = StudyFile.model_validate_json(read_capped(path, MAX_STUDY_JSON_BYTES))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise BadInput(
                f"{path} is no study ({'.'.join(map(str, first['loc']))[:80]}: {first['msg'][:200]})."
            ) from None
        if study.sha256 != study.manifest.sha256:
            raise BadInput(f"{path} was changed: its hash does not follow from its audits.")
        return study

    def write_study(self, study: StudyFile) -> None:
        """Put `study.json` in place, whole or not at all."""
        write_atomically(self.path / "study.json", study.model_dump_json(indent=1).encode() + b"\n")

    def rows(self) -> dict[str, Row]:
        """The latest row of each audit, by its id. Half a last line, as a kill leaves it, is left out."""
        rows: dict[str, Row] = {}
        for number, line in enumerate(read_lines(self.results_path)[0], start=1):
            try:
                row = Row.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_input=False, include_url=False)[0]
                where = f"{'.'.join(map(str, first['loc']))[:80]}: {first['msg'][:200]}"
                raise BadInput(f"{self.results_path}, line {number} is no result ({where}).") from None
            rows[row.audit] = row
        return rows

    def append(self, *rows: Row) -> None:
        """Add rows, through to the disk. For the one process that writes the study."""
        set_aside_torn_tail(self.results_path)
        with closing(AppendFile(self.results_path)) as file:
            for row in rows:
                file.append(row.model_dump_json().encode(), durable=row is rows[-1])
