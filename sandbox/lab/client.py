"""The oracle, the observations made so far, and the report line, as experiments use them."""

import json
import os
import socket
from _thread import allocate_lock  # `threading` has every fork look for threads
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sandbox.protocol import MAX_INPUTS, VERSION, FrameError, Lines, decode, encode

FloatArray = NDArray[np.float64]

HELLO = encode({"op": "hello", "version": VERSION})


class OracleError(Exception):
    """The oracle refused. `code` is one of the fixed codes of the protocol, or `no_oracle` where none answers."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Value = float | str
Input = Value | tuple[float, ...]


class Observations:
    """Everything answered so far in this audit, in the order in which it was asked; grows with each query."""

    def __init__(self) -> None:
        self._x: list[Input] = []
        self._y: list[Value | None] = []

    @property
    def x(self) -> FloatArray:
        """Inputs of a numeric function, shape (n,); (n, d) where an input is d numbers."""
        return np.array(self._x, dtype=np.float64)

    @property
    def y(self) -> FloatArray:
        """Outputs of a function that gives numbers, shape (n,); NaN where undefined."""
        return np.array(self._y, dtype=np.float64)  # None becomes NaN

    @property
    def pairs(self) -> list[tuple[Input, Value | None]]:
        """Inputs with their outputs (None: undefined), of a function of any category."""
        return list(zip(self._x, self._y, strict=True))

    def extend(self, x: Sequence[Input], y: Sequence[Value | None]) -> None:
        """Add answered inputs."""
        self._x.extend(x)
        self._y.extend(y)

    def tell(self, frame: Mapping[str, object]) -> None:
        """Add what the host says was answered since it last said so."""
        self.extend(_asked(frame["x"]), _listed(frame["y"]))


class Oracle:
    """The way to the hidden function. Safe to use from threads and forked processes."""

    def __init__(self, seen: Observations, sock: socket.socket | None = None) -> None:
        self._seen = seen
        self._path = ""
        self._sock = sock
        self._lines = Lines()
        self._owner = os.getpid() if sock else 0
        self._lock = allocate_lock()
        self._size: int | None = None  # of an input that is several numbers, once it was asked for

    def connect_to(self, path: str) -> None:
        """Say where the oracle's socket is. The connection is made with the first request."""
        self._path = path

    def query(self, xs: ArrayLike) -> Value | list[Value | None] | FloatArray | None:
        """The outputs for `xs`. Each single input costs one query.

        Of numbers (one, a list, an array of any shape): an array of the same shape, NaN where undefined; where an input
        is d numbers, of shape (..., d) an array of shape (...). Of a text the output, of a list of texts a list of
        outputs, None where undefined.

        Raises OracleError: `budget_exhausted` (nothing was charged), `bad_input`, `too_large`, `timeout`,
        `function_error`.
        """
        if isinstance(xs, str):
            return self._outputs([xs])[0]
        if isinstance(xs, Sequence) and xs and all(isinstance(x, str) for x in xs):
            return self._outputs([str(x) for x in xs])
        x = np.asarray(xs, dtype=np.float64)
        if not np.isfinite(x).all():
            raise OracleError("bad_input")
        if x.ndim and x.shape[-1] in (2, 3) and x.shape[-1] == self._numbers():
            rows = [tuple(row) for row in x.reshape(-1, x.shape[-1]).tolist()]
            return np.array(self._outputs(rows), dtype=np.float64).reshape(x.shape[:-1])
        return np.array(self._outputs(x.reshape(-1).tolist()), dtype=np.float64).reshape(x.shape)  # None becomes NaN

    def _numbers(self) -> int:
        """Of how many numbers an input is made."""
        if self._size is None:
            domains = self.brief.get("domains")
            self._size = len(domains) if isinstance(domains, list) else 1
        return self._size

    def _outputs(self, inputs: Sequence[Input]) -> list[Value | None]:
        if len(inputs) > MAX_INPUTS:
            raise OracleError("too_large")
        outputs = self._ask({"op": "query", "inputs": inputs})["outputs"]
        if not isinstance(outputs, list):
            raise OracleError("no_oracle")
        self._seen.extend(inputs, outputs)
        return outputs

    @property
    def remaining(self) -> int:
        """Queries left, counted in single inputs."""
        return int(str(self._ask({"op": "status"})["remaining"]))

    @property
    def brief(self) -> dict[str, object]:
        """What is told about the function: category, input_type, domain (or domains), query_budget, exemplars."""
        brief = self._ask({"op": "brief"})["brief"]
        return brief if isinstance(brief, dict) else {}

    def _ask(self, frame: Mapping[str, object]) -> dict[str, object]:
        with self._lock:
            try:
                reply = self._exchange(encode(frame))
            except (OSError, EOFError, FrameError):
                self._sock = None
                raise OracleError("no_oracle") from None
        if "error" in reply:
            raise OracleError(str(reply["error"]))
        return reply

    def _exchange(self, request: bytes) -> dict[str, object]:
        if self._sock is None or self._owner != os.getpid():  # a forked child must not share its parent's connection
            self._sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._sock.connect(self._path)
            self._lines, self._owner = Lines(), os.getpid()
            self._sock.sendall(HELLO + request)
            self._receive()  # the answer to the hello
        else:
            self._sock.sendall(request)
        return self._receive()

    def _receive(self) -> dict[str, object]:
        while (line := self._lines.pop()) is None:
            chunk = self._sock.recv(65536) if self._sock else b""
            if not chunk:
                raise EOFError
            self._lines.feed(chunk)
        return decode(line)


def _asked(values: object) -> list[Input]:
    return [tuple(value) if isinstance(value, list) else value for value in _listed(values)]


def _listed(values: object) -> list[Value]:
    return list(values) if isinstance(values, list) else []


def report(result: object) -> None:
    """Print `result` as one line of JSON; arrays become lists, NaN and infinities null. By convention the last line."""
    print(json.dumps(_plain(result), allow_nan=False))


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return value if isinstance(value, str | int | bool) or value is None else str(value)


observations = Observations()
oracle = Oracle(observations)
