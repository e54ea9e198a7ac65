"""The process that waits for an experiment's code runs it once, and is missed when it is gone."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, os, signal, sys
from sandbox.lab import standby
from sandbox.lab.setup import Setup

setup = Setup(sys.argv[1], "", False, 60.0, 5.0, 1000, 128, 1, 0, 0, False, True)
line = json.dumps({"code": "import sys\\nprint('ran', sys.argv)", "x": [], "y": []}).encode()

gone = standby.Standby(setup)
os.kill(gone.pid, signal.SIGKILL)
os.waitid(os.P_PID, gone.pid, os.WEXITED | os.WNOWAIT)
print(gone.is_there())

waiting = standby.Standby(setup)
print(waiting.is_there())
waiting.begin(line)
print(os.waitpid(waiting.pid, 0)[1], os.read(waiting.out, 1000).decode().strip())

bothered = standby.Standby(setup)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGUSR1, signal.SIGSTOP):
    os.kill(bothered.pid, number)
bothered.begin(line)
print(os.waitpid(bothered.pid, 0)[1], os.read(bothered.out, 1000).decode().strip())

unused = standby.Standby(setup)
unused.end()
print(os.read(bothered.err, 1000), sorted(map(int, os.listdir("/dev/fd")))[-1] <= bothered.err + 1)
"""


def test_a_waiting_process_runs_the_code_that_it_is_given(tmp_path: Path) -> None:
    """One that died is noticed, one that was sent signals runs as if nothing had been, one that is not wanted goes, and
    no descriptor stays open."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == [
        "False",
        "True",
        "0 ran ['experiment.py']",
        "0 ran ['experiment.py']",
        "b'' True",
    ], done.stderr
