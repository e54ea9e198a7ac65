"""Where a study stands, from its directory: groups, comparisons and what is left, as records that every view shares."""

from collections import Counter
from pathlib import Path

from functions.brief import Record
from orchestrator.study.compare import Comparison, against_reference, by_category
from orchestrator.study.directory import StudyDirectory, StudyFile
from orchestrator.study.results import Figures, Group, groups, slices
from orchestrator.study.row import Row


class Status(Record):
    """A study as it stands. `rows` are in the order of the manifest; `comparisons` are with the reference arm."""

    path: Path
    study: StudyFile
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    slices: tuple[Group, ...]
    comparisons: tuple[Comparison, ...]
    per_category: tuple[Comparison, ...]

    @property
    def complete(self) -> bool:
        """Has every audit come to an end that the same command would leave alone?"""
        return len(self.rows) == len(self.study.manifest.cells) and all(row.is_final for row in self.rows)

    @property
    def figures(self) -> Figures:
        """`<arm>.<category>.<figure>`; for category also `all`, and each modifier that some functions lack."""
        found: Figures = {"audits": len(self.study.manifest.cells), "done": len(self.rows)}
        for group in (*self.groups, *self.slices):
            found |= group.figures
        return found

    @property
    def document(self) -> dict[str, object]:
        """What `study status --json` prints beside the outcome."""
        return {
            "study": self.study.manifest.study.name,
            "sha256": self.study.sha256,
            "figures": self.figures,
            "methods": sorted({g.score.method for g in self.groups} | {g.solved.method for g in self.groups}),
            "groups": [group.model_dump(mode="json") for group in (*self.groups, *self.slices)],
            "comparisons": [c.model_dump(mode="json") for c in (*self.comparisons, *self.per_category)],
        }


def status_of(directory: Path) -> Status:
    """Read a study's directory. Raises `BadInput` for what is none."""
    home = StudyDirectory(directory)
    study, found = home.study(), home.rows()
    manifest = study.manifest
    rows = tuple(found[cell.audit] for cell in manifest.cells if cell.audit in found)
    planned = Counter((cell.arm, cell.traits.category.value) for cell in manifest.cells)
    return Status(
        path=directory,
        study=study,
        rows=rows,
        groups=groups(manifest.study, rows, planned),
        slices=slices(manifest.study, rows),
        comparisons=against_reference(manifest.study, rows),
        per_category=by_category(manifest.study, rows),
    )
