"""Local processes live as long as the process that holds them, whichever of its threads asked for them."""

import shutil
import threading
import time

import pytest

from sandbox.client import Limits
from sandbox.engines.launcher import Process
from sandbox.engines.local import LocalEngine, _LocalLauncher
from sandbox.engines.parts import ask_ready, end, worker_setup
from sandbox.policy import Part


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
def test_a_child_survives_the_thread_that_asked_for_it() -> None:
    """Bubblewrap dies with the thread that started it, and threads that prepare sandboxes end at once."""
    launcher = _LocalLauncher(LocalEngine(bubblewrap=True).isolation, Limits(), "x")
    started: list[Process] = []

    def ask() -> None:
        started.append(launcher.start(Part.CANDIDATE))
        time.sleep(0.5)  # until bubblewrap has asked to die with its parent

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    time.sleep(0.1)  # for the kernel's signal to arrive

    ask_ready(started[0], worker_setup(launcher, Limits(), Part.CANDIDATE, 1.0), Part.CANDIDATE)
    end(started[0])
    launcher.close()
