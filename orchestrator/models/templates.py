"""Folders of templates for prompts: rendered with undefined-is-an-error, versioned by the hash of all their files."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


class Templates:
    """The `*.j2` files of a folder. jinja2 is imported when the first of them is rendered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def render(self, name: str, **values: object) -> str:
        """The template `name` with its values. Raises `jinja2.UndefinedError` where one is missing."""
        return self._environment.get_template(f"{name}.j2").render(**values).strip()

    @cached_property
    def version(self) -> str:
        """SHA-256 over every template's name and bytes: it stands in every call's record."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.glob("*.j2")):
            digest.update(f"{path.name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - what is rendered goes to a model as text, where escapes would be read as such
        )
