"""The how-to for authors, followed literally; and the examples that come with it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docker as sdk
import pytest

from functions.errors import BadInput
from orchestrator.submission.examples import DEFAULTS, write_example
from orchestrator.submission.validate import validate
from sandbox.engines.docker import DockerEngine

pytestmark = pytest.mark.engine

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to-submit.md"
BINARIES = Path(sys.executable).parent


@pytest.fixture
def tidy() -> Iterator[None]:
    """What was built is removed."""
    yield
    client = sdk.from_env()
    for name in ("mine", *(f"inquest-example-{language}" for language in DEFAULTS)):
        for image in client.images.list(name):
            client.images.remove(image.id, force=True)
    client.close()


def test_the_how_to_works_as_it_is_written(docker: DockerEngine, tmp_path: Path, tidy: None) -> None:
    """Every command of the page, in its order, in an empty folder: each ends well."""
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL) for line in block.split("\n")
    ]
    environment = os.environ | {"PATH": f"{BINARIES}:{os.environ['PATH']}", "DOCKER_BUILDKIT": "0"}

    for command in filter(None, commands):
        done = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True)  # noqa: S602 - our own page
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"

    again = "inquest submission run mine --suite demo@1 --limit 2 --out runs/mine --json"
    done = subprocess.run(again, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True)  # noqa: S602
    figures = json.loads(done.stdout)["figures"]
    assert (figures["outcome.graded"], figures["outcome.infrastructure"], figures["done"]) == (2, 0, 2)
    assert (tmp_path / "runs" / "mine" / "report.html").exists()
    assert len(list((tmp_path / "runs" / "mine").glob("*/stdout.txt"))) == 2


def test_the_example_in_another_language_works(docker: DockerEngine, tmp_path: Path, tidy: None) -> None:
    """Perl, of Debian's base system."""
    name = "inquest-example-perl"
    write_example(tmp_path / "mine", "perl", "debian:trixie-slim")
    client = sdk.from_env()
    client.images.build(path=str(tmp_path / "mine"), tag=name)
    client.close()

    found = validate(docker, docker.find_image(name), 60.0)

    assert found.passed, found


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder that holds something is left alone."""
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(BadInput, match="not empty"):
        write_example(tmp_path, "python", "base")
