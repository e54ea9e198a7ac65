"""AutoGen's model clients behind our `Provider`: the only file that imports them. Errors are sorted by what helps.

Everything is bounded: time per call, bytes per answer, no redirects, no compressed answers (they could be bombs). A key
goes into the client and nowhere else; whatever comes back is searched for it.
"""

import asyncio
import json
import ssl
import warnings
from collections.abc import AsyncIterator
from contextvars import ContextVar
from email.utils import parsedate_to_datetime
from functools import cache
from time import time
from typing import Any, cast

import httpx
import openai
from autogen_core import FunctionCall
from autogen_core.models import (
    AssistantMessage,
    ChatCompletionClient,
    CreateResult,
    FunctionExecutionResult,
    FunctionExecutionResultMessage,
    LLMMessage,
    ModelInfo,
    SystemMessage,
    UserMessage,
)
from autogen_core.tools import ParametersSchema, ToolSchema
from autogen_ext.models.openai import AzureOpenAIChatCompletionClient, OpenAIChatCompletionClient

from functions.errors import BadInput
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, ModelUnavailable, Rejected, Reply, Request, ToolCall
from orchestrator.models.keys import key_for, redacted
from orchestrator.models.provider import Provider, Transient

MOST_BYTES = 4_000_000
"""A longer answer is cut off and counts as a failure."""

MOST_CALLS = 16
"""Tool calls of one reply that are looked at."""

# Anthropic, Gemini and Ollama offer OpenAI's protocol too, so that one client with one set of errors serves all.
_ADDRESSES = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com/v1",
    "gemini": "https://generativelanguage.googleapis.com/v1beta/openai",
    "ollama": "http://127.0.0.1:11434/v1",
}
_AZURE_VERSION = "2024-10-21"

_identity: ContextVar[str] = ContextVar("identity", default="")
"""Which call is being made: sent as `Idempotency-Key`, so that a provider that knows it does not charge twice."""

_bodies: ContextVar[list[bytes] | None] = ContextVar("bodies", default=None)
"""Where the body of the answer is kept, for what AutoGen leaves out of it."""


