"""What holds between the orchestrator and a real sandbox: the local one, which every machine has."""

from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.audit import configure
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.eventlog import QueryFile
from orchestrator.experiment import run_once
from orchestrator.files import StorageError
from sandbox.client import Limits, OracleJob, QueryRecord, Status
from sandbox.engines import choose_engine
from tests.orchestrator.fakes import SPEC

CONFIG = configure("fake", SPEC, Team(), Budget(queries=10), seed=0)
JOB = OracleJob(target=CONFIG.target, secret=CONFIG.secret, brief=CONFIG.brief)
ASK = "from lab import oracle\nprint(oracle.query([1.0, 1.0]).tolist(), oracle.remaining)"


class FullDisk:
    """A query log that cannot be written."""

    def append(self, _: QueryRecord, /) -> None:
        raise StorageError("Cannot write queries.jsonl: No space left on device.")


def test_an_answer_that_cannot_be_recorded_is_never_given() -> None:
    """A full disk ends the experiment with its own error, at once, and is nobody else's fault."""
    with choose_engine("local").open(JOB, Limits(), FullDisk(), "test") as sandbox, pytest.raises(StorageError):
        sandbox.run(ASK)


def test_a_continued_sandbox_answers_as_an_undisturbed_one(tmp_path: Path) -> None:
    """What was settled stays asked, what was lost is answered again: equal, and free."""
    with closing(QueryFile(tmp_path / "queries.jsonl")) as queries:
        with choose_engine("local").open(JOB, Limits(), queries, "test") as sandbox:
            first, second = sandbox.run(ASK), sandbox.run(ASK)
        settled, paid = queries.records[:1], queries.records[1:]
        again = JOB.model_copy(update={"settled": tuple(settled), "paid": tuple(paid)})
        with choose_engine("local").open(again, Limits(), queries, "test") as sandbox:
            assert sandbox.run(ASK).stdout == second.stdout

    assert first.stdout != second.stdout
    assert sum(record.new for record in queries.records) == 4


def test_one_experiment_by_hand_comes_back_with_its_output_and_cost(tmp_path: Path) -> None:
    """`inquest sandbox run`: the user's script, the real sandbox, the hidden function."""
    (tmp_path / "spec.json").write_text(SPEC.model_dump_json())
    (tmp_path / "script.py").write_text(ASK)
    (tmp_path / "link.py").symlink_to(tmp_path / "script.py")

    result = run_once(tmp_path / "link.py", str(tmp_path / "spec.json"), sandbox="local", queries=7, seed=0)

    assert (result.status, result.queries_used) == (Status.OK, 2)
    assert result.stdout.endswith(" 5\n")
