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
