"""What a neuron's model is asked about a word, and how its answer is read. Pure.

A word comes from the experimenter, who would like to speak to the model. So it is one short line of letters, digits and
few marks, none of which could end the quotes that it stands in, and all that ever comes back is one of 21 numbers.
"""

import json
import unicodedata
from pathlib import Path
from typing import Annotated

from pydantic import Strict, field_validator

from functions.brief import Record
from functions.data.words import canonical
from functions.target import ModelNeuron
from orchestrator.models.exchange import Line
from orchestrator.models.templates import Templates

LONGEST = 60  # characters of a word
STEPS = 20  # of the answers between 0 and 1: the finer they are, the more a word could have the model tell
MARKS = frozenset(" '\u2019.&")  # besides letters and digits

_TEMPLATES = Templates(Path(__file__).parent / "prompts")


class Degree(Record):
    """How strongly a word belongs to the concept."""

    degree: Annotated[float, Strict()]

    @field_validator("degree")
    @classmethod
    def _within(cls, degree: float) -> float:
        if not 0 <= degree <= 1:
            raise ValueError("the degree is a number from 0 to 1")
        return degree

    @property
    def response(self) -> float:
        """The neuron's, in twentieths."""
        return round(self.degree * STEPS) / STEPS


def read_word(word: str) -> str | None:
    """The word that is asked about, in its canonical form; None for what is no word, and is never asked about.

    Case, hyphens and spaces mean what they mean to other neurons, see `functions.data.words`.
    """
    read = canonical(word)
    return read if 0 < len(read) <= LONGEST and all(map(_fits, read)) else None


def lines_about(neuron: ModelNeuron, word: str) -> tuple[Line, ...]:
    """The conversation that asks about a word which `read_word` gave."""
    system = _TEMPLATES.render("detector", concepts=neuron.concepts, exception=neuron.exception)
    return Line(by="system", text=system), Line(by="user", text=json.dumps(word, ensure_ascii=False))


def version() -> str:
    """What stands in every call's record."""
    return _TEMPLATES.version


def _fits(character: str) -> bool:
    return character in MARKS or unicodedata.category(character)[0] in "LMN"
