"""Rows made again from run directories: to see whether they still follow from them, or to take later grades in."""

from pathlib import Path

from functions.errors import BadInput
from orchestrator.result import read_result
from orchestrator.rundir import RunDirectory, writing
from orchestrator.study.directory import StudyDirectory, StudyFile
from orchestrator.study.row import Row, fingerprints, row_of
from orchestrator.study.run import is_classical


def recompute(home: StudyDirectory, study: StudyFile, row: Row) -> Row:
    """The row that the run directory of an audit now comes to. Raises `BadInput` where it is not the audit's."""
    run = RunDirectory(home.run_path(row.audit))
    cell = next(c for c in study.manifest.cells if c.audit == row.audit)
    audit = run.audit()
    if (audit.id, audit.config.seed, audit.config.target_sha256) != (cell.audit, cell.seed, cell.target_sha256):
        raise BadInput("audit.json is of another audit than the study means.")
    return row_of(
        cell,
        read_result(run),
        study.manifest.study.judges,
        query_budget=study.manifest.arm(cell.arm).budget.queries,
        classical=is_classical(study.manifest, cell.arm),
        host_cpu=row.host_cpu,
        containers_cpu_s=row.containers_cpu_s,
        attempts=row.attempts,
    )


def take_regrades(directory: Path) -> int:
    """Bring `results.jsonl` up to date with audits that were graded again; earlier rows stay above. Returns how many.

    Raises `BadInput` where anything but the grading of an audit has changed: nothing is taken then.
    """
    with writing(directory):
        home = StudyDirectory(directory)
        study, news = home.study(), []
        for row in home.rows().values():
            now = fingerprints(RunDirectory(home.run_path(row.audit))) if row.files else row.files
            changed = {name for name in row.files if now.get(name) != row.files[name]}
            if not changed:
                continue
            if not changed <= {"grade.json", "events.jsonl"}:
                raise BadInput(f"{row.audit}: {', '.join(sorted(changed))} changed, and no grading does that.")
            news.append(recompute(home, study, row))
        if news:
            home.append(*news)
    return len(news)
