"""Parts of one study, run apart (`--shard`), put together: their rows, and copies of their run directories."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from functions.errors import BadInput
from orchestrator.rundir import writing
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.row import Row


def merge(parts: Sequence[Path], out: Path) -> int:
    """Put `parts` together in `out`, which may hold some of it already. Returns how many audits have a row there.

    Where two parts did the same audit, a final row is taken before one that is not, and else the first. Raises
    `BadInput` for parts of different studies.
    """
    homes = [StudyDirectory(part) for part in parts]
    studies = [home.study() for home in homes]
    if len({study.sha256 for study in studies}) > 1:
        raise BadInput("These are parts of different studies: their audits are not the same. See 'study plan --json'.")
    with writing(out):
        whole = StudyDirectory(out)
        rows = whole.rows() if whole.exists else {}
        if whole.exists and whole.study().sha256 != studies[0].sha256:
            raise BadInput(f"{out} holds another study already: choose another --out.")
        provenances = dict.fromkeys(p for study in studies for p in study.provenances)
        whole.write_study(studies[0].model_copy(update={"provenances": tuple(provenances)}))
        for home in homes:
            taken = {audit: row for audit, row in home.rows().items() if _is_news(row, rows.get(audit))}
            for audit in taken:
                _copy(home.run_path(audit), whole.run_path(audit))
            if taken:
                whole.append(*taken.values())
            rows |= taken
    return len(rows)


def _is_news(row: Row, known: Row | None) -> bool:
    return known is None or (row.is_final and not known.is_final)


def _copy(source: Path, target: Path) -> None:
    """Whole or not at all: an interrupted merge is given again."""
    if not source.is_dir():
        return
    draft = target.with_name(f".{target.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(source, draft, symlinks=True)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
