"""The option for what runs Docker's containers."""

from enum import StrEnum
from typing import Annotated

import typer


class RuntimeKind(StrEnum):
    """What runs Docker's containers. The default is runc, or what INQUEST_RUNTIME names."""

    DEFAULT = "default"
    RUNC = "runc"
    RUNSC = "runsc"


Runtime = Annotated[
    RuntimeKind,
    typer.Option("--runtime", help="What runs Docker's containers: runc, or gVisor's runsc. INQUEST_RUNTIME."),
]
