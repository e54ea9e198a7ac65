"""A stand-in for the engine's socket that can be cut, restored, and made to hang: a restart without a restart."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

ENGINE = "/var/run/docker.sock"


class EngineProxy:
    """Passes bytes between whoever connects to it and the engine, as long as it is told to.

    At a `path` it is an engine of this machine. Without one it listens at a TCP port, as an engine of another machine
    does, whose containers are spoken to through it.
    """

    def __init__(self, path: Path | None = None, engine: str = ENGINE) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._there, self._flowing = threading.Event(), threading.Event()
        self._there.set()
        self._flowing.set()
        self._listener = socket.socket(socket.AF_UNIX) if path else socket.socket()
        self._listener.bind(str(path) if path else ("127.0.0.1", 0))
        self._listener.listen(64)
        self._host = f"unix://{path}" if path else f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        """What makes an engine use it."""
        return {"DOCKER_HOST": self._host}

    def cut(self) -> None:
        """End every connection, and each new one at once: the engine is gone."""
        self._there.clear()
        with self._lock:
            ended, self._open = self._open, []
        for sock in ended:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._flowing.set()

    def restore(self) -> None:
        """Serve again."""
        self._there.set()

    def hang(self) -> None:
        """Accept what comes, and pass nothing on any more."""
        self._flowing.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._there.is_set():
                self._connect(client)
            else:
                client.close()

    def _connect(self, client: socket.socket) -> None:
        engine = socket.socket(socket.AF_UNIX)
        engine.connect(self._engine)
        with self._lock:
            self._open += [client, engine]
        pumps = [threading.Thread(target=self._pump, args=ends) for ends in ((client, engine), (engine, client))]
        for pump in pumps:
            pump.start()
        threading.Thread(target=_close_after, args=(pumps, client, engine)).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                self._flowing.wait()
                sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)


def _close_after(pumps: list[threading.Thread], *socks: socket.socket) -> None:
    for pump in pumps:
        pump.join()
    for sock in socks:
        sock.close()
