"""What the exit code of a command means."""

from enum import IntEnum

from functions.errors import Cause


class Exit(IntEnum):
    """Documented in docs/commands.md."""

    OK = 0
    FAILED = 1  # an audit whose team failed; a check that did not hold
    BAD_INPUT = 2  # something a person wrote cannot be used
    INFRASTRUCTURE = 3  # the engine, the disk, a container: the same command again may work
    UNSCORED = 4  # the judge could not answer
    INTERRUPTED = 130  # stopped by a person; the same command continues


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
