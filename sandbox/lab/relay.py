"""The way to the oracle through the host, where the oracle's own socket cannot be reached (gVisor shares none).

The worker listens in the oracle's place, and passes each line on over its stdout; the host answers over its stdin. To
an experiment nothing differs. The host counts on nothing here: the oracle reads and counts as at its own socket.
"""

import os
import sys

from sandbox.protocol import Lines, encode, read_frame, text, write_all
from sandbox.serving import Clients, listen

from . import confine


class Relay(Clients):
    """Clients whose lines are answered by the host. `lines` holds what came over stdin and was not read yet."""

    def __init__(self, path: str, lines: Lines, out: int) -> None:
        super().__init__(listen(path), self._ask)
        self._lines, self._out = lines, out

    def _ask(self, line: bytes) -> bytes:
        write_all(self._out, encode({"ask": line.decode("latin-1")}))
        reply = read_frame(sys.stdin.fileno(), self._lines)
        if reply is None:
            confine.kill_descendants()
            os._exit(0)
        return text(reply, "line").encode("latin-1")
