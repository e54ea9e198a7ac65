"""Code from elsewhere in an oracle: it answers, and whatever else it does harms nobody but its own audit."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from functions.brief import Category
from functions.errors import BadInput
from functions.target import ImportedCode
from orchestrator.experiment import run_once
from sandbox.client import Engine, ExperimentResult, Limits, OracleJob
from sandbox.oracle.alarm import alarm
from sandbox.oracle.desk import Desk
from sandbox.oracle.imported import Imported
from sandbox.protocol import ErrorCode, Frame, FrameError, decode
from tests.sandbox.jobs import SECRET, MemoryLog

ODD = """
import math
import numpy as np

def function(x):
    return {
        1: 2, 2: np.float32(0.5), 3: np.array([7]), 4: float("inf"), 5: None, 6: True, 7: [1, 2], 8: 10**400, 9: 1j,
        10: "text", 11: "\\ud800",
    }.get(x) if x < 12 else 1 / 0
"""


HANGS = """
def function(x):
    while x < 0:
        try:
            pass
        except BaseException:
            pass
    return x
"""


@pytest.fixture
def running() -> Iterator[list[Imported]]:
    """Whatever a test starts is ended."""
    started: list[Imported] = []
    yield started
    for target in started:
        target.close()


def desk(running: list[Imported], source: str) -> Desk:
    """A desk for this source, as a numeric function."""
    code = ImportedCode(category=Category.NUMERIC, source=source)
    running.append(Imported(code))
    job = OracleJob(target={}, secret=SECRET, brief=code.brief(100))
    return Desk(job, running[-1], [].append, alarm())


def query(at: Desk, inputs: Sequence[float]) -> Frame:
    """One query."""
    return decode(at.answer({"op": "query", "inputs": list(inputs)}))


def test_values_have_one_meaning(running: list[Imported]) -> None:
    """A finite number or a text is itself, numpy's too; all else, and whatever raises, is undefined."""
    outputs = query(desk(running, ODD), range(1, 13))["outputs"]
    assert outputs == [2.0, 0.5, 7.0, None, None, None, None, None, None, "text", None, None]


def test_it_may_keep_a_state(running: list[Imported]) -> None:
    """From one query to the next it is one process."""
    at = desk(running, "seen = []\ndef function(x):\n    seen.append(x)\n    return len(seen)\n")
    assert [query(at, [0.0, 0.0])["outputs"], query(at, [0.0])["outputs"]] == [[1.0, 2.0], [3.0]]


@pytest.mark.parametrize("source", [
    "raise SystemExit",
    "function = 3",
    "import os\nos._exit(0)",
    "import os\ndef function(x): os._exit(0)",
    "import os, signal\ndef function(x): os.kill(os.getpid(), signal.SIGKILL)",
    "import sys\ndef function(x): sys.exit()",
])  # fmt: skip
def test_code_that_dies_is_a_fixed_error_and_costs_nothing(running: list[Imported], source: str) -> None:
    """Again and again, for each batch it is started anew."""
    at = desk(running, source)
    for _ in range(2):
        with pytest.raises(FrameError) as caught:
            query(at, [1.0])
        assert caught.value.code is ErrorCode.FUNCTION_ERROR
    assert at.remaining == 100


def test_code_that_hangs_is_stopped(running: list[Imported], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that catches every exception; the next batch is answered by a new process."""
    monkeypatch.setattr("sandbox.oracle.desk.ANSWER_S", 0.5)
    at = desk(running, HANGS)
    with pytest.raises(FrameError) as caught:
        query(at, [1.0, -1.0])
    assert caught.value.code is ErrorCode.TIMEOUT
    assert query(at, [2.0])["outputs"] == [2.0]


def test_it_has_no_descriptor_of_the_oracle(running: list[Imported]) -> None:
    """Standard streams and its two pipes, nothing else: neither socket nor log."""
    source = "import os\ndef function(x):\n    return len(os.listdir('/proc/self/fd')) - 1\n"
    assert query(desk(running, source), [0.0])["outputs"] == [5.0]


def test_what_it_prints_is_lost(running: list[Imported], capfd: pytest.CaptureFixture[str]) -> None:
    """It cannot write into the oracle's log of answers."""
    query(desk(running, "def function(x):\n    print('{\"seq\": 0}', flush=True)\n    return x\n"), [1.0])
    assert capfd.readouterr().out == ""


@pytest.mark.engine
def test_a_lab_asks_imported_code_in_a_container(docker_engine: Engine) -> None:
    """Through the real engine, with its module from the oracle's image."""
    code = ImportedCode(category=Category.NUMERIC, source=ODD)
    job = OracleJob(target=code.model_dump(mode="json"), secret=SECRET, brief=code.brief(10))
    with docker_engine.open(job, Limits(), MemoryLog(), "test") as box:
        result: ExperimentResult = box.run("from lab import oracle, report\nreport(oracle.query([1, 2, 4]))")
    assert json.loads(result.stdout) == [2.0, 0.5, None], result.stderr


@pytest.mark.engine
def test_code_that_eats_all_memory_does_not_take_the_oracle_with_it(docker_engine: Engine) -> None:
    """The container's memory is bounded, and the code is the first to go."""
    code = ImportedCode(
        category=Category.NUMERIC, source="def function(x):\n    return len(bytearray(int(x)).replace(b'\\0', b'1'))\n"
    )
    job = OracleJob(target=code.model_dump(mode="json"), secret=SECRET, brief=code.brief(10))
    script = (
        "from lab import oracle\ntry:\n    oracle.query(2e9)\nexcept Exception as e:\n    print(e.code)\n"
        "print(oracle.query(3))"
    )
    with docker_engine.open(job, Limits(), MemoryLog(), "test") as box:
        assert box.run(script).stdout.split("\n") == ["function_error", "3.0", ""]


def test_without_a_container_a_person_has_to_insist(tmp_path: Path) -> None:
    """Asking for the local sandbox is not enough; saying that the code is trusted is."""
    code = ImportedCode(category=Category.NUMERIC, source="def function(x):\n    return x + 1\n")
    (tmp_path / "code.json").write_text(code.model_dump_json())
    (tmp_path / "script.py").write_text("from lab import oracle\nprint(oracle.query([1.0])[0])")
    function = str(tmp_path / "code.json")
    with pytest.raises(BadInput, match="--trust-foreign-code"):
        run_once(tmp_path / "script.py", function, sandbox="local", queries=5, seed=0)
    result = run_once(tmp_path / "script.py", function, sandbox="local", queries=5, seed=0, trusted=True)
    assert result.stdout == "2.0\n"
