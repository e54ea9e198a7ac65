"""What an experiment tries in order to outlive itself or to harm the next one."""

from sandbox.client import Status
from sandbox.policy import Promise
from tests.hostile.behaviour import HANDLED, STOPPED, attack

SURVIVING = (
    attack(
        "children_in_sessions_of_their_own_die",
        Promise.NO_SURVIVORS,
        """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        for fd in range(3): os.close(fd)
        time.sleep(30)
        os._exit(0)
    os._exit(0)
os.wait()
""",
    ),
    attack(
        "ignoring_signals_does_not_outlast_the_deadline",
        Promise.DEADLINES,
        """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(10)
""",
        ends=frozenset({Status.TIMEOUT}),
    ),
    attack(
        "exit_handlers_and_threads_left_behind_do_nothing",
        Promise.NO_RESIDUE,
        """
import atexit, threading, time
atexit.register(print, "LEAKED")
threading.Thread(target=lambda: (time.sleep(20), print("LEAKED"))).start()
""",
    ),
    attack(
        "killing_the_worker_forges_nothing",
        Promise.DEADLINES,
        """
import os, resource, signal
for act in (lambda: os.kill(os.getppid(), signal.SIGKILL), lambda: os.kill(os.getppid(), signal.SIGSTOP),
            lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))):
    try:
        act()
    except OSError as error:
        print(error)
""",
        ends=HANDLED | {Status.LOST},
    ),
    attack(
        "signals_to_everybody_hurt_only_their_sender",
        Promise.NO_HOST_PROCESSES,
        """
import os, signal
os.kill(-1, signal.SIGKILL)
""",
        ends=STOPPED,
    ),
    attack(
        "changed_modules_and_builtins_do_not_last",
        Promise.NO_RESIDUE,
        """
import builtins, json, os, sys, lab
builtins.print = lambda *a, **k: None
json.dumps = lambda *a, **k: "LEAKED"
os.write = os.fork = os.pipe = None
lab.oracle = lab.observations = None
sys.stdout = sys.stderr = open(os.devnull, "w")
sys.modules.clear()
""",
    ),
)
