"""Finds the families: those in this folder, and apart from them those that are held out. Once, and on first use."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from functions.numeric.families.family import Family

_ORDINARY, _HELD_OUT = "functions.numeric.families", "functions.heldout.numeric"


def catalogue() -> dict[str, Family]:
    """Every ordinary family by its name, in alphabetical order."""
    return _families_in(_ORDINARY)


def held_out() -> dict[str, Family]:
    """Every family that only held-out suites draw from, by its name, in alphabetical order."""
    return _families_in(_HELD_OUT)


def family_named(name: str) -> Family:
    """The family of that name, held out or not: what a spec is made of. Raises ValueError with the names there are."""
    return catalogue().get(name) or held_out().get(name) or drawn_from(catalogue(), name)


def drawn_from(families: dict[str, Family], name: str) -> Family:
    """The family of that name among these. Raises ValueError with their names."""
    try:
        return families[name]
    except KeyError:
        raise ValueError(f"no family {name!r}; there are: {', '.join(families)}") from None


@cache
def _families_in(folder: str) -> dict[str, Family]:
    package = import_module(folder)
    modules = [import_module(f"{folder}.{file.name}") for file in iter_modules(package.__path__)]
    kinds = [kind for module in modules for kind in vars(module).values() if _is_family_of(kind, module.__name__)]
    return {kind.name: kind() for kind in sorted(kinds, key=lambda kind: kind.name)}


def _is_family_of(kind: object, module: str) -> bool:
    """What several families share has no name."""
    return isinstance(kind, type) and issubclass(kind, Family) and kind.__module__ == module and hasattr(kind, "name")
