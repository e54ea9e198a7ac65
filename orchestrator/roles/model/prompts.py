"""The templates in `prompts/`: rendered with undefined-is-an-error, versioned by the hash of all of them together."""

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "prompts"


def render(name: str, **values: object) -> str:
    """The template `name` with its values. Raises `jinja2.UndefinedError` where one is missing."""
    return _environment().get_template(f"{name}.j2").render(**values).strip()


@cache
def version() -> str:
    """SHA-256 over every template's name and bytes: it stands in every call's record."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.j2")):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - what is rendered goes to a model as text, where escapes would be read as such
    )
