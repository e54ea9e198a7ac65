"""Makes a large suite in several processes, one category each: categories have nothing to do with one another."""

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

from functions.brief import Category
from functions.suites import SUITES, Suite, load_suite, trivial_names

LARGE = 1_000  # functions: a smaller suite is made before other processes have begun
_PROCESSES = 2


def make(name: str, large: int = LARGE) -> tuple[Suite, frozenset[str]]:
    """The suite of that name, and which of its functions are trivial; in other processes from so many functions on.

    Raises BadInput where there is no such suite.
    """
    recipe = SUITES.get(name.partition(":")[0])
    if recipe is None or recipe.size < large:
        return _part(name)
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn")) as workers:
        parts = dict(zip(reversed(Category), workers.map(_part, repeat(name), reversed(Category)), strict=True))
    suites = [parts[category][0] for category in recipe.categories]
    return Suite.joined(suites), frozenset().union(*(trivial for _, trivial in parts.values()))


def _part(name: str, *categories: Category) -> tuple[Suite, frozenset[str]]:
    suite = load_suite(name, *categories)
    return suite, trivial_names(suite)
