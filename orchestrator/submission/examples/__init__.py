"""Submissions to start from, one folder for each language; `write_example` copies one."""

from pathlib import Path

from functions.errors import BadInput
from orchestrator.files import write_atomically

HERE = Path(__file__).parent
LANGUAGES = ("python", "perl")
DEFAULTS = {"python": "python:3.13-slim", "perl": "debian:trixie-slim"}


def write_example(directory: Path, language: str, base: str) -> tuple[Path, ...]:
    """Write the example for `language` into `directory`, on the base image `base`; the files.

    Raises `BadInput` where there are files already: nothing is written over.
    """
    if directory.exists() and any(directory.iterdir()):
        raise BadInput(f"{directory} is not empty. Name another directory.")
    directory.mkdir(parents=True, exist_ok=True)
    sources = [HERE / "README.md", *sorted(p for p in (HERE / language).iterdir() if p.is_file())]
    for source in sources:
        text = source.read_text().replace(f"ARG BASE={DEFAULTS[language]}", f"ARG BASE={base}")
        write_atomically(directory / source.name, text.encode())
    return tuple(directory / source.name for source in sources)
