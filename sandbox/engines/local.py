"""Sandboxes made of local processes: no engine needed, and weaker. What it cannot promise is said in its Isolation.

With bubblewrap the lab has namespaces of its own; without, rlimits and an import fence are all there is. Either way
it is meant for code of the project's own making.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path

from sandbox.client import CandidateRunner, Isolation, Limits, OracleJob, QueryLog, Sandbox, SandboxFailure
from sandbox.engines.bubblewrap import bubblewrap_arguments, probe_arguments
from sandbox.engines.channel import Channel
from sandbox.engines.gateway_link import AnswerBody, Gateway, open_gateway
from sandbox.engines.launcher import Inside, Places, Process
from sandbox.engines.pair import PairSandbox
from sandbox.engines.runner import LauncherRunner
from sandbox.engines.warm import warm_pair
from sandbox.images import lab_files
from sandbox.policy import FIXED_ENVIRONMENT, OURS, Part, Promise, module_of, policy_for
from sandbox.reaper import Owner

PREFIX = "inquest+"  # of a sandbox's temporary folder, followed by its owner
DIE_S = 5.0

FENCE = (Promise.DEADLINES, Promise.OUTPUT_CAPPED, Promise.QUERIES_COUNTED)
WALLS = (
    Promise.NO_NETWORK,
    Promise.FUNCTION_HIDDEN,
    Promise.NO_HOST_FILES,
    Promise.NO_HOST_PROCESSES,
    Promise.NO_SURVIVORS,
    Promise.NO_RESIDUE,
    Promise.SCRATCH_LIMITED,
)


class LocalEngine:
    """Local processes, in bubblewrap where it works. `why` says why this engine was chosen."""

    def __init__(self, why: str = "asked for", bubblewrap: bool | None = None) -> None:
        self._why = why
        self._wanted = bubblewrap

    @cached_property
    def bubblewrap(self) -> bool:
        """Is bubblewrap in use?"""
        return bubblewrap_works() if self._wanted is None else self._wanted

    @property
    def isolation(self) -> Isolation:
        """What holds, and what does not."""
        kept = FENCE + WALLS if self.bubblewrap else FENCE
        return Isolation(
            engine="local",
            runtime="bubblewrap" if self.bubblewrap else "rlimits",
            why=self._why,
            promises=kept,
            not_promised=tuple(promise for promise in Promise if promise not in kept),
        )

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        """Start an oracle and a lab."""
        return PairSandbox(warm_pair(_LocalLauncher(self.isolation, limits, label), limits), job, limits, log)

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:
        """Start a process for candidate code."""
        return LauncherRunner(_LocalLauncher(self.isolation, limits, label), limits)

    def open_gateway(
        self, models: Sequence[str], at_once: int, answer: AnswerBody, limits: Limits, label: str
    ) -> Gateway:
        """Start a model gateway, for local processes of this user."""
        launcher = _LocalLauncher(self.isolation, limits, label)
        return open_gateway(launcher, launcher.start(Part.GATEWAY), models, at_once, answer, limits)

    def reap(self) -> int:
        """Remove the folders of dead owners. Their processes ended with their stdin."""
        removed = 0
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            owner = Owner.parse(folder.name.removeprefix(PREFIX).rpartition("+")[0])
            if owner is not None and owner.is_gone():
                _remove(folder)
                removed += not folder.exists()
        return removed


def bubblewrap_works() -> bool:
    """Can this machine enter bubblewrap's namespaces, and Python start in them?"""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return False
    with tempfile.TemporaryDirectory() as stage:
        try:
            done = subprocess.run(probe_arguments(Path(stage)), capture_output=True, timeout=DIE_S, check=False)
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def _remove(folder: Path) -> None:
    """Remove a folder however deep it is: `shutil.rmtree` recurses, and gives up where an attacker dug."""
    subprocess.run(["rm", "-rf", "--", folder], capture_output=True, check=False)


class _LocalLauncher:
    """One temporary folder: the lab's files, the socket's folder, scratch."""

    inside = Inside(address_space=True)

    def __init__(self, isolation: Isolation, limits: Limits, label: str) -> None:  # noqa: ARG002 folders carry the owner
        self._isolation, self._limits = isolation, limits
        self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{Owner.me()}+"))
        for name in ("stage", "socket", "models"):
            (self._folder / name).mkdir()
        for path, source in lab_files().items():
            target = self._folder / "stage" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

    @property
    def isolation(self) -> Isolation:
        return self._isolation

    @property
    def places(self) -> Places:
        folder = self._folder
        return Places(str(folder / "socket" / "s"), str(folder / "scratch"), str(folder / "models" / "s"))

    def start(self, part: Part) -> Process:
        """Start a part's process; it waits for its first frame."""
        if part is Part.LAB:
            self._renew_scratch()
        stage = self._folder / "stage"
        command = [sys.executable, "-P", "-m", module_of(part)]
        environment = FIXED_ENVIRONMENT | {"PATH": os.defpath, "HOME": "/nonexistent"}
        if part not in OURS:
            environment |= {"PYTHONPATH": str(stage), "TMPDIR": self.places.scratch}
            if self._isolation.runtime == "bubblewrap":
                command = [*bubblewrap_arguments(policy_for(part, self._limits), stage, self.places), *command]
        try:
            return _LocalProcess(command, environment, self._folder)
        except OSError as error:
            raise SandboxFailure(f"could not start the {part}: {error}") from error

    def close(self) -> None:
        _remove(self._folder)

    def _renew_scratch(self) -> None:
        """What a lost lab left there is put aside whole, whatever it is."""
        scratch = Path(self.places.scratch)
        if scratch.exists():
            scratch.rename(tempfile.mkdtemp(dir=self._folder))
        scratch.mkdir()


@cache
def _parent_thread() -> ThreadPoolExecutor:
    """The thread that starts all children. What bubblewrap starts dies with the *thread* that started it (prctl(2),
    PR_SET_PDEATHSIG), and so may not be started by one that ends sooner than this process."""
    return ThreadPoolExecutor(1, "inquest-children")


class _LocalProcess:
    """A child in a session of its own."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._stderr = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 it lives as long as the process
        self._child = _parent_thread().submit(
            subprocess.Popen, command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._stderr, start_new_session=True, bufsize=0,
        ).result()  # fmt: skip
        assert self._child.stdin is not None  # noqa: S101 a pipe, as asked for
        assert self._child.stdout is not None  # noqa: S101
        self.channel = Channel(self._child.stdout.fileno(), self._child.stdin.fileno(), self._close_pipes)

    def diagnosis(self) -> str:
        """The end of its stderr."""
        size = os.fstat(self._stderr.fileno()).st_size
        return os.pread(self._stderr.fileno(), 2000, max(0, size - 2000)).decode("utf-8", "replace").strip()

    def destroy(self) -> None:
        """Kill it and wait for its end."""
        if self._child.poll() is None:
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait(DIE_S)

    def _close_pipes(self) -> None:
        for pipe in (self._child.stdin, self._child.stdout, self._stderr):
            if pipe is not None:
                pipe.close()
