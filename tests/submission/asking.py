"""What images in tests do with a model gateway: `asking.py NAME`. Standard library only; runs in a container."""

# ruff: noqa: T201 - what it prints is kept for its author

import http.client
import json
import os
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable

PATH = "/v1/chat/completions"


class Gateway(http.client.HTTPConnection):
    """HTTP over the gateway's socket: one request a connection."""

    def __init__(self) -> None:
        super().__init__("gateway")

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(os.environ["INQUEST_MODEL_SOCKET"])


def ask(text: str, path: str = PATH, headers: dict[str, str] | None = None, **more: object) -> tuple[int, str]:
    """Status and text of an answer, or of an error."""
    gateway = Gateway()
    body = {"model": "small", "messages": [{"role": "user", "content": text}], **more}
    gateway.request("POST", path, json.dumps(body), headers or {})
    response = gateway.getresponse()
    said = json.loads(response.read())
    gateway.close()
    return response.status, said["choices"][0]["message"]["content"] if "choices" in said else said["error"]["code"]


def submit(description: str) -> None:
    """Find the line, and hand it in with a description."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(os.environ["INQUEST_SOCKET"])
        lines = sock.makefile("rb")
        sock.sendall(b'{"op": "query", "inputs": [0, 1]}\n')
        low, high = json.loads(lines.readline())["outputs"]
        code = f"def function(x):\n    return {high - low!r} * x + {low!r}\n"
        sock.sendall(
            json.dumps({"op": "submit", "interpretation": {"description": description, "code": code}}).encode()
        )
        sock.sendall(b"\n")
        print("submit:", lines.readline().decode())


def honest() -> None:
    """A model writes the description."""
    status, said = ask("Describe a line of slope 3 through 1.")
    print("model:", status)
    submit(said)


def greedy() -> None:
    """Everything at once, to get behind the budget; then more of it."""
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda n=n: statuses.append(ask(f"Number {n}")[0])) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses += [ask(f"Once more {n}")[0] for n in range(12)]
    print("statuses:", sorted(Counter(statuses).items()))
    submit("A line.")


def leaking() -> None:
    """Every way to tell the provider, or somebody behind it, something else than a prompt."""
    picture = [{"type": "image_url", "image_url": {"url": "http://evil/leaked"}}]
    found = [
        ask("Hi", model="leaked"),
        ask("Hi", path=PATH + "?leaked=1"),
        ask("Hi", path="/v1/leaked"),
        ask("Hi", leaked="leaked"),
        ask("Hi", messages=[{"role": "user", "content": picture}]),
        ask("Hi", tools=[{"type": "function", "function": {"name": "f", "parameters": {"$ref": "http://leaked"}}}]),
        ask("Hi", user="leaked", metadata={"leaked": "leaked"}, headers={"X-Leaked": "leaked", "Cookie": "leaked"}),
    ]
    print("statuses:", [status for status, _ in found])
    submit("A line.")


def hostile() -> None:
    """Half requests, giants and floods; then an honest question."""
    opened = []
    for raw in (
        b"POST ",
        b"\x00" * 100_000,
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nContent-Length: 999999\r\n\r\n{",
    ):
        for _ in range(40):
            sock = socket.socket(socket.AF_UNIX)
            try:
                sock.connect(os.environ["INQUEST_MODEL_SOCKET"])
                sock.sendall(raw)
            except OSError:
                pass
            opened.append(sock)
    for sock in opened:
        sock.close()
    status, said = 503, ""
    while status == 503:  # until it has seen that they left
        status, said = ask("Hi")
    submit(said)


def impatient() -> None:
    """Asks, and does not wait for the answer."""
    gateway = Gateway()
    gateway.request("POST", PATH, json.dumps({"model": "small", "messages": [{"role": "user", "content": "Hi"}]}))
    submit("A line.")


def alone() -> None:
    """Is there a gateway at all?"""
    print("socket:", os.environ.get("INQUEST_MODEL_SOCKET"), os.path.exists("/run/gateway"))
    submit("A line.")


BEHAVIOURS: dict[str, Callable[[], None]] = {
    behaviour.__name__: behaviour for behaviour in (honest, greedy, leaking, hostile, impatient, alone)
}

if __name__ == "__main__":
    BEHAVIOURS[sys.argv[1]]()
