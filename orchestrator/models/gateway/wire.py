"""OpenAI's chat completions, read and written: pure. What goes out to a provider is made anew from what is known here.

https://platform.openai.com/docs/api-reference/chat. Fields that only label a request are dropped; those that would
change the answer and are not passed on may only have their defaults; all others are refused by name. Nothing that a
provider would fetch goes out: contents are text, and schemas point nowhere but into themselves.
"""

import json
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError

from functions.brief import Record
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Reply, Request, Tool, ToolCall
from orchestrator.models.gateway.policy import GatewayPolicy
from sandbox.gateway.http import Answer, Refused, refusal

MAX_DEPTH = 32  # of a schema
MAX_ANSWER = 2_000_000  # bytes

Label = object  # whatever it is: it is dropped
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
CallId = Annotated[str, Field(pattern=r"^[!-~]{1,128}$")]


def _listed(value: object) -> object:
    """A plain text is a list of one, and null an empty one."""
    return [{"type": "text", "text": value}] if isinstance(value, str) else value or []


class _Part(Record):
    type: Literal["text"]
    text: str


class _CalledFunction(Record):
    name: Name
    arguments: str


class _Call(Record):
    id: CallId
    type: Literal["function"] = "function"
    function: _CalledFunction
    index: Label = None


class _Message(Record):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Annotated[tuple[_Part, ...], BeforeValidator(_listed)] = ()
    tool_calls: Annotated[tuple[_Call, ...], BeforeValidator(_listed)] = ()
    tool_call_id: CallId = ""
    # What clients send back of an answer that they got.
    name: Label = None
    refusal: Label = None
    annotations: Label = None
    audio: None = None
    function_call: None = None

    @property
    def line(self) -> Line:
        return Line(
            by="system" if self.role == "developer" else self.role,
            text="".join(part.text for part in self.content),
            calls=tuple(
                ToolCall(id=c.id, name=c.function.name, arguments=c.function.arguments) for c in self.tool_calls
            ),
            call=self.tool_call_id,
        )


class _Function(Record):
    name: Name
    description: str = ""
    parameters: dict[str, object] = {"type": "object", "properties": {}}  # noqa: RUF012 - pydantic copies it
    strict: Label = None


class _Tool(Record):
    type: Literal["function"]
    function: _Function


class _Schema(Record):
    name: Name
    schema_: Annotated[dict[str, object], Field(alias="schema")]
    description: Label = None
    strict: Label = None


class _Format(Record):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: _Schema | None = None


class _Streaming(Record):
    include_usage: bool = False
    include_obfuscation: Label = None


class _Body(Record):
    model: str
    messages: Annotated[tuple[_Message, ...], Field(min_length=1, max_length=2000)]
    tools: Annotated[tuple[_Tool, ...], BeforeValidator(_listed), Field(max_length=64)] = ()
    tool_choice: Literal["auto", "none", "required"] | None = None
    response_format: _Format | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    stream: bool | None = None
    stream_options: _Streaming | None = None
    # Only with their defaults.
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    top_p: Annotated[float, Field(ge=1, le=1)] | None = None
    presence_penalty: Annotated[float, Field(ge=0, le=0)] | None = None
    frequency_penalty: Annotated[float, Field(ge=0, le=0)] | None = None
    logprobs: Literal[False] | None = None
    # Dropped.
    user: Label = None
    metadata: Label = None
    store: Label = None
    seed: Label = None
    service_tier: Label = None
    safety_identifier: Label = None
    prompt_cache_key: Label = None
    parallel_tool_calls: Label = None


class Asked(NamedTuple):
    """A request, and how its answer is wanted."""

    request: Request
    stream: bool
    usage: bool  # at the end of a stream


def read_body(body: bytes, policy: GatewayPolicy) -> Asked:
    """What is asked. Raises `Refused` with an answer that says why, in words of our own."""
    try:
        wanted = _Body.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))[:100] or "the body"
        raise Refused(400, f"{where}: {first['msg'][:200]}.", "invalid_request") from None
    model = next((model for model in policy.models if model.name == wanted.model), None)
    if model is None:
        raise Refused(404, "That model is not on offer; GET /v1/models tells which are.", "model_not_found")
    request = _request(wanted, model)
    _check(request)
    streaming = wanted.stream_options or _Streaming()
    return Asked(request, wanted.stream is True, streaming.include_usage)


