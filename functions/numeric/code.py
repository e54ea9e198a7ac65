"""Reference code: short Python that a person can read and run, and that agrees with `evaluate`."""

from collections.abc import Iterator, Sequence

from functions.brief import Interval
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum, atoms
from functions.numeric.network import Base, Network
from functions.numeric.text import number


def reference_code(base: Base, regions: Sequence[tuple[Interval, Expression]]) -> str:
    """Source that defines `function(x)`: float in, float out, NaN where undefined; the first region that holds wins."""
    lines = ["def function(x):"]
    for where, behaviour in regions:
        lines.append(f"    if {condition(where)}:")
        lines += [f"        {line}" for line in _body(behaviour)]
    lines += [f"    {line}" for line in (base.code() if isinstance(base, Network) else _body(base))]
    source = "\n".join(lines) + "\n"
    return f"import math\n\n\n{source}" if "math." in source else source


def condition(where: Interval, x: str = "x") -> str:
    """An interval as a Python condition on x."""
    if where.low is not None and where.high is not None:
        return f"{number(where.low)} <= {x} <= {number(where.high)}"
    if where.high is not None:
        return f"{x} <= {number(where.high)}"
    return f"{x} >= {number(where.low)}" if where.low is not None else "True"


def _body(node: Expression) -> list[str]:
    lines, value = _statements(node, "x", iter("abcdefghijklmnopqrst"), iter("uvwyz"))
    return [*lines, f"return {value}"]


def _statements(node: Expression, x: str, parts: Iterator[str], inners: Iterator[str]) -> tuple[list[str], str]:
    """The lines that must come first, and the expression that then is the value."""
    match node:
        case Atom():
            return [], node.kind.code(node.parameters, x)
        case Sum():
            return _joined(node.terms, " + ", x, parts, inners)
        case Product():
            return _joined(node.factors, " * ", x, parts, inners)
        case Composition():
            lines, value = _statements(node.inner, x, parts, inners)
            u = next(inners)
            lines = [*lines, f"{u} = {value}"]
            if any(atom.kind.defined(atom.parameters, x) for atom in atoms(node.inner)):
                lines += [f"if math.isnan({u}):", "    return math.nan"]
            more, value = _statements(node.outer, u, parts, inners)
            return [*lines, *more], value


def _joined(
    nodes: Sequence[Expression], sign: str, x: str, parts: Iterator[str], inners: Iterator[str]
) -> tuple[list[str], str]:
    lines: list[str] = []
    names: list[str] = []
    for node in nodes:
        more, value = _statements(node, x, parts, inners)
        names.append(next(parts))
        lines += [*more, f"{names[-1]} = {value}"]
    return lines, sign.join(names)
