"""The description of a function of several numbers, as a person would write it."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from functions.brief import INPUT_NAMES, Interval, Noise
from functions.numeric.expression import Atom
from functions.numeric.prose import BOUNDS_INCLUDED, FIRST_COUNTS, overlap, words_of_noise
from functions.numeric.text import capital, listed, number, plus, times
from functions.numeric.vector.formula import Conditional, Distance, Formula, Joined, Part, Plane, places
from functions.numeric.words import is_operand, words_of

_BASE = (
    "The function takes {count} numbers, {inputs}. It is {noun}: {f} = {formula}.",
    "From {inputs} it returns {f} = {formula}, which is {noun}.",
    "For inputs {inputs} the output is {plain}. In symbols: {f} = {formula}.",
    "This black box of {count} inputs, {inputs}, computes {plain}; as a formula, {f} = {formula}.",
)
PHRASINGS = len(_BASE)
_REGION = (
    "{Where} it behaves differently: there it is {noun}, {f} = {formula}.",
    "There is an exception {where}, where it returns {noun} instead ({f} = {formula}).",
    "{Where} this is replaced by {plain}, that is {f} = {formula}.",
    "However, {where} the output is irregular and follows {plain} ({f} = {formula}).",
)
_NO_REGION = (
    "It behaves in the same way everywhere.",
    "There is no irregular region.",
    "This holds for all inputs, without an exception.",
    "No part of the domain is irregular.",
)
_COUNTS = {2: "two", 3: "three"}
_PARTS = {"sum": "the sum", "product": "the product", "maximum": "the largest", "minimum": "the smallest"}
_OF_TWO = {"maximum": "the larger", "minimum": "the smaller"}


def describe(
    base: Formula, regions: Sequence[tuple[tuple[Interval, ...], Formula]], noise: Noise, inputs: int, phrasing: int
) -> str:
    """The whole description in one of `PHRASINGS` phrasings (taken modulo their number)."""
    n = phrasing % PHRASINGS
    names = INPUT_NAMES[:inputs]
    said = {"count": _COUNTS[inputs], "inputs": listed(names), "f": f"f({', '.join(names)})"}
    sentences = [_BASE[n].format(**said, **_words(base)), *_idle(base, inputs)]
    for where, behaviour in regions:
        place = words_of_box(where)
        sentences.append(_REGION[n].format(**said, where=place, Where=capital(place), **_words(behaviour)))
    if not regions:
        sentences.append(_NO_REGION[n])
    if any(side.low is not None and side.high is not None for where, _ in regions for side in where):
        sentences.append(BOUNDS_INCLUDED)
    if any(_overlap(a, b) for (a, _), (b, _) in combinations(regions, 2)):
        sentences.append(FIRST_COUNTS)
    return " ".join([*sentences, *words_of_noise(noise, n)])


def sides(where: Sequence[Interval]) -> Iterator[tuple[str, Interval]]:
    """The sides of a box that bound it, each with the input that it bounds."""
    return ((x, side) for x, side in zip(INPUT_NAMES, where, strict=False) if side != Interval())


def words_of_box(where: Sequence[Interval]) -> str:
    """`for x between 3 and 5 and y at or above 2`."""
    told = [words_of(side, x).removeprefix("for ") for x, side in sides(where)]
    return f"for {', and '.join(told)}" if told else "for all inputs"


def squares(center: Sequence[float], power: str = "^") -> str:
    """`(x - 3)^2 + y^2`: the square of a distance."""
    return " + ".join(f"{f'({plus(x, -at)})' if at else x}{power}2" for x, at in zip(INPUT_NAMES, center, strict=False))


def plane(node: Plane) -> str:
    """`2 * x - y + 0.5 * x * y + 1`."""
    first, second = (INPUT_NAMES[place] for place in node.between)
    products = [*zip(node.slopes, INPUT_NAMES, strict=False), (node.interaction, f"{first} * {second}")]
    text = ""
    for factor, of in products:
        if factor:
            sign = (" + " if factor > 0 else " - ") if text else ""
            text += sign + times(abs(factor) if text else factor, of)
    return plus(text, node.constant)


def formula(node: Formula) -> str:
    """The formula in one line."""
    match node:
        case Part():
            return node.atom.kind.write(node.atom.parameters, INPUT_NAMES[node.input])
        case Joined(by="maximum" | "minimum"):
            return f"{node.by[:3]}({', '.join(map(formula, node.parts))})"
        case Joined():
            sign = " + " if node.by == "sum" else " * "
            texts = map(formula, node.parts)
            return sign.join(text if is_operand(text, sign) else f"({text})" for text in texts)
        case Distance():
            return f"{node.atom.kind.write(node.atom.parameters, 'r')}, where r = sqrt({squares(node.center)})"
        case Plane():
            return plane(node)
        case Conditional():
            condition = f"{INPUT_NAMES[node.on]} < {number(node.threshold)}"
            return f"({formula(node.below)}) if {condition} else ({formula(node.above)})"


def _words(node: Formula) -> dict[str, str]:
    return {"formula": formula(node), "noun": _phrase(node, plain=False), "plain": _phrase(node, plain=True)}


def _phrase(node: Formula, plain: bool, marks: str = "123") -> str:
    match node:
        case Part():
            return _of(node.atom, INPUT_NAMES[node.input], plain)
        case Joined():
            told = "; ".join(f"({m}) {_phrase(p, plain, 'abc')}" for m, p in zip(marks, node.parts, strict=False))
            what = _OF_TWO.get(node.by, _PARTS[node.by]) if len(node.parts) == 2 else _PARTS[node.by]
            return f"{what} of {len(node.parts)} parts: {told}"
        case Distance():
            center = f"({', '.join(map(number, node.center))})"
            return f"a function of the distance r from the point {center} alone: {_of(node.atom, 'r', plain)}"
        case Plane():
            first, second = (INPUT_NAMES[place] for place in node.between)
            slopes = [f"slope {number(s)} in {x}" for x, s in zip(INPUT_NAMES, node.slopes, strict=False) if s]
            meeting = f"an interaction of {first} and {second} (their product times {number(node.interaction)})"
            return f"a plane with {listed(slopes)}, {meeting} and the constant {number(node.constant)}"
        case Conditional():
            on = f"{INPUT_NAMES[node.on]} is below {number(node.threshold)}"
            return f"a choice: where {on}, {_phrase(node.below, plain)}; otherwise, {_phrase(node.above, plain)}"


def _of(atom: Atom, x: str, plain: bool) -> str:
    """A constant is one whatever any of the inputs is, which its plain words do not say."""
    words = atom.kind.plain if plain and atom.family != "constant" else atom.kind.noun
    return words(atom.parameters, x)


def _idle(base: Formula, inputs: int) -> list[str]:
    """A sentence for each input that changes nothing."""
    return [f"The input {INPUT_NAMES[place]} changes nothing." for place in range(inputs) if place not in places(base)]


def _overlap(a: Sequence[Interval], b: Sequence[Interval]) -> bool:
    """Do two boxes have an input in common?"""
    return all(overlap(one, other) for one, other in zip(a, b, strict=True))
