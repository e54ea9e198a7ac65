"""Soaks: thousands of experiments of every kind through a few sandboxes. Nothing grows, each result is its own.

The small ones run with every test; `make bench` runs the long ones and shows how far they are.
"""

import gc
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import docker
import pytest

from functions.errors import InquestError
from sandbox.check.table import BEHAVIOURS
from sandbox.client import Engine, ExperimentResult, Limits, Sandbox, Status
from sandbox.engines import choose_engine
from sandbox.reaper import Owner
from tests.sandbox.jobs import MemoryLog, line_job
from tests.sandbox.test_docker import containers, kill

pytestmark = pytest.mark.engine

LIMITS = Limits(experiment_s=1, memory_mb=128, processes=48, output_bytes=4000, lifetime_s=7200)
BUDGET = 1_000_000
LABEL = "soak"
SANDBOXES = 4
NONCE = re.compile(r"<n\d+>")
SLACK_MB = 16  # of this process, which keeps every answered query


class Kind(NamedTuple):
    """A kind of experiment: what it does after it has said its nonce, and how that ends."""

    script: str
    ends: Status


ORDINARY = (
    Kind("", Status.OK),
    Kind("from lab import oracle\noracle.query([1.0, 2.0])", Status.OK),
    Kind("import json, math\nprint(json.dumps([math.sqrt(n) for n in range(100)]))", Status.OK),
    Kind("open('file', 'w').write('x' * 100_000)", Status.OK),
)
RARE = (
    Kind("raise ValueError('on purpose')", Status.ERROR),
    Kind("import sys; sys.exit('on purpose')", Status.ERROR),
    Kind("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Status.KILLED),
    Kind("print('x' * 100_000)", Status.OK),
)
COSTLY = (
    Kind("import time; time.sleep(60)", Status.TIMEOUT),
    Kind("held = [bytearray(b'x' * (16 << 20)) for _ in range(64)]", Status.OUT_OF_MEMORY),
    Kind("import time; time.sleep(0.9)", Status.LOST),  # its lab is killed meanwhile
)
HOSTILE = [behaviour.script for behaviour in BEHAVIOURS if not behaviour.budget]


class Given(NamedTuple):
    """One experiment of a soak; `ends` is None where any ending will do."""

    number: int
    script: str
    ends: Status | None


def experiment(number: int) -> Given:
    """The `number`-th: one in fifty is hostile, one in five hundred runs out of time, memory or luck."""
    say = f"print('<n{number}>', flush=True)\n"
    if number % 50 == 7:
        return Given(number, say + HOSTILE[number // 50 % len(HOSTILE)], None)
    if number % 500 == 13:
        script, ends = COSTLY[number // 500 % len(COSTLY)]
    elif number % 10 == 3:
        script, ends = RARE[number // 10 % len(RARE)]
    else:
        script, ends = ORDINARY[number % len(ORDINARY)]
    return Given(number, say + script, ends)


@dataclass
class Soak:
    """What came of it so far."""

    size: int
    statuses: Counter[Status] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    samples: list["Sample"] = field(default_factory=list)

    def judge(self, given: Given, result: ExperimentResult) -> None:
        """Is this the result of this experiment, and as it must be?"""
        self.statuses[result.status] += 1
        own = f"<n{given.number}>"
        said = set(NONCE.findall(result.stdout + result.stderr))
        if given.ends is None:
            fault = bool(said - {own})
        elif given.ends is Status.LOST:
            fault = result.status is not Status.LOST or bool(said)
        else:
            fault = result.status is not given.ends or said != {own}
        if fault:
            self.faults.append(f"{given.number} ended {result.status} and said {said}: {result.stderr[-200:]}")

    def sample(self, boxes: int) -> None:
        """Look at what could grow, and say where we are."""
        self.samples.append(Sample.now(boxes))
        done, took = sum(self.statuses.values()), time.monotonic() - self.began
        print(f"  {done}/{self.size} in {took:.0f} s, {len(self.faults)} faults; {self.samples[-1]}", flush=True)  # noqa: T201


class Sample(NamedTuple):
    """What could grow."""

    resident_mb: float
    descriptors: int
    containers: int
    volumes: int
    containers_mb: float

    @classmethod
    def now(cls, boxes: int) -> "Sample":
        """This process and what the engine has of this soak; `boxes` sandboxes are open."""
        gc.collect()
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
        descriptors = len(list(Path("/proc/self/fd").iterdir()))
        client = docker.from_env()
        try:
            mine = {"label": [f"owner={Owner.me()}"]}
            found = [made for made in client.api.containers(all=True, filters=mine) if _is_ours(made)]
            volumes = [made for made in client.api.volumes(filters=mine)["Volumes"] or () if _is_ours(made)]
            used = _memory_mb(client, [container["Id"] for container in found]) if boxes else 0.0
        finally:
            client.close()
        return cls(round(resident, 1), descriptors, len(found), len(volumes), round(used, 1))


def _is_ours(made: Mapping[str, Mapping[str, str]]) -> bool:
    return made["Labels"]["audit"].startswith(LABEL)


def _memory_mb(client: docker.DockerClient, ids: list[str]) -> float:
    """Asked of all at once: the engine takes a second for each."""

    def used(container: str) -> float:
        stats: Mapping[str, Mapping[str, int]] = client.api.stats(container, stream=False, one_shot=True)
        return stats["memory_stats"].get("usage", 0) / 2**20

    with ThreadPoolExecutor(len(ids)) as pool:
        return sum(pool.map(used, ids))


def go_through(box: Sandbox, label: str, share: Iterator[Given], soak: Soak, lock: threading.Lock) -> None:
    """One sandbox, whose containers bear `label`, takes experiments as it comes to them."""
    while True:
        with lock:
            given = next(share, None)
        if given is None:
            return
        killer = threading.Timer(0.4, kill_lab, (label,)) if given.ends is Status.LOST else None
        if killer:
            killer.start()
        result = box.run(given.script)
        if killer:
            killer.join()
        with lock:
            soak.judge(given, result)


def kill_lab(label: str) -> None:
    """Kill the container of a sandbox's lab."""
    kill(*containers(label, "lab"))


@pytest.mark.parametrize("size", [60, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])])
def test_a_soak_of_mixed_experiments_leaves_everything_as_it_was(docker_engine: Engine, size: int) -> None:
    """Every result is its own experiment's; memory, descriptors, containers and volumes do not grow."""
    soak, lock, step = Soak(size), threading.Lock(), max(50, size // 20)
    before = Sample.now(0)
    with ExitStack() as stack, ThreadPoolExecutor(SANDBOXES) as pool:
        boxes = {
            label: stack.enter_context(docker_engine.open(line_job(budget=BUDGET), LIMITS, MemoryLog(), label))
            for label in (f"{LABEL}-{number}" for number in range(SANDBOXES))
        }
        for first in range(0, size, step):
            share = iter([experiment(number) for number in range(first, min(first + step, size))])
            for done in [pool.submit(go_through, box, label, share, soak, lock) for label, box in boxes.items()]:
                done.result()
            soak.sample(SANDBOXES)
    after = Sample.now(0)
    print(f"  {dict(soak.statuses)}\n  before {before}\n  after  {after}", flush=True)  # noqa: T201

    assert not soak.faults, soak.faults[:5]
    assert sum(soak.statuses.values()) == size
    assert {*soak.statuses} >= {Status.OK, Status.ERROR, Status.KILLED, Status.TIMEOUT}
    assert (after.containers, after.volumes) == (0, 0)
    assert after.descriptors <= before.descriptors + 2 * SANDBOXES  # connections that the SDK keeps
    early, late = soak.samples[len(soak.samples) // 5], soak.samples[-1]
    assert late.descriptors <= early.descriptors + 2
    assert late.resident_mb <= early.resident_mb + SLACK_MB
    assert {(sample.containers, sample.volumes) for sample in soak.samples} == {(2 * SANDBOXES, SANDBOXES)}
    assert late.containers_mb <= 1.5 * early.containers_mb + SLACK_MB


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_thousand_experiments_in_a_row_under_gvisor_lose_none() -> None:
    """One sandbox, one lab: its threads and files stay within its bounds."""
    try:
        engine = choose_engine("docker", runtime="runsc")
    except InquestError as error:
        pytest.skip(f"no gVisor: {error}")
    began, size = time.monotonic(), 2000
    with engine.open(line_job(budget=BUDGET), LIMITS, MemoryLog(), LABEL) as box:
        for number in range(size):
            result = box.run(f"print('<n{number}>')")
            assert (result.status, result.stdout) == (Status.OK, f"<n{number}>\n"), f"{number}: {result}"
            if number % 200 == 199:
                each = (time.monotonic() - began) / (number + 1)
                print(f"  {number + 1}/{size}, {1000 * each:.1f} ms each", flush=True)  # noqa: T201
