"""Two hundred audits by models while three calls in ten fail; twenty at once; SIGKILL, again and again."""

import json
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

import pytest

from orchestrator.budget import Budget
from orchestrator.events import Ended, TurnStarted
from orchestrator.rundir import RunDirectory
from tests.model_server.faults import PASSING, Fault, drawn
from tests.model_server.server import ModelServer
from tests.orchestrator.fakes import canonical
from tests.orchestrator.models.audits import by_models, calls_of, serve
from tests.orchestrator.test_kill import lines, processes_under

pytestmark = pytest.mark.slow

AUDITS = 200
AT_ONCE = 20
KILLS = 20
TURNS = 60
DEADLINE_S = 60.0
MIXED = (*PASSING, Fault.WRONG_ANSWER, Fault.REFUSAL, Fault.NOWHERE)
ROOT = Path(__file__).parents[3]


@pytest.mark.timeout(1200)
def test_two_hundred_audits_end_in_the_right_class_while_three_calls_in_ten_fail(tmp_path: Path) -> None:
    """Graded, or failed by the team where a model gave no answer twice; no call is paid twice, none is late."""
    outcomes: Counter[str] = Counter()
    with serve(drawn(0.3, seed=1, among=MIXED)) as server:
        for seed in range(AUDITS):
            began = time.monotonic()
            result = by_models(server, tmp_path, seed=seed, budget=Budget(seconds=DEADLINE_S))
            assert time.monotonic() - began < 2 * DEADLINE_S
            outcomes[result.outcome.value] += 1
            if result.outcome.value == "agent_failed":
                assert "twice" in result.cause
        repeated, calls = server.repeated, len(server.requests)
    assert repeated == 0
    assert outcomes["graded"] + outcomes["agent_failed"] + outcomes["infrastructure"] == AUDITS
    assert outcomes["infrastructure"] <= AUDITS * 0.05
    assert outcomes["graded"] >= AUDITS // 2
    report(
        {
            "audits": AUDITS,
            **{f"outcome.{name}": count for name, count in sorted(outcomes.items())},
            "calls": calls,
            "calls_repeated": repeated,
            "peak_memory_mb": peak_megabytes(resource.RUSAGE_SELF),
        }
    )


