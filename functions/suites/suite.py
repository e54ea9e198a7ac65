"""A suite: functions with ids, generated whenever they are needed and identified by their hashes."""

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from functions.arrays import FloatArray
from functions.brief import Category, Interval, Record
from functions.identity import sha256_of
from functions.numeric import NumericSpec, quality
from functions.numeric.generate import GENERATOR_VERSION, generate
from functions.spec import AnySpec
from functions.suites.catalogue import SuiteRecipe


class Member(Record):
    """One function of a suite. The id is unique within its category."""

    category: Category
    id: str
    spec: AnySpec


class Manifest(Record):
    """What a suite promises: which generator made it from which seed, and the sha256 of each spec by `category/id`."""

    suite: str
    seed: Annotated[int, Field(ge=0)]
    generator_version: int
    sha256: dict[str, str]


class Suite(Record):
    """A named, seeded set of functions."""

    name: str
    seed: int
    default_seed: int
    members: tuple[Member, ...]

    @property
    def title(self) -> str:
        """What it is asked for by: `demo@1`, with another seed `demo@1:7`."""
        return self.name if self.seed == self.default_seed else f"{self.name}:{self.seed}"

    def reference(self, member: Member) -> str:
        """What one of its functions is asked for by: `demo@1/numeric/0007`."""
        return f"{self.title}/{member.category}/{member.id}"

    @property
    def manifest(self) -> Manifest:
        """The manifest of this suite; its own sha256 pins every function."""
        hashes = {f"{member.category}/{member.id}": member.spec.sha256 for member in self.members}
        return Manifest(suite=self.name, seed=self.seed, generator_version=GENERATOR_VERSION, sha256=hashes)

    @property
    def sha256(self) -> str:
        """The identity of the whole suite."""
        return sha256_of(self.manifest)


@lru_cache(maxsize=4)
def generate_suite(recipe: SuiteRecipe, seed: int) -> Suite:
    """All functions of a suite from a seed, no two of them alike. Pure; about 10 ms a function."""
    members = [
        Member(category=category, id=f"{index:04d}", spec=spec)
        for category, number in recipe.counts
        for index, spec in enumerate(_numeric(recipe, seed, number))
    ]
    return Suite(name=recipe.name, seed=seed, default_seed=recipe.seed, members=tuple(members))


def _numeric(recipe: SuiteRecipe, seed: int, number: int) -> list[NumericSpec]:
    """Numeric functions; where one does what another does already, the next take of it is tried."""
    specs: list[NumericSpec] = []
    seen: dict[Interval, list[FloatArray]] = {}
    for index in range(number):
        take = 0
        while _seen(spec := generate(seed, index, recipe.numeric, take), seen):
            take += 1
        specs.append(spec)
        seen.setdefault(spec.domain, []).append(quality.fingerprint(spec))
    return specs


def _seen(spec: NumericSpec, seen: dict[Interval, list[FloatArray]]) -> bool:
    mine = quality.fingerprint(spec)
    return any(quality.alike(mine, other) for other in seen.get(spec.domain, []))
