"""OpenAI's requests as hostile input: what goes out is made anew, and nothing hides in it."""

import json

import pytest

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Reply, Request, ToolCall
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.models.gateway.wire import MAX_ANSWER, completion, most_prompt_tokens, read_body
from sandbox.gateway.http import Refused

SMALL = ModelChoice(provider="openai", name="small", answer_tokens=100, base_url="http://127.0.0.1:1/v1")
POLICY = GatewayPolicy(models=(SMALL, ModelChoice(provider="openai", name="large")))
LEAK = "stolen-secret"


def body(**fields: object) -> bytes:
    """A request for the small model, with other fields."""
    return json.dumps({"model": "small", "messages": [{"role": "user", "content": "Hi"}]} | fields).encode()


def refused(raw: bytes) -> tuple[int, str]:
    """How a request is refused: status and message."""
    with pytest.raises(Refused) as why:
        read_body(raw, POLICY)
    error = json.loads(why.value.answer.body)["error"]
    return why.value.answer.status, str(error["message"])


def test_a_whole_conversation_is_read() -> None:
    """Everything that a client of this protocol says, tools and their answers included."""
    call = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 1}'}}
    tool = {"name": "add", "description": "Adds.", "parameters": {"type": "object"}, "strict": True}
    messages = [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "1+"}, {"type": "text", "text": "1?"}]},
        {"role": "assistant", "content": None, "tool_calls": [call], "refusal": None, "annotations": []},
        {"role": "tool", "tool_call_id": "c1", "content": "2"},
    ]
    asked = read_body(
        body(messages=messages, tools=[{"type": "function", "function": tool}], tool_choice="required", stream=True),
        POLICY,
    )
    lines = asked.request.lines
    assert [(line.by, line.text) for line in lines] == [
        ("system", "Be brief."),
        ("user", "1+1?"),
        ("assistant", ""),
        ("tool", "2"),
    ]
    assert lines[2].calls == (ToolCall(id="c1", name="add", arguments='{"a": 1}'),)
    assert lines[3].call == "c1"
    assert asked.request.tools[0].description == "Adds."
    assert asked.request.tool_choice == "required"
    assert (asked.stream, asked.usage) == (True, False)


def test_answers_can_be_asked_for_as_json() -> None:
    """JSON mode, and a schema."""
    schema = {"type": "object", "properties": {"x": {"$ref": "#/$defs/X"}}, "$defs": {"X": {"type": "number"}}}
    as_json = read_body(body(response_format={"type": "json_object"}), POLICY).request
    as_schema = read_body(
        body(response_format={"type": "json_schema", "json_schema": {"name": "A", "schema": schema}}), POLICY
    ).request
    assert (as_json.format, as_json.answer_schema) == ("json", None)
    assert (as_schema.format, as_schema.answer_name, as_schema.answer_schema) == ("schema", "A", schema)


@pytest.mark.parametrize(("asked", "got"), [(5, 5), (100, 100), (1_000_000, 100)])
def test_the_longest_answer_is_the_organisers(asked: int, got: int) -> None:
    """A submission may ask for less, never for more."""
    for field in ("max_tokens", "max_completion_tokens"):
        assert read_body(body(**{field: asked}), POLICY).request.model.answer_tokens == got


