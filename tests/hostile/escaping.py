"""What an experiment tries in order to leave its container."""

from sandbox.policy import Promise
from tests.hostile.behaviour import attack

ESCAPING = (
    attack(
        "no_network_of_any_family_is_there",
        Promise.NO_NETWORK,
        """
import socket
for family, address in ((socket.AF_INET, ("1.1.1.1", 53)), (socket.AF_INET, ("169.254.169.254", 80)),
                        (socket.AF_INET6, ("2606:4700:4700::1111", 53)), (socket.AF_INET, ("172.17.0.1", 22))):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            sock = socket.socket(family, kind); sock.settimeout(1); sock.connect(address); sock.send(b"x")
            print("LEAKED", family, address)
        except OSError:
            pass
try:
    print("LEAKED", socket.getaddrinfo("example.org", 80))
except OSError:
    pass
""",
    ),
    attack(
        "raw_and_netlink_sockets_reach_no_interface",
        Promise.NO_NETWORK,
        """
import socket
try:
    socket.socket(socket.AF_INET, socket.SOCK_RAW, 1); print("LEAKED raw")
except OSError:
    pass
try:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW); print("LEAKED packet")
except OSError:
    pass
fallback = ("lo", "sit0", "tunl0", "ip6tnl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "ip6gre0")
others = [name for _, name in socket.if_nameindex() if name not in fallback]  # the kernel's own are in every namespace
print("LEAKED" if others else "nothing", others)
""",
    ),
    attack(
        "mounts_and_namespaces_are_refused",
        Promise.KERNEL_FILTERED,
        """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b"none", os.environ["TMPDIR"].encode(), b"tmpfs", 0, None) == 0: print("LEAKED mount")
for flag in (0x10000000, 0x00020000, 0x40000000, 0x20000000):
    if libc.unshare(flag) == 0: print("LEAKED unshare", hex(flag))
""",
    ),
    attack(
        "no_privilege_can_be_had",
        Promise.KERNEL_FILTERED,
        """
import os
status = dict(line.split(":\\t") for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
if int(status["CapEff"], 16) or int(status["CapBnd"], 16) or status["NoNewPrivs"] != "1" or status["Seccomp"] != "2":
    print("LEAKED", status["CapEff"], status["CapBnd"], status["NoNewPrivs"], status["Seccomp"])
try:
    os.setuid(0); print("LEAKED root")
except OSError:
    pass
""",
    ),
    attack(
        "other_processes_cannot_be_traced",
        Promise.FUNCTION_HIDDEN,
        """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for pid in filter(str.isdecimal, os.listdir("/proc")):
    if int(pid) != os.getpid() and libc.ptrace(16, int(pid), 0, 0) == 0:
        print("LEAKED", pid)
""",
    ),
    attack(
        "files_in_scratch_cannot_be_executed",
        Promise.KERNEL_FILTERED,
        """
import os, shutil, subprocess
shutil.copy("/usr/bin/true", "mine"); os.chmod("mine", 0o755)
try:
    subprocess.run(["./mine"]); print("LEAKED")
except OSError:
    pass
""",
    ),
    attack(
        "objects_that_outlive_processes_cannot_be_made",
        Promise.KERNEL_FILTERED,
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.shmget(77, 4096, 0o1666) >= 0: print("LEAKED shared memory")
if libc.msgget(77, 0o1666) >= 0: print("LEAKED message queue")
if libc.semget(77, 1, 0o1666) >= 0: print("LEAKED semaphore")
if libc.mq_open(b"/left", 0o102, 0o666, None) >= 0: print("LEAKED posix queue")
""",
    ),
    attack(
        "the_kernels_switches_cannot_be_turned",
        Promise.KERNEL_FILTERED,
        """
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/fs/cgroup/memory/memory.limit_in_bytes",
             "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/pids/pids.max", "/proc/sys/vm/drop_caches"):
    try:
        open(path, "w").write("1"); print("LEAKED", path)
    except OSError:
        pass
""",
    ),
)
