"""The event log: a chain that shows accidents, lines that are whole or set aside, and bounded reading."""

import hashlib
import os
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.errors import BadInput, Cause
from orchestrator import eventlog
from orchestrator.eventlog import UNHURRIED, AppendFile, EventLog, QueryFile, read_events, set_aside_torn_tail
from orchestrator.events import GENESIS, Event, Experiment, Interrupted, ModelCall, Said, TurnStarted
from orchestrator.files import StorageError
from sandbox.client import QueryRecord


def event(text: str) -> Event:
    return Interrupted(cause=Cause.USER, detail=text)


def written(path: Path, *texts: str) -> Path:
    with closing(EventLog(path, lambda _: None)) as log:
        for text in texts:
            log.append(event(text))
    return path


def test_each_line_carries_the_hash_of_the_one_before(tmp_path: Path) -> None:
    """The documented format: SHA-256 over the bytes of the line before, without its newline."""
    path = written(tmp_path / "events.jsonl", "one", "two", "three")
    lines = path.read_bytes().splitlines()
    entries = read_events(path)

    assert [entry.seq for entry in entries] == [0, 1, 2]
    assert [entry.prev for entry in entries] == [GENESIS, *(hashlib.sha256(line).hexdigest() for line in lines[:-1])]
    assert [entry.event for entry in entries] == [event("one"), event("two"), event("three")]


def test_a_writer_goes_on_with_the_chain_of_the_one_before(tmp_path: Path) -> None:
    """Two lives make one chain."""
    path = written(tmp_path / "events.jsonl", "one")
    written(path, "two")

    assert [entry.event for entry in read_events(path)] == [event("one"), event("two")]


@pytest.mark.parametrize("damage", ["changed", "lost", "added", "swapped"])
def test_a_line_that_was_touched_breaks_the_chain(tmp_path: Path, damage: str) -> None:
    """The message names the line after which nothing can be believed."""
    path = written(tmp_path / "events.jsonl", "one", "two", "three", "four")
    one, two, three, four = path.read_bytes().splitlines()
    lines = {
        "changed": [one, two.replace(b"two", b"2wo"), three, four],
        "lost": [one, three, four],
        "added": [one, two, two, three, four],
        "swapped": [two, one, three, four],
    }[damage]
    path.write_bytes(b"\n".join(lines) + b"\n")

    with pytest.raises(BadInput, match=r"events\.jsonl, line [123]: the chain is broken"):
        read_events(path)


@given(cut=st.integers(min_value=1, max_value=400))
def test_wherever_a_write_is_cut_the_whole_lines_stay_and_the_rest_is_kept(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    """No byte is lost: what is not a whole line is in a file beside the log."""
    path = written(tmp_path_factory.mktemp("log") / "events.jsonl", "one", "two")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - cut])

    before = path.read_bytes()
    torn = set_aside_torn_tail(path)
    after = path.read_bytes()

    kept = b"".join(p.read_bytes() for p in path.parent.glob("*.torn-*"))
    assert (len(kept), after + kept) == (torn, before)
    assert len(read_events(path)) == after.count(b"\n")


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_clear_error_and_leaves_no_half_line(tmp_path: Path) -> None:
    """What did not fit is cut off again, so that the log goes on as soon as there is room."""
    path = tmp_path / "events.jsonl"
    with closing(EventLog(path, lambda _: None)) as log:
        log.append(event("one"))
        with (
            files_no_larger_than(path.stat().st_size + 50),
            pytest.raises(StorageError, match=r"Cannot write .*events\.jsonl: File too large"),
        ):
            log.append(event("two"))
        log.append(event("three"))

    assert [entry.event for entry in read_events(path)] == [event("one"), event("three")]


def test_a_closed_file_takes_no_more_lines(tmp_path: Path) -> None:
    """An engine's thread that outlives its audit cannot write into a file that is somebody else's by now."""
    file = AppendFile(tmp_path / "queries.jsonl")
    file.close()

    with pytest.raises(StorageError, match="Cannot write"):
        file.append(b"late", durable=False)


def test_every_answer_is_in_the_file_when_append_returns(tmp_path: Path) -> None:
    """Written ahead: a kill after this cannot make the answer unpaid."""
    with closing(QueryFile(tmp_path / "queries.jsonl")) as queries:
        record = QueryRecord(seq=0, inputs=(1.0, "a"), outputs=(None, "b"), new=2)
        queries.append(record)

        assert eventlog.read_queries(tmp_path / "queries.jsonl") == (record,)


def test_a_log_that_is_a_link_or_a_pipe_is_refused(tmp_path: Path) -> None:
    """A hostile run directory cannot make us read or write somewhere else, or wait for ever."""
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / "link").symlink_to(target)
    os.mkfifo(tmp_path / "pipe")

    for name in ("link", "pipe"):
        with pytest.raises((BadInput, StorageError)):
            read_events(tmp_path / name)
        with pytest.raises((BadInput, StorageError)):
            EventLog(tmp_path / name, lambda _: None)
    assert target.read_text() == "precious"


@pytest.mark.parametrize("line", [b"null", b"[" * 100_000, b"{}", b"\xff\xfe", b'{"seq": 1e999}'])
def test_a_line_that_is_no_event_is_named(tmp_path: Path, line: bytes) -> None:
    """Whatever the bytes are: one clear error with file and line, and nothing of their content."""
    path = written(tmp_path / "events.jsonl", "one")
    with path.open("ab") as file:
        file.write(line + b"\n")

    with pytest.raises(BadInput, match=r"events\.jsonl, line 2: not a Entry") as raised:
        read_events(path)
    assert len(str(raised.value)) < 500


def test_what_was_paid_for_waits_for_the_disk_and_what_can_be_said_again_does_not() -> None:
    """A power cut may cost a turn's message, which follows from its calls and experiments, and never one of these."""
    assert {ModelCall, Experiment}.isdisjoint(UNHURRIED)
    assert set(UNHURRIED) == {TurnStarted, Said}
