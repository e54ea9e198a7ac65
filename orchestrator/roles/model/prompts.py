"""The templates in `prompts/`, in which roles are told what a good scientist does."""

from pathlib import Path

from orchestrator.models.templates import Templates

FOLDER = Path(__file__).parent / "prompts"

_TEMPLATES = Templates(FOLDER)


def render(name: str, **values: object) -> str:
    """The template `name` with its values. Raises `jinja2.UndefinedError` where one is missing."""
    return _TEMPLATES.render(name, **values)


def version() -> str:
    """What stands in every call's record."""
    return _TEMPLATES.version
