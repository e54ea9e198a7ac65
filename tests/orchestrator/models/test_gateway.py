"""A gateway from end to end: OpenAI's own client, a socket, the process, the desk, real HTTP to a provider of ours."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam

from functions.errors import BadInput
from orchestrator.eventlog import EventLog, read_events
from orchestrator.events import ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import ModelUnavailable, ProviderFailure
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.models.gateway.serving import ModelGateway, open_gateway
from orchestrator.models.provider import Patience
from sandbox.engines.local import LocalEngine
from tests.model_server.faults import Fault, always, at
from tests.model_server.scientists import Message, Request, says
from tests.model_server.server import ModelServer

SECRET = "a-key-that-nobody-may-see"  # noqa: S105 made up
IMPATIENT = Patience(attempts=2, first_s=0.001)
HI: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Hi"}]


def echo(request: Request) -> Message:
    """A model that repeats what it heard last, or calls the first tool that it is offered."""
    if request.get("tools"):
        name = request["tools"][0]["function"]["name"]
        call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": '{"x": 1}'}}
        return {"role": "assistant", "content": None, "tool_calls": [call]}
    return says(str(request["messages"][-1]["content"]))


@contextmanager
def gateway_to(server: ModelServer, folder: Path, timeout_s: float = 60, calls: int = 100) -> Iterator[ModelGateway]:
    """A gateway in a process of its own, before a provider of ours, recording into `events.jsonl`."""
    model = ModelChoice(provider="openai", name="small", base_url=server.url, answer_tokens=100, timeout_s=timeout_s)
    policy = GatewayPolicy(models=(model,), calls=calls)
    with (
        closing(EventLog(folder / "events.jsonl", lambda _: None)) as log,
        open_gateway(LocalEngine(), policy, log, 60, run="a-b", label="test", patience=IMPATIENT) as gateway,
    ):
        yield gateway


@contextmanager
def client_of(gateway: ModelGateway) -> Iterator[openai.OpenAI]:
    """What an author writes: OpenAI's client over the socket that the environment names."""
    transport = httpx.HTTPTransport(uds=gateway.surroundings.environment["INQUEST_MODEL_SOCKET"])
    with httpx.Client(transport=transport) as http:
        yield openai.OpenAI(base_url="http://gateway/v1", api_key="none", http_client=http)


def test_a_cost_without_a_price_is_refused_before_anything_starts(tmp_path: Path) -> None:
    """Nobody could keep it."""
    model = ModelChoice(provider="openai", name="small", base_url="http://127.0.0.1:1/v1")
    policy = GatewayPolicy(models=(model,), cost=1.0)
    with (
        closing(EventLog(tmp_path / "events.jsonl", lambda _: None)) as log,
        pytest.raises(BadInput, match="Nobody knows what openai:small costs"),
        open_gateway(LocalEngine(), policy, log, 60, run="a-b", label="test"),
    ):
        pass


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The organiser's key, in the environment of the host."""
    monkeypatch.setenv("INQUEST_API_KEY", SECRET)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """For what a test opens."""
    with ExitStack() as opened:
        yield opened


def test_a_client_of_openais_just_works(tmp_path: Path, stack: ExitStack) -> None:
    """Models, answers, streams, tools and typed answers, as with any provider."""
    server = stack.enter_context(ModelServer(echo))
    gateway = stack.enter_context(gateway_to(server, tmp_path))
    client = stack.enter_context(client_of(gateway))
    create: Callable[..., ChatCompletion] = client.chat.completions.create

    assert [model.id for model in client.models.list()] == ["small"]
    assert create(model="small", messages=HI).choices[0].message.content == "Hi"
    stream = client.chat.completions.create(model="small", messages=HI, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "Hi"
    tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}
    used = create(model="small", messages=HI, tools=[tool], tool_choice="required").choices[0]
    assert used.finish_reason == "tool_calls"
    assert [call.to_dict()["function"] for call in used.message.tool_calls or ()] == [
        {"name": "look", "arguments": '{"x": 1}'}
    ]
    schema = {"type": "object", "properties": {"x": {"type": "number"}}}
    typed = {"type": "json_schema", "json_schema": {"name": "Answer", "schema": schema}}
    create(model="small", messages=HI, response_format=typed)
    assert server.requests[-1]["response_format"]["json_schema"]["schema"] == schema
    assert server.requests[-2]["tool_choice"] == "required"
    gateway.check()
    assert (gateway.spent.calls, gateway.spent.unpriced) == (4, 4)


def test_nothing_but_the_request_goes_out(tmp_path: Path, stack: ExitStack, key: None) -> None:
    """Headers, query, labels and another key: the provider hears nothing of them."""
    server = stack.enter_context(ModelServer(echo))
    client = stack.enter_context(client_of(stack.enter_context(gateway_to(server, tmp_path))))
    client.chat.completions.create(
        model="small",
        messages=[{"role": "user", "content": "Hi", "name": "leak"}],
        user="leak",
        metadata={"leak": "leak"},
        seed=4711,
        extra_headers={"Authorization": "Bearer leak", "X-Leak": "leak", "OpenAI-Organization": "leak"},
    )
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="small", messages=HI, extra_query={"leak": "leak"})
    (heard,) = server.requests
    assert heard == {"model": "small", "messages": HI, "max_tokens": 100, "stream": False}
    assert server.keys == [SECRET]


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.CUT, Fault.NO_JSON, Fault.NO_CHOICES])
def test_failures_that_pass_are_not_noticed(tmp_path: Path, stack: ExitStack, fault: Fault) -> None:
    """They are tried again on the host, and recorded."""
    server = stack.enter_context(ModelServer(echo, at({0: fault})))
    client = stack.enter_context(client_of(stack.enter_context(gateway_to(server, tmp_path))))
    assert client.chat.completions.create(model="small", messages=HI).choices[0].message.content == "Hi"
    (call,) = calls_in(tmp_path)
    assert len(call.failures) == 1


