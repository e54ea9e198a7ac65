"""SIGKILL for real: the command line, the local sandbox and the classical team, killed again and again."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from orchestrator.events import Interrupted, Said
from orchestrator.rundir import RunDirectory
from tests.orchestrator.fakes import canonical

ROOT = Path(__file__).parent.parent.parent
FUNCTION = "demo@1/numeric/0003"
PATIENCE_S = 120.0


def start(out: Path, scratch: Path) -> "subprocess.Popen[str]":
    """The same command every time. `--force`: sources that are edited meanwhile are not what is tested."""
    options = ["--sandbox", "local", "--queries", "60", "--out", str(out), "--force", "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "orchestrator.cli", "audit", FUNCTION, *options],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines(out: Path) -> int:
    """How much is recorded so far."""
    return sum(path.read_bytes().count(b"\n") for path in out.glob("*/*.jsonl"))


def signal_after(process: "subprocess.Popen[str]", out: Path, target: int, what: signal.Signals) -> None:
    """Send a signal as soon as `target` lines are recorded, or the process has ended."""
    deadline = time.monotonic() + PATIENCE_S
    while process.poll() is None and lines(out) < target and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(what)


def kill_after(process: "subprocess.Popen[str]", out: Path, target: int) -> bool:
    """Kill a process as soon as `target` lines are recorded; False if it ended by itself before."""
    signal_after(process, out, target, signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def finish(out: Path, scratch: Path) -> dict[str, dict[str, float]]:
    """Run the command to its end; its JSON."""
    stdout, stderr = start(out, scratch).communicate(timeout=PATIENCE_S)
    assert stdout, stderr
    said: dict[str, dict[str, float]] = json.loads(stdout)
    return said


def processes_under(scratch: Path) -> list[str]:
    """Command lines of living processes that work in `scratch`."""
    found = []
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            if str(scratch) in os.readlink(proc / "cwd"):
                found.append((proc / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found


def test_an_audit_killed_again_and_again_ends_like_one_that_nobody_killed(tmp_path: Path) -> None:
    """Same bytes handed in, same grade, no query spent twice, and nothing left running or lying about."""
    scratch = Path(tempfile.mkdtemp(prefix="kill-", dir="/tmp"))  # sockets need short paths
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    expected = finish(undisturbed, scratch)
    dice, kills = random.Random(1), 0
    while kills < 10 and kill_after(start(killed, scratch), killed, lines(killed) + dice.randint(1, 3)):
        kills += 1
    result = finish(killed, scratch)

    (calm,), (tried,) = undisturbed.iterdir(), killed.iterdir()
    assert kills >= 4
    assert canonical(tried) == canonical(calm)
    assert said(tried) == said(calm)
    for figure in ("queries.used", "experiments.run", "code.score"):
        assert result["figures"][figure] == expected["figures"][figure]
    assert processes_under(scratch) == []
    finish(killed, scratch)  # a next command cleans up behind the dead
    assert [path.name for path in scratch.iterdir() if path.name.startswith("inquest+")] == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_clean_and_says_how_to_go_on(tmp_path: Path, stop: signal.Signals) -> None:
    """Exit code 130, one message, the stop is in the log, and no process or folder is left."""
    scratch = Path(tempfile.mkdtemp(prefix="kill-", dir="/tmp"))
    process = start(tmp_path, scratch)
    signal_after(process, tmp_path, 4, stop)
    stdout, stderr = process.communicate(timeout=PATIENCE_S)

    (run,) = tmp_path.iterdir()
    assert process.returncode == 130
    assert "The same command goes on from here." in stderr
    assert json.loads(stdout)["outcome"] == "error"
    assert isinstance(RunDirectory(run).entries()[-1].event, Interrupted)
    assert processes_under(scratch) == []
    assert list(scratch.iterdir()) == []


def said(run: Path) -> list[Said]:
    """The transcript."""
    return [entry.event for entry in RunDirectory(run).entries() if isinstance(entry.event, Said)]
