"""The policy as bubblewrap arguments: pure, but for looking at which folders of the system exist."""

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sandbox.engines.launcher import Places
from sandbox.policy import Part, Policy

SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")
HIDDEN = ("functions", "judges", "orchestrator", "inquest", "sandbox")  # wherever they are installed


def bubblewrap_arguments(policy: Policy, stage: Path, places: Places) -> list[str]:
    """What to put before the command. `stage` holds the lab's own files.

    The command becomes process 1 of namespaces of its own: what it leaves dies with it.
    """
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"]
    arguments += ["--uid", str(policy.uid), "--gid", str(policy.uid), "--hostname", "lab"]
    for path in _readable():
        arguments += ["--ro-bind", path, path]
    for path in _hidden_packages():
        arguments += ["--tmpfs", path, "--remount-ro", path]
    arguments += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--ro-bind", str(stage), str(stage)]
    if policy.part is Part.LAB:
        folder = str(Path(places.socket).parent)
        arguments += ["--ro-bind", folder, folder]
        arguments += ["--size", str(policy.scratch_mb << 20), "--tmpfs", places.scratch]
    return [*arguments, "--remount-ro", "/", "--"]


def _readable() -> list[str]:
    """The system and this Python; nothing of a home, of /etc's secrets, or of this project's checkout."""
    found = [path for path in SYSTEM if Path(path).exists()]
    for prefix in dict.fromkeys((sys.base_prefix, sys.prefix)):
        if not any(_inside(Path(prefix), Path(other)) for other in found):
            found.append(prefix)
    return found


def _hidden_packages() -> Iterator[str]:
    readable = [Path(path) for path in _readable()]
    for name in HIDDEN:
        spec = importlib.util.find_spec(name)
        for location in (spec.submodule_search_locations if spec else None) or ():
            if any(_inside(Path(location), folder) for folder in readable):
                yield location


def _inside(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)


def probe_arguments(stage: Path) -> Sequence[str]:
    """A command that succeeds where bubblewrap works here as it must."""
    from sandbox.client import Limits
    from sandbox.policy import policy_for

    places = Places(socket=str(stage / "oracle.sock"), scratch=str(stage))
    return [*bubblewrap_arguments(policy_for(Part.CANDIDATE, Limits()), stage, places), sys.executable, "-c", ""]
