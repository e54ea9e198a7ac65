"""One request to a model and its reply, as records. A request's key is made of everything that shapes the answer."""

import hashlib
import json
from typing import Literal, Protocol

from pydantic import NonNegativeInt

from functions.brief import Record
from functions.errors import Cause, InquestError
from orchestrator.models.choice import Format, ModelChoice


class ToolCall(Record):
    """A tool that a model wants to use. `arguments` is what it wrote: meant as JSON, and not to be trusted to be."""

    id: str
    name: str
    arguments: str


class Line(Record):
    """One message of a conversation with a model.

    A `tool` line answers the call named `call`. `shown` marks an experiment's output, which may be shortened later.
    """

    by: Literal["system", "user", "assistant", "tool"]
    text: str
    calls: tuple[ToolCall, ...] = ()
    call: str = ""
    name: str = ""
    shown: bool = False


class Tool(Record):
    """A tool on offer. `parameters` is a JSON schema."""

    name: str
    description: str
    parameters: dict[str, object]


class Request(Record):
    """Everything that shapes an answer.

    `answer_schema` is the JSON schema of a typed answer, which is asked for as `format` says.
    """

    model: ModelChoice
    lines: tuple[Line, ...]
    tools: tuple[Tool, ...] = ()
    tool_choice: Literal["auto", "none", "required"] = "auto"
    format: Format | None = None
    answer_name: str = ""
    answer_schema: dict[str, object] | None = None
    prompts: str = ""  # hash of the templates that the lines were rendered from

    @property
    def key(self) -> str:
        """SHA-256 over provider, model, address, parameters, messages, tools, tool choice, format and schema."""
        meant = self.model_dump(mode="json", exclude={"prompts": True, "model": {"timeout_s", "strict"}})
        return hashlib.sha256(json.dumps(meant, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def tokens_at_most(self) -> int:
        """A generous estimate of what the prompt takes: a token for every three bytes, and a few for each message."""
        said = sum(len(line.text.encode()) + sum(len(c.arguments.encode()) for c in line.calls) for line in self.lines)
        offered = len(json.dumps([tool.parameters for tool in self.tools])) if self.tools else 0
        schema = len(json.dumps(self.answer_schema)) if self.format == "schema" else 0
        return (said + offered + schema) // 3 + 8 * len(self.lines)

    @property
    def feature(self) -> "Feature | None":
        """What to do without if the provider rejects this request."""
        return self.format or ("tools" if self.tools else None)


class Reply(Record):
    """What a model answered. Tokens are as the provider counted them; `estimated` where it did not say."""

    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    finish: str = "stop"  # "stop", "length", "content_filter", "function_calls", "unknown"
    prompt_tokens: NonNegativeInt = 0
    completion_tokens: NonNegativeInt = 0
    estimated: bool = False
    model: str = ""  # the name that the provider reported back, where it did

    def is_of(self, model: ModelChoice) -> bool:
        """Did the model that was asked for answer, by the provider's own word? A dated name is the same model's."""
        return self.model in ("", model.name) or self.model.startswith(f"{model.name}-")


class Rejected(InquestError):
    """The provider refuses this request for good: an unknown format, tools, a conversation that is too long."""

    cause = Cause.INFRASTRUCTURE


class ProviderFailure(InquestError):
    """The provider failed, again and again. Never the team's fault."""

    cause = Cause.INFRASTRUCTURE
    retry_helps = True


class ModelUnavailable(InquestError):
    """Key, model name or account: the user can mend it, a retry cannot."""


class ReplayDiffers(InquestError):
    """A replayed audit asked something else than the recorded one. The message says where and what."""


Feature = Literal["schema", "json", "prompt", "tools"]
"""What a provider may refuse, so that it is not tried again."""


class Models(Protocol):
    """What a model-backed role sees of the models: asking, and what a person wants it to know."""

    @property
    def guidance(self) -> tuple[str, ...]:
        """What a person told the team, in order."""
        ...

    def refused(self, model: ModelChoice) -> frozenset[Feature]:
        """What this model's provider has refused in this audit."""
        ...

    async def ask(self, request: Request) -> Reply:
        """The reply. Raises `Rejected` and, as endings of the audit, what budgets and providers raise."""
        ...
