"""Reads functions that are laid out on disk like those of the published FIND benchmark.

A function is a folder `fNNNNN` with

- `function_code.py`, which defines `function(x)`
- `data.json`, an object: inputs with published outputs, and for neurons `concept1`, `concept2`, `initial`, `exception`

Folders may lie below others whose names tell the category ("numeric", "strings", "entities", "relations"). All of it
was written by others: it is read with caps, never followed out of the directory, parsed and never executed.

Published inputs and outputs are looked for as two lists of equal length under names that pair (`inputs` and `outputs`,
`x` and `y`, `test_inputs` and `test_outputs`), or as a list of pairs under `vectors`, `examples` or `tests`.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from functions.brief import Category, Exemplar
from functions.errors import BadInput
from functions.target import MAX_SOURCE, ImportedCode

CODE, DATA = "function_code.py", "data.json"
INSTALLED = frozenset(sys.stdlib_module_names) | {"numpy", "scipy"}  # what an oracle's container can import
MAX_DATA = 8_000_000  # bytes
MAX_FUNCTIONS = 100_000
_FOLDER = re.compile(r"f\d{3,8}")
_CATEGORIES = {
    "numeric": Category.NUMERIC,
    "string": Category.STRING,
    "entit": Category.ENTITY,
    "neuron": Category.ENTITY,
    "relation": Category.RELATION,
    "fact": Category.RELATION,
}
_PAIRS = (("inputs", "outputs"), ("x", "y"), ("test_inputs", "test_outputs"), ("test_x", "test_y"))
_LISTS = ("vectors", "examples", "tests")


class Skipped(NamedTuple):
    """A function that cannot be loaded, and why."""

    name: str
    why: str


class Layout(NamedTuple):
    """What a directory holds: functions by `category/fNNNNN`, and what was left out."""

    loaded: dict[str, ImportedCode]
    skipped: tuple[Skipped, ...]


def read_layout(directory: Path, category: Category | None = None) -> Layout:
    """Every function in a directory. `category` is meant where neither folders nor data tell it.

    Raises BadInput where there is no directory, or no function folder in it.
    """
    root = directory.resolve()
    folders = sorted(path for path in root.rglob("f*") if _FOLDER.fullmatch(path.name) and path.is_dir())
    if not folders or len(folders) > MAX_FUNCTIONS:
        raise BadInput(f"{directory} holds {len(folders)} folders like f00001: it is not in the published layout")
    loaded: dict[str, ImportedCode] = {}
    skipped: list[Skipped] = []
    for folder in folders:
        name = folder.relative_to(root).as_posix()
        try:
            target = _read(root, folder, category)
            key = f"{target.category}/{folder.name}"
            if key in loaded:
                raise BadInput(f"there is another {key}")
            loaded[key] = target
        except BadInput as error:
            skipped.append(Skipped(name, str(error)))
    return Layout(loaded, tuple(skipped))


def _read(root: Path, folder: Path, category: Category | None) -> ImportedCode:
    source = _text(root, folder / CODE, MAX_SOURCE)
    published = _data(root, folder / DATA)
    vectors, used = _vectors(published)
    found = _category_of(folder.relative_to(root).parts[:-1], published, vectors) or category
    if found is None:
        raise BadInput("neither its folder nor its data tells its category: name it with --category")
    _check(source)
    rest = {key: value for key, value in published.items() if key not in used}
    try:
        return ImportedCode.model_validate({"category": found, "source": source, "vectors": vectors, "published": rest})
    except (ValidationError, RecursionError) as error:
        raise BadInput(f"it cannot be kept: {error}") from None


def _text(root: Path, path: Path, cap: int) -> str:
    """The text of a file inside `root`."""
    try:
        if not path.resolve(strict=True).is_relative_to(root) or not path.is_file():
            raise BadInput(f"{path.name} leads out of the directory")
        if path.stat().st_size > cap:
            raise BadInput(f"{path.name} is too large: over {cap} bytes")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadInput(f"{path.name} cannot be read: {what}") from None


def _data(root: Path, path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        document = json.loads(_text(root, path, MAX_DATA))
    except (ValueError, RecursionError):
        raise BadInput(f"{path.name} is not JSON") from None
    if not isinstance(document, dict):
        raise BadInput(f"{path.name} holds no object")
    return document


def _vectors(published: Mapping[str, object]) -> tuple[tuple[Exemplar, ...], tuple[str, ...]]:
    """Inputs with their outputs, and under which keys they stood. What is no number or text is left where it is."""
    for inputs, outputs in _PAIRS:
        xs, ys = published.get(inputs), published.get(outputs)
        if isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys):
            return tuple(_exemplars(zip(xs, ys, strict=True))), (inputs, outputs)
    for key in _LISTS:
        rows = published.get(key)
        if isinstance(rows, list) and all(isinstance(row, list) and len(row) == 2 for row in rows):
            return tuple(_exemplars((row[0], row[1]) for row in rows)), (key,)
    return (), ()


def _exemplars(pairs: Iterator[tuple[object, object]]) -> Iterator[Exemplar]:
    for x, y in pairs:
        try:
            yield Exemplar.model_validate({"input": x, "output": y if y == y else None}, strict=True)  # NaN differs
        except ValidationError:
            raise BadInput(f"a published input or output is neither number nor text: {str((x, y))[:80]}") from None


def _category_of(
    parents: tuple[str, ...], published: Mapping[str, object], vectors: tuple[Exemplar, ...]
) -> Category | None:
    for parent in reversed(parents):
        for word, category in _CATEGORIES.items():
            if word in parent.lower():
                return category
    if "concept1" in published:
        return Category.ENTITY
    if vectors and not isinstance(vectors[0].input, str):
        return Category.NUMERIC
    return None


def _check(source: str) -> None:
    """Raises BadInput for source that cannot be an oracle's function. It is parsed, not compiled and not executed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadInput(f"{CODE} is no Python: {type(error).__name__}") from None
    if not any(isinstance(node, ast.FunctionDef) and node.name == "function" for node in tree.body):
        raise BadInput(f"{CODE} defines no function(x)")
    missing = sorted(_imports(tree) - INSTALLED)
    if missing:
        raise BadInput(f"it imports {', '.join(missing)}, which an oracle's container does not have")


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0] if not node.level else "its own folder")
    return names
