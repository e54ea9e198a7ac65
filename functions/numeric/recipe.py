"""What numeric functions are drawn from, and in which proportions."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from functions.brief import Record
from functions.numeric.families import Family, catalogue, drawn_from, held_out

Chance = Annotated[float, Field(ge=0, le=1)]


class Recipe(Record):
    """What numeric functions are drawn from. A suite keeps its recipe, so that a new family changes no old suite."""

    families: tuple[str, ...]
    replacements: tuple[str, ...]  # families that may stand in a corrupted region
    held_out: bool = False  # True: all of them are held-out families; False: none is
    sums: Chance = 0.15
    products: Chance = 0.10
    compositions: Chance = 0.20
    networks: Chance = 0.0  # neural approximations; what is left are single families
    deep: Chance = 0.0  # of sums, products and compositions: those of three parts or levels; the others have two
    noisy: Chance = 0.30
    growing: Chance = 0.0  # of the noisy: those whose noise grows with the value, where that can be seen
    corrupted: Chance = 0.30
    regions: Annotated[int, Field(ge=1, le=3)] = 1  # a corrupted function has so many irregular regions at most

    @model_validator(mode="after")
    def _no_ordinary_networks(self) -> Self:
        if self.held_out and self.networks:
            raise ValueError("networks approximate ordinary families: a held-out recipe has none")
        return self

    def family(self, name: str) -> Family:
        """One of its families. Raises ValueError for a held-out one in an ordinary recipe, and the other way round."""
        return drawn_from(held_out() if self.held_out else catalogue(), name)