@pytest.mark.timeout(600)
def test_what_a_turn_costs_beside_models_and_experiments(tmp_path: Path) -> None:
    """Over HTTP the client and the server's own HTTP are counted in; a replay leaves ours and AutoGen's part alone.

    Models answer at once, and the fake lab takes no time. The first audit of each kind is left out: it imports.
    """
    with serve() as server:
        asked = [by_models(server, tmp_path / f"asked-{n}").run for n in range(TURNS // 3 + 1)]
        replayed = [by_models(server, tmp_path / f"replayed-{n}", replay=asked[0]).run for n in range(TURNS // 3 + 1)]
    per_turn, alone = (statistics.median(map(milliseconds_per_turn, runs[1:])) for runs in (asked, replayed))

    report(
        {"overhead_per_turn_ms": round(per_turn, 2), "overhead_per_turn_replayed_ms": round(alone, 2), "turns": TURNS}
    )
    assert per_turn > 0
    assert alone > 0


def milliseconds_per_turn(run: Path) -> float:
    """From the beginning of the first turn to the end of the conversation, by the log's clock."""
    entries = RunDirectory(run).entries()
    turns = [entry.at for entry in entries if isinstance(entry.event, TurnStarted)]
    ended = next(entry.at for entry in entries if isinstance(entry.event, Ended))
    return (ended - turns[0]) * 1e3 / len(turns)


def one_of_many(address: str, out: str, seed: int) -> str:
    """An audit in a process of its own: its outcome."""
    from orchestrator.audit import audit
    from orchestrator.config import Team
    from tests.orchestrator.models.audits import real_clients

    team = Team.parse("openai:model").at(address)
    return audit("fake", team=team, seed=seed, out=Path(out), parts=real_clients()).outcome.value


def megabytes_below(process: str) -> float:
    """What the descendants of a process hold, pages that they share counted once (PSS)."""
    total = 0.0
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread or a child ended meanwhile
            for child in task.read_text().split():
                rollup = Path(f"/proc/{child}/smaps_rollup").read_text()
                total += int(rollup.split("\nPss:")[1].split()[0]) / 1024 + megabytes_below(child)
    return total


@pytest.mark.timeout(600)
def test_twenty_audits_at_once_fit_into_two_gigabytes(tmp_path: Path) -> None:
    """Each in a process that can be killed, all forked from one that has loaded what they need."""
    done, most, forks = threading.Event(), 0.0, get_context("forkserver")
    forks.set_forkserver_preload(["orchestrator.models.clients", "orchestrator.team.autogen", __name__])
    with serve() as server, ProcessPoolExecutor(AT_ONCE, mp_context=forks) as pool:
        jobs = [pool.submit(one_of_many, server.url, str(tmp_path), seed) for seed in range(AT_ONCE)]
        while not all(job.done() for job in jobs):
            most = max(most, megabytes_below("self"))
            done.wait(0.2)
        most = max(most, megabytes_below("self"))
        outcomes = {job.result() for job in jobs}

    assert outcomes == {"graded"}
    report({"audits_at_once": AT_ONCE, "peak_memory_mb": round(most, 1)})
    assert most < 2000


@pytest.mark.timeout(1200)
def test_sigkill_at_random_points_pays_for_no_recorded_call_twice(tmp_path: Path) -> None:
    """The command line, the local sandbox and real HTTP; the end is that of an undisturbed audit, and of a replay."""
    scratch = Path(tempfile.mkdtemp(prefix="kill-", dir="/tmp"))  # sockets need short paths
    calm, killed, replayed = tmp_path / "calm", tmp_path / "killed", tmp_path / "replayed"
    dice, kills = random.Random(2), 0
    with ModelServer() as server:
        finish(server, calm, scratch)
        asked = server.paid.total()
        while kills < KILLS:
            process = start(server, killed, scratch)
            target, deadline = lines(killed) + dice.randint(0, 2), time.monotonic() + 60
            while process.poll() is None and lines(killed) < target and time.monotonic() < deadline:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
        finish(server, killed, scratch)
        repeated, paid, again = server.repeated, server.paid.total(), server.again
    (one,), (other,) = calm.iterdir(), killed.iterdir()
    finish(server, replayed, scratch, "--replay", str(other))
    (third,) = replayed.iterdir()

    assert canonical(one) == canonical(other) == canonical(third)
    assert [call.request.key for call in calls_of(one)] == [call.request.key for call in calls_of(other)]
    assert repeated == 0
    assert paid == 2 * asked
    assert processes_under(scratch) == []
    report(
        {
            "audits": 3,
            "outcome.graded": 3,
            "kills": kills,
            "calls": paid,
            "calls_repeated": repeated,
            "calls_answered_again": again,
            "peak_memory_mb": peak_megabytes(resource.RUSAGE_CHILDREN),
        }
    )


def start(server: ModelServer, out: Path, scratch: Path, *more: str) -> "subprocess.Popen[str]":
    options = ["--team", "openai:model", "--base-url", server.url, "--sandbox", "local", "--out", str(out), "--force"]
    return subprocess.Popen(
        [sys.executable, "-m", "orchestrator.cli", "audit", "demo@1/numeric/0003", *options, "--json", *more],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(server: ModelServer, out: Path, scratch: Path, *more: str) -> None:
    stdout, stderr = start(server, out, scratch, *more).communicate(timeout=300)
    said = json.loads(stdout)
    assert said["outcome"] == "graded", (said.get("cause"), stderr)


def peak_megabytes(whose: int) -> float:
    """The most that this process, server and all, or the largest of its children ever held (RSS)."""
    return round(resource.getrusage(whose).ru_maxrss / 1024, 1)


def report(figures: dict[str, float]) -> None:
    """Print figures as commands do."""
    print(json.dumps({"figures": figures}))  # noqa: T201 - it is what this test is for
