"""HTTP/1.1 as far as a gateway needs it: one request a connection, read strictly, so that nothing can hide behind it.

What follows the first request on a connection is never looked at: there is no second one to smuggle. Bodies come with
one plain Content-Length or not at all (RFC 9112, 6). Everything refused is refused in OpenAI's words.
"""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

MAX_HEAD = 16 * 1024  # bytes of request line and headers
MAX_BODY = 1024 * 1024

CHAT = "/v1/chat/completions"
MODELS = "/v1/models"
JSON = "application/json"

_REQUEST = re.compile(rb"([A-Z]{1,16}) (/[!-~]*) HTTP/1\.[01]")
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t -~\x80-\xff]*)")
_LENGTH = re.compile(rb"[0-9]{1,9}")


class Answer(NamedTuple):
    """What a client gets. `final`: asking the same again will not help, and clients that know this do not."""

    status: int
    body: bytes
    kind: str = JSON
    final: bool = False


class Refused(Exception):
    """A request that goes no further, with the answer to it."""

    def __init__(self, status: int, message: str, code: str) -> None:
        super().__init__(message)
        self.answer = refusal(status, message, code)


class Head(NamedTuple):
    """What is known of a request before its body."""

    method: str
    path: str
    length: int | None
    waits: bool  # for "100 Continue", before it sends its body


def parse_head(raw: bytes) -> Head:
    """The head of a request, without the empty line after it. Raises `Refused`."""
    first, *lines = raw.split(b"\r\n")
    asked = _REQUEST.fullmatch(first)
    headers = [_HEADER.fullmatch(line) for line in lines]
    if asked is None:
        raise Refused(400, "This is no HTTP/1.1 request.", "bad_request")
    named: dict[bytes, list[bytes]] = {}
    for header in headers:
        if header is None:
            raise Refused(400, "A header cannot be read.", "bad_request")
        named.setdefault(header[1].lower(), []).append(header[2].strip(b" \t"))
    waits = [value.lower() for value in named.get(b"expect", [])] == [b"100-continue"]
    return Head(asked[1].decode(), asked[2].decode(), _length(named), waits)


def _length(headers: Mapping[bytes, list[bytes]]) -> int | None:
    lengths = headers.get(b"content-length", [])
    if b"transfer-encoding" in headers:
        if lengths:
            raise Refused(400, "A request has a Content-Length or a Transfer-Encoding, never both.", "bad_request")
        raise Refused(411, "Send the body with a Content-Length, not in chunks.", "length_required")
    if not lengths:
        return None
    if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0]):
        raise Refused(400, "The Content-Length is not one plain number.", "bad_request")
    return int(lengths[0])


def body_length(head: Head) -> int | None:
    """How long the body of a chat request is; None for a request for the list of models. Raises `Refused`."""
    if (head.method, head.path) == ("GET", MODELS):
        return None
    if (head.method, head.path) != ("POST", CHAT):
        raise Refused(404, f"There is nothing here but GET {MODELS} and POST {CHAT}.", "not_found")
    if head.length is None:
        raise Refused(411, "A chat request needs a Content-Length.", "length_required")
    if head.length > MAX_BODY:
        raise Refused(413, f"A request may have at most {MAX_BODY} bytes.", "too_large")
    return head.length


def refusal(status: int, message: str, code: str, kind: str = "invalid_request_error") -> Answer:
    """An error as OpenAI writes them."""
    error = {"message": message, "type": kind, "param": None, "code": code}
    return Answer(status, json.dumps({"error": error}).encode(), final=True)


def model_list(names: list[str]) -> Answer:
    """The answer to `GET /v1/models`."""
    models = [{"id": name, "object": "model", "created": 0, "owned_by": "inquest"} for name in names]
    return Answer(200, json.dumps({"object": "list", "data": models}).encode())


def render(answer: Answer) -> bytes:
    """An answer as bytes; the connection ends with it."""
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Content-Type: {answer.kind}",
        f"Content-Length: {len(answer.body)}",
        *(["x-should-retry: false"] if answer.final else []),  # read by OpenAI's own clients
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + answer.body
