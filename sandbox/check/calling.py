"""What an experiment asks of the kernel, and must be refused: one system call after another."""

from sandbox.check.behaviour import Behaviour, attack
from sandbox.policy import Promise

_CALL = """
import ctypes, errno, platform
libc = ctypes.CDLL(None, use_errno=True)
def refused(number, *arguments):
    if platform.machine() != "x86_64":
        return
    libc.syscall.restype = ctypes.c_long
    got = libc.syscall(number, *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if got >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS, errno.EACCES):
        print("LEAKED", number, got, errno.errorcode.get(ctypes.get_errno()))
"""


def _refused(name: str, calls: str) -> Behaviour:
    return attack(name, Promise.KERNEL_FILTERED, _CALL + calls)


CALLING = (
    _refused("the_kernel_runs_no_program_of_an_experiment", "refused(321, 0, 0, 0)"),  # bpf
    _refused("the_processor_cannot_be_watched", "refused(298, 0, 0, -1, -1, 0)"),  # perf_event_open
    _refused("page_faults_cannot_be_taken_over", "refused(323, 0); refused(323, 1)"),  # userfaultfd
    _refused("no_queue_into_the_kernel_can_be_made", "refused(425, 8, ctypes.create_string_buffer(256))"),  # io_uring
    _refused(
        "memory_cannot_be_copied_between_processes",
        "import os\nrefused(310, os.getppid(), 0, 0, 0, 0, 0); refused(311, os.getppid(), 0, 0, 0, 0, 0)",
    ),
    _refused("processes_cannot_be_compared", "import os\nrefused(312, os.getpid(), os.getppid(), 0, 0, 0)"),
    _refused("nothing_can_be_traced_at_all", "refused(101, 0, 0, 0, 0)"),  # ptrace, even of oneself
    _refused(
        "no_key_can_be_left_in_the_kernel",
        'refused(248, b"user", b"left", b"word", 4, -3); refused(250, 0, -3, 0, 0, 0); refused(249, b"user", 0, 0, 0)',
    ),
    _refused("files_cannot_be_opened_by_handle", "refused(304, -100, 0, 0); refused(303, -100, b'/', 0, 0, 0)"),
    _refused("the_root_cannot_be_changed", 'refused(161, b"/tmp"); refused(155, b"/", b"/")'),
    _refused("namespaces_of_others_cannot_be_entered", "refused(308, 0, 0)"),
    _refused("nothing_can_be_unmounted", 'refused(166, b"/proc", 2); refused(166, b"/", 2)'),
    _refused(
        "the_new_ways_to_mount_are_refused_too",
        'refused(430, b"tmpfs", 0); refused(428, -100, b"/", 1); refused(429, -100, b"/", -100, b"/mnt", 0)',
    ),
    _refused("the_kernel_loads_no_module", 'refused(175, 0, 0, b""); refused(313, 0, b"", 0); refused(176, b"x", 0)'),
    _refused("the_machine_cannot_be_stopped", "refused(169, 0, 0, 0, 0); refused(246, 0, 0, 0, 0)"),
    _refused("swap_cannot_be_changed", 'refused(167, b"/scratch", 0); refused(168, b"/scratch")'),
    _refused("ports_of_the_machine_are_closed", "refused(172, 3); refused(173, 0, 1, 1)"),
    _refused("the_clock_cannot_be_set", "refused(164, 0, 0); refused(227, 0, ctypes.create_string_buffer(16))"),
    _refused("nobody_can_be_accounted_for", "refused(163, 0); refused(179, 0, 0, 0, 0)"),
    _refused("the_file_system_cannot_be_watched_whole", "refused(300, 0, 0)"),
    _refused("the_machine_keeps_its_name", 'refused(170, b"mine", 4); refused(171, b"mine", 4)'),
    _refused("the_kernels_log_cannot_be_read", "refused(103, 3, ctypes.create_string_buffer(4096), 4096)"),
    _refused("limits_of_others_cannot_be_changed", "import os\nrefused(302, os.getppid(), 0, 0, 0)"),
    _refused("descriptors_of_others_cannot_be_taken", "import os\nrefused(438, 0, 0, 0)"),  # pidfd_getfd
    _refused("memory_of_others_cannot_be_advised_on", "refused(440, 0, 0, 0, 4, 0); refused(448, 0, 0)"),
    _refused(
        "namespaces_cannot_be_made_while_forking",
        """
import struct
flags = (0x10000000, 0x20000000, 0x40000000, 0x00020000)  # of users, processes, networks, mounts
for flag in flags:
    refused(56, flag | 17, 0, 0, 0, 0)
    refused(435, struct.pack("=QQQQQQQQ", flag, 0, 0, 0, 17, 0, 0, 0), 64)
""",
    ),
    attack(
        "no_priority_can_be_had_over_others",
        Promise.KERNEL_FILTERED,
        """
import os
attempts = [lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)]
if not os.path.exists("/proc/sentry-meminfo"):  # gVisor lets a process have any number: it schedules by none
    attempts += [lambda: os.nice(-5), lambda: os.setpriority(os.PRIO_USER, 0, -10),
                 lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))]
for raised in attempts:
    try:
        raised(); print("LEAKED", raised)
    except OSError:
        pass
print("refused")
""",
        prints="refused",
    ),
    attack(
        "the_persona_of_a_process_cannot_be_changed",
        Promise.KERNEL_FILTERED,
        _CALL + "refused(135, 0x0040000)",  # ADDR_NO_RANDOMIZE
    ),
    attack(
        "sockets_of_unusual_families_cannot_be_made",
        Promise.KERNEL_FILTERED,
        """
import socket
for name, family in (("vsock", 40), ("alg", 38), ("bluetooth", 31), ("can", 29), ("xdp", 44), ("key", 15), ("rds", 21)):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind)
            print("LEAKED", name)
        except OSError:
            pass
""",
    ),
    attack(
        "devices_cannot_be_made",
        Promise.KERNEL_FILTERED,
        """
import os, stat
for kind, number in ((stat.S_IFBLK, os.makedev(8, 0)), (stat.S_IFCHR, os.makedev(1, 1))):
    try:
        os.mknod("device", kind | 0o666, number)
        print("LEAKED", kind)
    except OSError:
        pass
""",
    ),
    attack(
        "the_kernels_insides_are_not_shown",
        Promise.KERNEL_FILTERED,
        """
import os
for path in ("/proc/kcore", "/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/proc/keys", "/proc/timer_list",
             "/proc/sched_debug", "/proc/kpagecount", "/proc/vmallocinfo"):
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        if os.read(fd, 16):
            print("LEAKED", path)
    except OSError:
        pass
for folder in ("/sys/kernel/debug", "/sys/kernel/security", "/sys/kernel/tracing", "/sys/fs/bpf", "/sys/firmware"):
    try:
        if os.listdir(folder):
            print("LEAKED", folder)
    except OSError:
        pass
""",
    ),
)
