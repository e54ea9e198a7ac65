"""An oracle that holds no function: the host answers for it, and nothing else about it is different."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress

import pytest

from functions.brief import Brief, Category
from sandbox.client import ANSWERED_BY_HOST, Engine, ExperimentResult, Limits, OracleJob, SandboxFailure, Status
from sandbox.engines.local import LocalEngine
from sandbox.oracle.desk import Desk
from sandbox.oracle.orders import AnsweredByHost, Orders, Unanswered
from sandbox.oracle.server import Server
from sandbox.protocol import Frame, Lines, decode, encode, read_frame, write_all
from tests.sandbox.jobs import SECRET, MemoryLog

JOB = OracleJob(
    target=ANSWERED_BY_HOST,
    secret=SECRET,
    brief=Brief(category=Category.ENTITY, input_type="word", query_budget=10),
)
LIMITS = Limits(experiment_s=5, memory_mb=256)
ASK = "from lab import oracle, report\nreport([oracle.query({words!r}), oracle.remaining])\n"


class Host(MemoryLog):
    """A query log that gives each word its share of a long word's length, and nothing for "?"; it keeps what is asked.

    "slow" is answered when `go` is set, and "no" never.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []
        self.go = threading.Event()

    def answer(self, words: Sequence[str]) -> Sequence[float | str | None]:
        """One answer each."""
        self.asked.append(tuple(words))
        if "slow" in words:
            self.go.wait(60)
        if "no" in words:
            raise SandboxFailure("the host does not know")
        return [None if word == "?" else len(word) / 10 for word in words]


def ask(engine: Engine, log: MemoryLog, *codes: str, limits: Limits = LIMITS) -> list[ExperimentResult]:
    """Experiments in one sandbox."""
    with engine.open(JOB, limits, log, "test") as box:
        return [box.run(code) for code in codes]


def test_the_host_answers_and_the_oracle_counts(engine: Engine) -> None:
    """Batches come to the host as they are asked, are charged and logged; what the budget does not hold never comes."""
    host = Host()
    *results, over = ask(engine, host, *(ASK.format(words=asked) for asked in (["tree", "?"], "stone", ["tree"] * 8)))
    assert [result.stdout for result in results] == ["[[0.4, null], 8]\n", "[0.5, 7]\n"]
    assert "budget_exhausted" in over.stderr
    assert host.asked == [("tree", "?"), ("stone",)]
    assert [(record.inputs, record.outputs, record.new) for record in host] == [
        (("tree", "?"), (0.4, None), 2),
        (("stone",), (0.5,), 1),
    ]


def test_a_host_that_has_no_answer_ends_the_sandbox_and_charges_nothing(engine: Engine) -> None:
    """Whoever runs the experiment hears what happened, and nothing of what it printed."""
    host = Host()
    with engine.open(JOB, LIMITS, host, "test") as box, pytest.raises(SandboxFailure, match="the host does not know"):
        box.run(ASK.format(words=["no", "yes"]))
    assert (host.asked, list(host)) == ([("no", "yes")], [])


def test_an_oracle_without_anybody_who_answers_says_so(engine: Engine) -> None:
    """A plain log answers nothing."""
    with pytest.raises(SandboxFailure, match="what nobody answers"):
        ask(engine, MemoryLog(), ASK.format(words="tree"))


def test_an_experiment_that_waits_for_the_host_ends_at_its_deadline(engine: Engine) -> None:
    """The oracle does not wait on for whoever asked, and goes on; the late answer is nobody's, and is not charged."""
    host = Host()
    with engine.open(JOB, Limits(experiment_s=1), host, "test") as box:
        late = box.run(ASK.format(words="slow"))
        host.go.set()
        next_one = box.run(ASK.format(words="tree"))
    assert (late.status, late.queries_used) == (Status.TIMEOUT, 0)
    assert next_one.stdout == "[0.4, 9]\n"
    assert [record.inputs for record in host] == [("tree",)]


def test_an_answer_that_comes_after_the_end_goes_nowhere() -> None:
    """Its descriptors may be somebody else's by then: the file that gets them next stays empty."""
    host = Host()
    with LocalEngine().open(JOB, Limits(experiment_s=1), host, "test") as box:
        box.run(ASK.format(words="slow"))
    late = [thread for thread in threading.enumerate() if thread.name == "inquest-answer"]
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(64)]
        host.go.set()
        for thread in late:
            thread.join(10)
        assert len(late) == 1
        assert not late[0].is_alive()
        assert all(os.fstat(file.fileno()).st_size == 0 for file in files)


