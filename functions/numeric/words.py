"""Formulas and intervals in English: a formula in one line, as a phrase, and where it is undefined."""

import re
from collections.abc import Iterator, Sequence

from functions.brief import Interval
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum
from functions.numeric.text import listed, number

_INNER = "uvwstabcd"  # what inner values are called, from the inside out
_SIMPLE = re.compile(r"[\w.]+(\([^()]*\))?")  # a name, a number, or one call
_NEGATED = {">": "is at or below", ">=": "is below", "!=": "is"}


def words_of(where: Interval, x: str = "x") -> str:
    """`for x between 3 and 5`, `for x at or below 3`, `for x at or above 5`."""
    if where.low is not None and where.high is not None:
        return f"for {x} between {number(where.low)} and {number(where.high)}"
    if where.high is not None:
        return f"for {x} at or below {number(where.high)}"
    return f"for {x} at or above {number(where.low)}" if where.low is not None else f"for every {x}"


def formula(node: Expression) -> str:
    """The formula in one line: `3 * tanh(u) + 2, where u = sin(x)`."""
    text, definitions = _written(node, "x", iter(_INNER))
    return ", where ".join([text, *([listed(definitions)] if definitions else [])])


def words_for(node: Expression) -> dict[str, str]:
    """For sentences: its `formula`, a phrase that names its parameters (`noun`), and one that does not (`plain`)."""
    return {
        "formula": formula(node),
        "noun": _phrase(node, "x", iter(_INNER), plain=False),
        "plain": _phrase(node, "x", iter(_INNER), plain=True),
    }


def _phrase(node: Expression, x: str, inners: Iterator[str], plain: bool) -> str:
    match node:
        case Atom():
            return (node.kind.plain if plain else node.kind.noun)(node.parameters, x)
        case Sum():
            return f"the sum of {_numbered([_phrase(term, x, inners, plain) for term in node.terms])}"
        case Product():
            return f"the product of {_numbered([_phrase(factor, x, inners, plain) for factor in node.factors])}"
        case Composition():
            *steps, last = _chain(node)
            words = []
            for step in steps:
                phrase = _phrase(step, x, inners, plain)
                x = next(inners)
                words.append(f"{x} is {phrase}")
            number_of_steps = {2: "two", 3: "three", 4: "four"}.get(len(steps) + 1, "several")
            result = f"the result is {_phrase(last, x, inners, plain)}"
            return f"a composition of {number_of_steps} steps: first {'; then '.join([*words, result])}"


def _chain(node: Expression) -> list[Expression]:
    """What is applied one after the other, the innermost first."""
    return [*_chain(node.inner), *_chain(node.outer)] if isinstance(node, Composition) else [node]


def _numbered(parts: list[str]) -> str:
    return f"{len(parts)} parts: {'; '.join(f'({n}) {part}' for n, part in enumerate(parts, 1))}"


def _written(node: Expression, x: str, inners: Iterator[str]) -> tuple[str, list[str]]:
    """The formula, and what the variables in it stand for."""
    match node:
        case Atom():
            return node.kind.write(node.parameters, x), []
        case Sum():
            return _joined(node.terms, " + ", x, inners)
        case Product():
            return _joined(node.factors, " * ", x, inners)
        case Composition():
            inner, before = _written(node.inner, x, inners)
            u = next(inners)
            text, after = _written(node.outer, u, inners)
            return text, [*before, f"{u} = {inner}", *after]


def _joined(nodes: Sequence[Expression], sign: str, x: str, inners: Iterator[str]) -> tuple[str, list[str]]:
    texts, definitions = [], []
    for node in nodes:
        text, more = _written(node, x, inners)
        texts.append(text if is_operand(text, sign) else f"({text})")
        definitions += more
    return sign.join(texts), definitions


def undefined_where(node: Expression) -> list[str]:
    """Each condition under which it is undefined, as a clause: `x is at or below -3`."""
    return _limits(node, "x", iter(_INNER))


def _limits(node: Expression, x: str, inners: Iterator[str]) -> list[str]:
    match node:
        case Atom():
            defined = node.kind.defined(node.parameters, x)
            return [_negated(defined)] if defined else []
        case Sum():
            return [limit for term in node.terms for limit in _limits(term, x, inners)]
        case Product():
            return [limit for factor in node.factors for limit in _limits(factor, x, inners)]
        case Composition():
            return [*_limits(node.inner, x, inners), *_limits(node.outer, next(inners), inners)]


def _negated(condition: str) -> str:
    """`x > 3` as `x is at or below 3`."""
    left, sign, right = condition.rsplit(" ", 2)
    return f"{left} {_NEGATED[sign]} {right}"


def is_operand(text: str, sign: str) -> bool:
    """Can it stand in a sum or a product without brackets?"""
    if sign == " * ":
        return _SIMPLE.fullmatch(text) is not None
    return not text.startswith("-") and " if " not in text
