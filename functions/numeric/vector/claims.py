"""The truth in atomic statements, as `functions.numeric.claims` makes them; `input` says of which number each is true.

How parts are joined is a `family` ("sum", "product", "maximum", "minimum", "distance", "plane", "conditional"). Beyond
the families' own parameters there are `center` (of a distance, one for each input), `slope` (of a plane, one for each
input), `intercept` and `interaction` of a plane, and `threshold` of a condition. An irregular box is claimed interval
by interval, and an input that changes nothing is claimed as absent.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from functions.brief import INPUT_NAMES, Claim, Interval, Noise
from functions.numeric.claims import claim_of_noise
from functions.numeric.expression import Atom
from functions.numeric.text import capital, number
from functions.numeric.vector.formula import Conditional, Distance, Formula, Joined, Part, Plane, places
from functions.numeric.vector.prose import sides, words_of_box
from functions.numeric.words import words_of

About = Literal["base", "region"]


def claims_of(
    base: Formula, regions: Sequence[tuple[tuple[Interval, ...], Formula]], noise: Noise, inputs: int
) -> tuple[Claim, ...]:
    """Everything that is true of a function with this base, these irregular boxes and this noise."""
    return (*_formula(base, "base", "The function"), *_idle(base, inputs), *_regions(regions), claim_of_noise(noise))


def _idle(base: Formula, inputs: int) -> Iterator[Claim]:
    for x in (INPUT_NAMES[place] for place in range(inputs) if place not in places(base)):
        yield Claim(kind="absent", about="base", input=x, text=f"The function does not depend on {x}.")


def _formula(node: Formula, about: About, who: str) -> Iterator[Claim]:
    match node:
        case Part():
            yield from _atom(node.atom, about, who, INPUT_NAMES[node.input])
        case Joined():
            yield Claim(kind="family", about=about, name=node.by, text=f"{who} is the {node.by} of several parts.")
            for part in node.parts:
                yield from _formula(part, about, who)
        case Distance():
            text = f"{who} depends on the distance from a point alone."
            yield Claim(kind="family", about=about, name="distance", text=text)
            for x, at in zip(INPUT_NAMES, node.center, strict=False):
                yield _parameter("center", at, about, x, "the distance")
            yield from _atom(node.atom, about, who, None)
        case Plane():
            yield Claim(kind="family", about=about, name="plane", text=f"{who} is a plane with an interaction.")
            named: list[tuple[str, float, str | None]] = [
                *(("slope", slope, x) for x, slope in zip(INPUT_NAMES, node.slopes, strict=False)),
                ("intercept", node.constant, None),
                ("interaction", node.interaction, None),
            ]
            yield from (_parameter(name, value, about, x, "the plane") for name, value, x in named if value)
        case Conditional():
            yield Claim(kind="family", about=about, name="conditional", text=f"{who} is a choice between two rules.")
            yield _parameter("threshold", node.threshold, about, INPUT_NAMES[node.on], "the choice")
            yield from _formula(node.below, about, who)
            yield from _formula(node.above, about, who)


def _atom(atom: Atom, about: About, who: str, x: str | None) -> Iterator[Claim]:
    family = atom.family.replace("_", " ")
    x = None if atom.family == "constant" else x
    article = "an" if family[0] in "aeiou" else "a"
    text = f"{who} has {article} {family}{'' if x is None else f' of {x}'} in it."
    yield Claim(kind="family", about=about, input=x, name=atom.family, text=text)
    for name, value in atom.kind.stated(atom.parameters).items():
        yield _parameter(name, value, about, x, f"the {family}")


def _parameter(name: str, value: float, about: About, x: str | None, of: str) -> Claim:
    inside = "" if x is None else f" in {x}"
    text = f"The {name.replace('_', ' ')} of {of}{inside} is {number(value)}."
    return Claim(kind="parameter", about=about, input=x, name=name, value=value, text=text)


def _regions(regions: Sequence[tuple[tuple[Interval, ...], Formula]]) -> Iterator[Claim]:
    if not regions:
        yield Claim(kind="absent", about="region", text="There is no irregular region.")
    for where, behaviour in regions:
        for x, side in sides(where):
            text = f"It is irregular only {words_of(side, x)}."
            yield Claim(kind="interval", about="region", input=x, low=side.low, high=side.high, text=text)
        yield from _formula(behaviour, "region", f"{capital(words_of_box(where))} it")
