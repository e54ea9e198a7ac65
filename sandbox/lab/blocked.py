"""What cannot be imported in a lab. In a container it is not there in the first place; elsewhere the fence is weak."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

BLOCKED = frozenset({"functions", "judges", "orchestrator", "inquest"})


class _Fence:
    """Refuses by name whatever would show the ground truth or the host's side."""

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None,  # noqa: ARG002 the finder's shape
        target: ModuleType | None = None,  # noqa: ARG002 the finder's shape
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{name} cannot be imported in the lab", name=name)
        return None


def block_imports() -> None:
    """Put the fence up, before anything that an experiment could import."""
    sys.meta_path.insert(0, _Fence())
