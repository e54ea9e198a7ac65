"""The how-to for organisers, followed literally, with the example of authors as the submission."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docker as sdk
import pytest

from orchestrator.submission.examples import DEFAULTS, write_example
from sandbox.engines.docker import DockerEngine

pytestmark = pytest.mark.engine

PAGE = Path(__file__).parents[2] / "docs" / "how-to-organise.md"
NAME = "inquest-organised"


@pytest.fixture
def image(docker: DockerEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A submission that works; removed afterwards."""
    folder = tmp_path_factory.mktemp("image") / "mine"
    write_example(folder, "perl", DEFAULTS["perl"])
    client = sdk.from_env()
    client.images.build(path=str(folder), tag=NAME)
    yield NAME
    client.images.remove(NAME, force=True)
    client.close()


def test_the_how_to_works_as_it_is_written(image: str, tmp_path: Path) -> None:
    """From a secret seed to a leaderboard and a reveal that holds: every block of the page, in an empty folder."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "IMAGE": image}
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL):
        done = subprocess.run(["bash", "-ec", block], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"

    assert "First team" in (tmp_path / "receipts" / "index.html").read_text()
    receipt = tmp_path / "receipts" / "first.json"
    receipt.write_text(receipt.read_text().replace("First team", "Worst team"))
    verify = ["inquest", "submission", "verify", str(receipt), "--json"]
    changed = subprocess.run(verify, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert changed.returncode == 1
    assert '"name": "signature", "passed": false' in changed.stdout
