"""Functions that differ from a given one in one thing: what a good description tells apart, and a vague one does not.

Calibration describes them as faults, the unit test uses their outputs as distractors.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from pydantic import ValidationError

from functions.brief import Interval, Noise, NoiseKind
from functions.entity import EntitySpec
from functions.numeric import NumericSpec
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum
from functions.numeric.network import Network
from functions.relation import RelationSpec
from functions.string import StringSpec
from judges.truth import WordTruth

Gradable = NumericSpec | WordTruth
Change = Callable[[Atom], Iterator[dict[str, float]]]

NOT_SCALED = ("phase", "degree", "levels", "ratio")


def negatives(truth: Gradable) -> Iterator[tuple[str, Gradable]]:
    """Kinds of fault, each with a function that has it."""
    if isinstance(truth, NumericSpec):
        yield from _numeric(truth)
        return
    yield from (("sibling", spec) for spec in truth.hard_negatives(4))
    if isinstance(truth, StringSpec) and truth.branch:
        yield "missing_interval", truth.model_copy(update={"branch": None})
    elif isinstance(truth, EntitySpec):
        bare = truth.neuron.model_copy(update={"bias": None, "without": ()})
        if bare != truth.neuron:
            yield "missing_interval", truth.model_copy(update={"neuron": bare})
        yield "wrong_noise", truth.model_copy(update={"noise": _other_noise(truth.noise)})
    elif isinstance(truth, RelationSpec) and truth.lookup.departure:
        yield "missing_interval", RelationSpec(lookup=truth.lookup.model_copy(update={"departure": None}))


def scaled(truth: NumericSpec, by: float) -> Iterator[NumericSpec]:
    """The function with one parameter of one of its parts `by` times as large; networks have none."""
    if isinstance(truth.expression, Atom | Sum | Product | Composition):
        for expression in _with_atoms(truth.expression, lambda atom: _scaled(atom.parameters, by)):
            yield truth.model_copy(update={"expression": expression})


def without_region(truth: NumericSpec) -> NumericSpec:
    """The function without its irregular regions."""
    return truth.model_copy(update={"corruptions": ()})


def moved_region(truth: NumericSpec) -> NumericSpec:
    """The function with its first irregular region elsewhere, by 15 % of the domain."""
    first, *others = truth.corruptions
    moved = first.model_copy(update={"where": _moved(first.where, truth.domain)})
    return truth.model_copy(update={"corruptions": (moved, *others)})


def off_elsewhere(network: Network) -> Network:
    """The same network, raised or lowered until it meets its formula where it was furthest from it.

    One that never leaves its formula is raised by three times what still counts as near.
    """
    off = [by for departure in network.departures() for by in (departure.above, -departure.below)]
    by = -max(off, key=abs) if off else 3 * network.tolerance
    return network.model_copy(update={"offset": float(f"{network.offset + by:.4g}")})


def _numeric(truth: NumericSpec) -> Iterator[tuple[str, NumericSpec]]:
    yield from (("wrong_parameter", spec) for spec in islice(scaled(truth, 1.2), 3))
    if isinstance(truth.expression, Atom | Sum | Product | Composition):
        swapped = _with_atoms(truth.expression, lambda atom: _exchanged(atom.parameters))
        yield from (("swapped_roles", truth.model_copy(update={"expression": e})) for e in islice(swapped, 3))
    if isinstance(truth.expression, Network):
        yield "wrong_departure", truth.model_copy(update={"expression": off_elsewhere(truth.expression)})
    if truth.corruptions:
        yield "missing_interval", without_region(truth)
        yield "shifted_interval", moved_region(truth)
    yield "wrong_noise", truth.model_copy(update={"noise": _other_noise(truth.noise)})


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


def _scaled(parameters: Mapping[str, float], by: float) -> Iterator[dict[str, float]]:
    for name, value in parameters.items():
        if value and name not in NOT_SCALED:
            yield {**parameters, name: float(f"{by * value:.4g}")}


def _exchanged(parameters: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Two of them exchanged that are at least 15 % apart."""
    names = list(parameters)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            x, y = parameters[a], parameters[b]
            if x and y and not 1 / 1.15 <= x / y <= 1.15:
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
