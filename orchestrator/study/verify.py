"""Was a study touched? Ids, chains of events and results are computed again from the run directories."""

from pathlib import Path

from functions.brief import Record
from functions.errors import BadInput
from functions.identity import sha256_of
from orchestrator.rundir import RunDirectory
from orchestrator.study.directory import StudyDirectory, StudyFile
from orchestrator.study.recompute import recompute
from orchestrator.study.results import Figures
from orchestrator.study.row import Row, fingerprints


class Verified(Record):
    """What was found. `touched` says in words what does not follow from what; `recomputed` audits were gone through."""

    audits: int
    recomputed: int
    touched: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Does everything follow from everything?"""
        return not self.touched

    @property
    def figures(self) -> Figures:
        """Stable names."""
        return {"audits": self.audits, "recomputed": self.recomputed, "touched": len(self.touched)}


def verify(directory: Path) -> Verified:
    """Go through a study. Shows accidents and careless changes; only a signature could show a forgery.

    Raises `BadInput` where there is no study, or its manifest was changed.
    """
    home = StudyDirectory(directory)
    study, rows = home.study(), home.rows()
    meant = {cell.audit for cell in study.manifest.cells}
    touched = [f"{audit}: a result that the study does not mean." for audit in rows.keys() - meant]
    recomputed = 0
    for row in rows.values():
        if row.audit in meant and (row.files or home.run_path(row.audit).exists()):
            touched += [f"{row.audit}: {what}" for what in _touched(home, study, row)]
            recomputed += 1
    return Verified(audits=len(rows), recomputed=recomputed, touched=tuple(sorted(touched)))


def _touched(home: StudyDirectory, study: StudyFile, row: Row) -> list[str]:
    run = RunDirectory(home.run_path(row.audit))
    if not run.exists:
        return ["its run directory is gone."]
    now = fingerprints(run)
    changed = [name for name in row.files if now.get(name) != row.files[name]]
    found = [f"{name} is not what it was when the result was recorded." for name in changed]
    try:
        again = recompute(home, study, row)
    except BadInput as error:
        return [*found, str(error)]
    if row.files and sha256_of(again.model_copy(update={"files": row.files})) != sha256_of(row):
        wrong = [name for name in Row.model_fields if name != "files" and getattr(again, name) != getattr(row, name)]
        found.append(f"its line in results.jsonl does not follow from its run directory: {', '.join(wrong)}.")
    return found
