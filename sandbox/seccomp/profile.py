"""The derivation: pure, but for reading the two files beside this one."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent

_REMOVED = """
ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd process_madvise process_mrelease
io_uring_setup io_uring_enter io_uring_register io_setup io_submit io_cancel io_destroy io_getevents io_pgetevents
io_pgetevents_time64 userfaultfd bpf perf_event_open fanotify_init fanotify_mark memfd_secret vmsplice
name_to_handle_at open_by_handle_at lookup_dcookie quotactl acct syslog
add_key request_key keyctl
ipc shmget shmat shmctl shmdt semget semctl semop semtimedop semtimedop_time64 msgget msgctl msgrcv msgsnd
mq_open mq_unlink mq_getsetattr mq_notify mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64
adjtimex clock_adjtime clock_adjtime64 settimeofday stime clock_settime sethostname setdomainname
mount umount umount2 pivot_root chroot unshare setns swapon swapoff modify_ldt remap_file_pages socketcall
"""
REMOVED = frozenset(_REMOVED.split())  # an experiment computes, forks, writes scratch and talks to one Unix socket
ONLY = {  # calls with an argument (by position) that may have these values alone
    "socket": (0, (1, 2, 10)),  # AF_UNIX, AF_INET, AF_INET6: without a network the last two are refused by name
    "prlimit64": (0, (0,)),  # the caller itself, as in all that follow
    "sched_setaffinity": (0, (0,)),
    "sched_setattr": (0, (0,)),
    "sched_setparam": (0, (0,)),
    "sched_setscheduler": (0, (0,)),
    "setpriority": (1, (0,)),
    "ioprio_set": (1, (0,)),
}


def derive(default: str) -> str:
    """The profile (JSON) that a default profile (JSON) becomes.

    Rules that need a capability go, since no container has one, and so do calls of 32 bits, with their own numbers.
    """
    profile = json.loads(default)
    rules = [_without(rule) for rule in profile["syscalls"] if not rule["includes"].get("caps")]
    rules = [rule for rule in rules if rule["names"]]
    for name, (index, values) in ONLY.items():
        rules += [_rule(name, index, value) for value in values]
    native = [architecture | {"subArchitectures": []} for architecture in profile["archMap"]]
    return json.dumps(profile | {"archMap": native, "syscalls": rules}, indent=1) + "\n"


def engine_default() -> str:
    """The engine's default profile that ours is derived from."""
    return (FOLDER / "engine-default.json").read_text()


@cache
def profile() -> str:
    """Our profile, without the blanks: it travels with each container."""
    return json.dumps(json.loads((FOLDER / "profile.json").read_text()), separators=(",", ":"))


def _without(rule: Mapping[str, object]) -> dict[str, object]:
    names = rule["names"]
    kept = [name for name in names if name not in REMOVED and name not in ONLY] if isinstance(names, list) else []
    return {**rule, "names": kept}


def _rule(name: str, index: int, value: int) -> dict[str, object]:
    where = {"index": index, "value": value, "op": "SCMP_CMP_EQ"}
    return {"names": [name], "action": "SCMP_ACT_ALLOW", "args": [where], "comment": "", "includes": {}, "excludes": {}}
