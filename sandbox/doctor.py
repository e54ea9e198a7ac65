"""What works here, what does not, and the command that mends it. Records only: printing is the command line's."""

import platform
import shutil
import sys
from collections.abc import Callable

from functions.brief import Record
from functions.errors import InquestError
from sandbox.client import Engine
from sandbox.engines import choose_engine


class Check(Record):
    """One thing that was looked at. `mend` is a command, empty where there is nothing to mend.

    `tried` are the limits that were gone beyond, with what happened.
    """

    name: str
    ok: bool
    detail: str
    mend: str = ""
    tried: tuple[str, ...] = ()


def examine() -> tuple[Check, ...]:
    """Look at everything that an audit needs of this machine. Takes a few seconds: containers try their limits."""
    return (
        Check(name="python", ok=sys.version_info >= (3, 11), detail=f"{platform.python_version()} at {sys.executable}"),
        _bubblewrap(),
        _engine("sandbox docker", "make setup", lambda: choose_engine("docker", runtime="runc")),
        _engine(
            "sandbox docker (gVisor)",
            "INQUEST_RUNTIME=runsc make setup",
            lambda: choose_engine("docker", runtime="runsc"),
        ),
        _engine("sandbox local", "", lambda: choose_engine("local")),
    )


def _bubblewrap() -> Check:
    path = shutil.which("bwrap")
    if path is None:
        detail = "not found: the local sandbox has an import fence and limits, but no walls"
        return Check(name="bubblewrap", ok=False, detail=detail, mend="apt-get install bubblewrap")
    from sandbox.engines.local import bubblewrap_works

    works = bubblewrap_works()
    detail = f"{path} works" if works else f"{path} cannot enter its namespaces here; the local sandbox does without"
    return Check(name="bubblewrap", ok=works, detail=detail)


def _engine(name: str, mend: str, choose: Callable[[], Engine]) -> Check:
    try:
        isolation = choose().isolation
    except InquestError as error:
        return Check(name=name, ok=False, detail=str(error), mend=mend)
    lacking = f"; not promised: {', '.join(isolation.not_promised)}" if isolation.not_promised else ""
    detail = f"{isolation.runtime}: {', '.join(isolation.promises)}{lacking}"
    return Check(name=name, ok=True, detail=detail, tried=isolation.probed)
