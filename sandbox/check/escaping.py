"""What an experiment tries in order to leave its container."""

from sandbox.check.behaviour import attack
from sandbox.policy import Promise

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
names = [line.partition(":")[0].strip() for line in open("/proc/net/dev").read().splitlines()[2:]]
others = [name for name in names if name not in fallback]  # the kernel's own are in every namespace
print("LEAKED" if others else "nothing", others)
""",
        prints="nothing",
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
import ctypes, os
status = dict(line.split(":\\t") for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
prctl = ctypes.CDLL(None).prctl
none_new, seccomp = prctl(39, 0, 0, 0, 0), prctl(21, 0, 0, 0, 0)
if int(status["CapEff"], 16) or int(status["CapBnd"], 16) or none_new != 1 or seccomp != 2:
    print("LEAKED", status["CapEff"], status["CapBnd"], none_new, seccomp)
try:
    os.setuid(0); print("LEAKED root")
except OSError:
    pass
print("looked")
""",
        prints="looked",
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
    attack(
        "names_are_not_resolved",
        Promise.NO_NETWORK,
        """
import socket
servers = ["127.0.0.11", "127.0.0.53", "8.8.8.8"]
try:
    servers += [line.split()[1] for line in open("/etc/resolv.conf") if line.startswith("nameserver")]
except OSError:
    pass
question = bytes.fromhex("0001010000010000000000000765786d706c65036f72670000010001")
for server in servers:
    try:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); sock.settimeout(0.2)
        sock.sendto(question, (server, 53)); print("LEAKED", server, sock.recv(100))
    except OSError:
        pass
for name in ("example.org", "host.docker.internal", "metadata.google.internal"):
    try:
        print("LEAKED", socket.getaddrinfo(name, 80))
    except OSError:
        pass
""",
    ),
    attack(
        "metadata_addresses_do_not_answer",
        Promise.NO_NETWORK,
        """
import socket
for address in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "fd00:ec2::254"):
    try:
        sock = socket.create_connection((address, 80), 0.3)
        sock.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n"); print("LEAKED", address)
    except OSError:
        pass
""",
    ),
    attack(
        "nothing_listens_on_the_loopback",
        Promise.NO_NETWORK,
        """
import socket
for port in (22, 53, 80, 443, 2375, 2376, 5000, 6379, 8000, 8080, 8888, 9000):
    for address in ("127.0.0.1", "::1", "0.0.0.0"):
        try:
            socket.create_connection((address, port), 0.2); print("LEAKED", address, port)
        except OSError:
            pass
""",
    ),
    attack(
        "sockets_of_the_host_have_no_name_here",
        Promise.NO_NETWORK,
        """
import socket
from lab import oracle
try:
    names = [line.split()[7] for line in open("/proc/net/unix").read().splitlines()[1:] if len(line.split()) > 7]
except OSError:
    names = []
for name in names:
    if name.startswith("@") and name[1:] != oracle._path[1:]:
        try:
            socket.socket(socket.AF_UNIX).connect("\\0" + name[1:]); print("LEAKED", name)
        except OSError:
            pass
""",
    ),
    attack(
        "no_disk_can_be_opened",
        Promise.NO_HOST_FILES,
        """
import os, stat
for folder, _, names in os.walk("/dev"):
    for name in names:
        path = os.path.join(folder, name)
        try:
            if stat.S_ISBLK(os.stat(path).st_mode):
                os.open(path, os.O_RDONLY); print("LEAKED", path)
        except OSError:
            pass
""",
    ),
    attack(
        "files_of_shared_memory_cannot_be_left",
        Promise.SCRATCH_LIMITED,
        """
for path in ("/dev/shm/left", "/dev/mqueue/left", "/run/shm/left", "/run/lock/left", "/var/tmp/left", "/tmp/left"):
    try:
        open(path, "w").close(); print("LEAKED", path)
    except OSError:
        pass
""",
    ),
    attack(
        "root_of_another_process_is_no_way_out",
        Promise.NO_HOST_FILES,
        """
import os
for pid in filter(str.isdecimal, os.listdir("/proc")):
    for path in ("root/var/lib/docker", "root/root/.ssh", "cwd/../../../root/.bashrc"):
        if os.path.exists(f"/proc/{pid}/{path}"):
            print("LEAKED", path)
""",
    ),
    attack(
        "the_systems_log_cannot_be_written",
        Promise.NO_HOST_FILES,
        """
import os, socket
for path in ("/dev/log", "/run/systemd/journal/socket", "/run/systemd/journal/stdout", "/run/systemd/journal/syslog"):
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        try:
            socket.socket(socket.AF_UNIX, kind).connect(path); print("LEAKED", path)
        except OSError:
            pass
for path in ("/dev/kmsg", "/dev/console", "/dev/tty", "/var/log/wtmp", "/var/log/journal/left"):
    try:
        os.write(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY), b"left"); print("LEAKED", path)
    except OSError:
        pass
print("refused")
""",
        prints="refused",
    ),
    attack(
        "serial_numbers_of_the_machine_cannot_be_read",
        Promise.NO_HOST_FILES,
        """
import glob
for path in ("/etc/machine-id", "/var/lib/dbus/machine-id", *glob.glob("/sys/class/dmi/id/*serial*"),
             *glob.glob("/sys/class/dmi/id/*uuid*"), *glob.glob("/sys/class/net/e*/address"),
             *glob.glob("/sys/block/*/device/serial"), *glob.glob("/sys/firmware/dmi/tables/*")):
    try:
        if said := open(path, "rb").read().strip():
            print("LEAKED", path, said[:40])
    except OSError:
        pass
print("looked")
""",
        prints="looked",
    ),
)
