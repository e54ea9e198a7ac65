"""A lab or a candidate runner as the host sees it: ready, and with what it has imported so far."""

from sandbox.client import Limits, SandboxFailure
from sandbox.engines.channel import Channel
from sandbox.engines.launcher import Launcher, Process
from sandbox.engines.parts import ask_ready, end, worker_setup
from sandbox.engines.preload import modules_named
from sandbox.policy import Part


class Worker:
    """The main process of a lab or of candidates. Raises SandboxFailure where it does not get ready."""

    def __init__(self, process: Process, part: Part, launcher: Launcher, limits: Limits, experiment_s: float) -> None:
        self._process, self._part = process, part
        self._loaded: frozenset[str] = frozenset()
        self._used = False
        self.told = 0  # how many observations a lab has been told of
        ask_ready(process, worker_setup(launcher, limits, part, experiment_s), part)

    @property
    def channel(self) -> Channel:
        """The way to it."""
        return self._process.channel

    def take_on(self, source: str) -> bool:
        """Get ready for code that is about to be run: what it names is imported before its time begins to count.

        False where this worker cannot be used any more, by whatever happened before this code; it is destroyed then.
        Raises SandboxFailure where nothing was run in it before.
        """
        if not self.channel.is_quiet():
            self.end()
            return False
        wanted = modules_named(source) - self._loaded
        try:
            if wanted:
                ask_ready(self._process, {"preload": sorted(wanted)}, self._part)
        except SandboxFailure:
            if self._used:
                return False
            raise
        self._loaded |= wanted
        self._used = True
        return True

    def end(self) -> None:
        """Destroy it. Raises SandboxFailure."""
        end(self._process)
