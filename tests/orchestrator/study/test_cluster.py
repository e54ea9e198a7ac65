"""Studies on a Ray cluster: two nodes on one machine, real Ray processes. Needs the `ray` extra."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.errors import BadInput
from orchestrator.study.cluster import RayWorkers, Writer
from orchestrator.study.courier import Change
from orchestrator.study.verify import verify
from tests.orchestrator.study.fakes import canonical, make_parts, run, slow_parts
from tests.orchestrator.study.test_run import gradings

pytestmark = [pytest.mark.extras, pytest.mark.filterwarnings("ignore")]  # warnings of Ray's own


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A head without processors, so that audits run on the two nodes beside it."""
    utils = pytest.importorskip("ray.cluster_utils", reason="Ray is not installed: make test-extras")
    found = utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    yield found
    found.shutdown()


def test_a_node_is_killed_and_the_study_ends_as_on_one_machine(tmp_path: Path, cluster: Any) -> None:
    """No audit is lost or graded twice; results are those of the local executor; everything follows from everything."""
    first, _ = cluster.add_node(num_cpus=1), cluster.add_node(num_cpus=1)
    executor = RayWorkers(cluster.address, 2, slow_parts)

    def kill() -> None:
        while not (tmp_path / "ray").is_dir() or sum(gradings(tmp_path / "ray").values()) < 3:
            time.sleep(0.05)
        cluster.remove_node(first, allow_graceful=False)

    killer = threading.Thread(target=kill)
    killer.start()
    rows = run(tmp_path / "ray", executor)
    killer.join()

    assert max(row.attempts for row in rows.values()) > 1
    assert canonical(rows) == canonical(run(tmp_path / "local"))
    assert set(gradings(tmp_path / "ray").values()) == {1}
    assert verify(tmp_path / "ray").intact


def test_a_stopped_study_goes_on_on_the_cluster(tmp_path: Path, cluster: Any) -> None:
    """What was done is not done again, wherever it was done."""
    cluster.add_node(num_cpus=2)
    run(tmp_path / "study", limit=5)
    rows = run(tmp_path / "study", RayWorkers(cluster.address, 2, make_parts))

    assert canonical(rows) == canonical(run(tmp_path / "undisturbed"))
    assert set(gradings(tmp_path / "study").values()) == {1}


def test_a_node_that_was_given_up_cannot_write_any_more(tmp_path: Path) -> None:
    """It may be alive behind a cut wire: the study listens to the latest attempt alone."""
    pytest.importorskip("ray", reason="Ray is not installed: make test-extras")
    run_path, line = tmp_path / "audit", Change(name="events.jsonl", offset=None, content=b"0\n")
    writer = Writer()
    writer.begin(run_path, 1)
    writer.write(run_path, 1, (line,))
    assert writer.begin(run_path, 2) == (line,)

    with pytest.raises(BadInput, match="given up"):
        writer.write(run_path, 1, (line,))
    writer.end(run_path)
