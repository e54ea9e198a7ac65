"""Numbers of system calls, as Linux gives them: name, on x86-64, on arm64 (asm/unistd_64.h, asm-generic/unistd.h)."""

NOBODY_NEEDS = """
acct 163 89, add_key 248 217, adjtimex 159 171, bpf 321 280, chroot 161 51, clock_adjtime 305 266,
clock_settime 227 112, delete_module 176 106, fanotify_init 300 262, fanotify_mark 301 263, finit_module 313 273,
fsconfig 431 431, fsmount 432 432, fsopen 430 430, fspick 433 433, init_module 175 105, io_cancel 210 3,
io_destroy 207 1, io_getevents 208 4, io_pgetevents 333 292, io_setup 206 0, io_submit 209 2,
io_uring_enter 426 426, io_uring_register 427 427, io_uring_setup 425 425, ioperm 173 -, iopl 172 -,
kcmp 312 272, kexec_file_load 320 294, kexec_load 246 104, keyctl 250 219, lookup_dcookie 212 18,
memfd_secret 447 447, modify_ldt 154 -, mount 165 40, mount_setattr 442 442, move_mount 429 429,
mq_getsetattr 245 185, mq_notify 244 184, mq_open 240 180, mq_timedreceive 243 183, mq_timedsend 242 182,
mq_unlink 241 181, msgctl 71 187, msgget 68 186, msgrcv 70 188, msgsnd 69 189, name_to_handle_at 303 264,
open_by_handle_at 304 265, open_tree 428 428, perf_event_open 298 241, pidfd_getfd 438 438, pivot_root 155 41,
process_madvise 440 440, process_mrelease 448 448, process_vm_readv 310 270, process_vm_writev 311 271,
ptrace 101 117, quotactl 179 60, reboot 169 142, remap_file_pages 216 234, request_key 249 218, semctl 66 191,
semget 64 190, semop 65 193, semtimedop 220 192, setdomainname 171 162, sethostname 170 161, setns 308 268,
settimeofday 164 170, shmat 30 196, shmctl 31 195, shmdt 67 197, shmget 29 194, swapoff 168 225, swapon 167 224,
syslog 103 116, umount2 166 39, unshare 272 97, userfaultfd 323 282, vmsplice 278 75
"""
BY_ARGUMENT = """
socket 41 198, prlimit64 302 261, sched_setaffinity 203 122, sched_setattr 314 274, sched_setparam 142 118,
sched_setscheduler 144 119, setpriority 141 140, ioprio_set 251 30, clone 56 220, clone3 435 435, mknod 133 -,
mknodat 259 33, kill 62 129, tkill 200 130, tgkill 234 131, pidfd_send_signal 424 424, rt_sigqueueinfo 129 138,
rt_tgsigqueueinfo 297 240, personality 135 92
"""


def numbers(table: str, machine: str) -> dict[str, int]:
    """Name -> number, for the calls that a machine (`platform.machine()`) has; none of a machine that is not known."""
    column = {"x86_64": 1, "aarch64": 2}.get(machine)
    rows = [row.split() for row in table.replace("\n", " ").split(",")]
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"} if column else {}
