"""Reference code: short Python that a person can read and run, and that agrees with `evaluate`."""

from collections.abc import Iterator, Sequence

from functions.brief import INPUT_NAMES, Interval
from functions.numeric.code import condition
from functions.numeric.text import number
from functions.numeric.vector.formula import Conditional, Distance, Formula, Joined, Part, Plane, parts
from functions.numeric.vector.prose import plane, sides, squares


def reference_code(base: Formula, regions: Sequence[tuple[tuple[Interval, ...], Formula]], inputs: int) -> str:
    """Source that defines `function`: so many floats in, float out; the first region that holds wins."""
    lines = [f"def function({', '.join(INPUT_NAMES[:inputs])}):"]
    for where, behaviour in regions:
        lines.append(f"    if {' and '.join(condition(side, x) for x, side in sides(where)) or 'True'}:")
        lines += [f"        {line}" for line in _body(behaviour)]
    lines += [f"    {line}" for line in _body(base)]
    source = "\n".join(lines) + "\n"
    return f"import math\n\n\n{source}" if "math." in source else source


def _body(node: Formula) -> list[str]:
    lines, value = _statements(node, iter("abcdefgh"))
    return [*lines, f"return {value}"]


def _statements(node: Formula, names: Iterator[str]) -> tuple[list[str], str]:
    """The lines that must come first, and the expression that then is the value."""
    match node:
        case Part():
            return [], node.atom.kind.code(node.atom.parameters, INPUT_NAMES[node.input])
        case Joined():
            return _joined(node, names)
        case Distance():
            return [f"r = math.sqrt({squares(node.center, '**')})"], node.atom.kind.code(node.atom.parameters, "r")
        case Plane():
            return [], plane(node)
        case Conditional():
            _, below = _statements(node.below, names)
            _, above = _statements(node.above, names)
            lines = [f"if {INPUT_NAMES[node.on]} < {number(node.threshold)}:", f"    return {below}"]
            return lines, above


def _joined(node: Joined, names: Iterator[str]) -> tuple[list[str], str]:
    lines: list[str] = []
    results: list[str] = []
    for part in node.parts:
        more, value = _statements(part, names)
        results.append(next(names))
        lines += [*more, f"{results[-1]} = {value}"]
        if node.by in ("maximum", "minimum") and any(p.atom.kind.defined(p.atom.parameters, "") for p in parts(part)):
            lines += [f"if math.isnan({results[-1]}):", "    return math.nan"]
    match node.by:
        case "sum":
            return lines, " + ".join(results)
        case "product":
            return lines, " * ".join(results)
        case "maximum" | "minimum":
            return lines, f"{node.by[:3]}({', '.join(results)})"
