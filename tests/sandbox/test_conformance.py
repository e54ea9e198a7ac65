"""What every kind of sandbox must do alike. The same tests run against each."""

import math
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.brief import Interpretation
from functions.spec import parse_spec
from sandbox.client import CandidateRunner, Engine, ExperimentResult, Limits, Sandbox, Status
from sandbox.policy import Promise
from tests.sandbox.jobs import MARK, SECRET, MemoryLog, line_job

LIMITS = Limits(experiment_s=5, memory_mb=256, output_bytes=2000)


@pytest.fixture
def log() -> MemoryLog:
    """Where the sandbox of a test logs."""
    return MemoryLog()


@pytest.fixture
def box(engine: Engine, log: MemoryLog) -> Iterator[Sandbox]:
    """A sandbox with 100 queries."""
    with engine.open(line_job(), LIMITS, log, "test") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def shared_box(engine: Engine) -> Iterator[Sandbox]:
    """A sandbox that many experiments go through."""
    with engine.open(line_job(), LIMITS, MemoryLog(), "test") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def runner(engine: Engine) -> Iterator[CandidateRunner]:
    """A runner that many candidates go through."""
    with engine.open_candidate(LIMITS, "test") as running:
        yield running


def run(box: Sandbox, code: str) -> ExperimentResult:
    """One experiment, written indented."""
    return box.run(textwrap.dedent(code))


def test_an_experiment_asks_and_reports(box: Sandbox, log: MemoryLog) -> None:
    """Arrays, lists and numbers go in; arrays of the same shape come out; every query is logged."""
    result = run(
        box,
        """
        import numpy as np
        from lab import observations, oracle, report
        report({
            "array": oracle.query(np.array([[1.0, 2.0], [3.0, 4.0]])).shape,
            "list": oracle.query([5, 6]).shape,
            "number": oracle.query(7).shape,
            "seen": observations.x,
            "finite": bool(np.isfinite(observations.y).all()),
            "remaining": oracle.remaining,
            "category": oracle.brief["category"],
            "nothing": [np.nan, np.inf],
        })
        """,
    )
    assert result.status is Status.OK, result.stderr
    assert result.stdout == (
        '{"array": [2, 2], "list": [2], "number": [], "seen": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], "finite": true,'
        ' "remaining": 93, "category": "numeric", "nothing": [null, null]}\n'
    )
    assert result.queries_used == 7
    assert [x for record in log for x in record.inputs] == [1, 2, 3, 4, 5, 6, 7]
    assert box.remaining == 93


def test_observations_last_and_nothing_else_does(box: Sandbox) -> None:
    """The next experiment knows what was answered, and no variable, file or module of the last one."""
    run(
        box,
        "import builtins\nfrom lab import oracle\noracle.query([1, 2]); builtins.left = 1; open('left', 'w').close()",
    )
    result = run(
        box,
        """
        import builtins, os
        from lab import observations
        print(observations.x.tolist(), len(observations.y), hasattr(builtins, "left"), os.listdir("."))
        """,
    )
    assert result.stdout == "[1.0, 2.0] 2 False []\n"


def test_answers_are_the_specs_own_and_replay(engine: Engine, box: Sandbox, log: MemoryLog) -> None:
    """The oracle answers what the spec samples under the audit's secret: equal in every run."""
    run(box, "from lab import oracle\noracle.query([1.0, 1.0, 2.0])")
    import numpy as np

    x, before = np.array([1.0, 1.0, 2.0]), np.array([0, 1, 0])
    expected = parse_spec(line_job().target).sample(x, before, bytes.fromhex(SECRET))
    assert log[0].outputs == pytest.approx(tuple(expected.tolist()), rel=1e-12)
    again = MemoryLog()
    with engine.open(line_job(), LIMITS, again, "test") as other:
        other.run("from lab import oracle\noracle.query([1.0, 1.0, 2.0])")
    assert again == log


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("print('fine')", Status.OK, ""),
        ("import sys; sys.exit(0)", Status.OK, ""),
        ("1 / 0", Status.ERROR, "ZeroDivisionError"),
        ("this is no Python", Status.ERROR, "SyntaxError"),
        ("import sys; sys.exit('told you')", Status.ERROR, "told you"),
        ("raise KeyboardInterrupt", Status.ERROR, "KeyboardInterrupt"),
        ("import os; os._exit(7)", Status.ERROR, "exit code 7"),
        ("x = bytearray(1 << 32)", Status.OUT_OF_MEMORY, ""),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Status.KILLED, "SIGSEGV"),
        ("from lab import oracle\noracle.query([1.0] * 101)", Status.ERROR, "budget_exhausted"),
        ("from lab import oracle\noracle.query([float('nan')])", Status.ERROR, "bad_input"),
        ("import functions", Status.ERROR, "cannot be imported"),
        ("import judges", Status.ERROR, "cannot be imported"),
        ("import orchestrator", Status.ERROR, "cannot be imported"),
    ],
)
def test_endings_are_told_apart(shared_box: Sandbox, code: str, status: Status, words: str) -> None:
    """Each way to end has its status, and the traceback shows the script alone."""
    result = run(shared_box, code)
    assert result.status is status, result
    assert words in result.stderr
    assert "run_script" not in result.stderr


