"""Results in other formats. `results.jsonl` stays the original; these are copies for other tools."""

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

from functions.errors import BadInput
from orchestrator.files import write_atomically
from orchestrator.study.load import Cell, table_of
from orchestrator.study.row import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(rows: tuple[Row, ...], out: Path) -> int:
    """Write `rows` to `out`, in the format that its ending names. Returns how many. Raises `BadInput` for another."""
    writer = _WRITERS.get(out.suffix)
    if writer is None:
        raise BadInput(f"{out} names no format: end it in {', '.join(_WRITERS)}.")
    writer(rows, out)
    return len(rows)


def _write_jsonl(rows: tuple[Row, ...], out: Path) -> None:
    write_atomically(out, b"".join(row.model_dump_json().encode() + b"\n" for row in rows))


def _write_csv(rows: tuple[Row, ...], out: Path) -> None:
    table = table_of(rows)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table)
    writer.writerows([_harmless(cell) for cell in line] for line in zip(*table.values(), strict=True))
    write_atomically(out, text.getvalue().encode())


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula is marked as text: agents choose some of these words."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write_sqlite(rows: tuple[Row, ...], out: Path) -> None:
    table = table_of(rows)
    draft = out.with_name(f".{out.name}.tmp")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as database, database:
        names = ", ".join(table)  # our own field names
        database.execute(f"CREATE TABLE audits ({names})")
        places = ", ".join("?" * len(table))
        database.executemany(
            f"INSERT INTO audits VALUES ({places})",  # noqa: S608 - only question marks
            zip(*table.values(), strict=True),
        )
    draft.replace(out)


def _write_parquet(rows: tuple[Row, ...], out: Path) -> None:
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise BadInput("Parquet needs pyarrow: pip install pyarrow, or export to .sqlite or .csv.") from None
    parquet.write_table(arrow.table(table_of(rows)), out)


_WRITERS: dict[str, Callable[[tuple[Row, ...], Path], None]] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".sqlite": _write_sqlite,
    ".parquet": _write_parquet,
}
