"""What a suite is made from: parts, each so many functions drawn by one recipe."""

import hashlib
from typing import Literal, NamedTuple

import functions.entity as entity
import functions.heldout.entities as heldout_entities
import functions.heldout.relations as heldout_relations
import functions.numeric.vector as vector
import functions.relation as relation
import functions.string as string
from functions.brief import Category
from functions.numeric.generate import generate as generate_numeric
from functions.numeric.recipe import Recipe as NumericRecipe
from functions.spec import AnySpec

Tier = Literal["easy", "medium", "hard"]
Recipe = (
    NumericRecipe
    | vector.Recipe
    | string.Recipe
    | entity.Recipe
    | relation.Recipe
    | heldout_entities.Recipe
    | heldout_relations.Recipe
)


class Part(NamedTuple):
    """`size` functions of one recipe, all of one tier of difficulty, where the suite has tiers."""

    recipe: Recipe
    size: int
    tier: Tier | None = None

    @property
    def category(self) -> Category:
        """The category that its recipe draws."""
        match self.recipe:
            case NumericRecipe() | vector.Recipe():
                return Category.NUMERIC
            case string.Recipe():
                return Category.STRING
            case entity.Recipe() | heldout_entities.Recipe():
                return Category.ENTITY
            case relation.Recipe() | heldout_relations.Recipe():
                return Category.RELATION

    def draw(self, seed: int, index: int, take: int) -> AnySpec:
        """The function at `index` under the suite's seed; `take` gives others of its kind in its place."""
        if self.tier is not None:
            seed = _derived(f"{seed} {self.tier}")
        match self.recipe:
            case NumericRecipe():
                return generate_numeric(seed, index, self.recipe, take)
            case vector.Recipe():
                return vector.generate(seed, index, self.recipe, take)
            case string.Recipe():
                return string.generate(seed, index, self.recipe, take)
            case entity.Recipe():
                return entity.generate(_taken(seed, take), index, self.recipe)
            case relation.Recipe():
                return relation.generate(_taken(seed, take), index, self.recipe)
            case heldout_entities.Recipe():
                return heldout_entities.generate(seed, index, self.recipe, take)
            case heldout_relations.Recipe():
                return heldout_relations.generate(seed, index, self.recipe, take)


class SuiteRecipe(NamedTuple):
    """How a suite is made. `seed` is the one meant where none is named; from it comes the manifest with this sha256."""

    name: str
    seed: int
    parts: tuple[Part, ...]
    sha256: str

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories it has, in the order of its parts."""
        return tuple(dict.fromkeys(part.category for part in self.parts))

    @property
    def size(self) -> int:
        """How many functions it has."""
        return sum(part.size for part in self.parts)

    @property
    def numeric(self) -> NumericRecipe:
        """The first recipe of numeric functions. Raises StopIteration where there is none."""
        return next(part.recipe for part in self.parts if isinstance(part.recipe, NumericRecipe))


def _taken(seed: int, take: int) -> int:
    """Where a generator knows no takes, another seed stands for another take."""
    return _derived(f"{seed} take {take}") if take else seed


def _derived(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest())
