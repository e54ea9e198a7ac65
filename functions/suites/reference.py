"""From what a person writes to what it means: `demo@1/numeric/0007`, `demo@1:7/numeric/0007`, or a file of one."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path

from functions.brief import Category
from functions.errors import BadInput
from functions.spec import AnySpec
from functions.suites.catalogue import SUITES
from functions.suites.recipe import SuiteRecipe
from functions.suites.suite import Suite, generate_suite
from functions.target import ImportedCode, ModelNeuron, Target, parse_target

_SUITE = re.compile(r"(?P<name>[^:/]+)(:(?P<seed>[0-9]{1,78}))?")  # seeds of up to 256 bits
_LARGEST_SPEC_FILE = 10_000_000  # bytes


def load_suite(name: str, *categories: Category) -> Suite:
    """The suite `demo@1`, or from another seed `demo@1:7`; of these categories alone, where any are named.

    Raises BadInput that names the suites there are.
    """
    recipe, seed = _recipe(name)
    return generate_suite(recipe, seed, categories)


def resolve(reference: str) -> AnySpec:
    """The function that a reference means. Raises BadInput that says what is wrong with it and what is near to it."""
    target = resolve_target(reference)
    if isinstance(target, ImportedCode):
        raise BadInput(f"{reference} is code from elsewhere, and nobody knows the truth about it")
    if isinstance(target, ModelNeuron):
        raise BadInput(f"{reference} is a neuron answered by a model, and there is no truth about it")
    return target


def resolve_target(reference: str) -> Target:
    """The same, or what has no spec where the reference is a file that holds such a target."""
    if reference.endswith((".json", ".toml")) or Path(reference).is_file():
        return _read(Path(reference))
    parts = reference.split("/")
    if len(parts) != 3:
        raise BadInput(
            f"{reference!r} means no function: write SUITE/CATEGORY/ID, as in demo@1/numeric/0007, or a spec file"
        )
    recipe, seed = _recipe(parts[0])
    known = [category for category in recipe.categories if category == parts[1]]
    suite = generate_suite(recipe, seed, tuple(known))
    functions = {member.name: member.spec for member in suite.members}
    wanted = f"{parts[1]}/{parts[2]}"
    if wanted not in functions:
        near = _near(f"{parts[1]}/{parts[2]:0>4}", list(functions))
        raise BadInput(f"{suite.title} has no function {wanted!r}{near}")
    return functions[wanted]


def _recipe(name: str) -> tuple[SuiteRecipe, int]:
    found = _SUITE.fullmatch(name)
    if found is None:
        raise BadInput(f"{name!r} is no name of a suite: write NAME@VERSION, or NAME@VERSION:SEED with a whole number")
    recipe = SUITES.get(found["name"])
    if recipe is None:
        raise BadInput(f"there is no suite {found['name']!r}{_near(found['name'], list(SUITES))}")
    return recipe, recipe.seed if found["seed"] is None else int(found["seed"])


def _read(path: Path) -> Target:
    try:
        if path.stat().st_size > _LARGEST_SPEC_FILE:
            raise BadInput(f"{path} is too large for a spec: over {_LARGEST_SPEC_FILE} bytes")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the spec file {path} cannot be read: {error}") from None
    try:
        return parse_target(tomllib.loads(text) if path.suffix == ".toml" else text)
    except (BadInput, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path}: {error}") from None


def _near(wrong: str, right: list[str]) -> str:
    near = get_close_matches(wrong, right, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there is {right[0]}" if len(right) == 1 else f"; there are {right[0]} to {right[-1]}"
