"""What goes into the sandbox's images, named by the hash of it. The same list of files serves a local lab."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

SANDBOX = Path(__file__).parent


def lab_files() -> dict[str, Path]:
    """Files of the lab: path below the lab's import root -> source. `lab` and `toolkit` are top-level packages there."""
    shared = {f"sandbox/{name}": SANDBOX / name for name in ("__init__.py", "protocol.py")}
    return shared | dict(_package("lab", SANDBOX / "lab")) | dict(_package("toolkit", SANDBOX / "toolkit"))


def oracle_files() -> dict[str, Path]:
    """Files of the oracle: path below its import root -> source. The only image that holds `functions`."""
    shared = {f"sandbox/{name}": SANDBOX / name for name in ("__init__.py", "protocol.py", "client.py")}
    functions = importlib.util.find_spec("functions")
    assert functions is not None and functions.submodule_search_locations  # noqa: S101 it is part of this distribution
    folder = Path(functions.submodule_search_locations[0])
    return shared | dict(_package("sandbox/oracle", SANDBOX / "oracle")) | dict(_package("functions", folder))


def _package(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{name}/{path.relative_to(folder).as_posix()}", path
