"""The run directory: one writer, files whole or not at all, and no trust in a directory from elsewhere."""

import json
import os
from pathlib import Path

import pytest

from functions.errors import BadInput, Cause
from orchestrator.audit import audit
from orchestrator.files import StorageError, write_atomically
from orchestrator.rundir import RunDirectory, writing
from tests.orchestrator.fakes import parts


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A finished run."""
    return audit("fake", out=tmp_path, parts=parts()).run


def test_a_second_writer_is_refused_while_the_first_is_at_work(tmp_path: Path) -> None:
    """Two processes with the same command are the same audit: the second is told to wait."""
    second = writing(tmp_path / "run")
    with writing(tmp_path / "run"), pytest.raises(BadInput, match="Another process is writing"):
        second.__enter__()
    with writing(tmp_path / "run"):
        pass


def test_a_configuration_that_was_changed_is_noticed(run: Path) -> None:
    """The id follows from what was meant: a different seed is a different audit."""
    audit_json = json.loads((run / "audit.json").read_text())
    audit_json["config"]["seed"] = 77
    (run / "audit.json").write_text(json.dumps(audit_json))

    with pytest.raises(BadInput, match="was changed"):
        RunDirectory(run).audit()


def test_a_target_that_was_exchanged_is_noticed(run: Path) -> None:
    """The target is what its hash says: nobody slips an easier function under a grade."""
    audit_json = json.loads((run / "audit.json").read_text())
    audit_json["config"]["target"]["expression"]["parameters"]["slope"] = 0.5
    (run / "audit.json").write_text(json.dumps(audit_json))

    with pytest.raises(BadInput, match="target"):
        RunDirectory(run).audit()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b"\x00" * 100, b'{"version": 2}'])
@pytest.mark.parametrize("name", ["audit.json", "grade.json", "interpretation.json"])
def test_a_file_that_is_not_ours_is_a_clear_error(run: Path, name: str, content: bytes) -> None:
    """Named by path, as bad input; never a traceback of the parser."""
    (run / name).write_bytes(content)
    reader = RunDirectory(run)

    with pytest.raises(BadInput, match=name):
        {"audit.json": reader.audit, "grade.json": reader.grade, "interpretation.json": reader.interpretation}[name]()


def test_an_enormous_file_is_not_read(run: Path) -> None:
    """A sparse file of a terabyte costs nothing and says that it is too large."""
    with (run / "grade.json").open("wb") as file:
        file.truncate(10**12)

    with pytest.raises(BadInput, match="larger than"):
        RunDirectory(run).grade()


def test_links_planted_in_a_directory_lead_nowhere(run: Path, tmp_path: Path) -> None:
    """Neither what we read nor what we write leaves the directory."""
    precious = tmp_path / "precious"
    precious.write_text("precious")
    for name in ("grade.json", ".grade.json.tmp"):
        (run / name).unlink(missing_ok=True)
        (run / name).symlink_to(precious)

    with pytest.raises(StorageError):
        RunDirectory(run).grade()
    with pytest.raises(StorageError):
        write_atomically(run / "grade.json", b"ours")
    assert precious.read_text() == "precious"


def test_a_pipe_in_the_place_of_a_file_does_not_block(run: Path) -> None:
    """Reading and writing return at once."""
    (run / "grade.json").unlink()
    os.mkfifo(run / "grade.json")
    os.mkfifo(run / ".grade.json.tmp")

    with pytest.raises(BadInput, match="not a plain file"):
        RunDirectory(run).grade()
    with pytest.raises(StorageError):
        write_atomically(run / "grade.json", b"ours")


def test_an_output_directory_that_is_a_file_is_said_to_be_so(tmp_path: Path) -> None:
    """A person's slip is one clear message, and counts as a failure of storage, not of the team."""
    (tmp_path / "out").write_text("")

    with pytest.raises(StorageError, match="Not a directory") as raised:
        audit("fake", out=tmp_path / "out", parts=parts())
    assert raised.value.cause is Cause.INFRASTRUCTURE
