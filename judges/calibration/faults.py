"""False descriptions of a function, by kind of fault. Each is the project's own prose about a function that differs."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from pydantic import ValidationError

from functions.brief import Interval, Noise, NoiseKind
from functions.entity import EntitySpec
from functions.heldout.relations import ChainSpec
from functions.numeric import NumericSpec
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum
from functions.relation import RelationSpec
from functions.string import StringSpec
from judges.truth import WordTruth

Gradable = NumericSpec | WordTruth
Change = Callable[[Atom], Iterator[dict[str, float]]]

WRONG_BY = 1.15  # relative: the least by which a parameter is wrong
VACUOUS = (
    "The output depends on the input in a regular way and stays within a typical range.",
    "It is an interesting function with several properties that can be found by asking it many questions.",
    "For most inputs it behaves as one would expect, and for some it may behave a little differently.",
)
KINDS = (
    "wrong_parameter",
    "swapped_roles",
    "wrong_family",
    "missing_interval",
    "shifted_interval",
    "wrong_noise",
    "sibling",
    "negated",
    "contradictory",
    "vacuous",
    "alternatives",
)


def faulty(truth: Gradable, other: Gradable, phrasing: int) -> Iterator[tuple[str, str]]:
    """Kinds of fault, each with a text that has it. `other` is an unrelated function of the same category."""
    changed = list(_changed(truth))
    for kind, spec in changed:
        yield kind, spec.describe(phrasing)
    text, alien = truth.describe(phrasing), other.describe(phrasing)
    yield "wrong_family" if isinstance(truth, NumericSpec) else "sibling", alien
    yield "contradictory", f"{text} {alien}"
    yield "negated", negated(text, phrasing)
    yield "vacuous", VACUOUS[phrasing % len(VACUOUS)]
    wrong = [alien, *(spec.describe(phrasing) for _, spec in changed)]
    yield "alternatives", " Or: ".join([text, *wrong[:3]])


_VERBS = (
    (r"\b(is|are)\b", r"\1 not"),
    (r"\breturns\b", "does not return"),
    (r"\bresponds\b", "does not respond"),
    (r"\bmaps\b", "does not map"),
    (r"\bdetects\b", "does not detect"),
    (r"\bcomputes\b", "does not compute"),
    (r"^To get the output, ", "To get the output, do not "),
)


def negated(text: str, phrasing: int) -> str:
    """The text with what it says of the rule denied: before it, or in its first verb where it has one that is known."""
    first, *rest = re.split(r"(?<=[.!?])\s+", text)
    denied = f"It is not true that {first[:1].lower()}{first[1:]}"
    if phrasing % 2:
        found = ((re.search(pattern, first), pattern, by) for pattern, by in _VERBS)
        known = [(m.start(), pattern, by) for m, pattern, by in found if m]
        if known:
            _, pattern, by = min(known)
            denied = re.sub(pattern, by, first, count=1)
    return " ".join([denied, *rest])


def _changed(truth: Gradable) -> Iterator[tuple[str, Gradable]]:
    if isinstance(truth, NumericSpec):
        yield from _numeric(truth)
    elif isinstance(truth, StringSpec):
        yield from (("sibling", spec) for spec in islice(truth.hard_negatives(4), 4))
        if truth.branch:
            yield "missing_interval", truth.model_copy(update={"branch": None})
    elif isinstance(truth, EntitySpec):
        yield from (("sibling", spec) for spec in islice(truth.hard_negatives(4), 4))
        bare = truth.neuron.model_copy(update={"bias": None, "without": ()})
        if bare != truth.neuron:
            yield "missing_interval", truth.model_copy(update={"neuron": bare})
        yield "wrong_noise", truth.model_copy(update={"noise": _other_noise(truth.noise)})
    elif isinstance(truth, RelationSpec):
        yield from (("sibling", spec) for spec in islice(truth.hard_negatives(4), 4))
        if truth.lookup.departure:
            yield "missing_interval", RelationSpec(lookup=truth.lookup.model_copy(update={"departure": None}))
    else:
        yield from _chains(truth)


def _chains(truth: ChainSpec) -> Iterator[tuple[str, Gradable]]:
    yield from (("sibling", spec) for spec in truth.hard_negatives(4))


def _numeric(truth: NumericSpec) -> Iterator[tuple[str, NumericSpec]]:
    if isinstance(truth.expression, Atom | Sum | Product | Composition):
        yield from _each("wrong_parameter", truth, _scaled(truth.expression))
        yield from _each("swapped_roles", truth, _swapped(truth.expression))
    for corruption in truth.corruptions[:1]:
        yield "missing_interval", truth.model_copy(update={"corruptions": ()})
        moved = corruption.model_copy(update={"where": _moved(corruption.where, truth.domain)})
        yield "shifted_interval", truth.model_copy(update={"corruptions": (moved, *truth.corruptions[1:])})
    yield "wrong_noise", truth.model_copy(update={"noise": _other_noise(truth.noise)})


def _each(kind: str, truth: NumericSpec, expressions: Iterator[Expression]) -> Iterator[tuple[str, NumericSpec]]:
    for expression in islice(expressions, 3):
        yield kind, truth.model_copy(update={"expression": expression})


def _other_noise(noise: Noise) -> Noise:
    if noise.kind is NoiseKind.NONE:
        return Noise(kind=NoiseKind.UNIFORM, scale=0.1)
    return Noise(kind=noise.kind, scale=round(min(2 * noise.scale, 0.25 if noise.scale <= 0.125 else 1e9), 6))


def _moved(where: Interval, domain: Interval) -> Interval:
    low, high = domain.low or 0.0, domain.high or 1.0
    by = 0.15 * (high - low)
    return Interval(
        low=None if where.low is None else round(where.low + by, 3),
        high=None if where.high is None else round(where.high + by, 3),
    )


def _scaled(node: Expression) -> Iterator[Expression]:
    """The expression with one parameter of one atom wrong by 20 %."""
    yield from _with_atoms(node, lambda atom: _wrong(atom.parameters))


def _wrong(parameters: Mapping[str, float]) -> Iterator[dict[str, float]]:
    for name, value in parameters.items():
        if value and name not in ("phase", "degree", "levels", "ratio"):
            yield {**parameters, name: float(f"{1.2 * value:.4g}")}


def _swapped(node: Expression) -> Iterator[Expression]:
    """The expression with two parameters of one atom exchanged that are far enough apart to matter."""
    yield from _with_atoms(node, lambda atom: _exchanged(atom.parameters))


def _exchanged(parameters: Mapping[str, float]) -> Iterator[dict[str, float]]:
    names = list(parameters)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            x, y = parameters[a], parameters[b]
            if x and y and not 1 / WRONG_BY <= x / y <= WRONG_BY:
                yield {**parameters, a: y, b: x}


def _with_atoms(node: Expression, change: Change) -> Iterator[Expression]:
    match node:
        case Atom():
            for parameters in change(node):
                try:
                    yield Atom(family=node.family, parameters=parameters)
                except ValidationError:
                    continue  # no such function: a family refuses the value
        case Sum():
            for i, term in enumerate(node.terms):
                yield from (
                    Sum(terms=(*node.terms[:i], new, *node.terms[i + 1 :])) for new in _with_atoms(term, change)
                )
        case Product():
            for i, factor in enumerate(node.factors):
                yield from (
                    Product(factors=(*node.factors[:i], new, *node.factors[i + 1 :]))
                    for new in _with_atoms(factor, change)
                )
        case Composition():
            yield from (Composition(outer=new, inner=node.inner) for new in _with_atoms(node.outer, change))
            yield from (Composition(outer=node.outer, inner=new) for new in _with_atoms(node.inner, change))
