"""The classical team as a submission: what the same code does inside the harness, it does behind the protocol."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docker as sdk
import pytest

from orchestrator.audit import audit
from orchestrator.budget import Budget
from orchestrator.config import Team
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.submission.examples import write_example
from sandbox.engines.docker import DockerEngine

pytestmark = pytest.mark.engine

NAME = "inquest-example-classical"
OTHERWISE = ("seconds.wall", "experiments.run", "turns.taken")  # a submission's turns are its own affair


@pytest.fixture(scope="module")
def classical(docker: DockerEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The image, as `submission init --language classical` and `docker build` make it."""
    folder = tmp_path_factory.mktemp("classical") / "it"
    write_example(folder, "classical", docker.find_image(docker.images.oracle).name)
    client = sdk.from_env()
    client.images.build(path=str(folder), tag=NAME)
    yield str(docker.find_image(NAME))
    client.images.remove(NAME, force=True)
    client.close()


@pytest.mark.parametrize("function", ["demo@1/numeric/0003", "demo@1/numeric/0005"])
def test_it_scores_as_inside_the_harness(function: str, classical: str, docker: DockerEngine, tmp_path: Path) -> None:
    """The same interpretation, from as many queries, with the same grade."""
    parts = replace(Parts.real(), choose_engine=lambda _sandbox, _runtime: docker)

    def run(team: str) -> AuditResult:
        return audit(function, team=Team.parse(team), budget=Budget(queries=60), out=tmp_path, parts=parts)

    inside, outside = run("classical"), run(f"submission={classical}")

    assert outside.interpretation == inside.interpretation
    figures = [{k: v for k, v in result.figures.items() if k not in OTHERWISE} for result in (inside, outside)]
    assert figures[0] == figures[1]
    assert inside.figures["code.score"] > 0.9


def test_it_holds_no_truth(classical: str, docker: DockerEngine) -> None:
    """What generates functions is not in the image: only what roles know."""
    client = sdk.from_env()
    listing = client.containers.run(
        classical.partition("@")[0], ["-c", "find / -path '*functions/*' -name '*.py'"], entrypoint="sh", remove=True
    )
    client.close()
    found = {Path(line).name for line in listing.decode().split() if "/classical/" in line or "/inquest/" in line}

    assert found == {"__init__.py", "brief.py", "errors.py"}
