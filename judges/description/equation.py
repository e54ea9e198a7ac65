"""What a formula says: the families in it, and its constants, each with the role it plays.

Roles are the words of the lexicon ("amplitude", "frequency", ...): a constant may be matched by whichever of them fits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np

from judges.description.expression import Apply, Expression, Variable, evaluate, mentions_x

_FAMILY: dict[str, str] = {
    name: family
    for family, names in [
        ("sine", "sin"),
        ("cosine", "cos"),
        ("gaussian", "exp"),
        ("logarithm", "log ln log10 log2"),
        ("root", "sqrt cbrt"),
        ("absolute", "abs fabs"),
        ("tanh", "tanh"),
        ("floor", "floor"),
        ("ceil", "ceil"),
        ("signum", "sign signum sgn"),
        ("step", "step heaviside"),
        ("leaky_relu", "max min"),
        ("step rectangle leaky_relu square_wave signum", "if"),
    ]
    for name in names.split()
}
_OUTER_FACTOR = frozenset({"amplitude", "scale", "slope", "coefficient"})
_OUTER_TERM = frozenset({"offset", "coefficient", "value"})
_INNER_FACTOR = frozenset({"frequency", "period", "width", "slope", "scale"})
_INNER_TERM = frozenset({"phase", "place"})
_POINTS = np.array([-3.7, -1.3, 0.6, 2.9, 7.1])


@dataclass(frozen=True)
class Constant:
    """A number with a role. `values` are the forms in which the truth may state the same thing."""

    values: tuple[float, ...]
    roles: frozenset[str]


def constants(expression: Expression) -> list[Constant]:
    """Every constant of a formula that says something, in no particular order."""
    return [c for c in _sum(expression) if all(isfinite(v) for v in c.values)]


def families(expression: Expression) -> list[frozenset[str]]:
    """The families that a formula is made of, each as the set of what it may be called."""
    applied = [e for e in _walk(expression) if isinstance(e, Apply)]
    named = {frozenset(_FAMILY[e.name].split()) for e in applied if e.name in _FAMILY}
    named |= {_quotient(e) for e in applied if e.name == "/" and mentions_x(e.arguments[1])}
    terms = [term for _, term in _terms(expression) if mentions_x(term)]
    plain = [term for term in terms if not any(isinstance(e, Apply) and e.name in _FAMILY for e in _walk(term))]
    if plain and not any(isinstance(e, Apply) and e.name == "/" and mentions_x(e.arguments[1]) for e in applied):
        named.add(frozenset({"linear" if all(affine(term) for term in plain) else "polynomial"}))
    if len(terms) > len(plain) and len(terms) > 1:
        named.add(frozenset({"sum"}))
    return sorted(named, key=sorted) or [frozenset({"constant"})]


def _quotient(e: Apply) -> frozenset[str]:
    above, below = e.arguments
    return frozenset({"reciprocal" if affine(below) and not mentions_x(above) else "rational"})


def affine(expression: Expression) -> tuple[float, float] | None:
    """(a, b) where the expression equals a x + b, a other than 0; None where it does not."""
    if not mentions_x(expression):
        return None
    y = evaluate(expression, _POINTS)
    if not np.all(np.isfinite(y)):
        return None
    a = float((y[1] - y[0]) / (_POINTS[1] - _POINTS[0]))
    b = float(y[0] - a * _POINTS[0])
    straight = np.allclose(y, a * _POINTS + b, rtol=1e-9, atol=1e-9 * (abs(a) + abs(b)))
    return (round(a, 12), round(b, 12)) if straight and abs(a) > 1e-12 else None


def _walk(expression: Expression) -> Iterator[Expression]:
    yield expression
    if isinstance(expression, Apply):
        for argument in expression.arguments:
            yield from _walk(argument)


def _terms(expression: Expression, sign: float = 1.0) -> Iterator[tuple[float, Expression]]:
    match expression:
        case Apply("+", (left, right)):
            yield from (*_terms(left, sign), *_terms(right, sign))
        case Apply("-", (left, right)):
            yield from (*_terms(left, sign), *_terms(right, -sign))
        case _:
            yield sign, expression


def _factors(expression: Expression, power: int = 1) -> Iterator[tuple[int, Expression]]:
    match expression:
        case Apply("*", (left, right)):
            yield from (*_factors(left, power), *_factors(right, power))
        case Apply("/", (above, below)):
            yield from (*_factors(above, power), *_factors(below, -power))
        case _:
            yield power, expression


def _constant(expression: Expression) -> float:
    return float(evaluate(expression, np.zeros(1))[0])


def _sum(expression: Expression) -> Iterator[Constant]:
    added = 0.0
    for sign, term in _terms(expression):
        if mentions_x(term):
            yield from _product(sign, term)
        else:
            added += sign * _constant(term)
    if added != 0:
        yield Constant((added,), _OUTER_TERM)


def _product(sign: float, term: Expression) -> Iterator[Constant]:
    factor, inner = sign, list[Constant]()
    for power, part in _factors(term):
        if mentions_x(part):
            inner.extend(_inside(part))
        else:
            factor *= _constant(part) ** power if power > 0 or _constant(part) else 1.0
    bare = all(isinstance(part, Variable) or _is_power(part) for _, part in _factors(term) if mentions_x(part))
    if factor != 1 or bare:
        yield Constant((factor,), _OUTER_FACTOR)
    yield from inner


def _is_power(part: Expression) -> bool:
    return isinstance(part, Apply) and part.name == "^" and isinstance(part.arguments[0], Variable)


def _inside(part: Expression) -> Iterator[Constant]:
    """Constants of something with x in it that is no product: a call, a power, a bracket, a choice."""
    match part:
        case Apply("^", (base, exponent)) if not mentions_x(exponent):
            yield from _argument(base)
            power = _constant(exponent)
            if 0 < power < 1:
                yield Constant((1 / power,), frozenset({"degree"}))
        case Apply("if", (condition, then, otherwise)):
            yield from _condition(condition)
            yield from (c for branch in (then, otherwise) for c in _sum(branch))
        case Apply("+" | "-", _):
            yield from _argument(part)
        case Apply(_, arguments):
            for argument in arguments:
                yield from _argument(argument)
        case _:
            return


def _condition(condition: Expression) -> Iterator[Constant]:
    """Where a condition on x turns: each comparison's bound is a place."""
    match condition:
        case Apply("and", both):
            yield from (c for comparison in both for c in _condition(comparison))
        case Apply(_, (left, right)):
            if line := affine(Apply("-", (left, right))):
                yield Constant((-line[1] / line[0],), frozenset({"place"}))
        case _:
            return


def _argument(argument: Expression) -> Iterator[Constant]:
    line = affine(argument)
    if line is None:
        yield from _sum(argument) if mentions_x(argument) else ()
        return
    a, b = line
    if a != 1:
        yield Constant((a, -a, 1 / a, -1 / a), _INNER_FACTOR)
    if b != 0:
        yield Constant((b, -b / a, b / a, -b), _INNER_TERM)
