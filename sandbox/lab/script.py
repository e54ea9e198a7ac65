"""Runs one experiment's source as a script, in the process that was forked for it."""

import linecache
import sys
import traceback
import types

from .seeded import seed_generators

NAME = "experiment.py"
OUT_OF_MEMORY_EXIT = 137  # what a shell would report of a process killed for memory


def become_script() -> types.ModuleType:
    """The surroundings of a script that is yet to come: gives its `__main__`."""
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    sys.argv = [NAME]
    seed_generators()
    return main


def run_script(source: str, main: types.ModuleType) -> int:
    """Execute `source` as `main` and give its exit code. Tracebacks go to stderr and show the script alone."""
    linecache.cache[NAME] = (len(source), None, source.splitlines(keepends=True), NAME)
    try:
        exec(compile(source, NAME, "exec"), main.__dict__)
        code = 0
    except SystemExit as stop:
        code = _exit_code(stop)
    except MemoryError:
        code = OUT_OF_MEMORY_EXIT
        print("MemoryError", file=sys.stderr)
    except BaseException as error:  # noqa: BLE001 whatever a script raises is its result
        code = 1
        _print_traceback(error)
    return code if _flush() else 1


def _exit_code(stop: SystemExit) -> int:
    if stop.code is None or isinstance(stop.code, int):
        return (stop.code or 0) & 0xFF
    print(stop.code, file=sys.stderr)
    return 1


def _print_traceback(error: BaseException) -> None:
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != NAME:
        frames = frames.tb_next
    traceback.print_exception(type(error), error, frames)


def _flush() -> bool:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # the script closed or replaced them
        return False
    return True
