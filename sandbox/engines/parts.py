"""Starting parts and telling them how they are set up, over any launcher."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sandbox.client import Limits, SandboxFailure
from sandbox.engines.channel import ChannelLost
from sandbox.engines.launcher import Launcher, Process
from sandbox.policy import Part, Promise, policy_for
from sandbox.protocol import Frame

READY_S = 60.0  # a container that imports numpy and scipy on a busy machine
MAX_OUTPUT = 256 * 1024  # bytes of each stream: escaped six to one, both still fit into a frame


def start_parts(launcher: Launcher, parts: Sequence[Part]) -> list[Process]:
    """Start the parts side by side. Either all run, or none and SandboxFailure is raised."""
    with ThreadPoolExecutor(len(parts)) as pool:
        futures = [pool.submit(launcher.start, part) for part in parts]
    failures = [error for future in futures if (error := future.exception()) is not None]
    if failures:
        for future in futures:
            if future.exception() is None:
                end(future.result())
        raise failures[0]
    return [future.result() for future in futures]


def side_by_side(*steps: Callable[[], None]) -> None:
    """Do all of it at once, to its end, and then raise the first SandboxFailure, if there was one."""
    with ThreadPoolExecutor(len(steps)) as pool:
        futures = [pool.submit(step) for step in steps]
    for future in futures:
        future.result()


def end(process: Process) -> None:
    """Destroy a process that nobody reads from any more, and close its channel. Raises SandboxFailure."""
    try:
        process.destroy()
    finally:
        process.channel.close()


def ask_ready(process: Process, frame: Frame, part: Part) -> None:
    """Tell a part to get ready, for the first time or for more. Raises SandboxFailure, having destroyed it."""
    try:
        process.channel.send(frame, READY_S)
        reply = process.channel.receive(READY_S)
    except ChannelLost as lost:
        why = process.diagnosis()
        end(process)
        raise SandboxFailure(f"the {part} did not get ready: it {lost}. {why}".rstrip()) from None
    if reply != {"ready": True}:
        end(process)
        raise SandboxFailure(f"the {part} did not get ready: it answered {str(reply)[:200]}")


def worker_setup(launcher: Launcher, limits: Limits, part: Part, experiment_s: float) -> Frame:
    """The first frame of a lab or a candidate runner (see `sandbox.lab.setup`)."""
    policy = policy_for(part, limits)
    return {
        "scratch": launcher.places.scratch,
        "socket": launcher.places.socket,
        "relay": launcher.places.relay and part is Part.LAB,
        "lifetime_s": policy.lifetime_s,
        "experiment_s": experiment_s,
        "output_bytes": min(limits.output_bytes, MAX_OUTPUT),
        "open_files": policy.open_files,
        "file_mb": policy.file_mb,
        "address_space_mb": policy.memory_mb if launcher.inside.address_space else 0,
        "ahead": Promise.KERNEL_FILTERED in launcher.isolation.promises and not launcher.inside.system_calls,
        "refuse": launcher.inside.system_calls,
        "processes": policy.processes if launcher.inside.processes else 0,
    }
