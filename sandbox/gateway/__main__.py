"""`python -m sandbox.gateway`: the gateway's process. The host's answers on stdin, what is asked on stdout.

First line in: `{"socket": path, "lifetime_s": seconds, "models": names, one a line, "at_once": n}`. First line out:
`{"ready": true}`. Exits 0 when stdin closes or its lifetime ends.
"""

import asyncio
import os
import sys
from contextlib import suppress

from sandbox.gateway.http import MAX_HEAD
from sandbox.gateway.server import Door, Host, Setup
from sandbox.protocol import Frame, Lines, encode, number, read_frame, text, write_all
from sandbox.serving import listen


def main() -> int:
    """Serve until the host is gone."""
    frame = read_frame(sys.stdin.fileno(), Lines())
    if frame is not None:
        asyncio.run(_serve(frame))
        os.unlink(text(frame, "socket"))
    return 0


async def _serve(frame: Frame) -> None:
    setup = Setup.read(frame)
    host = Host(sys.stdin.fileno(), sys.stdout.fileno(), setup.at_once)
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), host.listen)
    await asyncio.start_unix_server(
        Door(setup.models, host.ask).attend, sock=listen(text(frame, "socket")), limit=MAX_HEAD
    )
    write_all(sys.stdout.fileno(), encode({"ready": True}))
    with suppress(TimeoutError):
        async with asyncio.timeout(number(frame, "lifetime_s")):
            await host.gone.wait()


if __name__ == "__main__":
    sys.exit(main())
