"""What a submission may ask of language models. Part of what an audit means; never holds a key."""

import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from functions.brief import Record
from functions.errors import BadInput
from functions.identity import sha256_of
from orchestrator.budget import Budget
from orchestrator.files import read_capped
from orchestrator.models.choice import ModelChoice
from sandbox.gateway.http import MAX_BODY

MAX_FILE_BYTES = 100_000


def _model(value: object) -> object:
    return ModelChoice.parse(value) if isinstance(value, str) else value


class GatewayPolicy(Record):
    """Models, and what they may cost in one audit.

    `tokens` counts prompts and answers, `cost` is in US dollars, `seconds` is wall clock from the submission's start.
    A call that could exceed one of them, its longest answer counted in, is not made. `at_once` calls may be under way.
    """

    models: Annotated[tuple[Annotated[ModelChoice, BeforeValidator(_model)], ...], Field(min_length=1, max_length=16)]
    calls: Annotated[int, Field(ge=1)] = 100
    tokens: Annotated[int, Field(ge=1)] = 500_000
    cost: Annotated[float, Field(gt=0)] | None = None
    seconds: Annotated[float, Field(gt=0)] = 600.0
    at_once: Annotated[int, Field(ge=1, le=16)] = 4

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if len(set(self.names)) < len(self.models):
            raise ValueError("two models have the same name, and a submission could not tell them apart")
        return self

    @property
    def names(self) -> list[str]:
        """As a submission names them: without provider and address."""
        return [model.name for model in self.models]

    @property
    def budget(self) -> Budget:
        """The same bounds, as the ledger knows them."""
        return Budget(calls=self.calls, tokens=self.tokens, cost=self.cost, seconds=self.seconds)

    @property
    def asked(self) -> tuple[tuple[ModelChoice, ...], Budget]:
        """What bounds its use: the models, whose prompts have no more tokens than bytes, and the budget."""
        return tuple(model.model_copy(update={"context_tokens": MAX_BODY}) for model in self.models), self.budget

    @property
    def sha256(self) -> str:
        """Its identity, for results that are published: it tells no address."""
        places = tuple(model.model_copy(update={"base_url": None}) for model in self.models)
        return sha256_of(self.model_copy(update={"models": places}))

    @classmethod
    def read(cls, path: Path) -> Self:
        """From a TOML file; models are written as for `--team`. Raises `BadInput` that says what cannot be used."""
        try:
            return cls.model_validate(tomllib.loads(read_capped(path, MAX_FILE_BYTES).decode()))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"{path} is no TOML file: {error}.") from None
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"]))[:80]
            raise BadInput(f"{path} is no configuration of a gateway ({where}: {first['msg'][:200]}).") from None
