"""Random numbers that are alike in every run, for a script that seeds nothing itself.

The generators are heavy to fork with, so most scripts run without them: they are seeded when they are imported.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from importlib.abc import Loader  # which imports half the library, `random` too

GENERATORS = ("random", "numpy.random")


def seed_generators() -> None:
    """Seed those that are imported, and the others as soon as they are."""
    for name in GENERATORS:
        if name in sys.modules:
            sys.modules[name].seed(0)
    sys.meta_path.insert(0, _Finder())


class _Finder:
    """Finds what the other finders find, and has it seeded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in GENERATORS:
            return None
        others = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not self)
        spec = next((spec for spec in others if spec is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = cast("Loader", _Seeded(spec.loader))
        return spec


class _Seeded:
    def __init__(self, loader: "Loader") -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        module.seed(0)
