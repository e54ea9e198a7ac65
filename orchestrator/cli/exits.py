"""What the exit code of a command means."""

from enum import IntEnum

from functions.errors import Cause, InquestError


class Exit(IntEnum):
    """What `inquest --help` says of them is made from this."""

    OK = 0
    FAILED = 1
    BAD_INPUT = 2
    INFRASTRUCTURE = 3
    UNSCORED = 4
    INTERRUPTED = 130


class Stopped(InquestError):
    """A person stopped a command that can be continued."""


MEANING = {
    Exit.OK: "done",
    Exit.FAILED: "the audited team, the experiment or the check failed",
    Exit.BAD_INPUT: "bad input: the message says how to mend it",
    Exit.INFRASTRUCTURE: "engine, disk or container failed: the same command goes on",
    Exit.UNSCORED: "the judge could not answer",
    Exit.INTERRUPTED: "stopped: the same command goes on",
}

BY_CAUSE = {
    Cause.USER: Exit.BAD_INPUT,
    Cause.AGENT: Exit.FAILED,
    Cause.INFRASTRUCTURE: Exit.INFRASTRUCTURE,
}

BY_OUTCOME = {
    "graded": Exit.OK,
    "ungraded": Exit.OK,
    "agent_failed": Exit.FAILED,
    "infrastructure": Exit.INFRASTRUCTURE,
    "unscored": Exit.UNSCORED,
}
