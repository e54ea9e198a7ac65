"""`python -m sandbox.oracle`: the oracle process. Job on stdin, socket for the lab, answered batches on stdout.

First line in: `{"socket": path or "", "lifetime_s": seconds, "job": OracleJob}`. First line out: `{"ready": true}`.
Before its job it can be asked whether it is awake: `{"awake": true}` gets a `ready` too. Exits 0 when stdin closes or
its lifetime ends.
"""

import ctypes
import json
import os
import sys
import time
from contextlib import closing, nullcontext
from functools import partial

from functions.target import parse_target
from sandbox.client import ANSWERED_BY_HOST, OracleJob
from sandbox.direct import take_direct_line
from sandbox.oracle.alarm import alarm
from sandbox.oracle.desk import Desk, Log
from sandbox.oracle.orders import AnsweredByHost, Orders
from sandbox.oracle.server import Server
from sandbox.oracle.targets import held
from sandbox.protocol import Lines, encode, number, read_frame, text, write_all
from sandbox.serving import listen

PR_SET_DUMPABLE = 4


def main() -> int:
    """Serve one target until the host is gone."""
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # no core dumps, and /proc/PID/mem is closed to our own uid
    take_direct_line()
    out = sys.stdout.fileno()
    lines = Lines()
    start = read_frame(sys.stdin.fileno(), lines)
    while start is not None and "awake" in start:
        write_all(out, encode({"ready": True}))
        start = read_frame(sys.stdin.fileno(), lines)
    if start is None:
        return 0
    deadline = time.monotonic() + number(start, "lifetime_s")
    job = OracleJob.model_validate_json(json.dumps(start["job"]))

    orders = Orders(sys.stdin.fileno())
    desk = _desk(job, orders, partial(write_all, out))
    path = text(start, "socket")
    with closing(listen(path)) if path else nullcontext() as listener:
        write_all(out, encode({"ready": True}))
        Server(desk, listener, orders, out, deadline).serve()
    if path:
        os.unlink(path)
    return 0


def _desk(job: OracleJob, orders: Orders, say: Log) -> Desk:
    if job.target == ANSWERED_BY_HOST:
        return Desk(job, AnsweredByHost(orders, say), say)
    return Desk(job, held(parse_target(job.target)), say, alarm())


if __name__ == "__main__":
    sys.exit(main())
