"""A study's results for notebooks and scripts: `inquest.load_study(directory)`."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from functions.errors import BadInput
from orchestrator.study.compare import Comparison, Figure, against_reference, by_category
from orchestrator.study.directory import StudyDirectory, StudyFile
from orchestrator.study.row import Row

Cell = float | int | bool | str | None


@dataclass(frozen=True)
class StudyResults:
    """The rows of a study, one for each audit that came to an end, in the order of its manifest."""

    study: StudyFile
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def columns(self) -> dict[str, list[Cell]]:
        """Plain columns by name, all of one length: what data frames of any library are made from."""
        return table_of(self.rows)

    def compare(self, figure: Figure = "score") -> tuple[Comparison, ...]:
        """Every arm against the reference, paired on the same functions and seeds, and by category where there are
        several. Empty where nothing pairs."""
        study = self.study.manifest.study
        found = against_reference(study, self.rows, figure)
        return (*found, *by_category(study, self.rows, figure)) if found else ()

    def frame(self) -> object:
        """A pandas data frame. Raises `BadInput` where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise BadInput("pandas is not installed: pip install pandas, or use .columns.") from None
        return pandas.DataFrame(self.columns)


def load_study(directory: str | Path) -> StudyResults:
    """The results in a study's directory. Raises `BadInput` for what is none."""
    home = StudyDirectory(Path(directory))
    study, rows = home.study(), home.rows()
    return StudyResults(study, tuple(rows[c.audit] for c in study.manifest.cells if c.audit in rows))


def table_of(rows: tuple[Row, ...]) -> dict[str, list[Cell]]:
    """Rows as columns, without the hashes of their files."""
    plain = [row.model_dump(mode="json", exclude={"files"}) for row in rows]
    return {name: [row[name] for row in plain] for name in Row.model_fields if name != "files"}