@pytest.mark.parametrize(
    "field",
    ["user", "metadata", "store", "seed", "service_tier", "safety_identifier", "prompt_cache_key"],
)
def test_labels_are_dropped(field: str) -> None:
    """A field that only labels a request changes nothing of what goes out."""
    assert read_body(body(**{field: {"x": LEAK}}), POLICY) == read_body(body(), POLICY)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"model": LEAK}, 404, id="another model"),
        pytest.param({"model": "openai:small"}, 404, id="a model with its provider"),
        pytest.param({"model": "small;base_url=http://evil/v1"}, 404, id="a model with an address"),
        pytest.param({"model": "sm\u0430ll"}, 404, id="a model in other letters"),
        pytest.param({"model": ["small"]}, 400, id="a list of models"),
        pytest.param({"extra_headers": {"X": LEAK}}, 400, id="an unknown field"),
        pytest.param({"tool_resources": LEAK}, 400, id="another unknown field"),
        pytest.param({"base_url": "http://evil"}, 400, id="an address"),
        pytest.param({"n": 2}, 400, id="several answers"),
        pytest.param({"logit_bias": {"1": 100}}, 400, id="a bias"),
        pytest.param({"web_search_options": {}}, 400, id="a search"),
        pytest.param({"modalities": ["audio"]}, 400, id="audio"),
        pytest.param({"tool_choice": "required"}, 400, id="a choice without tools"),
        pytest.param({"tools": [{"type": "web_search"}]}, 400, id="a tool of the provider's"),
        pytest.param({"tools": [{"type": "mcp", "server_url": "http://evil"}]}, 400, id="a tool elsewhere"),
        pytest.param({"messages": []}, 400, id="nothing said"),
        pytest.param({"messages": [{"role": "user", "content": "a"}] * 2001}, 400, id="too much said"),
        pytest.param({"messages": [{"role": "user", "content": 1}]}, 400, id="a number said"),
        pytest.param({"messages": [{"role": "spy", "content": "a"}]}, 400, id="another role"),
        pytest.param(
            {"messages": [{"role": "user", "content": "a"}, {"role": "system", "content": "b"}]}, 400, id="late system"
        ),
        pytest.param({"messages": [{"role": "tool", "content": "a"}]}, 400, id="an answer to no call"),
        pytest.param({"temperature": "NaN"}, 400, id="no temperature"),
        pytest.param({"max_tokens": -1}, 400, id="a negative bound"),
        pytest.param({"response_format": {"type": "grammar", "url": "http://evil"}}, 400, id="another format"),
    ],
)
def test_what_is_not_known_is_refused_by_name(fields: dict[str, object], status: int) -> None:
    """An allow-list: the message names the field, and never repeats what was in it."""
    got, message = refused(body(**fields))
    assert got == status
    assert LEAK not in message
    assert "evil" not in message


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {"url": "http://evil/leak.png"}},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
        {"type": "file", "file": {"file_id": "file-1"}},
        {"type": "file", "file": {"file_url": "http://evil"}},
        {"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}},
    ],
)
def test_nothing_that_a_provider_would_fetch_goes_out(part: dict[str, object]) -> None:
    """Contents are text alone."""
    status, message = refused(body(messages=[{"role": "user", "content": [part]}]))
    assert status == 400
    assert message.startswith("messages.0.content.0.")


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "http://evil/schema.json"},
        {"properties": {"x": {"items": [{"$ref": "file:///etc/passwd"}]}}},
        {"$schema": "http://evil/meta"},
        {"$id": "http://evil/", "$ref": "#/x"},
        {"$dynamicRef": "//evil"},
        {"$ref": ["http://evil"]},
    ],
)
def test_schemas_point_only_into_themselves(schema: dict[str, object]) -> None:
    """Some servers follow references to wherever they lead."""
    tool = {"type": "function", "function": {"name": "f", "parameters": schema}}
    form = {"type": "json_schema", "json_schema": {"name": "A", "schema": schema}}
    assert refused(body(tools=[tool]))[0] == 400
    assert refused(body(response_format=form))[0] == 400


def test_a_property_may_be_called_like_a_reference() -> None:
    """It is a name then, and what it holds is a schema."""
    schema = {"properties": {"$id": {"type": "string"}}}
    assert read_body(body(tools=[{"type": "function", "function": {"name": "f", "parameters": schema}}]), POLICY)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"model": "small"', id="half of it"),
        pytest.param(b'{"user": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", id="a deep label"),
        pytest.param(body(messages=[{"role": "user", "content": "X"}]).replace(b"X", b"\\ud800"), id="half a letter"),
        pytest.param(body(seed=0).replace(b": 0", b": " + b"9" * 100_000), id="a number without end"),
    ],
)
def test_what_is_no_json_of_ours_is_refused(raw: bytes) -> None:
    """Before anything of it is looked at."""
    assert refused(raw)[0] == 400