def _request(wanted: _Body, model: ModelChoice) -> Request:
    longest = min(n for n in (model.answer_tokens, wanted.max_tokens, wanted.max_completion_tokens) if n is not None)
    parameters: dict[str, object] = {"answer_tokens": longest}
    if wanted.temperature is not None:
        parameters["temperature"] = wanted.temperature
    form = wanted.response_format
    schema = form.json_schema if form and form.type == "json_schema" else None
    return Request(
        model=model.model_copy(update=parameters),
        lines=tuple(message.line for message in wanted.messages),
        tools=tuple(
            Tool(name=t.function.name, description=t.function.description, parameters=t.function.parameters)
            for t in wanted.tools
        ),
        tool_choice=wanted.tool_choice or "auto",
        format="schema" if schema else "json" if form and form.type == "json_object" else None,
        answer_name=schema.name if schema else "",
        answer_schema=schema.schema_ if schema else None,
    )


def _check(request: Request) -> None:
    """Raises `Refused` for what no provider could answer, or what a record could not hold as it is."""
    roles = [line.by for line in request.lines]
    first_other = next((n for n, role in enumerate(roles) if role != "system"), len(roles))
    if "system" in roles[first_other:]:
        raise Refused(400, "messages: those of the system come first.", "invalid_request")
    if any(line.by == "tool" and not line.call for line in request.lines):
        raise Refused(400, "messages: a tool's message names its tool_call_id.", "invalid_request")
    if request.tool_choice == "required" and not request.tools:
        raise Refused(400, "tool_choice: there are no tools.", "invalid_request")
    for schema in (*(tool.parameters for tool in request.tools), request.answer_schema or {}):
        _check_schema(schema)
    if Request.model_validate_json(request.model_dump_json()) != request:
        raise Refused(400, "A schema holds a number that JSON cannot say.", "invalid_request")


def _check_schema(schema: dict[str, object]) -> None:
    level: list[object] = [schema]
    for _ in range(MAX_DEPTH):
        for thing in level:
            if isinstance(thing, dict) and any(not _is_near(value) for key, value in thing.items() if key in _POINTERS):
                raise Refused(400, "A schema may point only into itself ($ref: '#...').", "invalid_request")
        level = [inner for outer in level for inner in _members(outer)]
        if not level:
            return
    raise Refused(400, f"A schema may be {MAX_DEPTH} levels deep.", "invalid_request")


_POINTERS = ("$ref", "$dynamicRef", "$recursiveRef", "$id", "$schema")


def _is_near(pointer: object) -> bool:
    """Does it stay within its document? A property may have such a name, too: then it is a schema."""
    return isinstance(pointer, dict) or (isinstance(pointer, str) and pointer.startswith("#"))


def _members(outer: object) -> list[object]:
    if isinstance(outer, dict):
        return list(outer.values())
    return outer if isinstance(outer, list) else []


def most_prompt_tokens(request: Request) -> int:
    """More tokens than a prompt can have: one for each byte of it, written as JSON.

    Whoever wants to exceed a budget writes what tokenisers cannot shorten; they still make no more tokens than bytes.
    """
    said = request.model_dump_json(include={"lines", "tools", "answer_name", "answer_schema"})
    return len(said.encode())


def completion(asked: Asked, reply: Reply, number: int) -> Answer:
    """A reply as a chat completion, or as a stream of events where that was asked for. It holds no clock."""
    message = _message(reply)
    used = {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
        "total_tokens": reply.prompt_tokens + reply.completion_tokens,
    }
    frame = {"id": f"chatcmpl-{number}", "created": 0, "model": asked.request.model.name}
    finish = "tool_calls" if reply.calls else reply.finish if reply.finish in _FINISHES else "stop"
    if asked.stream:
        answer = Answer(200, _events(frame, message, finish, used if asked.usage else None), "text/event-stream")
    else:
        choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
        whole = {**frame, "object": "chat.completion", "choices": [choice], "usage": used}
        answer = Answer(200, json.dumps(whole).encode())
    return (
        answer
        if len(answer.body) <= MAX_ANSWER
        else refusal(502, "The answer is too long.", "too_long", "server_error")
    )


_FINISHES = ("stop", "length", "content_filter")


def _message(reply: Reply) -> dict[str, object]:
    message: dict[str, object] = {"role": "assistant", "content": reply.text or (None if reply.calls else "")}
    if reply.calls:
        message["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in reply.calls
        ]
    return message


def _events(frame: dict[str, object], message: dict[str, object], finish: str, used: dict[str, int] | None) -> bytes:
    """The whole answer in one piece, then its end: server-sent events."""
    delta = dict(message)
    if isinstance(calls := message.get("tool_calls"), list):
        delta["tool_calls"] = [{"index": n, **call} for n, call in enumerate(calls)]
    chunks: list[dict[str, object]] = [
        {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]},
    ]
    if used is not None:
        chunks.append({"choices": [], "usage": used})
    lines = [json.dumps({**frame, "object": "chat.completion.chunk", **chunk}) for chunk in chunks]
    return "".join(f"data: {line}\n\n" for line in (*lines, "[DONE]")).encode()
