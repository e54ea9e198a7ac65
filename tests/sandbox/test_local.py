"""Local processes live as long as the process that holds them, whichever of its threads started them."""

import shutil
import threading
import time

import pytest

from sandbox.client import CandidateRunner, Limits
from sandbox.engines.local import LocalEngine


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
def test_a_child_survives_the_thread_that_asked_for_it() -> None:
    """Bubblewrap dies with the thread that started it, and threads that prepare sandboxes end at once."""
    opened: list[CandidateRunner] = []

    def ask() -> None:
        opened.append(LocalEngine(bubblewrap=True).open_candidate(Limits(), "x"))
        time.sleep(0.5)  # until bubblewrap has asked to die with its parent

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    time.sleep(0.1)  # for the kernel's signal to arrive

    with opened[0] as runner:
        assert [answer.value for answer in runner.evaluate("def function(x): return 2 * x", [3.0])] == [6.0]
