"""The suites there are, each with the recipe and the seed that define it. What is written here never changes again."""

from functions.brief import Category, Record
from functions.numeric.generate import Recipe


class SuiteRecipe(Record):
    """How a suite is made. `seed` is the one meant where none is named."""

    name: str
    seed: int
    counts: tuple[tuple[Category, int], ...]
    numeric: Recipe


DEMO_1 = SuiteRecipe(
    name="demo@1",
    seed=1,
    counts=((Category.NUMERIC, 50),),
    numeric=Recipe(
        families=(
            *(
                "linear",
                "polynomial",
                "absolute",
                "root",
                "logarithm",
                "step",
                "leaky_relu",
                "tanh",
                "constant",
                "sine",
            ),
            *("cosine", "reciprocal", "gaussian", "rational", "rectangle", "square_wave", "signum", "floor", "ceil"),
        ),
        replacements=("constant", "linear", "absolute", "polynomial", "sine", "cosine", "step", "tanh"),
    ),
)

SUITES = {recipe.name: recipe for recipe in (DEMO_1,)}
