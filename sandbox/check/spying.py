"""What an experiment tries in order to see the function."""

from sandbox.check.behaviour import HANDLED, attack
from sandbox.client import Status
from sandbox.policy import Promise

SECRETS = "SECRETS = (b'7351.25', b'5ec7e75ec7e7', b'parse_spec')\n"  # of `sandbox.check.job.line_job`
READ_EVERYTHING = """
import os
def read(path, cap=1 << 20):
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return b""
    try:
        return os.read(fd, cap)
    except OSError:
        return b""
    finally:
        os.close(fd)
def look(path):
    data = read(path)
    for secret in SECRETS:
        if secret in data:
            print("LEAKED", path, secret)
"""

SPYING = (
    attack(
        "the_file_system_shows_no_function",
        Promise.FUNCTION_HIDDEN,
        SECRETS
        + READ_EVERYTHING
        + """
for folder, folders, names in os.walk("/"):
    if folder.startswith(("/proc", "/sys", "/usr/")) or folder.endswith("/lib") or folder.count("/") > 6:
        folders[:] = []
    for name in names:
        if name.endswith((".json", ".jsonl", ".py", ".txt", ".log", ".sock")) or folder.startswith(("/run", "/tmp")):
            look(os.path.join(folder, name))
""",
    ),
    attack(
        "the_environment_shows_no_function",
        Promise.FUNCTION_HIDDEN,
        SECRETS
        + """
import os
for name, value in os.environb.items():
    if any(secret in value for secret in SECRETS):
        print("LEAKED", name)
""",
    ),
    attack(
        "arguments_environment_and_files_of_processes_show_no_function",
        Promise.FUNCTION_HIDDEN,
        SECRETS
        + READ_EVERYTHING
        + """
for pid in filter(str.isdecimal, os.listdir("/proc")):
    for name in ("cmdline", "environ", "stat", "status", "maps", "stack", "comm"):
        look(f"/proc/{pid}/{name}")
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            look(f"/proc/{pid}/fd/{fd}")
    except OSError:
        pass
""",
    ),
    attack(
        "the_oracles_process_is_not_in_sight",
        Promise.NO_HOST_PROCESSES,
        """
import os
for pid in filter(str.isdecimal, os.listdir("/proc")):
    try:
        command = open(f"/proc/{pid}/cmdline").read()
    except OSError:
        continue
    if "oracle" in command or "dockerd" in command or "pytest" in command:
        print("LEAKED", pid, command)
""",
    ),
    attack(
        "memory_of_other_processes_cannot_be_read",
        Promise.FUNCTION_HIDDEN,
        """
import os
for pid in filter(str.isdecimal, os.listdir("/proc")):
    if int(pid) in (os.getpid(),):
        continue
    try:
        open(f"/proc/{pid}/mem", "rb").read(1)
    except PermissionError:
        continue
    except OSError as error:
        if error.errno == 5:  # opened, and only the address was wrong
            print("LEAKED memory of", pid)
""",
    ),
    attack(
        "own_memory_holds_no_function",
        Promise.FUNCTION_HIDDEN,
        """
import numpy as np
from lab import oracle
oracle.query([0.5])
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        bounds, mode = line.split()[:2]
        start, stop = (int(part, 16) for part in bounds.split("-"))
        if not mode.startswith("rw") or stop - start > 1 << 26:
            continue
        try:
            memory.seek(start)
            values = np.frombuffer(memory.read(stop - start), dtype=np.float64)
        except (OSError, ValueError, OverflowError):
            continue
        if np.any((values > 7351.2) & (values < 7351.3)):
            print("LEAKED the slope is in", line)
""",
        ends=HANDLED | {Status.OUT_OF_MEMORY},
    ),
    attack(
        "frames_and_the_garbage_collector_hold_no_function",
        Promise.FUNCTION_HIDDEN,
        """
import gc, inspect, sys
names = {name for name in sys.modules if name.split(".")[0] in ("functions", "judges", "orchestrator", "inquest")}
frame = inspect.currentframe()
while frame:
    names |= {name for name in frame.f_globals if "spec" == name or "target" in name}
    frame = frame.f_back
kinds = {type(thing).__name__ for thing in gc.get_objects()}
names |= kinds & {"NumericSpec", "OracleJob", "Desk", "Ledger"}
print("LEAKED" if names else "nothing", names)
""",
    ),
    attack(
        "ground_truth_cannot_be_imported",
        Promise.FUNCTION_HIDDEN,
        """
import importlib, sys
sys.meta_path[:] = [finder for finder in sys.meta_path if "Fence" not in repr(finder)]
for name in ("functions.spec", "functions", "judges", "orchestrator", "inquest", "sandbox.oracle", "sandbox.client"):
    try:
        importlib.import_module(name)
        print("LEAKED", name)
    except ImportError:
        pass
""",
    ),
    attack(
        "the_engines_socket_is_not_there",
        Promise.NO_HOST_FILES,
        """
import os, socket
for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock"):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print("LEAKED", path)
    except OSError:
        pass
import sys
ours = (sys.prefix, sys.base_prefix, os.getcwd())
around = os.path.dirname(sys.prefix)
for home in ("/root", "/home", "/etc/ssh", "/boot", "/srv", "/mnt", "/media", "/opt", around):
    if home == "/":
        continue
    for folder, folders, names in os.walk(home):
        folders[:] = [name for name in folders if not os.path.join(folder, name).startswith(ours)]
        if names:
            print("LEAKED", folder, names[:3])
""",
    ),
    attack(
        "password_hashes_cannot_be_read",
        Promise.NO_HOST_FILES,
        """
try:
    print("LEAKED", open("/etc/shadow").read()[:20])
except OSError:
    pass
""",
    ),
)
