"""The policy is data, and its rendering is pure: what an engine is told can be read here."""

from pathlib import Path

import pytest

from sandbox.client import Limits
from sandbox.engines.bubblewrap import bubblewrap_arguments
from sandbox.engines.docker import kept_promises
from sandbox.engines.docker_arguments import container_body
from sandbox.engines.docker_submission import submission_body
from sandbox.engines.launcher import Places
from sandbox.policy import TMP, Part, Policy, Promise, policy_for
from sandbox.seccomp import profile
from sandbox.submission import Surroundings

LIMITS = Limits(memory_mb=512, processes=32)
PLACES = Places("/tmp/x/socket/s", "/tmp/x/scratch")  # noqa: S108 names only


def host_config(part: Part, oracle: str | None = "0racle") -> dict[str, object]:
    """Docker's HostConfig for a part."""
    policy, labels = policy_for(part, LIMITS), {"app": "inquest"}
    if part is Part.SUBMISSION:
        body = submission_body(policy, "image", labels, "0racle", "/s", 60.0, Surroundings())
    else:
        body = container_body(policy, "image", labels, "runc", oracle)
    config = body["HostConfig"]
    assert isinstance(config, dict)
    return config


@pytest.mark.parametrize("part", list(Part))
def test_every_container_is_hardened(part: Part) -> None:
    """No part is spared: network, capabilities, privileges, root, IPC, log, core dumps, swap."""
    config = host_config(part)
    policy = policy_for(part, LIMITS)
    expected = {
        "NetworkMode": "none",
        "IpcMode": "none",
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges", f"seccomp={profile()}"],
        "ReadonlyRootfs": True,
        "Memory": policy.memory_mb << 20,
        "MemorySwap": policy.memory_mb << 20,
        "PidsLimit": policy.processes,
        "LogConfig": {"Type": "none"},
        "Init": False,
        "AutoRemove": part is not Part.SUBMISSION,  # how that one ended is looked at first
    }
    assert {key: config[key] for key in expected} == expected
    ulimits = config["Ulimits"]
    assert isinstance(ulimits, list)
    assert {limit["Name"] for limit in ulimits} == {"nofile", "fsize", "core"}
    assert "Privileged" not in config
    assert "Binds" not in config


def test_a_submission_reads_the_oracles_volume_and_writes_where_anybody_expects_to() -> None:
    """Its socket's folder is read-only; beside it there is a small /tmp that holds no programs."""
    config = host_config(Part.SUBMISSION)

    assert config["VolumesFrom"] == ["0racle:ro"]
    assert list(config["Tmpfs"]) == [TMP]  # type: ignore[call-overload]
    assert "noexec" in str(config["Tmpfs"])


def test_parts_have_users_of_their_own() -> None:
    """No part may read another's processes, and none is root."""
    users = {policy_for(part, LIMITS).uid for part in Part}
    assert len(users) == len(Part)
    assert 0 not in users


def test_a_dead_host_closes_stdin_for_good() -> None:
    """Stdin is opened once, so that its end reaches the main process."""
    body = container_body(policy_for(Part.LAB, LIMITS), "image", {}, "runc", "0racle")
    assert body["OpenStdin"] is True
    assert body["StdinOnce"] is True


def test_the_lab_reads_the_oracles_volume_and_nothing_else() -> None:
    """The socket's folder is read-only in the lab; candidates have no volume and no scratch."""
    assert host_config(Part.LAB)["VolumesFrom"] == ["0racle:ro"]
    assert "Mounts" not in host_config(Part.LAB)
    candidate = host_config(Part.CANDIDATE)
    assert "VolumesFrom" not in candidate
    assert "Mounts" not in candidate
    assert candidate["Tmpfs"] == {}


def test_scratch_is_a_noexec_quarter_of_memory() -> None:
    """What an experiment writes counts as memory and outlives it, hence the quarter."""
    tmpfs = host_config(Part.LAB)["Tmpfs"]
    assert isinstance(tmpfs, dict)
    assert {"noexec", "nosuid", "nodev", "size=128m"} <= set(tmpfs["/scratch"].split(","))


def test_no_part_is_told_the_function() -> None:
    """Target and secret travel over stdin: neither argv, environment nor labels have a place for them."""
    assert set(Policy.model_fields) == {
        "part", "uid", "memory_mb", "processes", "cpus", "open_files", "file_mb", "scratch_mb", "socket", "lifetime_s",
    }  # fmt: skip


def test_what_a_kernel_cannot_do_is_not_promised() -> None:
    """An engine without swap accounting, pids limit or seccomp says so, and each promise that needs it is withdrawn."""
    able = {"MemoryLimit": True, "SwapLimit": True, "PidsLimit": True, "CpuCfsQuota": True}
    assert set(kept_promises(able | {"SecurityOptions": ["name=seccomp,profile=default"]})) == set(Promise)
    weak = able | {"SwapLimit": False, "PidsLimit": False, "SecurityOptions": None}
    missing = set(Promise) - set(kept_promises(weak))
    assert missing == {Promise.MEMORY_LIMITED, Promise.PROCESSES_LIMITED, Promise.KERNEL_FILTERED}


def test_bubblewrap_unshares_everything(tmp_path: Path) -> None:
    """All namespaces, no capabilities, read-only everything; only a lab has the socket and a sized scratch."""
    lab = bubblewrap_arguments(policy_for(Part.LAB, LIMITS), tmp_path, PLACES)
    candidate = bubblewrap_arguments(policy_for(Part.CANDIDATE, LIMITS), tmp_path, PLACES)
    for arguments in (lab, candidate):
        assert {"--unshare-all", "--die-with-parent", "--as-pid-1", "--new-session"} <= set(arguments)
        assert arguments[arguments.index("--cap-drop") + 1] == "ALL"
        assert "--bind" not in arguments
        assert "--share-net" not in arguments
    assert lab[lab.index("--size") : lab.index("--size") + 4] == ["--size", str(128 << 20), "--tmpfs", PLACES.scratch]
    assert "--size" not in candidate
    assert "/tmp/x/socket" in lab  # noqa: S108
    assert "/tmp/x/socket" not in candidate  # noqa: S108
