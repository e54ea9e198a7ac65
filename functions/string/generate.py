"""Draws string functions that are worth asking about. Fixed by (seed, index, recipe); equal on every machine.

A draw is thrown away when it hardly does anything or hardly looks at its input, when a step of it does not show, when a
single operation (or none) does the same as several of its steps, when natural texts do not reach its branch or hardly
leave it, and when the branch does nearly what the function does anyway. All of this is measured on probe texts.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field

from functions.brief import Record
from functions.errors import BadInput
from functions.identity import canonical_json
from functions.numeric.draws import Draws
from functions.string.behaviour import Outputs, difference, dominance, outputs, single_operations
from functions.string.catalogue import conditions, operations
from functions.string.entry import Entry
from functions.string.spec import StringSpec
from functions.string.steps import Body, Branch, Property, Step
from functions.string.texts import probes

VERSION = 1  # of everything that decides which functions are drawn
_TRIES = 5_000
_TRIVIAL = 0.3  # a step row whose input or most frequent output agrees with its outputs more often is too plain
_WHOLE_TRIVIAL = 0.5  # the same for the function with its branch
_SHOWS = 0.2  # a step shows where leaving it out changes this share of outputs
_REACHED = (0.12, 0.6)  # the share of natural texts that shall be in the branch
_BRANCH_SHOWS = 0.6  # the share of texts in the branch that shall come out otherwise than without it

Tier = Literal["easy", "medium", "hard"]


class Recipe(Record):
    """What to draw: depths are numbers of steps, each of them as likely; `branch` is the probability of a branch.

    A branch of depth 0 returns its inputs unchanged. Without names, all operations of the catalogue are drawn from; a
    suite that shall outlive additions to the catalogue names its own.
    """

    depths: Annotated[tuple[Annotated[int, Field(ge=1, le=3)], ...], Field(min_length=1)]
    branch: Annotated[float, Field(ge=0, le=1)] = 0.0
    branch_depths: Annotated[tuple[Annotated[int, Field(ge=0, le=3)], ...], Field(min_length=1)] = (1,)
    operations: tuple[str, ...] = ()


TIERS: dict[Tier, Recipe] = {
    "easy": Recipe(depths=(1,)),
    "medium": Recipe(depths=(1, 2, 2), branch=0.3),
    "hard": Recipe(depths=(2, 3), branch=0.6, branch_depths=(0, 1, 1, 2)),
}


def generate(seed: int, index: int, tier: Tier | Recipe) -> StringSpec:
    """The function number `index` of that seed. Raises BadInput where a recipe leaves nothing that is worth asking."""
    recipe = tier if isinstance(tier, Recipe) else TIERS[tier]
    draws = Draws(f"string {VERSION} {seed} {index} {canonical_json(recipe)}")
    for _ in range(_TRIES):
        body = _draw(draws, recipe)
        if objection(body) is None:
            return StringSpec(steps=body.steps, branch=body.branch)
    raise BadInput(f"{_TRIES} draws by this recipe gave no function worth asking about: let it use more operations")


def objection(body: Body) -> str | None:
    """Why a function is not worth asking about; None if it is."""
    return next(_objections(body), None)


def _objections(body: Body) -> Iterator[str]:
    texts = probes()
    yield from _chain_objections(body.steps, texts, _TRIVIAL)
    if body.branch is None:
        return
    inside = tuple(x for x in texts if body.branch.when.holds(x))
    if not _REACHED[0] <= len(inside) / len(texts) <= _REACHED[1]:
        yield "natural texts hardly reach its branch, or hardly leave it"
        return
    if difference(outputs(body, inside), outputs(Body(body.steps), inside)) < _BRANCH_SHOWS:
        yield "its branch hardly shows"
    if body.branch.steps:
        yield from _chain_objections(body.branch.steps, inside, _WHOLE_TRIVIAL)
    yield from _plain(outputs(body, texts), texts, _WHOLE_TRIVIAL)


def _chain_objections(steps: tuple[Step, ...], texts: tuple[str, ...], trivial: float) -> Iterator[str]:
    row = outputs(Body(steps), texts)
    yield from _plain(row, texts, trivial)
    for size in range(1, len(steps)):
        for kept in combinations(steps, size):
            if difference(row, outputs(Body(kept), texts)) < _SHOWS:
                yield "some of its steps hardly show"
    for length in range(2, len(steps) + 1):
        for start in range(len(steps) - length + 1):
            if outputs(Body(steps[start : start + length]), probes()) in single_operations():
                yield "one operation does the same as several of its steps"
            if difference(outputs(Body(steps[start : start + length]), texts), texts) < _SHOWS:
                yield "some of its steps cancel each other"


def _plain(row: Outputs, texts: tuple[str, ...], limit: float) -> Iterator[str]:
    if 1 - difference(row, texts) > limit:
        yield "it hardly changes its input"
    if dominance(row) > limit:
        yield "it hardly looks at its input"


def _draw(draws: Draws, recipe: Recipe) -> Body:
    by_group = _by_group(recipe.operations or tuple(operations()))
    steps = tuple(_step(draws, by_group) for _ in range(draws.choose(recipe.depths)))
    if not draws.chance(recipe.branch):
        return Body(steps)
    entry = draws.choose(list(conditions().values()))
    when = Property(condition=entry.name, parameters=draws.choose(list(entry.variants())))
    depth = draws.choose(recipe.branch_depths)
    return Body(steps, Branch(when=when, steps=tuple(_step(draws, by_group) for _ in range(depth))))


def _step(draws: Draws, by_group: list[list[Entry[str]]]) -> Step:
    """Any group is as likely, then any of its operations, then any of its variants."""
    entry = draws.choose(draws.choose(by_group))
    return Step(operation=entry.name, parameters=draws.choose(list(entry.variants())))


def _by_group(names: tuple[str, ...]) -> list[list[Entry[str]]]:
    groups: dict[str, list[Entry[str]]] = {}
    for name in sorted(names):
        groups.setdefault(operations()[name].group, []).append(operations()[name])
    return [groups[group] for group in sorted(groups)]
