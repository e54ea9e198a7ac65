"""Images that cheat, attack or are broken: each ends in the right outcome, and gains nothing."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import pytest

from sandbox.check.job import MARK, MemoryLog, line_job
from sandbox.client import Limits
from sandbox.engines.docker import DockerEngine
from sandbox.submission import Delivery, Failure
from tests.submission.images import Workshop

pytestmark = pytest.mark.engine

AUDIT = "dishonest"
BUDGET = 10
LIMITS = Limits(memory_mb=256, processes=32, lifetime_s=120)
PATIENT_S = 40.0
SHORT_S = 3.0  # for those who are to be caught by their deadline

NEVER_ENDS = {
    "late": "",
    "fork_bomb": "",
    "ignores_sigterm": "",
    "turns_the_clock": "refused",
    "hangs_silently": "",
}
ENDS = {  # what it hands nothing in for; what it must have printed
    "net_tcp": "refused",
    "net_names": "refused",
    "net_udp": "refused",
    "net_raw": "refused",
    "net_http": "refused",
    "engines_socket": "refused",
    "hunt_files": "",
    "hunt_processes": "",
    "hunt_words": "bad_input",
    "overspend": "answered 9",
    "replace_socket": "refused",
    "listen_in_its_name": "refused",
    "points_elsewhere": "ours",
    "starves_others": "100",
    "by_an_orphan": "",
    "gigantic_description": "too_large",
    "gigantic_code": "too_large",
    "gigantic_line": "too_large",
    "endless_line": "",
    "nested": "too_large",
    "many_claims": "too_large",
    "wrong_fields": "interpretation.noise.kind",
    "half_characters": "interpretation.description",
    "not_json": "bad_request",
    "memory_in_files": "MB",
    "writes_elsewhere": "refused",
    "becomes_root": "nobody",
    "waits_for_stdin": "nothing to read",
}
OTHERWISE = {
    "endless_stdout": Failure.OUTPUT,
    "endless_stderr": Failure.OUTPUT,
    "memory_bomb": Failure.OUT_OF_MEMORY,
    "crashes": Failure.CRASHED,
    "is_killed": Failure.CRASHED,
}
HANDS_IN = {"honest": f"slope {MARK:g}", "many_submits": "the first", "many_at_once": ""}


class Ran(NamedTuple):
    """One image's whole story."""

    delivery: Delivery
    log: MemoryLog
    seconds: float


class Arena:
    """All images at once, three at a time: tests look at what each came to."""

    def __init__(self, workshop: Workshop, docker: DockerEngine) -> None:
        self._workshop, self._docker = workshop, docker
        self._pool = ThreadPoolExecutor(3)
        slow = dict.fromkeys(NEVER_ENDS, SHORT_S)
        names = (*NEVER_ENDS, *OTHERWISE, *HANDS_IN, *ENDS)
        self._running: dict[str, Future[Ran]] = {
            name: self._pool.submit(self._run, name, slow.get(name, PATIENT_S)) for name in names
        }

    def ran(self, name: str) -> Ran:
        """What came of an image."""
        return self._running[name].result()

    def _run(self, name: str, seconds: float) -> Ran:
        spite = "ENV INQUEST_SOCKET=/tmp/mine.sock PYTHONUNBUFFERED=1"
        image = self._workshop.image(["python3", "/behaviours.py", name], spite)
        log, began = MemoryLog(), time.monotonic()
        job = line_job(BUDGET, scale=0)
        delivery = self._docker.run_submission(image, job, LIMITS, seconds, log, AUDIT)
        return Ran(delivery, log, time.monotonic() - began)


@pytest.fixture(scope="module")
def arena(workshop: Workshop, docker: DockerEngine) -> Iterator[Arena]:
    """Every image of this file, started."""
    started = Arena(workshop, docker)
    yield started
    started._pool.shutdown(cancel_futures=True)