def test_a_deadline_ends_an_experiment(engine: Engine, log: MemoryLog) -> None:
    """An endless loop is a timeout, its output and queries are kept, and the next experiment runs."""
    with engine.open(line_job(), Limits(experiment_s=1), log, "test") as box:
        result = run(box, "from lab import oracle\nprint('begun', flush=True)\noracle.query(1)\nwhile True: pass")
        assert (result.status, result.stdout, result.queries_used) == (Status.TIMEOUT, "begun\n", 1)
        assert run(box, "print(1)").stdout == "1\n"


def test_output_is_capped_with_head_and_tail(shared_box: Sandbox) -> None:
    """A flood keeps its beginning and its end, says what is missing, and is marked as truncated."""
    result = run(shared_box, "print('head'); print('x' * 5_000_000); print('tail')")
    assert result.status is Status.OK
    assert result.truncated
    assert result.stdout.startswith("head\n")
    assert result.stdout.endswith("tail\n")
    assert len(result.stdout) < 2200


def test_undecodable_output_is_replaced(shared_box: Sandbox) -> None:
    """Bytes that are no text come out as replacement characters."""
    assert run(shared_box, "import os; os.write(1, b'a\\xff\\xfeb')").stdout == "a\ufffd\ufffdb"


def test_the_budget_ends_exactly(box: Sandbox) -> None:
    """The last query is answered, one more is not, also across experiments."""
    assert run(box, "from lab import oracle\noracle.query([1.0] * 99)").status is Status.OK
    assert run(box, "from lab import oracle\noracle.query([1.0, 2.0])").status is Status.ERROR
    assert run(box, "from lab import oracle\noracle.query([1.0])").status is Status.OK
    assert box.remaining == 0


def test_an_interrupted_sandbox_goes_on_as_if_nothing_had_been(engine: Engine) -> None:
    """Equal answers and equal `remaining`; what was paid for is not charged again."""
    script = "from lab import oracle\nprint(oracle.query([1.0, 2.0]).tolist(), oracle.remaining)"
    first_log, lost_log = MemoryLog(), MemoryLog()
    with engine.open(line_job(), LIMITS, first_log, "test") as box:
        box.run("from lab import oracle\noracle.query([1.0])")
        undisturbed = box.run(script)
    settled, paid = tuple(first_log[:1]), tuple(first_log[1:])
    with engine.open(line_job(settled=settled, paid=paid), LIMITS, lost_log, "test") as box:
        assert box.remaining == 99
        again = box.run(script)
        assert box.remaining == 97
    assert again.stdout == undisturbed.stdout
    assert [record.new for record in lost_log] == [0]
    assert lost_log[0].seq == 2


def test_what_is_submitted_reaches_the_host(engine: Engine, log: MemoryLog) -> None:
    """The protocol's last word, for third-party interpreters."""
    with engine.open(line_job(), LIMITS, log, "test") as box:
        assert box.submitted is None
        run(
            box,
            """
            import json, socket
            from lab import oracle
            sock = socket.socket(socket.AF_UNIX)
            sock.connect(oracle._path)
            for words in ("A line.", "later"):
                order = {"op": "submit", "interpretation": {"description": words}}
                sock.sendall(json.dumps(order).encode() + b"\\n")
                print(sock.recv(100))
        """,
        )
        assert box.submitted == Interpretation(description="A line.")


def test_a_large_batch_is_one_frame(engine: Engine, log: MemoryLog) -> None:
    """Ten thousand inputs at once, at full precision."""
    with engine.open(line_job(budget=10_000, scale=0), LIMITS, log, "test") as box:
        code = "import numpy as np\nfrom lab import oracle\nx = np.random.rand(10_000)\nprint(len(oracle.query(x)))"
        assert run(box, code).stdout == "10000\n"
    assert len(log) == 1


def test_every_promise_is_answered_to(engine: Engine) -> None:
    """An engine says of each promise whether it keeps it."""
    isolation = engine.isolation
    assert {*isolation.promises, *isolation.not_promised} == set(Promise)
    assert not set(isolation.promises) & set(isolation.not_promised)


