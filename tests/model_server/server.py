"""An OpenAI-compatible chat server on a port of its own, in a thread of its own; nothing but the standard library.

A call is paid once it is answered whole. Asked again with the same `Idempotency-Key` it is answered again and not paid;
`repeated` counts requests that were paid more than once, `again` those that were answered a second time for nothing.
"""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.model_server.faults import Fault, FaultOf, never
from tests.model_server.scientists import Message, Request, Scientist, says, scientist

RETRY_AFTER = "0.01"


class ModelServer:
    """Use as a context manager; `url` is the base URL."""

    def __init__(self, answer: Scientist = scientist, fault: FaultOf = never) -> None:
        self.answer, self.fault = answer, fault
        self.requests: list[Request] = []
        self.keys: list[str] = []
        self.paid: Counter[str] = Counter()
        self.faults: Counter[Fault] = Counter()
        self.again = 0
        self.closing = threading.Event()
        self._answered: set[str] = set()
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def repeated(self) -> int:
        """Calls that were paid again."""
        return sum(times - 1 for times in self.paid.values())

    def take(self, request: Request, key: str) -> Fault | None:
        """Note a request; the fault it meets."""
        with self._lock:
            self.requests.append(request)
            self.keys.append(key)
            fault = self.fault()
            if fault is not None:
                self.faults[fault] += 1
            return fault

    def pay(self, body: bytes, identity: str) -> None:
        """Note that a request was answered whole."""
        with self._lock:
            if identity not in self._answered:
                self._answered.add(identity)
                run = "-".join(identity.split("-")[:2])
                self.paid[f"{run}:{hashlib.sha256(body).hexdigest()}"] += 1
            else:
                self.again += 1

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def completion(request: Request, message: Message) -> dict[str, Any]:
    """A chat completion, with the tokens that it took."""
    prompt = sum(len(str(m.get("content") or "")) for m in request["messages"]) // 4
    finish = "tool_calls" if message.get("tool_calls") else "stop"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": 50, "total_tokens": prompt + 50},
    }


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    owner: ModelServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True  # else a body waits 40 ms for the client to acknowledge its headers
    server: _Http

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request: Request = json.loads(body)
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        owner = self.server.owner
        fault = owner.take(request, key)
        try:
            if fault is None or (fault is Fault.NO_SCHEMA and not _wants_schema(request)):
                self._send(completion(request, owner.answer(request)))
                owner.pay(body, self.headers.get("Idempotency-Key", ""))
            elif fault is Fault.OTHER_MODEL:
                self._send(completion(request, owner.answer(request)) | {"model": "another-model"})
                owner.pay(body, self.headers.get("Idempotency-Key", ""))
            elif fault in (Fault.SLOW, Fault.CUT, Fault.ENDLESS):
                self._hang(fault)
            else:
                self._send(*_canned(fault, request, key))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _hang(self, fault: Fault) -> None:
        self.close_connection = True
        closing = self.server.owner.closing
        if fault is Fault.SLOW:
            closing.wait(20)
        elif fault is Fault.CUT:
            self._begin(200, {"Content-Length": "100000"})
            self.wfile.write(b'{"choices": [{"index": 0, "mess')
        else:
            self._begin(200, {"Transfer-Encoding": "chunked"})
            while not closing.is_set():
                self.wfile.write(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")

    def _send(self, document: object, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        text = document if isinstance(document, str) else json.dumps(document)
        self._begin(status, {"Content-Length": str(len(text)), **(headers or {})})
        self.wfile.write(text.encode())

    def _begin(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _canned(fault: Fault, request: Request, key: str) -> tuple[object, int, Mapping[str, str]]:
    """Document, status and headers of a fault that is an answer."""
    call = {"id": "x", "type": "function", "function": {"name": "rm_rf", "arguments": "{}"}}
    nowhere: Message = {"role": "assistant", "content": None, "tool_calls": [call]}
    refusal: Message = {"role": "assistant", "content": None, "refusal": "I cannot."}
    answers: dict[Fault, tuple[object, int, Mapping[str, str]]] = {
        Fault.TOO_MANY: (_error("slow down"), 429, {"Retry-After": RETRY_AFTER}),
        Fault.SERVER_ERROR: (_error("the server had an error"), 500, {}),
        Fault.ECHO: (_error(f"Authorization: Bearer {key} \x1b[2J"), 500, {}),
        Fault.BAD_KEY: (_error(f"Incorrect API key provided: {key}"), 401, {}),
        Fault.EXHAUSTED: (_error("no money left", code="insufficient_quota"), 429, {}),
        Fault.NO_SCHEMA: (_error("response_format json_schema is not known here"), 400, {}),
        Fault.NO_JSON: ("<html>gateway</html>", 200, {}),
        Fault.NO_CHOICES: ({"choices": []}, 200, {}),
        Fault.WRONG_ANSWER: (completion(request, says("Sure! Here you go: {not json")), 200, {}),
        Fault.REFUSAL: (completion(request, refusal), 200, {}),
        Fault.NOWHERE: (completion(request, nowhere), 200, {}),
    }
    return answers[fault]


def _wants_schema(request: Request) -> bool:
    wanted = request.get("response_format") or {}
    return isinstance(wanted, dict) and wanted.get("type") == "json_schema"


def _error(message: str, code: str = "") -> dict[str, Any]:
    return {"error": {"message": message, "type": "error", "code": code}}
