"""The truth in atomic statements.

Names and values are in the canonical form of each family (see the docstring of its class): one `family` claim for each
way parts are joined and for each atom, one `parameter` claim for each parameter that is not a zero offset, then the
irregular region (its bounds and what happens there) or its absence, then the noise or its absence.
A network has the family `neural_network`, after it those of the formula it approximates, and a `departure` for each
stretch of inputs where it leaves the formula and each side on which it does.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from functions.brief import Claim, Interval, Noise
from functions.numeric.expression import Expression, atoms, joins
from functions.numeric.network import Base, Network
from functions.numeric.prose import fidelity
from functions.numeric.text import capital, number
from functions.numeric.words import words_of


def claims_of(base: Base, regions: Sequence[tuple[Interval, Expression]], noise: Noise) -> tuple[Claim, ...]:
    """Everything that is true of a function with this base, these irregular regions and this noise."""
    return (*_base(base), *_regions(regions), claim_of_noise(noise))


def _base(base: Base) -> Iterator[Claim]:
    """A network is claimed as such, then what it approximates, then where it does not."""
    if not isinstance(base, Network):
        yield from _formula(base, "base", "The function")
        return
    text = f"The function is a neural network with one hidden layer of {len(base.weights)} ReLU units. {fidelity(base)}"
    yield Claim(kind="family", about="base", name="neural_network", text=text)
    yield from _formula(base.approximates, "base", "The formula that it approximates")
    for where, above, below in base.departures():
        for by, side in ((above, "above"), (-below, "below")):
            if by:
                text = f"{capital(words_of(where))} the network lies up to {number(abs(by))} {side} the formula."
                yield Claim(kind="departure", about="base", low=where.low, high=where.high, value=by, text=text)


def _formula(node: Expression, about: Literal["base", "region"], who: str) -> Iterator[Claim]:
    for join in joins(node):
        yield Claim(kind="family", about=about, name=join, text=f"{who} is a {join} of simpler functions.")
    for atom in atoms(node):
        family = atom.family.replace("_", " ")
        article = "an" if family[0] in "aeiou" else "a"
        yield Claim(kind="family", about=about, name=atom.family, text=f"{who} has {article} {family} in it.")
        for name, value in atom.kind.stated(atom.parameters).items():
            text = f"The {name.replace('_', ' ')} of the {family} is {number(value)}."
            yield Claim(kind="parameter", about=about, name=name, value=value, text=text)


def _regions(regions: Sequence[tuple[Interval, Expression]]) -> Iterator[Claim]:
    if not regions:
        yield Claim(kind="absent", about="region", text="There is no irregular region.")
    for where, behaviour in regions:
        text = f"It is irregular {words_of(where)}."
        yield Claim(kind="interval", about="region", low=where.low, high=where.high, text=text)
        yield from _formula(behaviour, "region", f"{capital(words_of(where))} it")


def claim_of_noise(noise: Noise) -> Claim:
    """What is claimed of the noise, or of its absence."""
    if not noise.scale:
        return Claim(kind="absent", about="noise", text="There is no noise.")
    grows = f", and {number(noise.growth)} times the size of the output on top of it" if noise.growth else ""
    text = f"The noise is {noise.kind.value} with scale {number(noise.scale)}{grows}."
    return Claim(kind="noise", about="noise", name=noise.kind.value, value=noise.scale, text=text)
