"""The policy as the body of Docker's `POST /containers/create`: pure.

https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerCreate
"""

from collections.abc import Mapping

from sandbox.engines.launcher import Inside, Places
from sandbox.policy import FIXED_ENVIRONMENT, GATEWAY_FOLDER, OURS, SCRATCH, SOCKET_FOLDER, TMP, Part, Policy, module_of
from sandbox.seccomp import profile

MB = 1 << 20
SCRATCH_INODES = 4096
ORACLE_SHARES = 8192  # of 1024: a lab waits for each answer, and whoever copies the oracle's log can do so afterwards
NO_LASTING_IPC = {  # System V and POSIX objects outlive the process that made them: none can be made
    "kernel.shmmni": "0",
    "kernel.msgmni": "0",
    "kernel.sem": "32 0 0 0",
    "fs.mqueue.queues_max": "0",
}


GVISOR = "runsc"
GVISOR_MB = 256  # what gVisor itself needs of a container's memory
GVISOR_PROCESSES = 4096  # its own threads count too, and without room for them it dies


def grounds(runtime: str) -> tuple[Places, Inside]:
    """Where things are under a runtime, and what must be bounded inside.

    gVisor shares no socket between containers, so its labs ask through the host. It ignores seccomp profiles, but lets
    a process put a filter on itself. Its kernel runs within the container's own limits of memory and processes, and
    dies with all that is in it where they are reached.
    """
    if runtime == GVISOR:
        return Places("\0inquest-oracle", SCRATCH, relay=True), Inside(True, True, True)
    return Places(f"{SOCKET_FOLDER}/oracle.sock", SCRATCH, f"{GATEWAY_FOLDER}/model.sock"), Inside()


def container_body(
    policy: Policy, image: str, labels: Mapping[str, str], runtime: str, oracle: str | None, *, filtered: bool = True
) -> dict[str, object]:
    """How to create the container of a part. `oracle` is the id of the container whose socket a lab sees; `filtered`:
    the engine takes seccomp profiles.

    Stdin is opened once: when the host lets go of it, dead or alive, the main process sees its end and leaves, and
    the engine removes the container with its volumes.
    """
    return {
        "Image": image,
        "Cmd": ["python3", "-P", "-m", module_of(policy.part)],
        "User": f"{policy.uid}:{policy.uid}",
        "Env": [f"{name}={value}" for name, value in environment_of(policy).items()],
        "WorkingDir": SCRATCH if policy.scratch_mb else "/",
        "Hostname": policy.part.value,
        "Labels": dict(labels),
        "NetworkDisabled": True,
        "OpenStdin": True,
        "StdinOnce": True,
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "HostConfig": host_config(policy, runtime, filtered) | _shared(policy, runtime, oracle, labels),
    }


def with_mount(body: Mapping[str, object], mount: Mapping[str, object]) -> dict[str, object]:
    """The same container with one more mount."""
    config = body["HostConfig"]
    assert isinstance(config, Mapping)  # noqa: S101 `container_body` made it
    return {**body, "HostConfig": {**config, "Mounts": [*config.get("Mounts", ()), mount]}}


def environment_of(policy: Policy) -> dict[str, str]:
    """What every process finds in its environment."""
    scratch = (
        {"HOME": scratch_of(policy), "TMPDIR": scratch_of(policy)} if policy.scratch_mb else {"HOME": "/nonexistent"}
    )
    return FIXED_ENVIRONMENT | scratch


def host_config(policy: Policy, runtime: str, filtered: bool) -> dict[str, object]:
    """The hardening, the same for every part."""
    gvisor = runtime == GVISOR
    memory = (policy.memory_mb + GVISOR_MB * gvisor) * MB
    return {
        "Runtime": runtime,
        "NetworkMode": "none",
        "IpcMode": "none",
        "CgroupnsMode": "private",
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges", *([f"seccomp={profile()}"] if filtered else [])],
        "ReadonlyRootfs": True,
        "Sysctls": NO_LASTING_IPC,
        "Memory": memory,
        "MemorySwap": memory,  # memory and swap together: none of it is swap
        "PidsLimit": GVISOR_PROCESSES if gvisor else policy.processes,
        "NanoCpus": int(policy.cpus * 1e9),
        "CpuShares": ORACLE_SHARES if policy.part is Part.ORACLE else 1024,
        "Ulimits": [
            {"Name": name, "Soft": limit, "Hard": limit}
            for name, limit in (("nofile", policy.open_files), ("fsize", policy.file_mb * MB), ("core", 0))
        ],
        "Tmpfs": {scratch_of(policy): _scratch_options(policy)} if policy.scratch_mb else {},
        "LogConfig": {"Type": "none"},
        "Init": False,
        "AutoRemove": True,
        "RestartPolicy": {"Name": "no"},
    }


def scratch_of(policy: Policy) -> str:
    """Where a part may write, if anywhere."""
    return TMP if policy.part is Part.SUBMISSION else SCRATCH


def _scratch_options(policy: Policy) -> str:
    owner = f"uid={policy.uid},gid={policy.uid},mode=0700"
    return f"rw,noexec,nosuid,nodev,size={policy.scratch_mb}m,nr_inodes={SCRATCH_INODES},{owner}"


def _shared(policy: Policy, runtime: str, oracle: str | None, labels: Mapping[str, str]) -> dict[str, object]:
    """Oracle and gateway each have an anonymous tmpfs volume, removed with the last container that uses it; the lab
    reads the oracle's."""
    if runtime == GVISOR:
        return {}
    if policy.part is Part.LAB and oracle is not None:
        return {"VolumesFrom": [f"{oracle}:ro"]}
    if policy.part not in OURS:
        return {}
    options = f"size=64k,nr_inodes=16,noexec,nosuid,nodev,uid={policy.uid},gid={policy.uid},mode=0755"
    driver = {"Name": "local", "Options": {"type": "tmpfs", "device": "tmpfs", "o": options}}
    volume = {"NoCopy": True, "Labels": dict(labels), "DriverConfig": driver}
    folder = SOCKET_FOLDER if policy.part is Part.ORACLE else GATEWAY_FOLDER
    return {"Mounts": [{"Type": "volume", "Target": folder, "VolumeOptions": volume}]}
