"""What an experiment tries in order to outlive itself or to harm the next one."""

from sandbox.check.behaviour import HANDLED, STOPPED, attack
from sandbox.client import Status
from sandbox.policy import Promise

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
        "signals_to_the_next_experiments_process_do_nothing",
        Promise.NO_HOST_PROCESSES,
        """
import os, signal, time
until = time.monotonic() + 0.3
while time.monotonic() < until:
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        for number in range(1, 65):
            try:
                if pid not in (1, os.getpid()) and number != signal.SIGKILL:
                    os.kill(pid, number)
            except OSError:
                pass
""",
        ends=STOPPED,
        then="print('as if nothing had been')",
    ),
    attack(
        "killing_the_next_experiments_process_costs_nobody_a_result",
        Promise.NO_HOST_PROCESSES,
        """
import os, signal, time
until = time.monotonic() + 0.3
while time.monotonic() < until:
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        try:
            if pid not in (1, os.getpid()):
                os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
""",
        ends=STOPPED,
        then="print('as if nothing had been')",
    ),
    attack(
        "the_next_experiments_process_cannot_be_reached_into",
        Promise.KERNEL_FILTERED,
        """
import os, resource, time
def acts(pid):
    folder = f"/proc/{pid}"
    yield "memory", lambda: open(f"{folder}/mem", "r+b")
    yield "descriptors", lambda: os.listdir(f"{folder}/fd")
    yield "input", lambda: open(f"{folder}/fd/3", "rb")
    yield "chances", lambda: open(f"{folder}/oom_score_adj", "w")
    yield "limits", lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))
    yield "processors", lambda: os.sched_setaffinity(pid, {0})
    yield "priority", lambda: os.setpriority(os.PRIO_PROCESS, pid, 19)
    yield "schedule", lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
until = time.monotonic() + 0.3
while time.monotonic() < until:
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        if pid in (1, os.getpid()):
            continue
        for what, act in acts(pid):
            try:
                act()
                print("LEAKED", what, pid)
            except OSError:
                pass
""",
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
    attack(
        "sleeping_past_the_deadline_is_ended",
        Promise.DEADLINES,
        """
import time
time.sleep(3600)
""",
        ends=frozenset({Status.TIMEOUT}),
    ),
    attack(
        "stopping_oneself_does_not_outlast_the_deadline",
        Promise.DEADLINES,
        """
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
""",
        ends=frozenset({Status.TIMEOUT}),
    ),
    attack(
        "a_child_that_holds_the_output_open_delays_nothing",
        Promise.NO_SURVIVORS,
        """
import os, time
print("said", flush=True)
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
    os._exit(0)
""",
        ends=frozenset({Status.OK}),
        prints="said",
    ),
    attack(
        "children_that_ignore_signals_die",
        Promise.NO_SURVIVORS,
        """
import os, signal, time
os.nice(7)
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        time.sleep(600)
        os._exit(0)
""",
        then="""
import os
for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
    if os.getpriority(os.PRIO_PROCESS, pid) == 7: print("LEAKED", pid)
""",
    ),
    attack(
        "a_chain_of_children_dies",
        Promise.NO_SURVIVORS,
        """
import os, time
os.nice(7)
began = time.monotonic()
while os.fork() == 0:  # each generation leaves at once, and its child goes on
    if time.monotonic() > began + 0.3:
        time.sleep(600)
    time.sleep(0.005)
os._exit(0)
""",
        then="""
import os
for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
    if os.getpriority(os.PRIO_PROCESS, pid) == 7: print("LEAKED", pid)
""",
    ),
    attack(
        "nobody_answers_at_a_socket_left_behind",
        Promise.NO_SURVIVORS,
        """
import os, socket, time
sock = socket.socket(socket.AF_UNIX); sock.bind("\\0left"); sock.listen()
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
    os._exit(0)
""",
        then="""
import socket
try:
    socket.socket(socket.AF_UNIX).connect("\\0left"); print("LEAKED")
except OSError:
    pass
""",
    ),
    attack(
        "files_pipes_and_sockets_left_behind_are_gone",
        Promise.NO_RESIDUE,
        """
import os, socket
for name in (".hidden", "file", "-rf", "*", " ", "a\\nb", "x" * 255):
    open(name, "w").write("word for the next")
os.mkfifo("pipe"); socket.socket(socket.AF_UNIX).bind("socket")
os.mkdir("read-only"); open("read-only/file", "w").close(); os.chmod("read-only", 0o500)
os.link("file", "hard"); os.symlink("nowhere", "dangling"); os.symlink("loop", "loop")
""",
    ),
    attack(
        "links_planted_for_the_host_are_gone",
        Promise.NO_RESIDUE,
        """
import os
for name, target in (("report.json", "/etc/shadow"), ("results", "/"), ("scratch", ".."), ("self", "/proc/self/root")):
    os.symlink(target, name)
""",
    ),
    attack(
        "memory_of_an_earlier_experiment_is_gone",
        Promise.NO_RESIDUE,
        """
word = "".join(chr(c - 1) for c in b"xpse!gps!uif!ofyu")
held = [word * 1000 for _ in range(1000)]
""",
        then="""
word = bytes(c - 1 for c in b"xpse!gps!uif!ofyu") * 2
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        bounds, mode = line.split()[:2]
        start, stop = (int(part, 16) for part in bounds.split("-"))
        if mode.startswith("rw") and stop - start < 1 << 26:
            try:
                memory.seek(start)
                found = memory.read(stop - start).count(word)
            except (OSError, ValueError, OverflowError):
                continue
            if found > 3:  # more than this script's own
                print("LEAKED", found)
""",
    ),
    attack(
        "surroundings_do_not_last",
        Promise.NO_RESIDUE,
        """
import os, resource, signal
os.environ["LEFT"] = "x"; os.putenv("LEFT", "x"); os.umask(0o777); os.nice(5); os.chdir("/")
signal.signal(signal.SIGINT, signal.SIG_IGN); signal.setitimer(signal.ITIMER_REAL, 1.0)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
""",
        then="""
import os, resource, signal
nicer = os.nice(0) != os.getpriority(os.PRIO_PROCESS, os.getppid())
if os.environ.get("LEFT") or nicer or os.umask(0) == 0o777 or os.getcwd() == "/": print("LEAKED surroundings")
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN: print("LEAKED signals")
if signal.pthread_sigmask(signal.SIG_BLOCK, ()): print("LEAKED mask")
if resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 16: print("LEAKED limits")
""",
    ),
    attack(
        "core_dumps_leave_nothing",
        Promise.NO_RESIDUE,
        """
import os, resource
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
    print("LEAKED limit")
except (OSError, ValueError):
    pass
os.abort()
""",
        ends=frozenset({Status.KILLED}),
    ),
    attack(
        "modules_cannot_be_planted",
        Promise.SCRATCH_LIMITED,
        """
import os, sys, lab, sandbox
folders = [*sys.path, os.path.dirname(lab.__file__), os.path.dirname(sandbox.__file__), os.path.dirname(os.__file__)]
for folder in folders:
    for name in ("planted.py", "sitecustomize.py", "__pycache__/planted.pyc"):
        try:
            open(os.path.join(folder, name), "w").close(); print("LEAKED", folder, name)
        except OSError:
            pass
open("planted.py", "w").write("print('LEAKED')")
""",
        then="""
try:
    import planted
except ImportError:
    pass
""",
    ),
    attack(
        "words_of_the_language_can_be_changed_for_oneself_alone",
        Promise.NO_RESIDUE,
        """
import builtins, gc, io, json, signal, socket, sys, threading
for name in ("open", "len", "list", "isinstance", "Exception", "__import__"):
    setattr(builtins, name, None)
json.JSONEncoder.encode = json.JSONDecoder.decode = socket.socket.sendall = lambda *a: "LEAKED"
gc.disable(); sys.settrace(lambda *a: None); sys.setswitchinterval(1000); sys.setrecursionlimit(60)
sys.excepthook = sys.unraisablehook = threading.excepthook = sys.displayhook = None
""",
        then="""
import builtins, gc, sys
if builtins.len is None or not gc.isenabled() or sys.getrecursionlimit() < 100: print("LEAKED")
""",
        ends=STOPPED,
    ),
    attack(
        "alarms_and_handlers_left_behind_ring_nowhere",
        Promise.NO_RESIDUE,
        """
import os, signal, time
signal.signal(signal.SIGALRM, lambda *_: print("LEAKED"))
signal.setitimer(signal.ITIMER_REAL, 0.3, 0.1)
if os.fork() == 0:
    os.setsid()
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.1)
    time.sleep(60)
""",
        then="""
import signal, time
if signal.getsignal(signal.SIGALRM) not in (signal.SIG_DFL, None): print("LEAKED handler")
if signal.getitimer(signal.ITIMER_REAL) != (0.0, 0.0): print("LEAKED timer")
time.sleep(0.4)
""",
    ),
    attack(
        "locks_and_names_left_behind_hold_nobody_up",
        Promise.NO_RESIDUE,
        """
import fcntl, os, socket, time
file = open("lock", "w"); fcntl.flock(file, fcntl.LOCK_EX); fcntl.lockf(file, fcntl.LOCK_EX)
names = [socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(20)]
for n, sock in enumerate(names): sock.bind(f"\\0taken-{n}")
if os.fork() == 0:
    os.setsid(); time.sleep(60)
""",
        then="""
import fcntl, socket
file = open("lock", "w"); fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
for n in range(20): socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).bind(f"\\0taken-{n}")
""",
    ),
)
