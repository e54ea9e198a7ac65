"""What an engine must be able to do: start the main process of a part, and destroy it whole."""

from typing import NamedTuple, Protocol

from sandbox.client import Isolation
from sandbox.engines.channel import Channel
from sandbox.policy import Part


class Places(NamedTuple):
    """Paths as the sandboxed processes see them."""

    socket: str
    scratch: str
    models: str = ""  # the model gateway's socket; none where containers can share none
    relay: bool = False  # the lab listens at `socket` itself and asks through the host: it shares none with the oracle


class Inside(NamedTuple):
    """What the engine cannot bound, or not well, so that each process that runs code bounds it for itself."""

    address_space: bool = False
    processes: bool = False
    system_calls: bool = False


class Process(Protocol):
    """A running part."""

    @property
    def channel(self) -> Channel: ...

    def diagnosis(self) -> str:
        """What is known about why it died, for an error message of our own; never part of a result."""
        ...

    def destroy(self) -> None:
        """End it with everything in it. Bounded in time; nothing happens if it is gone already.

        The channel can be read up to its end afterwards; closing it is the reader's.
        """
        ...


class Launcher(Protocol):
    """The ground of one sandbox: what its parts share (a socket's folder, labels), and how to start them.

    `start` may be called from two threads at once. Raises SandboxFailure.
    """

    @property
    def isolation(self) -> Isolation: ...

    @property
    def places(self) -> Places: ...

    @property
    def inside(self) -> Inside: ...

    def start(self, part: Part) -> Process: ...

    def close(self) -> None:
        """Remove what the parts shared. The parts were destroyed before."""
        ...
