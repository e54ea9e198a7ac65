"""Finds the operations and conditions, once and on first use."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import functions.string.conditions as condition_file
import functions.string.operations as folder
from functions.string.entry import Entry


@cache
def operations() -> dict[str, Entry[str]]:
    """Every operation by its name, in alphabetical order."""
    return _entries([import_module(f"{folder.__name__}.{module.name}") for module in iter_modules(folder.__path__)])


@cache
def held_out_operations() -> dict[str, Entry[str]]:
    """Those that only a held-out suite uses; none of them is among `operations`."""
    return _entries([import_module("functions.heldout.strings")])


@cache
def conditions() -> dict[str, Entry[bool]]:
    """Every condition by its name, in alphabetical order."""
    return _entries([condition_file])


def operation_named(name: str) -> Entry[str]:
    """The operation of that name, held out or not. Raises ValueError where there is none."""
    return _all_operations().get(name) or _named(name, operations(), "operation")


def condition_named(name: str) -> Entry[bool]:
    """The condition of that name. Raises ValueError where there is none."""
    return _named(name, conditions(), "condition")


@cache
def _all_operations() -> dict[str, Entry[str]]:
    return operations() | held_out_operations()


def _entries(modules: list[ModuleType]) -> dict[str, Entry]:  # type: ignore[type-arg]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Entry)]
    return {entry.name: entry for entry in sorted(found, key=lambda entry: entry.name)}


def _named(name: str, entries: dict[str, Entry], what: str) -> Entry:  # type: ignore[type-arg]
    try:
        return entries[name]
    except KeyError:
        raise ValueError(f"no {what} {name!r}; there are: {', '.join(entries)}") from None
