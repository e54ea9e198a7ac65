"""A guardian that has nothing to do: it keeps nothing of its host's, and leaves when it is told to."""

import os
import subprocess
import sys

from sandbox.guardian import Guardian


def test_it_keeps_none_of_its_hosts_descriptors() -> None:
    """Whoever waits for the host's end of a pipe to close does not wait for the guardian's."""
    ours, hosts = os.pipe()
    os.set_inheritable(hosts, True)
    guardian = Guardian("no run", 60, os.environ)
    guardian.start()
    os.close(hosts)
    assert os.read(ours, 1) == b""
    os.close(ours)
    guardian.dismiss()
    guardian.dismiss()


def test_it_waits_without_the_engines_library() -> None:
    """What it would need to clear up is loaded when there is something to clear up."""
    program = "import sys, sandbox.guardian; sys.exit('docker' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_told_that_all_is_done_it_leaves_silently() -> None:
    """No engine is asked: there is none at the address that it was given."""
    command = [sys.executable, "-m", "sandbox.guardian", "no run", "60"]
    nowhere = {**os.environ, "DOCKER_HOST": "unix:///nowhere"}
    told = subprocess.run(command, input=b"done", env=nowhere, capture_output=True, timeout=60, check=False)
    untold = subprocess.run(command, input=b"", env=nowhere, capture_output=True, timeout=60, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (0, b"", b"")
    assert untold.returncode != 0
