"""Options that several commands share."""

from enum import StrEnum
from typing import Annotated

import typer


class SandboxKind(StrEnum):
    """Where agents' code runs. `auto` takes Docker where it works, and says so where it does not."""

    AUTO = "auto"
    DOCKER = "docker"
    LOCAL = "local"


Sandbox = Annotated[SandboxKind, typer.Option("--sandbox", help="Where code runs. INQUEST_ENGINE=none means local.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]

Judges = Annotated[
    str, typer.Option("--judges", help="Who grades, in order: some of code, claims, unit-test, prediction.")
]
Readers = Annotated[
    list[str] | None,
    typer.Option("--model", help="Reads for unit-test and prediction, as in 'openai:NAME'; several form a panel."),
]
ReadersUrl = Annotated[
    str | None, typer.Option("--base-url", help="Where models without an address are asked; key: INQUEST_API_KEY.")
]
Votes = Annotated[int, typer.Option("--votes", min=1, max=25, help="How often a model is asked each question.")]
