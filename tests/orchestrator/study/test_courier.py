"""A growing run directory arrives elsewhere as it is."""

from pathlib import Path

import pytest

from functions.errors import BadInput
from orchestrator.files import write_atomically
from orchestrator.study.courier import Change, Courier, apply


def contents(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in path.iterdir()}


def append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)


def test_what_changed_is_carried_once_and_logs_by_their_new_lines(tmp_path: Path) -> None:
    """Files that are replaced come whole; what has not changed does not travel."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    courier = Courier(here)
    carried: list[tuple[str, int | None, bytes]] = []
    for step in range(3):
        append(here / "events.jsonl", f"{step}\n".encode())
        write_atomically(here / "grade.json", b"first" if step < 2 else b"second")
        (here / "lock").touch()
        changes = courier.changes()
        apply(there, changes)
        carried += [(c.name, c.offset, c.content) for c in changes if c.name != "grade.json"]

    assert carried == [("events.jsonl", None, b"0\n"), ("events.jsonl", 2, b"1\n"), ("events.jsonl", 4, b"2\n")]
    assert contents(there) == {"events.jsonl": b"0\n1\n2\n", "grade.json": b"second"}
    assert courier.changes() == ()


def test_a_log_that_was_cut_back_travels_whole(tmp_path: Path) -> None:
    """A torn tail is moved aside when an audit goes on: its copy must not keep it."""
    (tmp_path / "events.jsonl").write_bytes(b"whole\nto")
    courier = Courier(tmp_path)
    apply(tmp_path / "there", courier.changes())
    (tmp_path / "events.jsonl").write_bytes(b"whole\n")

    apply(tmp_path / "there", courier.changes())

    assert contents(tmp_path / "there") == {"events.jsonl": b"whole\n"}


def test_what_another_machine_has_is_not_sent_back(tmp_path: Path) -> None:
    """A node begins with the driver's copy, and sends only what it adds."""
    courier = Courier(tmp_path / "run")
    courier.put((Change(name="events.jsonl", offset=None, content=b"0\n"),))
    append(tmp_path / "run" / "events.jsonl", b"1\n")

    assert courier.changes() == (Change(name="events.jsonl", offset=2, content=b"1\n"),)


@pytest.mark.parametrize("name", ["../events.jsonl", "/etc/passwd", "a/b", ".hidden", "lock", ""])
def test_a_node_cannot_write_outside_of_its_run(tmp_path: Path, name: str) -> None:
    """Names are names of plain files."""
    with pytest.raises(BadInput, match="no name of a file"):
        apply(tmp_path / "run", (Change(name=name, offset=None, content=b"x"),))


def test_lines_that_were_lost_on_the_way_are_noticed(tmp_path: Path) -> None:
    """An addition that does not begin where the file ends is refused, and nothing is written."""
    apply(tmp_path, (Change(name="events.jsonl", offset=None, content=b"0\n"),))
    with pytest.raises(BadInput, match="lines of it were lost"):
        apply(tmp_path, (Change(name="events.jsonl", offset=4, content=b"2\n"),))

    assert contents(tmp_path) == {"events.jsonl": b"0\n"}
