"""The short way between a part and the host: a Unix socket of the host's, instead of the engine's copies of stdio.

An engine hands every byte through two processes of its own, each way. Where the host's socket can be reached from
inside, the part's main process takes it in the place of its stdin and stdout, before anything else; where it cannot
(an engine in a virtual machine, gVisor), the engine's stdio serves. Standard library only: this is the part's side.
"""

import os
import socket
import sys

from sandbox.protocol import encode, write_all

FOLDER = "/run/inquest-host"  # in containers: the host's folder, read-only, and empty again once the socket was taken
SOCKET = "s"  # in that folder
DECLINED = {"direct": False}


def take_direct_line() -> None:
    """Put stdin and stdout on the host's own socket, if it offers one; say so where that cannot be reached."""
    if not os.path.isdir(FOLDER):
        return
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(f"{FOLDER}/{SOCKET}")
    except OSError:
        write_all(sys.stdout.fileno(), encode(DECLINED))
    else:
        os.dup2(line.fileno(), sys.stdin.fileno())
        os.dup2(line.fileno(), sys.stdout.fileno())
    line.close()
