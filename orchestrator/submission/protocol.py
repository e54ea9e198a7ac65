"""The interpreter protocol as types, for its JSON Schema: `python -m orchestrator.submission.protocol` prints it.

The oracle reads requests by hand, since a query costs microseconds; tests hold it to these types.
"""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from functions.brief import Brief, Claim, Input, Interpretation, Region
from sandbox.oracle.handed_in import MAX_CODE, MAX_DESCRIPTION, MAX_LISTED
from sandbox.protocol import MAX_INPUTS, ErrorCode

Output = float | str | None


class Message(BaseModel):
    """One line. Unknown fields are ignored."""


class Hello(Message):
    """The highest version that the interpreter speaks. Optional: who says nothing speaks version 1."""

    op: Literal["hello"]
    version: Annotated[int, Field(ge=1)]


class AskBrief(Message):
    """What is told about the function."""

    op: Literal["brief"]


class Query(Message):
    """Inputs to be answered, each for one query of the budget. A batch is answered whole or refused whole."""

    op: Literal["query"]
    inputs: Annotated[list[Input], Field(max_length=MAX_INPUTS)]


class AskStatus(Message):
    """How many queries are left."""

    op: Literal["status"]


class HandedIn(Interpretation):
    """An interpretation, with the caps of the protocol."""

    description: Annotated[str, Field(max_length=MAX_DESCRIPTION)] = ""
    code: Annotated[str, Field(max_length=MAX_CODE)] = ""
    regions: Annotated[tuple[Region, ...], Field(max_length=MAX_LISTED)] = ()
    claims: Annotated[tuple[Claim, ...], Field(max_length=MAX_LISTED)] = ()


class Submit(Message):
    """The interpretation. The first valid one counts, and ends the audit."""

    op: Literal["submit"]
    interpretation: HandedIn


class Version(Message):
    """Reply to `hello`: the highest version that both speak."""

    version: Annotated[int, Field(ge=1)]


class Told(Message):
    """Reply to `brief`."""

    brief: Brief


class Answered(Message):
    """Reply to `query`: an output for each input, null where the function is undefined, and what is left."""

    outputs: list[Output]
    remaining: Annotated[int, Field(ge=0)]


class Status(Message):
    """Reply to `status`."""

    remaining: Annotated[int, Field(ge=0)]


class Accepted(Message):
    """Reply to `submit`."""

    submitted: Literal[True]


class Refused(Message):
    """Reply to whatever is refused: a fixed code, and the field that is wrong, where one is."""

    error: ErrorCode
    field: str = ""


REQUESTS = (Hello, AskBrief, Query, AskStatus, Submit)
REPLIES = (Version, Told, Answered, Status, Accepted, Refused)


def schema() -> dict[str, object]:
    """JSON Schema of every line: `request` goes to the oracle, `reply` comes back."""
    names, whole = models_json_schema([(kind, "validation") for kind in (*REQUESTS, *REPLIES)])
    lines = {
        name: {"anyOf": [names[kind, "validation"] for kind in kinds]}
        for name, kinds in (("request", REQUESTS), ("reply", REPLIES))
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Inquest interpreter protocol, version 1",
        "$defs": _open({**lines, **whole["$defs"]}),
        "anyOf": [{"$ref": "#/$defs/request"}, {"$ref": "#/$defs/reply"}],
    }


def as_text() -> str:
    """The file `docs/submission.schema.json`."""
    return json.dumps(schema(), indent=1) + "\n"


def _open(value: object) -> object:
    """Unknown fields are ignored in the protocol, at every depth."""
    if isinstance(value, dict):
        return {name: _open(inner) for name, inner in value.items() if name != "additionalProperties"}
    return [_open(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    print(as_text(), end="")  # noqa: T201 - this is what it is for
