"""Reference code: the source of the operations in use, what they need of `meaning`, and a function that applies them.

It is the very source that `evaluate` runs, so the two cannot disagree.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from functions.string import meaning
from functions.string.entry import Entry, Parameters, Result
from functions.string.steps import Branch, Step


class _Definition(NamedTuple):
    """A piece of source that defines one name, and the names that it uses."""

    source: str
    uses: frozenset[str]


def reference_code(steps: tuple[Step, ...], branch: Branch | None) -> str:
    """Python that defines `function(x)`: text in, text out, None where undefined. It imports nothing."""
    chain = steps if branch is None else branch.steps + steps
    parts = {step.operation: _of_entry(step.entry) for step in chain}
    if branch is not None:
        parts = {branch.when.condition: _of_entry(branch.when.entry), **parts}
    main = "\n".join(["def function(x: str) -> str | None:", *(f"    {line}" for line in _body(steps, branch))])
    definitions, constants = _needed({"LIMIT"}.union(*(part.uses for part in parts.values())))
    pieces = ["\n".join(constants), *definitions, *(part.source for part in parts.values()), main]
    return "\n\n\n".join(pieces) + "\n"


def _body(steps: tuple[Step, ...], branch: Branch | None) -> Iterator[str]:
    yield "if len(x) > LIMIT:"
    yield "    return None"
    if branch is None:
        yield from _assignments(steps)
    elif branch.steps:
        yield f"if {_call(branch.when.entry, branch.when.parameters)}:"
        yield from (f"    {line}" for line in _assignments(branch.steps))
        yield "else:"
        yield from (f"    {line}" for line in _assignments(steps))
    else:
        yield f"if not {_call(branch.when.entry, branch.when.parameters)}:"
        yield from (f"    {line}" for line in _assignments(steps))
    yield "return x if len(x) <= LIMIT else None"


def _assignments(steps: Iterable[Step]) -> Iterator[str]:
    return (f"x = {_call(step.entry, step.parameters)}" for step in steps)


def _call(entry: Entry[Result], parameters: Parameters) -> str:
    return f"{entry.run.__name__}({', '.join(['x', *(f'{name}={value!r}' for name, value in parameters.items())])})"


def _needed(names: set[str]) -> tuple[list[str], list[str]]:
    """The functions and the constants of `meaning` that these names lead to, in the order of the file."""
    known = _meaning()
    found: set[str] = set()
    while names := (names & known.keys()) - found:
        found |= names
        names = set[str]().union(*(known[name].uses for name in names))
    sources = [known[name].source for name in known if name in found]
    return [s for s in sources if s.startswith("def")], [s for s in sources if not s.startswith("def")]


@cache
def _meaning() -> dict[str, _Definition]:
    """Every constant and function of `meaning` by its name."""
    source = inspect.getsource(meaning)
    return {_name(node): _definition(node, source) for node in ast.parse(source).body if _name(node)}


def _of_entry(entry: Entry[Result]) -> _Definition:
    """The function of an entry, without its decorator."""
    source = inspect.getsource(entry.run)
    return _definition(ast.parse(source).body[0], source)


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _definition(node: ast.stmt, source: str) -> _Definition:
    lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
    names = (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
    return _Definition("\n".join(lines), frozenset(names))
