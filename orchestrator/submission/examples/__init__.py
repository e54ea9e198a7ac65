"""Submissions to start from, one folder for each; `write_example` copies one. `classical` is the project's own team."""

from collections.abc import Iterator
from pathlib import Path

from functions.errors import BadInput
from orchestrator.files import write_atomically
from sandbox.images import lab_files

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent.parent
DEFAULTS = {"python": "python:3.13-slim", "perl": "debian:trixie-slim", "classical": "inquest-oracle"}
"""What there is, each with its usual base image."""

CLASSICAL = (
    "functions/__init__.py", "functions/brief.py", "functions/errors.py",
    "orchestrator/__init__.py", "orchestrator/budget.py",
    "orchestrator/roles/__init__.py", "orchestrator/roles/base.py", "orchestrator/roles/messages.py",
    "orchestrator/team/__init__.py", "orchestrator/team/conversation.py", "orchestrator/team/plain.py",
    "sandbox/client.py",
)  # fmt: skip
"""What of the project the classical team needs beside its roles and the lab: nothing that holds a truth."""


def write_example(directory: Path, language: str, base: str) -> tuple[Path, ...]:
    """Write an example into `directory`, on the base image `base`; the files.

    Raises `BadInput` where there are files already: nothing is written over.
    """
    if directory.exists() and any(directory.iterdir()):
        raise BadInput(f"{directory} is not empty. Name another directory.")
    written = []
    for place, source in _files(language):
        content = source.read_bytes().replace(f"ARG BASE={DEFAULTS[language]}".encode(), f"ARG BASE={base}".encode())
        target = directory / place
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, content)
        written.append(target)
    return tuple(written)


def _files(language: str) -> Iterator[tuple[str, Path]]:
    """Where each file goes, and where it comes from."""
    yield "README.md", HERE / "README.md"
    yield "Dockerfile", HERE / language / "Dockerfile"
    interpreter = next((HERE / language).glob("interpreter.*"))
    if language != "classical":
        yield interpreter.name, interpreter
        return
    yield f"classical/{interpreter.name}", interpreter
    roles = (PROJECT / "orchestrator" / "roles" / "classical").glob("*.py")
    ours = (*CLASSICAL, *(path.relative_to(PROJECT).as_posix() for path in sorted(roles)))
    for place, source in {**lab_files(), **{path: PROJECT / path for path in ours}}.items():
        yield f"classical/{place}", source