def test_candidates_answer_one_input_at_a_time(runner: CandidateRunner) -> None:
    """A value for each input, in order, and no memory from one input to the next."""
    code = "seen = []\ndef function(x):\n    seen.append(x)\n    return x * len(seen)"
    answers = runner.evaluate(code, [1.0, 2.0, -3.5])
    assert [answer.value for answer in answers] == [1.0, 2.0, -3.5]


@pytest.mark.parametrize(
    ("expression", "value", "error"),
    [
        ("x", 2.0, None),
        ("3", 3.0, None),
        ("np.float32(0.5)", 0.5, None),
        ("np.int64(4)", 4.0, None),
        ("np.array(5.0)", 5.0, None),
        ("np.array([6.0])", 6.0, None),
        ("'word'", "word", None),
        ("math.nan", None, None),
        ("-math.inf", None, None),
        ("10 ** 400", None, None),
        ("True", None, "bool"),
        ("np.bool_(True)", None, "bool"),
        ("1j", None, "complex"),
        ("np.complex128(1)", None, "complex"),
        ("None", None, None),
        ("[1.0]", None, "list"),
        ("np.array([1.0, 2.0])", None, "ndarray"),
        ("1 / 0", None, "ZeroDivisionError"),
        ("exit(0)", None, "SystemExit"),
        ("os._exit(0)", None, "died"),
        ("os.abort()", None, "died"),
    ],
)
def test_what_candidates_return_has_one_meaning(
    runner: CandidateRunner, expression: str, value: float | str | None, error: str | None
) -> None:
    """Real numbers are numbers, what is not finite is undefined, anything else is an error in one line."""
    code = f"import math, os\nimport numpy as np\ndef function(x):\n    return {expression}"
    (answer,) = runner.evaluate(code, [2.0])
    assert answer.value == value
    assert (answer.error is None) is (error is None)
    assert error is None or error in (answer.error or "")


def test_a_hanging_candidate_is_bounded(engine: Engine) -> None:
    """After a number of timeouts the rest is not run."""
    limits = Limits(experiment_s=0.2)
    with engine.open_candidate(limits, "test") as runner:
        answers = runner.evaluate("def function(x):\n    while True: pass", [1.0] * 50)
        assert answers[0].error == "timeout"
        assert answers[-1].error is not None
        assert answers[-1].error.startswith("not run")
        assert runner.evaluate("def function(x): return x", [1.0])[0].value == 1.0


def test_a_candidate_that_dies_by_force_each_time_is_bounded(engine: Engine) -> None:
    """As one that takes all memory does: after a number of such deaths the rest is not run."""
    with engine.open_candidate(LIMITS, "test") as runner:
        code = "import os, signal\ndef function(x):\n    os.kill(os.getpid(), signal.SIGKILL)"
        answers = runner.evaluate(code, [1.0] * 50)
        assert answers[0].error == "died (SIGKILL)"
        assert (answers[-1].error or "").startswith("not run")


def test_code_without_a_function_is_an_error_for_each_input(runner: CandidateRunner) -> None:
    """Empty code, broken code and a name that is no function."""
    for code in ("", "function = 3", "def function(:", "raise ValueError('no')"):
        assert all(answer.error for answer in runner.evaluate(code, [1.0, 2.0]))


def test_closing_twice_is_harmless(engine: Engine, log: MemoryLog) -> None:
    """Close is what a context manager and a worried caller both do."""
    box = engine.open(line_job(), LIMITS, log, "test")
    box.close()
    box.close()


def test_a_killed_owner_leaves_nothing_behind(engine: Engine, tmp_path: Path) -> None:
    """SIGKILL the host in the middle of an experiment: its processes end, and the reaper removes what is left."""
    kind = {"docker": "DockerEngine()", "local": f"LocalEngine(bubblewrap={getattr(engine, 'bubblewrap', None)})"}
    name = engine.isolation.engine
    program = f"""
        import os, signal, threading
        from sandbox.client import Limits
        from sandbox.engines.{name} import {kind[name].partition("(")[0]}
        from tests.sandbox.jobs import MemoryLog, line_job
        engine = {kind[name]}
        box = engine.open(line_job(), Limits(), MemoryLog(), "killed-owner")
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
        box.run("import time; time.sleep(60)")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=Path(__file__).parents[2], capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    engine.reap()
    assert engine.reap() == 0


def test_a_value_survives_the_way_exactly(engine: Engine, log: MemoryLog) -> None:
    """Floats are written so that they come back bit for bit."""
    with engine.open(line_job(scale=0), LIMITS, log, "test") as box:
        result = run(box, "from lab import oracle\nprint(repr(float(oracle.query(0.1))))")
    assert float(result.stdout) == log[0].outputs[0]
    assert math.isclose(float(result.stdout), 0.1 * MARK + 1.0, rel_tol=1e-12)
