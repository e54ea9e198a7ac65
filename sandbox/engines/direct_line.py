"""The host's side of `sandbox.direct`: a socket for one container, in a folder that nobody else here can enter."""

import select
import socket
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from sandbox.direct import DECLINED, FOLDER, SOCKET
from sandbox.engines.channel import Channel, ChannelLost


class DirectLine:
    """Where one part that is to be started can reach the host: a context, at whose end the folder is gone.

    Raises OSError where no socket can be made.
    """

    def __init__(self) -> None:
        self._private = tempfile.TemporaryDirectory(prefix="inquest-")  # for its owner alone
        folder = Path(self._private.name) / "line"  # which the part can enter, whatever its user
        folder.mkdir()
        folder.chmod(0o755)
        self._listener = socket.socket(socket.AF_UNIX)
        try:
            self._listener.bind(str(folder / SOCKET))
            (folder / SOCKET).chmod(0o666)
            self._listener.listen(1)
        except OSError:
            self.__exit__()
            raise
        self.mount = {"Type": "bind", "Source": str(folder), "Target": FOLDER, "ReadOnly": True}

    def __enter__(self) -> "DirectLine":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._private.cleanup()

    def meet(self, stdio: Channel, seconds: float) -> Channel | None:
        """The part's direct line, once it has taken it; None where it has not, and is to be spoken to over `stdio`."""
        until = time.monotonic() + seconds
        with suppress(ChannelLost):  # who speaks to it will notice, and say why
            while (left := until - time.monotonic()) > 0:
                ready = select.select([self._listener.fileno(), stdio.fileno()], [], [], left)[0]
                if self._listener.fileno() in ready:
                    sock, _ = self._listener.accept()
                    return Channel(sock.fileno(), sock.fileno(), partial(_close, sock, stdio))
                if stdio.fileno() in ready and stdio.poll() == DECLINED:
                    break
        return None


def _close(sock: socket.socket, stdio: Channel) -> None:
    sock.close()
    stdio.close()


def is_near(docker_host: str | None) -> bool:
    """Can an engine at this address share a folder of this machine? It may turn out that it cannot."""
    return docker_host is None or docker_host.startswith("unix://")
