"""Results in other people's tools: a data frame, Parquet, a notebook. Needs the `analysis` extra."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.study.export import export
from orchestrator.study.load import load_study
from tests.orchestrator.study.synthetic import synthetic

pytestmark = pytest.mark.extras
NOTEBOOK = Path(__file__).parents[3] / "docs" / "study.ipynb"


def test_parquet_and_the_frame_hold_every_row(tmp_path: Path) -> None:
    """Numbers as numbers, what is missing as missing, in the order of the manifest."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: make test-extras")
    results = load_study(synthetic(tmp_path / "study", functions=8).path)
    export(results.rows, tmp_path / "results.parquet")

    frame: Any = results.frame()
    stored = pandas.read_parquet(tmp_path / "results.parquet")
    assert list(frame["audit"]) == list(stored["audit"]) == [row.audit for row in results]
    assert [None if pandas.isna(s) else s for s in stored["score"]] == [row.score for row in results]
    assert stored["queries"].dtype.kind == "i"


def test_the_notebook_says_what_it_would_say_now() -> None:
    """Its cells run from top to bottom, and what they show is what is stored beside them."""
    pytest.importorskip("pandas", reason="pandas is not installed: make test-extras")
    client = pytest.importorskip("nbclient", reason="nbclient is not installed: make test-extras")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": NOTEBOOK.parent}}).execute()

    stored = json.loads(NOTEBOOK.read_text())
    assert [shown(cell) for cell in notebook.cells] == [shown(cell) for cell in stored["cells"]]


def shown(cell: Any) -> list[str]:
    """The plain text of a cell's outputs."""
    texts = [out.get("data", {}).get("text/plain", out.get("text", "")) for out in cell.get("outputs", [])]
    return ["".join(text) for text in texts]
