"""The host's view of a sandbox: what an experiment is, what comes back, and the few calls that everything else uses.

Engines (`sandbox.engines`) implement these Protocols; roles, the orchestrator and the judges depend on nothing else.
"""

from collections.abc import Sequence
from enum import StrEnum
from types import TracebackType
from typing import Annotated, Protocol, Self, runtime_checkable

from pydantic import Field

from functions.brief import Brief, Input, Interpretation, Record
from functions.errors import Cause, InquestError


class EngineUnavailable(InquestError):
    """No engine answers, or it cannot run containers. The message names the command that mends it."""

    cause = Cause.INFRASTRUCTURE


class SandboxFailure(InquestError):
    """The engine or a container failed in a way that no experiment can have caused. Retried as infrastructure."""

    cause = Cause.INFRASTRUCTURE
    retry_helps = True


class Status(StrEnum):
    """How an experiment ended. A `lost` worker or container is the experiment's doing, never infrastructure."""

    OK = "ok"
    ERROR = "error"  # it raised, or exited non-zero: stderr holds the traceback
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    KILLED = "killed"  # by a signal of its own making
    LOST = "lost"  # it took the worker or the container with it; what it printed is discarded


class Usage(Record):
    """What an experiment cost: clocks and memory. Kept apart: results are canonical where they hold no clocks."""

    wall_s: Annotated[float, Field(ge=0)] = 0.0
    cpu_s: Annotated[float, Field(ge=0)] = 0.0
    peak_memory_mb: Annotated[float, Field(ge=0)] = 0.0


class ExperimentResult(Record):
    """What came back from one experiment. Text is decoded with replacement and capped, head and tail kept."""

    status: Status
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False
    queries_used: Annotated[int, Field(ge=0)] = 0
    usage: Usage = Usage()


class QueryRecord(Record):
    """One batch that the oracle answered, as it was written ahead of the answer: one line of `queries.jsonl`.

    `new` counts the inputs of the batch that were charged; the others had been paid for before an interruption.
    """

    seq: Annotated[int, Field(ge=0)]
    inputs: tuple[Input, ...]
    outputs: tuple[float | str | None, ...]
    new: Annotated[int, Field(ge=0)]


class Isolation(Record):
    """Which isolation was in force, as it is written into every run's record and shown to people.

    `promises` and `not_promised` name behaviours in plain words ("no network", "memory is limited"); `probed` says
    which limits were tried at start, and what happened.
    """

    engine: str  # "docker" or "local"
    runtime: str  # "runc", "runsc", "bubblewrap", "rlimits"
    why: str = ""  # why this engine was chosen: "asked for", or what kept a stronger one away
    image_digests: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    not_promised: tuple[str, ...] = ()
    probed: tuple[str, ...] = ()


class OracleJob(Record):
    """What an oracle is started with. It holds the ground truth: for the oracle's stdin and the run directory alone.

    `secret` (hex) keys the noise. After an interruption, `settled` are the recorded batches of experiments whose
    results are recorded too; `paid` are those of experiments that never finished: asked again, they cost nothing.
    """

    target: dict[str, object]  # a spec as JSON: the sandbox does not look inside
    secret: str
    brief: Brief
    settled: tuple[QueryRecord, ...] = ()
    paid: tuple[QueryRecord, ...] = ()


ANSWERED_BY_HOST: dict[str, object] = {"kind": "host"}
"""In the place of a job's target: the oracle holds no function, and asks the host, whose log is an `AnsweringLog`."""

HOST_ANSWER_S = 120.0
"""The longest that an oracle waits for the host's answers to one batch."""


class Limits(Record):
    """Bounds of one sandbox. Seconds are wall clock."""

    experiment_s: Annotated[float, Field(gt=0)] = 20.0
    memory_mb: Annotated[int, Field(gt=0)] = 512
    processes: Annotated[int, Field(gt=0)] = 64
    output_bytes: Annotated[int, Field(gt=0)] = 64_000
    lifetime_s: Annotated[float, Field(gt=0)] = 3600.0


class QueryLog(Protocol):
    """Where answered batches are written, from any thread, before the end of their experiment is told."""

    def append(self, record: QueryRecord) -> None: ...


@runtime_checkable
class AnsweringLog(QueryLog, Protocol):
    """A query log beside somebody who answers for an oracle that holds no function."""

    def answer(self, words: Sequence[str]) -> Sequence[float | str | None]:
        """One answer for each word, always the same for the same word (None: undefined).

        Called from threads of an engine's own, for what one batch asks. Whatever it raises is raised by the sandbox's
        next call, and ends it; the batch is refused and costs nothing.
        """
        ...


class Lab(Protocol):
    """What a role sees: a place to run Python against the oracle, and what is left of the budget."""

    @property
    def brief(self) -> Brief: ...

    @property
    def remaining(self) -> int:
        """Queries left, counted in single inputs."""
        ...

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:
        """Run one self-contained script in the lab, wait for it, and return what came back.

        Raises `SandboxFailure` where no experiment can be to blame, and a budget's ending (see `orchestrator.budget`).
        """
        ...


class Sandbox(Protocol):
    """One oracle with one lab. Not thread-safe; use it as a context manager, so that nothing is left behind."""

    @property
    def isolation(self) -> Isolation: ...

    @property
    def remaining(self) -> int: ...

    @property
    def submitted(self) -> Interpretation | None:
        """What was handed in by the oracle protocol's `submit`, the way of third-party interpreters."""
        ...

    def run(self, code: str) -> ExperimentResult:
        """Run one experiment. Every query it made has been logged when this returns. A lost lab is replaced."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Answer(Record):
    """What candidate code did with one input: a value (None: undefined), or an error in one line."""

    value: float | str | None = None
    error: str | None = None


class CandidateRunner(Protocol):
    """A fresh container that never held an oracle, in which candidate code meets one input at a time."""

    @property
    def isolation(self) -> Isolation: ...

    def evaluate(self, code: str, inputs: Sequence[Input]) -> tuple[Answer, ...]:
        """One answer for each input, in order. No input's run can see what another's did, nor the truth."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Engine(Protocol):
    """A kind of sandbox: Docker, or local processes."""

    @property
    def isolation(self) -> Isolation: ...

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        """Start an oracle and a lab for it. `label` (an audit id) marks whatever is started, for the reaper."""
        ...

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:
        """Start a container for candidate code."""
        ...

    def reap(self) -> int:
        """Remove what dead owners left behind or what is past its deadline. Returns how many things were removed."""
        ...