@pytest.mark.parametrize(
    ("fault", "stopped"),
    [
        (Fault.TOO_MANY, ProviderFailure),
        (Fault.SERVER_ERROR, ProviderFailure),
        (Fault.ECHO, ProviderFailure),
        (Fault.CUT, ProviderFailure),
        (Fault.SLOW, ProviderFailure),
        (Fault.ENDLESS, ProviderFailure),
        (Fault.NO_JSON, ProviderFailure),
        (Fault.BAD_KEY, ModelUnavailable),
        (Fault.EXHAUSTED, ModelUnavailable),
    ],
)
def test_a_provider_that_is_down_says_nothing_of_itself(
    tmp_path: Path, stack: ExitStack, key: None, fault: Fault, stopped: type[Exception]
) -> None:
    """The submission gets an error of ours, and the audit stops: not the submission's fault. No key is anywhere."""
    server = stack.enter_context(ModelServer(echo, always(fault)))
    gateway = stack.enter_context(gateway_to(server, tmp_path, timeout_s=0.3 if fault is Fault.SLOW else 60))
    client = stack.enter_context(client_of(gateway)).with_options(max_retries=0)
    with pytest.raises(openai.InternalServerError) as error:
        client.chat.completions.create(model="small", messages=HI)
    assert error.value.status_code == 503
    assert error.value.body == {
        "message": "The model cannot be had now. That is not this request's fault.",
        "type": "server_error",
        "param": None,
        "code": "unavailable",
    }
    with pytest.raises(stopped) as why:
        gateway.check()
    assert SECRET not in str(why.value)
    assert SECRET not in (tmp_path / "events.jsonl").read_text()
    assert server.keys[0] == SECRET


def test_an_answer_that_repeats_the_key_does_not_hold_it(tmp_path: Path, stack: ExitStack, key: None) -> None:
    """A provider may be careless, or the submission may have guessed right: what comes back is searched."""
    server = stack.enter_context(ModelServer(lambda _: says(f"Your key is {SECRET}.")))
    client = stack.enter_context(client_of(stack.enter_context(gateway_to(server, tmp_path))))
    answer = client.chat.completions.create(model="small", messages=HI)
    assert answer.choices[0].message.content == "Your key is [key]."
    assert SECRET not in (tmp_path / "events.jsonl").read_text()


def test_a_spent_budget_is_an_error_that_clients_do_not_retry(tmp_path: Path, stack: ExitStack) -> None:
    """As from a provider whose account is empty, however many ask at once."""
    server = stack.enter_context(ModelServer(echo))
    gateway = stack.enter_context(gateway_to(server, tmp_path, calls=3))
    client = stack.enter_context(client_of(gateway))
    got: list[str] = []

    def ask(number: int) -> None:
        try:
            client.chat.completions.create(model="small", messages=[{"role": "user", "content": f"{number}"}])
            got.append("answer")
        except openai.RateLimitError as error:
            got.append(str(error.code))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == ["answer"] * 3 + ["insufficient_quota"] * 7
    assert len(server.requests) == 3
    gateway.check()


def test_a_submission_that_is_started_again_pays_nothing_twice(tmp_path: Path, stack: ExitStack) -> None:
    """Its calls are in the audit's log, and are served from there."""
    server = stack.enter_context(ModelServer(echo))

    def life() -> list[str | None]:
        with gateway_to(server, tmp_path) as gateway, client_of(gateway) as client:
            create: Callable[..., ChatCompletion] = client.chat.completions.create
            answers = [create(model="small", messages=[{"role": "user", "content": text}]) for text in "aba"]
            assert gateway.spent.calls == 3
            return [answer.choices[0].message.content for answer in answers]

    assert life() == life() == ["a", "b", "a"]
    assert len(server.requests) == 3
    assert [call.role for call in calls_in(tmp_path)] == ["submission"] * 3


def calls_in(folder: Path) -> list[ModelCall]:
    """The recorded calls."""
    return [entry.event for entry in read_events(folder / "events.jsonl") if isinstance(entry.event, ModelCall)]


def test_the_log_is_a_log_like_any_other(tmp_path: Path, stack: ExitStack) -> None:
    """A call can be read back, and is what was asked."""
    server = stack.enter_context(ModelServer(echo))
    client = stack.enter_context(client_of(stack.enter_context(gateway_to(server, tmp_path))))
    client.chat.completions.create(model="small", messages=HI, temperature=0.5)
    (call,) = calls_in(tmp_path)
    assert call.request.model.temperature == 0.5
    assert call.reply is not None
    assert call.reply.text == "Hi"
    assert json.loads((tmp_path / "events.jsonl").read_text())["event"]["kind"] == "model_call"
