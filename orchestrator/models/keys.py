"""API keys: taken from the environment when a client is opened, and cut out of whatever a provider sends back."""

import os
import re
from collections.abc import Mapping

from functions.errors import BadInput
from orchestrator.models.choice import ModelChoice

VARIABLES = {
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "azure": "AZURE_OPENAI_API_KEY",
    "gemini": "GEMINI_API_KEY",
}
ELSEWHERE = "INQUEST_API_KEY"
"""For addresses of the user's own: a provider's key is never sent to another address than the provider's."""

NO_KEY = "none"
"""What a server that asks for no key is sent."""

_LOOKS_LIKE_ONE = re.compile(r"(?i)\b(sk-[\w-]{8,}|AIza[\w-]{20,}|bearer\s+[\w.~+/-]{8,}=*)")


def key_for(model: ModelChoice, environment: Mapping[str, str] | None = None) -> str:
    """The key for a model's address. Raises `BadInput` naming the variable that is missing."""
    environment = os.environ if environment is None else environment
    if model.provider == "ollama" or (model.base_url and model.provider != "azure"):
        return environment.get(ELSEWHERE) or NO_KEY
    name = VARIABLES[model.provider]
    if not (key := environment.get(name)):
        raise BadInput(f"{model.label} needs a key, and {name} is not set. Set it, or give a base_url of your own.")
    return key


def redacted(text: str, key: str) -> str:
    """The text without the key, nor anything that looks like one."""
    if len(key) >= 6:
        text = text.replace(key, "[key]")
    return _LOOKS_LIKE_ONE.sub("[key]", text)
