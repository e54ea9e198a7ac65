"""The suites there are, each with the recipes and the seed that define it. What is written here never changes again.

- `demo@1`: fifty numeric functions to try things with
- `dev@1`: 200 functions to develop with, fifty of each category, in three tiers
- `find-like@1`: as many functions of each category as the published benchmark has (arXiv 2309.03886), in its spirit
- `hard@1`: the hard tier alone
- `hard@2`: the same functions, and 40 numeric ones of two and three inputs behind them
- `heldout@1`: only what is held out, see `functions.heldout`

The sizes of the categories in find-like@1 are the published ones. Its shares of compositions (15 %) and networks
(10 %) are meant to be, but were not checked against the paper; how often its functions are noisy, corrupted or biased
is our own choice.
"""

import functions.entity as entity
import functions.heldout.entities as heldout_entities
import functions.heldout.relations as heldout_relations
import functions.numeric.vector as vector
import functions.relation as relation
import functions.string as string
from functions.heldout.numeric.recipe import HELD_OUT_1
from functions.numeric.recipe import Recipe as NumericRecipe
from functions.numeric.tiers import tier as numeric_tier
from functions.suites.names import (
    HELD_OUT_OPERATIONS_1,
    NUMERIC_FAMILIES_1,
    NUMERIC_REPLACEMENTS_1,
    RELATION_RULES_1,
    STRING_CONDITIONS_1,
    STRING_OPERATIONS_1,
    VECTOR_FAMILIES_1,
    VECTOR_REPLACEMENTS_1,
)
from functions.suites.recipe import Part, SuiteRecipe, Tier

DEMO_1 = SuiteRecipe(
    name="demo@1",
    seed=1,
    parts=(Part(NumericRecipe(families=NUMERIC_FAMILIES_1, replacements=NUMERIC_REPLACEMENTS_1), 50),),
    sha256="8c7efb952deb834801e1690dad9401b0b4d2ddbc49c1a52d6b54d9d8907d54ee",
)


def _numeric(name: Tier) -> NumericRecipe:
    return numeric_tier(name, NUMERIC_FAMILIES_1, NUMERIC_REPLACEMENTS_1)


def _string(depths: tuple[int, ...], branch: float = 0.0, branch_depths: tuple[int, ...] = (1,)) -> string.Recipe:
    return string.Recipe(
        depths=depths,
        branch=branch,
        branch_depths=branch_depths,
        operations=STRING_OPERATIONS_1,
        conditions=STRING_CONDITIONS_1,
    )


def _relation(exceptions: float) -> relation.Recipe:
    return relation.Recipe(exceptions=exceptions, rules=RELATION_RULES_1)


_HARD_NUMERIC = _numeric("hard")
_HARD_STRING = _string((2, 3), branch=0.6, branch_depths=(0, 1, 1, 2))
_HARD_ENTITY = entity.Recipe(unions=0.4, exclusions=0.3, biased=0.8, noisy=0.4, abstract=True)
_HARD_RELATION = _relation(1.0)

DEV_1 = SuiteRecipe(
    name="dev@1",
    seed=1,
    parts=(
        Part(_numeric("easy"), 16, "easy"),
        Part(_numeric("medium"), 17, "medium"),
        Part(_HARD_NUMERIC, 17, "hard"),
        Part(_string((1,)), 16, "easy"),
        Part(_string((1, 2, 2), branch=0.3), 17, "medium"),
        Part(_HARD_STRING, 17, "hard"),
        Part(entity.Recipe(), 16, "easy"),
        Part(entity.Recipe(unions=0.25, exclusions=0.2, biased=0.25, noisy=0.2), 17, "medium"),
        Part(_HARD_ENTITY, 17, "hard"),
        Part(_relation(0.0), 16, "easy"),
        Part(_relation(0.4), 17, "medium"),
        Part(_HARD_RELATION, 17, "hard"),
    ),
    sha256="5ba09a10e488316e6ba21e61eec869673e9686db174f90a65bf5d005bec7f839",
)

FIND_LIKE_1 = SuiteRecipe(
    name="find-like@1",
    seed=1,
    parts=(
        Part(
            NumericRecipe(
                families=NUMERIC_FAMILIES_1,
                replacements=NUMERIC_REPLACEMENTS_1,
                sums=0.05,
                products=0.05,
                compositions=0.05,
                networks=0.10,
                noisy=0.15,
                corrupted=0.15,
            ),
            1_000,
        ),
        Part(_string((1, 2, 2, 2, 2, 3), branch=0.15), 1_000),
        Part(entity.Recipe(unions=0.3, exclusions=0.15, biased=0.15, abstract=True), 200),
        Part(_relation(0.3), 75),
    ),
    sha256="044769d1c188b304f59e532d01eb10e54a8ac8bdc112a048ab052ec29876f29c",
)

HARD_1 = SuiteRecipe(
    name="hard@1",
    seed=1,
    parts=(
        Part(_HARD_NUMERIC, 100, "hard"),
        Part(_HARD_STRING, 100, "hard"),
        Part(_HARD_ENTITY, 100, "hard"),
        Part(_HARD_RELATION, 60, "hard"),
    ),
    sha256="e5558b1c1577b0a4404e08601ed23d165c302247c6dd256e7ecd6acf078549bb",
)

_VECTORS = vector.Recipe(families=VECTOR_FAMILIES_1, replacements=VECTOR_REPLACEMENTS_1)

HARD_2 = SuiteRecipe(
    name="hard@2",
    seed=1,
    parts=(*HARD_1.parts, Part(_VECTORS, 40, "hard")),
    sha256="6bf04255902516cde36f98676e129e1bb1c2eb2e30ca116be486414c774c817e",
)

HELDOUT_1 = SuiteRecipe(
    name="heldout@1",
    seed=1,
    parts=(
        Part(HELD_OUT_1, 90),
        Part(
            string.Recipe(
                depths=(1, 2, 2),
                branch=0.4,
                operations=HELD_OUT_OPERATIONS_1,
                conditions=STRING_CONDITIONS_1,
            ),
            60,
        ),
        Part(heldout_entities.Recipe(), 50),
        Part(heldout_relations.Recipe(rules=RELATION_RULES_1), 40),
    ),
    sha256="7b0aa1eccd1266c7b0eb652c2ceb5af60a69f40f3abb0f1a085b9d7587555878",
)

SUITES = {recipe.name: recipe for recipe in (DEMO_1, DEV_1, FIND_LIKE_1, HARD_1, HARD_2, HELDOUT_1)}
