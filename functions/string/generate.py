"""Draws string functions that are worth asking about. Fixed by (seed, index, recipe); equal on every machine.

A draw that is not worth asking about, see `functions.string.worth`, is thrown away and the next one is taken.
"""

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from functions.brief import Record
from functions.errors import BadInput
from functions.identity import canonical_json
from functions.numeric.draws import Draws
from functions.string.catalogue import condition_named, conditions, operation_named, operations
from functions.string.entry import Entry
from functions.string.spec import StringSpec
from functions.string.steps import Body, Branch, Property, Step
from functions.string.worth import objection

GENERATOR_VERSION = 1  # of everything that decides which functions are drawn
_TRIES = 5_000

Tier = Literal["easy", "medium", "hard"]


class Recipe(Record):
    """What to draw: depths are numbers of steps, each of them as likely; `branch` is the probability of a branch.

    A branch of depth 0 returns its inputs unchanged. Where no operations or conditions are named, all of the catalogue
    are drawn from; a suite that shall outlive additions to the catalogue names its own.
    """

    depths: Annotated[tuple[Annotated[int, Field(ge=1, le=3)], ...], Field(min_length=1)]
    branch: Annotated[float, Field(ge=0, le=1)] = 0.0
    branch_depths: Annotated[tuple[Annotated[int, Field(ge=0, le=3)], ...], Field(min_length=1)] = (1,)
    operations: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        for name in self.operations:
            operation_named(name)
        for name in self.conditions:
            condition_named(name)
        return self

    @property
    def known_operations(self) -> tuple[str, ...]:
        """The names to draw from."""
        return self.operations or tuple(operations())


TIERS: dict[Tier, Recipe] = {
    "easy": Recipe(depths=(1,)),
    "medium": Recipe(depths=(1, 2, 2), branch=0.3),
    "hard": Recipe(depths=(2, 3), branch=0.6, branch_depths=(0, 1, 1, 2)),
}


def generate(seed: int, index: int, tier: Tier | Recipe, take: int = 0) -> StringSpec:
    """The function number `index` of that seed; `take` counts on where a suite has one like it already.

    Raises BadInput where a recipe leaves nothing that is worth asking about.
    """
    recipe = tier if isinstance(tier, Recipe) else TIERS[tier]
    key = f"string {GENERATOR_VERSION} {seed} {index} {canonical_json(recipe)}"
    shape = _draw_shape(Draws(f"{key} shape"), recipe)
    draws = Draws(f"{key} {take}")
    for _ in range(_TRIES):
        body = _fill(draws, recipe, shape)
        if objection(body, recipe.known_operations) is None:
            return StringSpec(steps=body.steps, branch=body.branch)
    raise BadInput(f"{_TRIES} draws by this recipe gave no function worth asking about: let it use more operations")


class _Shape(NamedTuple):
    """How many steps there are, and how many in the branch (None: no branch).

    It is drawn once for an index, so that what is thrown away does not change the proportions that the recipe asks for.
    """

    depth: int
    branch_depth: int | None


def _draw_shape(draws: Draws, recipe: Recipe) -> _Shape:
    depth, branched = draws.choose(recipe.depths), draws.chance(recipe.branch)
    return _Shape(depth, draws.choose(recipe.branch_depths) if branched else None)


def _fill(draws: Draws, recipe: Recipe, shape: _Shape) -> Body:
    by_group = _by_group(recipe.known_operations)
    steps = tuple(_step(draws, by_group) for _ in range(shape.depth))
    if shape.branch_depth is None:
        return Body(steps)
    entry = condition_named(draws.choose(recipe.conditions or tuple(conditions())))
    when = Property(condition=entry.name, parameters=draws.choose(list(entry.variants())))
    return Body(steps, Branch(when=when, steps=tuple(_step(draws, by_group) for _ in range(shape.branch_depth))))


def _step(draws: Draws, by_group: list[list[Entry[str]]]) -> Step:
    """Any group is as likely, then any of its operations, then any of its variants."""
    entry = draws.choose(draws.choose(by_group))
    return Step(operation=entry.name, parameters=draws.choose(list(entry.variants())))


def _by_group(names: tuple[str, ...]) -> list[list[Entry[str]]]:
    groups: dict[str, list[Entry[str]]] = {}
    for name in sorted(names):
        groups.setdefault(operation_named(name).group, []).append(operation_named(name))
    return [groups[group] for group in sorted(groups)]