def nested(depth: int) -> dict[str, object]:
    """A schema of so many levels."""
    schema: dict[str, object] = {}
    for _ in range(depth):
        schema = {"items": schema}
    return schema


@pytest.mark.parametrize("value", ["1e999", "-1e999"])
def test_a_schema_that_a_record_cannot_hold_is_refused(value: str) -> None:
    """What is read back from the log must be what was asked, or an audit that goes on would pay twice."""
    raw = body(tools=[{"type": "function", "function": {"name": "f", "parameters": {"maximum": "X"}}}])
    assert refused(raw.replace(b'"X"', value.encode()))[0] == 400
    deep = body(tools=[{"type": "function", "function": {"name": "f", "parameters": nested(40)}}])
    assert "levels deep" in refused(deep)[1]


def test_a_request_survives_its_record() -> None:
    """Read back from the log it has the same key."""
    schema = {"minimum": 0.1, "enum": [1, 1.0, True, None, "é", 12345678901234567890], "items": nested(20)}
    raw = body(tools=[{"type": "function", "function": {"name": "f", "parameters": schema}}], temperature=0.3)
    request = read_body(raw, POLICY).request
    assert Request.model_validate_json(request.model_dump_json()).key == request.key


def test_no_prompt_has_more_tokens_than_are_reserved_for_it() -> None:
    """A token is a byte at least, in messages, calls, tools and schemas alike."""
    hard = "q\u00e9\U0001f9ff" * 100
    schema = {"type": "object", "description": hard}
    tool = {"type": "function", "function": {"name": "f", "description": hard, "parameters": schema}}
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": hard}}
    messages = [{"role": "user", "content": hard}, {"role": "assistant", "tool_calls": [call]}]
    form = {"type": "json_schema", "json_schema": {"name": "A", "schema": schema}}
    request = read_body(body(messages=messages, tools=[tool], response_format=form), POLICY).request
    assert most_prompt_tokens(request) >= 5 * len(hard.encode())


REPLY = Reply(text="Two.", prompt_tokens=7, completion_tokens=3)


def test_an_answer_is_a_chat_completion() -> None:
    """With the name that was asked for, and what was used."""
    answer = completion(read_body(body(), POLICY), REPLY, 4)
    said = json.loads(answer.body)
    assert (answer.status, said["object"], said["model"]) == (200, "chat.completion", "small")
    assert said["choices"][0]["message"] == {"role": "assistant", "content": "Two."}
    assert said["choices"][0]["finish_reason"] == "stop"
    assert said["usage"] == {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}


def test_calls_of_tools_are_answered_as_such() -> None:
    """Whatever the provider called its end."""
    reply = Reply(calls=(ToolCall(id="c1", name="f", arguments="{}"),), finish="function_calls")
    choice = json.loads(completion(read_body(body(), POLICY), reply, 0).body)["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    assert choice["message"]["tool_calls"][0]["function"] == {"name": "f", "arguments": "{}"}


def test_a_stream_is_made_of_the_whole_answer() -> None:
    """Server-sent events, with the usage where it was asked for."""
    asked = read_body(body(stream=True, stream_options={"include_usage": True}), POLICY)
    answer = completion(asked, REPLY, 0)
    events = answer.body.decode().split("\n\n")
    assert answer.kind == "text/event-stream"
    assert events[-2:] == ["data: [DONE]", ""]
    chunks = [json.loads(event.removeprefix("data: ")) for event in events[:-2]]
    assert chunks[0]["choices"][0]["delta"]["content"] == "Two."
    assert chunks[1]["choices"][0]["finish_reason"] == "stop"
    assert chunks[2]["usage"]["total_tokens"] == 10


def test_an_enormous_answer_is_an_error() -> None:
    """It would not fit into a frame."""
    assert completion(read_body(body(), POLICY), Reply(text="x" * MAX_ANSWER), 0).status == 502
