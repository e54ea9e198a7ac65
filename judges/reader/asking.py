"""What a judge needs of a language model: typed answers to questions about a description, which is data.

The description is quoted line by line between delimiters that it cannot contain: they are made of its own hash.
"""

import hashlib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from functions.brief import Category, Record
from judges.description.text import MAX_CHARACTERS
from judges.negatives import Gradable

if TYPE_CHECKING:
    from jinja2 import Environment

T = TypeVar("T", bound=Record)

FOLDER = Path(__file__).parent / "prompts"

DOES = {
    Category.NUMERIC: "takes a number and gives a number",
    Category.STRING: "takes a text and gives a text",
    Category.ENTITY: "is a detector: it takes a word and gives a response from 0 (no) to 1 (yes)",
    Category.RELATION: "takes a word and gives a word",
}


class Question(Record):
    """What a model is told, and then asked."""

    system: str
    user: str


class Reader(Protocol):
    """A language model that reads. Whoever makes one records each call."""

    @property
    def model(self) -> str:
        """Which one, as a person writes it. It is never another one that answers."""
        ...

    def answer(self, question: Question, form: type[T]) -> T | None:
        """The answer; None where it gave none that is an `form`, nor when asked once to repair it.

        Raises `InquestError` where the provider failed: that is no answer, and no score.
        """
        ...


def question(name: str, truth: Gradable, description: str, **values: object) -> Question:
    """The template `name` about a description of this function, of which it says no more than the category."""
    tag = f"description-{hashlib.sha256(description.encode(errors='replace')).hexdigest()[:16]}"
    system = _environment().get_template("system.j2").render(tag=tag, does=DOES[truth.category])
    quoted = _quoted(description)
    user = _environment().get_template(f"{name}.j2").render(tag=tag, quoted=quoted, **values)
    return Question(system=system.strip(), user=user.strip())


@cache
def prompts_version() -> str:
    """The first digits of the SHA-256 over all templates: part of what a judge is."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.j2")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _quoted(description: str) -> str:
    """Each line behind a bar; what cannot be seen is left out, and no more is read than by any other judge."""
    lines = description[:MAX_CHARACTERS].splitlines() or [""]
    return "\n".join(f"| {''.join(c for c in line if _visible(c))}" for line in lines)


def _visible(character: str) -> bool:
    return character == "\t" or unicodedata.category(character)[0] != "C"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - what is rendered goes to a model as text, where escapes would be read as such
    )