def open_provider(model: ModelChoice) -> Provider:
    """A client for a model. Raises `BadInput` where its key or its package is missing."""
    # AutoGen's warnings quote what a provider sent, and would carry it to the terminal as it is.
    warnings.filterwarnings("ignore", module=r"(autogen_ext|orchestrator\.models\.clients)")
    key = key_for(model)
    http = httpx.AsyncClient(
        follow_redirects=False,
        headers={"accept-encoding": "identity"},
        event_hooks={"request": [_identify], "response": [_bound]},
        timeout=model.timeout_s,
        verify=_trusted(),
    )
    return ModelClient(model, _client(model, key, http), key, http)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that are trusted, read once: reading takes 50 ms, more than ten turns do."""
    return httpx.create_ssl_context()


class ModelClient:
    """One AutoGen client. Not made to be used by two calls at once."""

    def __init__(self, model: ModelChoice, client: ChatCompletionClient, key: str, http: httpx.AsyncClient) -> None:
        self._model, self._client, self._key, self._http = model, client, key, http

    async def complete(self, request: Request, identity: str, seconds: float) -> Reply:
        """Ask once. See `Provider`."""
        _identity.set(identity)
        body: list[bytes] = []
        _bodies.set(body)
        try:
            async with asyncio.timeout(seconds):
                reply = self._reply(request, await self._create(request))
                return reply.model_copy(update={"model": redacted(reported_model(b"".join(body)), self._key)})
        except TimeoutError:
            raise Transient(f"There was no answer within {seconds:.3g} s.") from None
        except openai.APIError as error:
            raise _sorted(error, self._key) from None
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
            # What AutoGen and the SDK raise on answers that are not the protocol's.
            raise Transient(f"What was answered is no chat completion ({type(error).__name__}).") from None

    async def close(self) -> None:
        """Close the client and its connections."""
        await self._client.close()
        await self._http.aclose()

    async def _create(self, request: Request) -> CreateResult:
        extra: dict[str, object] = {}
        if request.format == "schema":
            schema = {"name": request.answer_name, "schema": request.answer_schema, "strict": True}
            extra["response_format"] = {"type": "json_schema", "json_schema": schema}
        return await self._client.create(
            [_message(line) for line in request.lines],
            tools=[
                ToolSchema(name=t.name, description=t.description, parameters=cast(ParametersSchema, t.parameters))
                for t in request.tools
            ],
            tool_choice=request.tool_choice,
            json_output=True if request.format == "json" else None,
            extra_create_args=extra,
        )

    def _reply(self, request: Request, result: CreateResult) -> Reply:
        """The answer as a record, without the key, whatever a server may echo."""
        said = result.content if isinstance(result.content, str) else result.thought or ""
        asked = [] if isinstance(result.content, str) else result.content[:MOST_CALLS]
        calls = tuple(
            ToolCall(id=call.id, name=redacted(call.name, self._key), arguments=redacted(call.arguments, self._key))
            for call in asked
        )
        used = result.usage
        estimated = used.prompt_tokens <= 0
        written = (len(said.encode(errors="replace")) + sum(len(c.arguments) for c in calls)) // 3 + 1
        return Reply(
            text=redacted(said, self._key).encode(errors="replace").decode(),
            calls=calls,
            finish=result.finish_reason,
            prompt_tokens=request.tokens_at_most if estimated else used.prompt_tokens,
            completion_tokens=written if estimated else max(0, used.completion_tokens),
            estimated=estimated,
        )


def reported_model(body: bytes) -> str:
    """The name of the model in an answer; empty where there is none."""
    try:
        name = json.loads(body).get("model")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return name[:200] if isinstance(name, str) and name.isprintable() else ""


def _client(model: ModelChoice, key: str, http: httpx.AsyncClient) -> ChatCompletionClient:
    info = ModelInfo(
        vision=False, function_calling=model.calls_tools, json_output=True, structured_output=True, family="unknown"
    )
    own = model.provider == "azure" or (model.provider == "openai" and model.base_url is None)
    settings: dict[str, Any] = {
        "model": model.name,
        "api_key": key,
        "model_info": info,
        "max_retries": 0,
        "http_client": http,
        "include_name_in_message": False,
        "max_completion_tokens" if own else "max_tokens": model.answer_tokens,
    }
    if model.temperature is not None:
        settings["temperature"] = model.temperature
    if model.provider != "azure":
        return OpenAIChatCompletionClient(base_url=model.base_url or _ADDRESSES[model.provider], **settings)
    if model.base_url is None:
        raise BadInput(f"{model.label} needs the address of your resource: give it a base_url.")
    return AzureOpenAIChatCompletionClient(
        azure_endpoint=model.base_url, azure_deployment=model.name, api_version=_AZURE_VERSION, **settings
    )


def _message(line: Line) -> LLMMessage:
    match line.by:
        case "system":
            return SystemMessage(content=line.text)
        case "user":
            return UserMessage(content=line.text, source="user")
        case "tool":
            result = FunctionExecutionResult(content=line.text, name=line.name, call_id=line.call, is_error=False)
            return FunctionExecutionResultMessage(content=[result])
    if not line.calls:
        return AssistantMessage(content=line.text, source="assistant")
    calls = [FunctionCall(id=call.id, name=call.name, arguments=call.arguments) for call in line.calls]
    return AssistantMessage(content=calls, thought=line.text or None, source="assistant")


def _sorted(error: openai.APIError, key: str) -> Transient | Rejected | ModelUnavailable:
    """An error by what helps: waiting, asking otherwise, or the user."""
    status = error.status_code if isinstance(error, openai.APIStatusError) else 0
    said = redacted(f"{status or type(error).__name__}: {error.message}", key)[:300]
    if status == 429 and error.code == "insufficient_quota":
        return ModelUnavailable(f"The provider says that the account is exhausted ({said}).")
    if status in (401, 402, 403, 404):
        return ModelUnavailable(f"The provider refuses the key, or does not know the model ({said}).")
    if 400 <= status < 500 and status not in (408, 409, 425, 429):
        return Rejected(f"The provider refuses this request ({said}).")
    return Transient(f"{said}.", _retry_after(error))


def _retry_after(error: openai.APIError) -> float | None:
    """Seconds that the provider asks for; both forms of the header (RFC 9110, 10.2.3)."""
    if not isinstance(error, openai.APIStatusError) or not (asked := error.response.headers.get("retry-after")):
        return None
    try:
        seconds = (
            float(asked) if asked.replace(".", "", 1).isdigit() else parsedate_to_datetime(asked).timestamp() - time()
        )
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), 86_400.0)


async def _identify(request: httpx.Request) -> None:
    request.headers["Idempotency-Key"] = _identity.get()


async def _bound(response: httpx.Response) -> None:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise httpx.DecodingError("The answer is compressed, which was not asked for.", request=response.request)
    response.stream = _Bounded(cast(httpx.AsyncByteStream, response.stream))


class _Bounded(httpx.AsyncByteStream):
    """A body of at most `MOST_BYTES`."""

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST_BYTES
        async for chunk in self._body:
            left -= len(chunk)
            if left < 0:
                raise httpx.ReadError(f"The answer is longer than {MOST_BYTES} bytes.")
            if (kept := _bodies.get()) is not None:
                kept.append(chunk)
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()
