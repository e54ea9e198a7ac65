"""The description of a function, as a person would write it: what it computes, where it departs, how noisy it is."""

import re
from collections.abc import Iterator, Sequence

from functions.brief import Interval, Noise, NoiseKind
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum
from functions.numeric.text import listed, number

_BASE = (
    "The function is {noun}: y = {formula}.",
    "It returns y = {formula}, which is {noun}.",
    "For an input x the output is {plain}. In symbols: y = {formula}.",
    "This black box computes {plain}; as a formula, y = {formula}.",
    "y = {formula}. In words: {noun}.",
)
PHRASINGS = len(_BASE)

_REGION = (
    "{Where} it behaves differently: there it is {noun}, y = {formula}.",
    "The exception is {where}, where it returns {noun} instead (y = {formula}).",
    "{Where} this is replaced by {plain}, that is y = {formula}.",
    "However, {where} the output is irregular and follows {plain} (y = {formula}).",
    "This does not hold {where}; y = {formula} there, {noun}.",
)
_NO_REGION = (
    "It behaves in the same way everywhere.",
    "There is no irregular region.",
    "This holds for all inputs, without an exception.",
    "No part of the domain is irregular.",
    "The same rule applies over the whole domain.",
)
_NOISE = (
    "Every answer carries {noise}.",
    "The outputs are noisy: {noise} is added.",
    "On top of that there is {noise}.",
    "Repeated queries scatter, because {noise} is added to each answer.",
    "Answers are disturbed by {noise}.",
)
_NO_NOISE = (
    "There is no noise.",
    "The outputs are free of noise: asking again gives the same answer.",
    "Answers are exact, without any noise.",
    "Repeated queries agree: it is not noisy.",
    "No noise is added.",
)
_INNER = "uvwstabcd"  # what inner values are called, from the inside out
_SIMPLE = re.compile(r"[\w.]+(\([^()]*\))?")  # a name, a number, or one call
_NEGATED = {">": "is at or below", ">=": "is below", "!=": "is"}
_NOISE_KINDS = {
    NoiseKind.GAUSSIAN: "Gaussian noise with a standard deviation of {scale}",
    NoiseKind.UNIFORM: "uniform noise between -{scale} and {scale} (half-width {scale})",
    NoiseKind.POISSON: "Poisson noise of scale {scale} ({scale} * (k - 1), where k is Poisson with mean 1)",
}


def describe(base: Expression, regions: Sequence[tuple[Interval, Expression]], noise: Noise, phrasing: int) -> str:
    """The whole description in one of `PHRASINGS` phrasings (taken modulo their number)."""
    n = phrasing % PHRASINGS
    sentences = [_BASE[n].format(**_words(base)), *_undefined(base)]
    for where, behaviour in regions:
        place = words_of(where)
        sentences.append(_REGION[n].format(where=place, Where=_capital(place), **_words(behaviour)))
    sentences += [_NO_REGION[n]] if not regions else []
    noise_words = _NOISE_KINDS[noise.kind].format(scale=number(noise.scale)) if noise.scale else ""
    sentences.append(_NOISE[n].format(noise=noise_words) if noise_words else _NO_NOISE[n])
    return " ".join(sentences)


def words_of(where: Interval) -> str:
    """`for x between 3 and 5`, `for x at or below 3`, `for x at or above 5`."""
    if where.low is not None and where.high is not None:
        return f"for x between {number(where.low)} and {number(where.high)}"
    if where.high is not None:
        return f"for x at or below {number(where.high)}"
    return f"for x at or above {number(where.low)}" if where.low is not None else "for every x"


def formula(node: Expression) -> str:
    """The formula in one line: `3 * tanh(u) + 2, where u = sin(x)`."""
    text, definitions = _written(node, "x", iter(_INNER))
    return ", where ".join([text, *([listed(definitions)] if definitions else [])])


def _words(node: Expression) -> dict[str, str]:
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
            first = _phrase(node.inner, x, inners, plain)
            u = next(inners)
            then = _phrase(node.outer, u, inners, plain)
            return f"a composition of two steps: first {u} is {first}; then the result is {then}"


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
        texts.append(text if _is_operand(text, sign) else f"({text})")
        definitions += more
    return sign.join(texts), definitions


def _undefined(base: Expression) -> list[str]:
    """A sentence for where the function is undefined, if that is anywhere."""
    limits = _limits(base, "x", iter(_INNER))
    return [f"It is undefined where {listed(limits, 'or')}."] if limits else []


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


def _is_operand(text: str, sign: str) -> bool:
    """Can it stand in a sum or a product without brackets?"""
    if sign == " * ":
        return _SIMPLE.fullmatch(text) is not None
    return not text.startswith("-") and " if " not in text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
