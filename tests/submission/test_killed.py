"""Fifty audits of a submission, killed in the middle and continued: none is lost, none is run twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import docker
import pytest

from orchestrator.events import Ended, Graded, Submitted
from orchestrator.receipts.check import check_offline, check_runs
from orchestrator.receipts.make import receipt_of
from orchestrator.receipts.signing import make_key, sign
from orchestrator.rundir import RunDirectory
from orchestrator.study.directory import StudyDirectory
from tests.submission.images import Workshop

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(1200)]

ROOT = Path(__file__).parent.parent.parent
KILLS = (7, 23, 40)  # so many results are on record when it is killed


def start(image: str, out: Path) -> "subprocess.Popen[str]":
    """The same command every time. `--force`: sources that are edited meanwhile are not what is tested."""
    options = ["--suite", "demo@1", "--jobs", "2", "--out", str(out), "--force", "--json"]
    command = [sys.executable, "-m", "orchestrator.cli", "submission", "run", image, *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def results(out: Path) -> int:
    """How many lines of results there are."""
    path = out / "results.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def left_behind(out: Path) -> list[str]:
    """Containers of this study's audits that are still there, running or not."""
    client = docker.from_env()
    audits = {path.name for path in out.iterdir() if path.is_dir()}
    labels = [c.labels for c in client.containers.list(all=True, filters={"label": "app=inquest"})]
    client.close()
    return [label["part"] for label in labels if label.get("audit") in audits]


def test_no_audit_is_lost_or_run_twice_and_the_receipt_holds(workshop: Workshop, tmp_path: Path) -> None:
    """SIGKILL three times, then to the end: fifty rows, one end and one grade each, and no query paid twice."""
    image, out = workshop.image(["python3", "/behaviours.py", "honest"]).digest, tmp_path / "study"
    for target in KILLS:
        process = start(image, out)
        while process.poll() is None and results(out) < target:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()

    stdout, stderr = start(image, out).communicate(timeout=900)

    assert stdout, stderr
    assert left_behind(out) == []
    figures = json.loads(stdout)["figures"]
    assert (figures["outcome.graded"], figures["done"]) == (50, 50)
    rows = [json.loads(line)["audit"] for line in (out / "results.jsonl").read_bytes().splitlines()]
    assert Counter(rows).most_common(1)[0][1] == 1
    study = StudyDirectory(out)
    assert set(rows) == {cell.audit for cell in study.study().manifest.cells}
    for audit in rows:
        run = RunDirectory(study.run_path(audit))
        kinds = Counter(type(entry.event) for entry in run.entries())
        assert (kinds[Submitted], kinds[Ended], kinds[Graded]) == (1, 1, 1)
        assert sum(record.new for record in run.queries()) == 2
    make_key(tmp_path / "key")
    signed = sign(receipt_of(out, "honest"), tmp_path / "key")
    assert all(check.passed for check in (*check_offline(signed), check_runs(signed.receipt, out)))
    assert len(signed.receipt.lines) == 50
