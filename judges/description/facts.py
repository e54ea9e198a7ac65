"""The numbers that the truth explains: each parameter in the forms in which people state it.

A frequency may be told as a period, a phase as a place, an amplitude as a range. Claims come as `functions` gives
them: a family, then its parameters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite, pi, sqrt
from typing import Literal

from functions.brief import Claim

Hints = frozenset[str]

# How a parameter may be called, in the words of the lexicon.
CALLED: dict[str, Hints] = {
    name: frozenset(hints.split())
    for name, hints in [
        ("amplitude", "amplitude scale coefficient value"),
        ("height", "amplitude scale coefficient value slope"),
        ("scale", "scale amplitude slope coefficient value"),
        ("slope", "slope scale amplitude coefficient"),
        ("leak", "leak slope"),
        ("frequency", "frequency"),
        ("rate", "frequency slope"),
        ("period", "period width"),
        ("width", "width period scale"),
        ("phase", "phase"),
        ("shift", "place phase"),
        ("center", "place"),
        ("pole", "place"),
        ("start", "place"),
        ("end", "place"),
        ("knee", "place"),
        ("threshold", "place"),
        ("offset", "offset value coefficient"),
        ("intercept", "offset value coefficient"),
        ("c0", "offset value coefficient"),
        ("c1", "slope coefficient scale amplitude"),
        ("amplitude_1", "amplitude scale coefficient"),
        ("amplitude_2", "amplitude scale coefficient"),
        ("phase_1", "phase"),
        ("phase_2", "phase"),
        ("decay", "frequency scale coefficient"),
        ("value", "value offset"),
        ("before", "value offset"),
        ("after", "value offset"),
        ("inside", "value offset amplitude"),
        ("outside", "value offset"),
        ("degree", "degree"),
    ]
}
COEFFICIENT: Hints = frozenset({"coefficient", "scale", "amplitude", "slope"})


@dataclass(frozen=True)
class Fact:
    """A number that is true of a part. `claim` is the place among the claims of the parameter it states, if it does.

    `turns`: it is an angle, equal to itself plus any number of full turns.
    """

    value: float
    hints: Hints
    claim: int | None
    turns: bool = False
    slack: float = 0.0  # how far off is fine however small the value is


@dataclass(frozen=True)
class Atom:
    """A family of one part, with its parameters: each value with the place of its claim."""

    family: str
    parameters: dict[str, tuple[float, int]]

    def get(self, name: str) -> float:
        """The value of a parameter, 0 where it is not stated."""
        return self.parameters.get(name, (0.0, -1))[0]


def atoms_of(claims: tuple[Claim, ...], part: Literal["base", "region"], joins: Iterable[str]) -> list[Atom]:
    """The families claimed of a part, each with the parameters that follow it."""
    found: list[Atom] = []
    for i, claim in enumerate(claims):
        if claim.about != part or claim.name is None:
            continue
        if claim.kind == "family" and claim.name not in joins:
            found.append(Atom(claim.name, {}))
        elif claim.kind == "parameter" and claim.value is not None and found:
            found[-1].parameters[claim.name] = (claim.value, i)
    return found


def facts_of(atoms: list[Atom], said: frozenset[str], nothing: float = 0.0) -> list[Fact]:
    """Every number that is true of these atoms. `said` are the families that the description names for the part.

    `nothing` is how large an offset may be said to be where there is none: what queries cannot tell from 0.
    """
    facts = [fact for atom in atoms for fact in (*_stated(atom, said), *_derived(atom, nothing))]
    return [fact for fact in facts if isfinite(fact.value)]


def _stated(atom: Atom, said: frozenset[str]) -> Iterator[Fact]:
    for name, (value, claim) in atom.parameters.items():
        hints = CALLED.get(name, COEFFICIENT)
        if name == "phase":
            yield from _phase(atom, value, claim, said)
            continue
        yield Fact(value, hints, claim)
        for other, called in _forms(atom, name, value):
            yield Fact(other, frozenset(called.split()), claim)


def _phase(atom: Atom, value: float, claim: int, said: frozenset[str]) -> Iterator[Fact]:
    """sin(t + p) is cos(t + p - pi/2): told as the other of the two, the phase is a quarter turn off."""
    other = {"sine": "cosine", "cosine": "sine"}.get(atom.family)
    if other in said and atom.family not in said:
        value += -pi / 2 if atom.family == "sine" else pi / 2
    yield Fact(value, frozenset({"phase"}), claim, turns=True)
    if frequency := atom.get("frequency"):
        yield Fact(-value / frequency, frozenset({"place", "phase"}), claim)


def _forms(atom: Atom, name: str, value: float) -> Iterator[tuple[float, str]]:
    """Other forms of one parameter, with how they are called."""
    match name:
        case "frequency":
            yield from [(2 * pi / value, "period"), (value / (2 * pi), "frequency")]
        case "period":
            yield from [(2 * pi / value, "frequency"), (1 / value, "frequency"), (value / 2, "width place")]
        case "width" if atom.family == "gaussian":
            yield from [(2 * sqrt(2) * value, "width"), (2.3548 * value, "width")]
        case "width":
            yield 1 / value, "frequency scale slope"
        case "rate":
            yield 1 / value, "width scale"
        case "amplitude":
            yield 2 * value, "span"
        case "start" | "center" | "pole" | "knee":
            yield -value, "phase"


def _derived(atom: Atom, nothing: float) -> Iterator[Fact]:
    """Numbers that follow from several parameters: levels that are reached, degrees, differences."""
    level = atom.get("offset")
    for name in ("amplitude", "scale", "height"):
        if size := atom.get(name):
            yield from (Fact(level + sign * size, frozenset({"value", "offset"}), None) for sign in (1, -1))
    if not {"offset", "intercept", "c0", "value"} & atom.parameters.keys():
        yield Fact(0.0, frozenset({"value", "offset"}), None, slack=nothing)
    if atom.family == "step":
        yield Fact(atom.get("after") - atom.get("before"), frozenset({"amplitude"}), None)
    if atom.family == "rectangle":
        yield Fact(atom.get("end") - atom.get("start"), frozenset({"width"}), None)
        yield Fact(atom.get("inside") - atom.get("outside"), frozenset({"amplitude"}), None)
    if atom.family == "polynomial":
        degree = max((int(name[1:]) for name in atom.parameters if name[1:].isdigit()), default=0)
        yield Fact(float(degree), frozenset({"degree"}), None)
