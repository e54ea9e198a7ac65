"""What an experiment tries in order to use up the machine, the oracle or the log."""

from sandbox.check.behaviour import HANDLED, STOPPED, attack
from sandbox.client import Status
from sandbox.policy import Promise

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
    attack(
        "inodes_are_limited",
        Promise.MEMORY_LIMITED,
        """
try:
    for n in range(100_000):
        open(f"{n}", "w").close()
    print("LEAKED", n)
except OSError as error:
    print("refused", n, error.errno)
""",
        ends=STOPPED,
    ),
    attack(
        "a_sparse_file_is_no_way_around_the_limit",
        Promise.SCRATCH_LIMITED,
        """
try:
    with open("sparse", "wb") as file:
        file.truncate(1 << 40)
    print("LEAKED")
except OSError as error:
    print("refused", error.errno)
""",
    ),
    attack(
        "a_huge_file_is_cut",
        Promise.SCRATCH_LIMITED,
        """
written = 0
try:
    with open("huge", "wb", 0) as file:
        while written < 512:
            file.write(b"x" * (1 << 20)); written += 1
    print("LEAKED", written)
except OSError as error:
    print("refused", written, error.errno)
""",
        ends=STOPPED,
    ),
    attack(
        "one_endless_line_is_capped",
        Promise.OUTPUT_CAPPED,
        """
import sys
for _ in range(200):
    sys.stdout.write("z" * 100_000)
""",
        prints="bytes left out",
    ),
    attack(
        "a_flood_of_errors_is_capped",
        Promise.OUTPUT_CAPPED,
        """
import sys
for n in range(200_000):
    print("an error", n, file=sys.stderr)
print("done")
""",
        ends=HANDLED | {Status.TIMEOUT},
    ),
    attack(
        "control_characters_are_only_text",
        Promise.OUTPUT_CAPPED,
        """
import os
os.write(1, b"\\x00\\x1b[2J\\x1b]0;mine\\x07\\xff\\r\\n" + b"the end")
""",
        ends=frozenset({Status.OK}),
        prints="the end",
    ),
    attack(
        "pipes_cannot_hoard_the_kernels_memory",
        Promise.DEADLINES,
        """
import fcntl, os
held = 0
try:
    while held < 1000:
        fds = os.pipe(); held += 1
        fcntl.fcntl(fds[1], 1031, 1 << 20)
        os.set_blocking(fds[1], False)
        os.write(fds[1], b"x" * (1 << 20))
    print("LEAKED", held)
except OSError as error:
    print("refused", held, error.errno)
""",
        ends=STOPPED,
    ),
    attack(
        "zombies_are_limited",
        Promise.PROCESSES_LIMITED,
        """
import os
try:
    for n in range(2000):
        if os.fork() == 0:
            os._exit(0)
    print("LEAKED", n)
except OSError:
    print("refused", n)
""",
        ends=STOPPED,
    ),
    attack(
        "programs_that_start_programs_are_limited",
        Promise.PROCESSES_LIMITED,
        """
import os
try:
    for n in range(2000):
        os.posix_spawn("/bin/sleep", ["sleep", "60"], {})
    print("LEAKED", n)
except OSError:
    print("refused", n)
""",
        ends=STOPPED,
    ),
    attack(
        "mapped_memory_counts_too",
        Promise.MEMORY_LIMITED,
        """
import mmap
held = []
while True:
    area = mmap.mmap(-1, 64 << 20)
    if len(held) > 16: print("LEAKED")
    for at in range(0, 64 << 20, 4096):
        area[at] = 1
    held.append(area)
""",
        ends=frozenset({Status.OUT_OF_MEMORY, Status.ERROR}),
    ),
    attack(
        "files_in_memory_count_too",
        Promise.MEMORY_LIMITED,
        """
import os
written = 0
try:
    while True:
        fd = os.memfd_create("hoard")
        for _ in range(32):
            os.write(fd, b"x" * (1 << 20)); written += 1
        if written > 1024:
            print("LEAKED", written); break
except OSError as error:
    print("refused", written, error.errno)
""",
        ends=STOPPED,
    ),
    attack(
        "many_busy_processes_get_one_processor_between_them",
        Promise.CPU_LIMITED,
        """
import os, resource, time
began = time.monotonic()
for _ in range(4):
    if os.fork() == 0:
        while time.monotonic() < began + 1.2: pass
        os._exit(0)
for _ in range(4):
    os.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
busy, took = used.ru_utime + used.ru_stime, time.monotonic() - began
ticks = os.path.exists("/proc/sentry-meminfo")  # gVisor counts a process's time in ticks of the wall clock
print("LEAKED" if busy > 1.3 * took + 0.2 and not ticks else "shared", round(busy, 2), round(took, 2))
""",
        prints="shared",
    ),
    attack(
        "endless_recursion_ends_alone",
        Promise.DEADLINES,
        """
import sys
sys.setrecursionlimit(10**9)
def down(n): return down(n + 1) + 1
down(0)
""",
        ends=STOPPED,
    ),
    attack(
        "a_search_that_never_ends_is_stopped",
        Promise.DEADLINES,
        """
import re
re.match(r"(a+)+$", "a" * 60 + "b")
""",
        ends=frozenset({Status.TIMEOUT}),
    ),
    attack(
        "arithmetic_that_never_ends_is_stopped",
        Promise.DEADLINES,
        """
n = 3
while True: n = n * n
""",
        ends=frozenset({Status.TIMEOUT, Status.OUT_OF_MEMORY}),
    ),
)
