"""Which model fills a role. Part of what an audit means; never holds a key."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator

from functions.brief import Record
from functions.errors import BadInput

Provider = Literal["openai", "anthropic", "azure", "gemini", "ollama"]
Format = Literal["schema", "json", "prompt"]

FORMATS: tuple[Format, ...] = ("schema", "json", "prompt")
"""How a typed answer is asked for, strongest first: a schema the provider enforces, JSON mode, words alone."""

_FORMAT: dict[Provider, Format] = {
    "openai": "schema",
    "azure": "schema",
    "gemini": "schema",
    "ollama": "json",
    "anthropic": "prompt",  # its OpenAI-compatible address leaves response_format unread
}
_EXAMPLE = "openai:NAME;base_url=http://127.0.0.1:8080/v1;tools=no;structured=json"


class ModelChoice(Record):
    """A model with the parameters it is called with. What it can do is said here, never guessed from its name."""

    provider: Provider
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w./:@+-]+$")]
    base_url: str | None = None
    """An address that speaks the provider's protocol; None: the provider's own."""
    tools: bool | None = None
    """Can it call tools? None: all but Ollama's can. Others write fenced code."""
    structured: Format | None = None
    """The strongest format it knows; None: the provider's default. A format that is refused is not tried again."""
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    context_tokens: Annotated[int, Field(ge=2000)] = 32_000
    answer_tokens: Annotated[int, Field(ge=1)] = 4_000
    timeout_s: Annotated[float, Field(gt=0)] = 180.0
    strict: bool | None = None
    """Does an answer under another model's name end the audit? None: it is only recorded."""

    @field_validator("base_url")
    @classmethod
    def _plain(cls, url: str | None) -> str | None:
        """An address is written into records, so it may hold no user, password or query."""
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("a base_url is http://HOST/PATH or https://HOST/PATH")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("a base_url may hold no user, password or query: keys belong in the environment")
        return url.rstrip("/")

    @property
    def calls_tools(self) -> bool:
        """Is it offered tools?"""
        return self.provider != "ollama" if self.tools is None else self.tools

    @property
    def best_format(self) -> Format:
        """The first format to try."""
        return self.structured or _FORMAT[self.provider]

    @property
    def label(self) -> str:
        """As a person writes it."""
        return f"{self.provider}:{self.name}"

    def at(self, base_url: str) -> Self:
        """The same model at another address. Raises `BadInput` for what is none."""
        try:
            return self.model_validate({**self.model_dump(), "base_url": base_url})
        except ValidationError as error:
            raise BadInput(f"Cannot use this base URL: {error.errors(include_input=False)[0]['msg']}.") from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `openai:NAME`, followed by options: `;base_url=URL;tools=no;structured=json;context_tokens=8192`.

        Raises `BadInput` that says what cannot be read. An address is not quoted: it could hold a key.
        """
        head, *options = text.strip().split(";")
        provider, _, name = head.partition(":")
        fields: dict[str, str] = {"provider": provider, "name": name}
        for option in options:
            key, _, value = option.strip().partition("=")
            fields[key] = value
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"]))[:40]
            raise BadInput(
                f"Cannot read the model '{head[:80]}' at {where}: {first['msg']}. For example {_EXAMPLE}."
            ) from None
