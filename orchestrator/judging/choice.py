"""Which judges grade. No part of what an audit means: any run can be graded again by others."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, ValidationError, model_validator

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.models.choice import ModelChoice

JudgeName = Literal["code", "claims", "unit-test", "prediction"]

NAMES: tuple[JudgeName, ...] = get_args(JudgeName)
READING: tuple[JudgeName, ...] = ("unit-test", "prediction")
"""Judges that have a language model read."""


class Judging(Record):
    """The judges, in order: the first that is of descriptions gives the headline of the description.

    Several `readers` form a panel. Each question is put to each of them `votes` times.
    """

    judges: Annotated[tuple[JudgeName, ...], Field(min_length=1)] = ("code", "claims")
    readers: tuple[ModelChoice, ...] = ()
    votes: Annotated[int, Field(ge=1, le=25)] = 3

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if len(set(self.judges)) < len(self.judges):
            raise ValueError("a judge is named twice")
        needs = [name for name in self.judges if name in READING]
        if needs and not self.readers:
            raise ValueError(f"{needs[0]} needs a model that reads: --model openai:NAME")
        if len(set(self.readers)) < len(self.readers):
            raise ValueError("a model is named twice")
        return self

    @property
    def is_usual(self) -> bool:
        """Is it the code judge and the offline judge?"""
        return self.judges == ("code", "claims")

    @classmethod
    def parse(cls, judges: str, readers: Sequence[str] = (), base_url: str | None = None, votes: int = 3) -> Self:
        """Read `code,claims,unit-test` and models as `ModelChoice.parse` reads them. Raises `BadInput`."""
        names = [name.strip() for name in judges.split(",") if name.strip()]
        unknown = [name for name in names if name not in NAMES]
        if unknown:
            raise BadInput(f"There is no judge named {unknown[0][:60]!r}; there are: {', '.join(NAMES)}.")
        models = [ModelChoice.parse(text) for text in readers]
        if base_url is not None:
            models = [model if model.base_url else model.at(base_url) for model in models]
        try:
            return cls.model_validate({"judges": names, "readers": models, "votes": votes})
        except ValidationError as error:
            said = error.errors(include_input=False, include_url=False)[0]["msg"].removeprefix("Value error, ")
            raise BadInput(f"Cannot judge like that: {said}.") from None


USUAL = Judging()
"""The code judge and the offline judge of descriptions: no model, no network."""
