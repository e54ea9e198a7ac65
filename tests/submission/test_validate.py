"""`submission validate` says exactly what is wrong with an image."""

import pytest

from orchestrator.submission.validate import Validation, easy_functions, validate
from sandbox.engines.docker import DockerEngine
from tests.submission.images import Workshop

pytestmark = pytest.mark.engine

LINE = {"line": easy_functions()["line"]}


def look(workshop: Workshop, docker: DockerEngine, entry: list[str] | None, seconds: float = 30.0) -> Validation:
    """Validate an image on the line alone."""
    return validate(docker, workshop.image(entry), seconds, LINE)


def test_an_honest_image_passes_every_check(workshop: Workshop, docker: DockerEngine) -> None:
    """And the figures say how many there were."""
    found = look(workshop, docker, ["python3", "/behaviours.py", "honest"])

    assert found.passed, found
    assert found.figures == {"checks": 7, "passed": 7}


@pytest.mark.parametrize(
    ("name", "check", "says"),
    [
        ("net_tcp", "line.network", "Network is unreachable"),
        ("writes_elsewhere", "line.files", "Read-only file system"),
        ("not_json", "line.requests", "bad_request"),
        ("wrong_fields", "line.requests", "interpretation.noise.kind"),
        ("memory_bomb", "line.submits", "out_of_memory"),
        ("crashes", "line.submits", "exit code 3"),
        ("waits_for_stdin", "line.submits", "no_submit"),
        ("becomes_root", "line.user", "runs as user 64005"),
        ("floods_the_judges_container", "line.code", "Its code fails"),
    ],
)
def test_what_is_wrong_is_named(name: str, check: str, says: str, workshop: Workshop, docker: DockerEngine) -> None:
    """Each fault fails its own check, in words that the author can act on."""
    found = look(workshop, docker, ["python3", "/behaviours.py", name])

    failed = {check.name: check.detail for check in found.checks if not check.passed}
    assert says in failed[check], found


def test_a_late_image_is_told_from_one_that_hangs(workshop: Workshop, docker: DockerEngine) -> None:
    """Who hands in after the deadline hears that it came too late."""
    found = look(workshop, docker, ["python3", "/behaviours.py", "late"], seconds=1.0)

    assert {check.name: check.detail for check in found.checks}["line.submits"].startswith("It handed in after ")
    assert not found.passed


@pytest.mark.parametrize(
    ("entry", "says"), [(None, "no_entry_point"), (["/nowhere"], "no_entry_point"), (["/etc/passwd"], "wrong_user")]
)
def test_an_image_that_cannot_be_started_is_not_run(
    entry: list[str] | None, says: str, workshop: Workshop, docker: DockerEngine
) -> None:
    """There is one check, and it says why."""
    found = look(workshop, docker, entry)

    assert [(check.name, check.passed) for check in found.checks] == [("starts", False)]
    assert says in found.checks[0].detail
