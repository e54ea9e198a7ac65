"""A suite: functions with ids, generated whenever they are needed and identified by their hashes."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, NamedTuple, Self

from pydantic import Field

from functions.brief import Category, Record
from functions.errors import BadInput
from functions.identity import sha256_of
from functions.spec import AnySpec
from functions.suites.likeness import Seen
from functions.suites.recipe import SuiteRecipe, Tier

GENERATOR_VERSION = 1  # of how suites are put together; generators have versions of their own, which their draws hold
_TAKES = 1_000


class Member(Record):
    """One function of a suite. The id is unique within its category."""

    category: Category
    id: str
    spec: AnySpec
    tier: Tier | None = None

    @property
    def name(self) -> str:
        """`category/id`, by which its suite knows it."""
        return f"{self.category}/{self.id}"


class Manifest(Record):
    """What a suite promises: which generator made it from which seed, and the sha256 of each spec by `category/id`."""

    suite: str
    seed: Annotated[int, Field(ge=0)]
    generator_version: int
    sha256: dict[str, str]


class Suite(Record):
    """A named, seeded set of functions. `rejected` counts those that were drawn and were like one that was there."""

    name: str
    seed: int
    default_seed: int
    members: tuple[Member, ...]
    rejected: int = 0

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """One suite of several categories from those that have one of them each."""
        members = tuple(member for part in parts for member in part.members)
        return parts[0].model_copy(update={"members": members, "rejected": sum(part.rejected for part in parts)})

    @property
    def title(self) -> str:
        """What it is asked for by: `demo@1`, with another seed `demo@1:7`."""
        return self.name if self.seed == self.default_seed else f"{self.name}:{self.seed}"

    def reference(self, member: Member) -> str:
        """What one of its functions is asked for by: `demo@1/numeric/0007`."""
        return f"{self.title}/{member.name}"

    @property
    def manifest(self) -> Manifest:
        """The manifest of this suite; its own sha256 pins every function."""
        hashes = {member.name: member.spec.sha256 for member in self.members}
        return Manifest(suite=self.name, seed=self.seed, generator_version=GENERATOR_VERSION, sha256=hashes)

    @property
    def sha256(self) -> str:
        """The identity of the whole suite."""
        return sha256_of(self.manifest)


class Drawn(NamedTuple):
    """The functions of one category, and how many others were rejected for being like one of them."""

    members: tuple[Member, ...]
    rejected: int


def generate_suite(recipe: SuiteRecipe, seed: int, categories: tuple[Category, ...] = ()) -> Suite:
    """The functions of a suite from a seed, no two of them alike; of some categories alone where these are named.

    Pure; 5 to 20 ms a function. Raises BadInput where a recipe has no more functions to give.
    """
    drawn = [draw(recipe, seed, category) for category in recipe.categories if category in (categories or Category)]
    return Suite(
        name=recipe.name,
        seed=seed,
        default_seed=recipe.seed,
        members=tuple(member for part in drawn for member in part.members),
        rejected=sum(part.rejected for part in drawn),
    )


@lru_cache(maxsize=64)
def draw(recipe: SuiteRecipe, seed: int, category: Category) -> Drawn:
    """All functions of one category. Where one does what another does already, the next take of it is tried."""
    seen, members, rejected = Seen(), list[Member](), 0
    for part in recipe.parts:
        for index in range(part.size if part.category is category else 0):
            for take in range(_TAKES):
                spec = part.draw(seed, index, take)
                if seen.is_new(spec):
                    break
                rejected += 1
            else:
                raise BadInput(f"{recipe.name}: its recipe of {category} functions has no more that differ")
            members.append(Member(category=category, id=f"{len(members):04d}", spec=spec, tier=part.tier))
    return Drawn(tuple(members), rejected)