def check_nothing_gained(ran: Ran) -> None:
    """It learnt no more than answers that it paid for."""
    said = ran.delivery.stdout + ran.delivery.stderr
    assert "LEAKED" not in said
    assert sum(record.new for record in ran.log) <= BUDGET
    assert len(said) < 3 * LIMITS.output_bytes


@pytest.mark.parametrize("name", ENDS)
def test_who_gets_nowhere_hands_nothing_in(name: str, arena: Arena) -> None:
    """What it tried was refused, and it ended without an interpretation: its own failure."""
    ran = arena.ran(name)

    check_nothing_gained(ran)
    assert ENDS[name] in ran.delivery.stdout, ran.delivery
    assert (ran.delivery.failure, ran.delivery.interpretation) == (Failure.NO_SUBMIT, None), ran.delivery


@pytest.mark.parametrize("name", NEVER_ENDS)
def test_who_does_not_end_is_ended_at_the_deadline(name: str, arena: Arena) -> None:
    """Whatever it ignores, forks or pretends; what it hands in later does nothing."""
    ran = arena.ran(name)

    check_nothing_gained(ran)
    assert NEVER_ENDS[name] in ran.delivery.stdout
    assert (ran.delivery.failure, ran.delivery.interpretation) == (Failure.TIMEOUT, None), ran.delivery


@pytest.mark.parametrize("name", OTHERWISE)
def test_who_dies_dies_of_what_it_did(name: str, arena: Arena) -> None:
    """Memory, output, an exit code: the failure is named, and is never infrastructure's."""
    ran = arena.ran(name)

    check_nothing_gained(ran)
    assert ran.delivery.failure is OTHERWISE[name], ran.delivery


@pytest.mark.parametrize("name", HANDS_IN)
def test_the_first_interpretation_counts(name: str, arena: Arena) -> None:
    """However many follow, one after another or at once."""
    ran = arena.ran(name)

    check_nothing_gained(ran)
    assert ran.delivery.interpretation is not None
    assert HANDS_IN[name] in ran.delivery.interpretation.description
    assert ran.delivery.stdout.count("'submitted': True") == 1


@pytest.mark.parametrize(
    ("entry", "instruction", "failure"),
    [
        (None, "", Failure.NO_ENTRY_POINT),
        (["/no/such/program"], "", Failure.NO_ENTRY_POINT),
        (["no-such-program"], "", Failure.NO_ENTRY_POINT),
        (["true"], "WORKDIR /behaviours.py", Failure.NO_ENTRY_POINT),
        (["/root/only"], "", Failure.WRONG_USER),
        (["/etc/passwd"], "", Failure.WRONG_USER),
        (["true"], "VOLUME /data", Failure.DECLARES_VOLUMES),
        (["true"], "USER root", Failure.NO_SUBMIT),
        (["true"], "HEALTHCHECK --interval=1s CMD touch /tmp/x", Failure.NO_SUBMIT),
        (["sh", "-c", "exit 126"], "", Failure.CRASHED),
    ],
)
def test_a_broken_image_is_its_own_failure(
    entry: list[str] | None, instruction: str, failure: Failure, workshop: Workshop, docker: DockerEngine
) -> None:
    """One that cannot be started is refused with a cause; wishes of its own about users and checks are not heard."""
    image = workshop.image(entry, *filter(None, [instruction]))

    delivery = docker.run_submission(image, line_job(BUDGET), LIMITS, PATIENT_S, MemoryLog(), AUDIT)

    assert delivery.failure is failure, delivery


def test_nothing_is_left_behind(arena: Arena, docker: DockerEngine) -> None:
    """No container, no volume: not of those who hung, not of those who bombed."""
    for name in (*NEVER_ENDS, *OTHERWISE, *HANDS_IN, *ENDS):
        arena.ran(name)
    mine = {"label": [f"audit={AUDIT}", "part=submission"]}

    assert docker._client.api.containers(all=True, filters=mine) == []
