"""The toolkit's documentation as text, read from its source: the toolkit belongs to the lab and is not imported."""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def documentation() -> str:
    """Signature and first sentences of everything public, in the order of the names."""
    spec = find_spec("sandbox.toolkit")
    if spec is None or spec.origin is None:
        return ""
    face = Path(spec.origin)
    homes = [
        (face.with_name(f"{node.module}.py"), alias.name)
        for node in ast.parse(face.read_text()).body
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
        for alias in node.names
    ]
    entries = (_entry(path, name) for path, name in sorted(homes, key=lambda home: home[1]))
    return "\n".join(entry for entry in entries if entry)


def _entry(path: Path, name: str) -> str:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return f"toolkit.{_signature(node)}\n    {_said(node)}"
        if isinstance(node, ast.ClassDef) and node.name == name:
            fields = [ast.unparse(part.target) for part in node.body if isinstance(part, ast.AnnAssign)]
            offers = [part for part in node.body if isinstance(part, ast.FunctionDef) and not part.name.startswith("_")]
            named = ", ".join([*fields, *(part.name if part.decorator_list else _signature(part) for part in offers)])
            return f"toolkit.{name} with {named}\n    {_said(node)}"
    return ""


def _signature(node: ast.FunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"


def _said(node: ast.FunctionDef | ast.ClassDef) -> str:
    return " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
