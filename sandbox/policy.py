"""The isolation policy, as data. Engines render it to their own arguments by pure code; nothing here is a flag of one.

What holds for every part, whatever the engine: no network, no capabilities, no new privileges, a read-only root, a user
of its own, no shared memory or devices beyond the harmless ones, no log kept by the engine, no restart, and an end
by itself when the host is gone (stdin closes) or the lifetime is over.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from functions.brief import Record
from sandbox.client import Limits

SOCKET_FOLDER = "/run/inquest"  # in containers: a tmpfs of its own, which the oracle writes and the lab reads
GATEWAY_FOLDER = "/run/gateway"  # the same for the model gateway and a submission
SCRATCH = "/scratch"  # in containers: where an experiment may write
TMP = "/tmp"  # noqa: S108 the same in a submission's: where whatever its author packed expects it
FIXED_ENVIRONMENT = {  # results must not depend on hash seeds, threads or locale
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LANG": "C.UTF-8",
}


class Part(StrEnum):
    """Which of the sandbox's processes."""

    ORACLE = "oracle"
    LAB = "lab"
    CANDIDATE = "candidate"
    SUBMISSION = "submission"  # somebody else's image
    GATEWAY = "gateway"


OURS = (Part.ORACLE, Part.GATEWAY)
"""Parts that run this project's code alone, and serve others at a socket of their own."""


class Promise(StrEnum):
    """What a sandbox can promise. Every engine says of each of these whether it does."""

    NO_NETWORK = "no network"
    FUNCTION_HIDDEN = "the function is out of reach of hostile code"
    NO_HOST_FILES = "the lab sees no file of the host but the system's and Python's"
    NO_HOST_PROCESSES = "the lab sees no process of the host"
    NO_SURVIVORS = "what an experiment leaves running is killed"
    NO_RESIDUE = "what an experiment writes is gone before the next one"
    SCRATCH_LIMITED = "scratch space is limited, and the only place to write"
    MEMORY_LIMITED = "memory is limited, without swap"
    PROCESSES_LIMITED = "the number of processes is limited"
    CPU_LIMITED = "CPU time is shared out"
    KERNEL_FILTERED = "no capabilities, no new privileges, no lasting IPC objects, a seccomp filter"
    DEADLINES = "experiments end at their deadline"
    OUTPUT_CAPPED = "output is capped"
    QUERIES_COUNTED = "queries are counted outside the lab"


class Policy(Record):
    """The bounds of one part. Sizes in MB (2**20 bytes)."""

    part: Part
    uid: Annotated[int, Field(gt=0)]  # its own, so that no part can look into another
    memory_mb: int  # swap included
    processes: int
    cpus: float
    open_files: int
    file_mb: int
    scratch_mb: int  # noexec tmpfs; 0: no writable place at all
    socket: bool  # does it see the oracle's socket?
    lifetime_s: float


def policy_for(part: Part, limits: Limits) -> Policy:
    """The policy of a part under the limits of one sandbox.

    Scratch counts as the container's memory and outlives an experiment, hence a quarter of it at most.
    """
    if part in OURS:
        return Policy(
            part=part, uid=64001 if part is Part.ORACLE else 64004, memory_mb=256, processes=16, cpus=1.0,
            open_files=128, file_mb=0, scratch_mb=0, socket=part is Part.ORACLE, lifetime_s=limits.lifetime_s,
        )  # fmt: skip
    asks = part in (Part.LAB, Part.SUBMISSION)
    scratch_mb = max(1, limits.memory_mb // 4) if asks else 0
    uid = {Part.LAB: 64002, Part.CANDIDATE: 64003, Part.SUBMISSION: 64005}[part]
    return Policy(
        part=part, uid=uid, memory_mb=limits.memory_mb, processes=limits.processes, cpus=1.0,
        open_files=128, file_mb=scratch_mb, scratch_mb=scratch_mb, socket=asks, lifetime_s=limits.lifetime_s,
    )  # fmt: skip


def module_of(part: Part) -> str:
    """The Python module that is a part's main process."""
    return {
        Part.ORACLE: "sandbox.oracle",
        Part.LAB: "lab.worker",
        Part.CANDIDATE: "lab.candidate",
        Part.GATEWAY: "sandbox.gateway",
    }[part]
