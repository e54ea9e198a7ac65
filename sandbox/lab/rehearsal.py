"""A script of our own that does what most scripts do: what costs more the first time costs it before anybody waits.

Run in the lab's main process, it has Python adapt its code to how it is used; run in the process that waits for an
experiment's code, it has that process own the pages that a script writes to.
"""

import os
import socket
import types

from sandbox.protocol import encode

from .client import Observations, Oracle
from .script import run_script

SCRIPT = """
import numpy as np
y = oracle.query(0.5) + np.arange(3.0).sum()
print(f"{y}"[:0], end="")
"""


def rehearse(times: int = 1) -> None:
    """Run the script against an oracle of its own. It prints nothing, and leaves nothing that a script could see."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for _ in range(times):
            oracle = Oracle(Observations(), ours)
            theirs.sendall(encode({"outputs": [0.25], "remaining": 1}))
            main = types.ModuleType("__main__")
            main.__dict__["oracle"] = oracle
            if run_script(SCRIPT, main) != 0:
                os._exit(1)
            theirs.recv(4096)
