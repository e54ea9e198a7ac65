"""The host's view of submissions: somebody else's image, run once beside an oracle, and what comes back.

The image is started with its own entry point, asks at the oracle's socket (the protocol: docs/submissions.md), and is
destroyed when it has handed something in, has ended, or its time is over. What goes wrong in it is its own doing.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Protocol, runtime_checkable

from pydantic import Field

from functions.brief import Interpretation, Record
from functions.errors import BadInput
from sandbox.client import Engine, Limits, OracleJob, QueryLog

SOCKET_VARIABLE = "INQUEST_SOCKET"
SECONDS_VARIABLE = "INQUEST_SECONDS"
ImageId = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]

_IMAGE = re.compile(r"(?:(?P<name>[\w./:-]{1,200})@)?(?P<digest>sha256:[0-9a-f]{64})")


class Failure(StrEnum):
    """Why a submission handed nothing in. Each is the submission's doing."""

    WRONG_ARCHITECTURE = "wrong_architecture"
    DECLARES_VOLUMES = "declares_volumes"  # a place to write outside every limit
    NO_ENTRY_POINT = "no_entry_point"  # none is named, or it is not there
    WRONG_USER = "wrong_user"  # what it starts is not for every user to execute
    NO_SUBMIT = "no_submit"  # it ended well without handing anything in
    CRASHED = "crashed"  # it ended with another exit code than 0
    OUT_OF_MEMORY = "out_of_memory"
    TIMEOUT = "timeout"
    OUTPUT = "output"  # it printed without end


class Image(Record):
    """An image by the digest that names it for good; `name` is what somebody calls it, for people."""

    digest: ImageId
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> "Image":
        """Read `sha256:...` or `NAME@sha256:...`. Raises `BadInput`: a tag may mean another image tomorrow."""
        found = _IMAGE.fullmatch(text)
        if found is None:
            raise BadInput(f"'{text[:200]}' names no image by its digest. Write sha256:..., or NAME@sha256:...")
        return cls(digest=found["digest"], name=found["name"] or "")

    @property
    def short(self) -> str:
        """Enough of the digest to tell images apart."""
        return self.digest.removeprefix("sha256:")[:12]

    def __str__(self) -> str:
        """As `parse` reads it."""
        return f"{self.name}@{self.digest}" if self.name else self.digest


class Delivery(Record):
    """What came of one run: an interpretation, or a failure with its detail in one sentence.

    `stdout` and `stderr` are what it printed, capped, for its author: hostile text like everything that it says.
    `refused` counts what the oracle refused, by code and field (`bad_request interpretation.code`); `seconds` is the
    wall clock from its start to whatever ended it.
    """

    interpretation: Interpretation | None = None
    failure: Failure | None = None
    detail: str = ""
    stdout: str = ""
    stderr: str = ""
    refused: dict[str, int] = Field(default_factory=dict)
    seconds: Annotated[float, Field(ge=0)] = 0.0


class Surroundings(Record):
    """What a submission finds beside the oracle: containers whose volumes it reads (`ID:ro`), and variables."""

    volumes_from: tuple[str, ...] = ()
    environment: Mapping[str, str] = Field(default_factory=dict)


@runtime_checkable
class SubmissionEngine(Engine, Protocol):
    """An engine that can hold somebody else's image. Docker can; local processes cannot."""

    def find_image(self, reference: str) -> Image:
        """The image that a reference means now: a name with a tag or digest, an id, or a saved `FILE.tar`, which is
        loaded. Raises `BadInput` where there is none."""
        ...

    def run_submission(
        self,
        image: Image,
        job: OracleJob,
        limits: Limits,
        seconds: float,
        log: QueryLog,
        label: str,
        beside: Surroundings = Surroundings(),  # noqa: B008 a frozen record
    ) -> Delivery:
        """Run an image against one oracle, for at most `seconds` of wall clock from its start.

        Raises `SandboxFailure` where no submission can be to blame, and `BadInput` where the image is not there.
        """
        ...