class Pipes:
    """A server without a socket that asks its host, and the host's ends of its pipes."""

    def __init__(self, seconds: float) -> None:
        orders, self._host = os.pipe()
        self._said, out = os.pipe()
        self._lines = Lines()
        self._fds = [orders, self._said, out]
        known = Orders(orders)
        say: Callable[[bytes], None] = lambda line: write_all(out, line)  # noqa: E731
        desk = Desk(JOB, AnsweredByHost(known, say, seconds), say)
        self.server = Server(desk, None, known, out, time.monotonic() + 60)
        self.thread = threading.Thread(target=self.server.serve)
        self.thread.start()

    def tell(self, **frame: object) -> None:
        """The host says something."""
        write_all(self._host, encode(frame))

    def hear(self) -> Frame:
        """What the oracle says next."""
        frame = read_frame(self._said, self._lines)
        assert frame is not None
        return frame

    def ask(self, *words: str) -> Frame:
        """The host asks in the name of a lab; the question that comes of it."""
        self.tell(op="ask", id=1, line=encode({"op": "query", "inputs": list(words)}).decode())
        return self.hear()

    def leave(self) -> None:
        """The host is gone."""
        with suppress(OSError):
            os.close(self._host)
        self.thread.join(10)
        assert not self.thread.is_alive()

    def close(self) -> None:
        self.leave()
        for fd in self._fds:
            os.close(fd)


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    """A server that waits long for its host."""
    running = Pipes(seconds=30)
    yield running
    running.close()


def test_orders_wait_in_line_while_the_host_is_asked(pipes: Pipes) -> None:
    """What comes through the host is answered the same way; a status is told after it."""
    assert pipes.ask("tree") == {"wanted": ["tree"], "id": 1}
    pipes.tell(op="status", id=2)
    pipes.tell(op="answers", id=1, outputs=[1])
    assert pipes.hear() == {"seq": 0, "inputs": ["tree"], "outputs": [1.0], "new": 1}
    assert pipes.hear() == {"mark": 1, "line": '{"outputs":[1.0],"remaining":9}\n', "remaining": 9}
    assert pipes.hear() == {"mark": 2, "remaining": 9}


@pytest.mark.parametrize("outputs", [{}, {"outputs": []}, {"outputs": 3}, {"outputs": [1, 2]}], ids=str)
def test_a_wrong_answer_is_an_error_that_costs_nothing(pipes: Pipes, outputs: dict[str, object]) -> None:
    """None, too few, too many, or no list of them."""
    pipes.ask("tree")
    pipes.tell(op="answers", id=1, **outputs)
    assert pipes.hear() == {"mark": 1, "line": '{"error":"function_error"}\n', "remaining": 10, "refused": {
        "function_error": 1
    }}  # fmt: skip


def test_the_end_of_an_experiment_is_the_end_of_waiting(pipes: Pipes) -> None:
    """And an answer that comes after it belongs to no other question."""
    pipes.ask("tree")
    pipes.tell(op="mark", id=2)
    assert decode(str(pipes.hear()["line"]).encode()) == {"error": "timeout"}
    assert pipes.hear()["mark"] == 2
    pipes.tell(op="answers", id=1, outputs=[1])
    assert pipes.ask("stone") == {"wanted": ["stone"], "id": 2}
    pipes.tell(op="answers", id=2, outputs=[0.5])
    assert pipes.hear()["outputs"] == [0.5]


def test_a_host_that_says_nothing_is_not_waited_for_without_end() -> None:
    """The batch is refused; the host may ask for something else."""
    silent = Pipes(seconds=0.05)
    silent.ask("tree")
    assert silent.hear()["refused"] == {"timeout": 1}
    silent.close()


def test_a_host_that_leaves_while_it_is_asked_ends_the_oracle(pipes: Pipes) -> None:
    """Nobody is left to answer to."""
    pipes.ask("tree")
    pipes.leave()


def test_a_target_that_is_nowhere_has_no_answer() -> None:
    """A closed pipe is no answer."""
    orders, host = os.pipe()
    os.close(host)
    target = AnsweredByHost(Orders(orders), [].append, 5)
    with pytest.raises(Unanswered):
        target.answer(["tree"], [0], b"")
    os.close(orders)
