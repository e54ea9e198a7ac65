"""What an experiment tries in order to use up the machine, the oracle or the log."""

from sandbox.client import Status
from sandbox.policy import Promise
from tests.hostile.behaviour import HANDLED, STOPPED, attack

FLOODING = (
    attack(
        "a_fork_bomb_is_contained",
        Promise.PROCESSES_LIMITED,
        """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
""",
        ends=STOPPED,
    ),
    attack(
        "threads_are_limited",
        Promise.PROCESSES_LIMITED,
        """
import threading, time
try:
    for n in range(10_000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    print("LEAKED", n)
except RuntimeError as error:
    print("refused", error)
""",
        ends=STOPPED,
    ),
    attack(
        "memory_is_limited",
        Promise.MEMORY_LIMITED,
        """
held = []
while True:
    held.append(bytearray(b"x" * (16 << 20)))
""",
        ends=frozenset({Status.OUT_OF_MEMORY}),
    ),
    attack(
        "memory_of_children_counts_too",
        Promise.MEMORY_LIMITED,
        """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b"x" * (128 << 20))
        time.sleep(1)
        os._exit(0)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
""",
        ends=STOPPED,
    ),
    attack(
        "a_flood_of_output_is_capped",
        Promise.OUTPUT_CAPPED,
        """
import os
for _ in range(2000):
    os.write(1, b"x" * 65536)
    os.write(2, b"y" * 65536)
""",
        ends=HANDLED | {Status.TIMEOUT},
        prints="bytes left out",
    ),
    attack(
        "scratch_is_limited",
        Promise.SCRATCH_LIMITED,
        """
import os
written = 0
try:
    for n in range(1000):
        with open(f"f{n}", "wb") as file:
            for _ in range(64):
                file.write(b"x" * (1 << 20)); file.flush(); written += 1
            if written > 2000:
                print("LEAKED", written); break
except OSError as error:
    print("refused", error.errno)
""",
        ends=STOPPED,
    ),
    attack(
        "only_scratch_can_be_written",
        Promise.SCRATCH_LIMITED,
        """
import os
here = os.getcwd()
for folder, folders, _ in os.walk("/"):
    if folder.startswith(("/proc", "/sys", here)) or folder.count("/") > 2:
        folders[:] = []
        continue
    try:
        open(os.path.join(folder, "written"), "w").close()
        print("LEAKED", folder)
    except OSError:
        pass
""",
    ),
    attack(
        "descriptors_are_limited",
        Promise.DEADLINES,
        """
import os
held = []
try:
    for _ in range(100_000):
        held.append(os.open("/dev/null", os.O_RDONLY))
    print("LEAKED")
except OSError:
    pass
""",
    ),
    attack(
        "deep_folders_and_odd_names_are_gone_afterwards",
        Promise.NO_RESIDUE,
        """
import os
for n in range(1500):
    os.mkdir("d"); os.chdir("d")
os.chdir(os.environ["TMPDIR"])
open(b"\\xff\\xfe\\n", "w").close()
os.symlink("/", "root")
os.mkdir("locked"); open("locked/f", "w").close(); os.chmod("locked", 0)
""",
    ),
    attack(
        "an_oracle_flood_hurts_nobody_else",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
socks = []
try:
    for _ in range(60):
        sock = socket.socket(socket.AF_UNIX); sock.settimeout(0.2); sock.connect(oracle._path)
        sock.send(b'{"op":"query","inputs":[')
        socks.append(sock)
    for sock in socks:
        sock.send(b"1," * 100_000)
except OSError as error:
    print(type(error).__name__)
""",
    ),
    attack(
        "a_giant_frame_hurts_nobody_else",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
sock = socket.socket(socket.AF_UNIX); sock.settimeout(1); sock.connect(oracle._path)
try:
    while True:
        sock.sendall(b"x" * 65536)
except OSError as error:
    print(type(error).__name__)
""",
    ),
)
