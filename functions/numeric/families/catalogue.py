"""Finds the families in this folder, once and on first use."""

from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules

import functions.numeric.families as folder
from functions.numeric.families.family import Family


@cache
def catalogue() -> dict[str, Family]:
    """Every family by its name, in alphabetical order."""
    modules = [import_module(f"{folder.__name__}.{file.name}") for file in iter_modules(folder.__path__)]
    kinds = [kind for module in modules for kind in vars(module).values() if _is_family_of(kind, module.__name__)]
    return {kind.name: kind() for kind in sorted(kinds, key=lambda kind: kind.name)}


def _is_family_of(kind: object, module: str) -> bool:
    return isinstance(kind, type) and issubclass(kind, Family) and not isabstract(kind) and kind.__module__ == module


def family_named(name: str) -> Family:
    """The family of that name. Raises ValueError with the names there are."""
    try:
        return catalogue()[name]
    except KeyError:
        raise ValueError(f"no family {name!r}; there are: {', '.join(catalogue())}") from None
