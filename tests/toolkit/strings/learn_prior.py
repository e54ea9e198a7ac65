"""Learns how likely kinds of steps and conditions are: `python -m tests.toolkit.strings.learn_prior [SEED] [COUNT]`.

Functions are drawn from a training seed by the recipe of find-like functions. The scientist says what each of their
steps does alone, as of any function; conditions are told by where they hold. What is said is counted and printed, for
`sandbox/toolkit/strings/prior.py`.
"""

import sys
from collections import Counter

from functions.string import Recipe, StringSpec, generate
from functions.string.steps import Branch, Step
from functions.suites import SUITES
from sandbox.toolkit import strings
from sandbox.toolkit.strings.conditions import conditions
from sandbox.toolkit.strings.library import library
from sandbox.toolkit.strings.search import Match, Search, Task
from sandbox.toolkit.strings.work import Work

TEXTS = (*strings.probes(45), *strings.pool()[:150])


def kind_of(step: Step) -> str | None:
    """The kind of step that explains it: of several the one that its author thought most likely."""
    answers = tuple(y or "" for y in StringSpec(steps=(step,)).evaluate(TEXTS))
    found = Search(Task(TEXTS, answers, library(), ()), Work(200_000)).whole(1, 200_000)
    return min(found, key=_by_hand).program[0].kind.name if found else None


def _by_hand(match: Match) -> tuple[float, int]:
    step = match.program[0]
    return step.kind.cost + bool(step.scope), len(step.parameters)


def condition_of(branch: Branch) -> str | None:
    """The kind of condition that holds where this one does."""
    inside = [branch.when.holds(x) for x in TEXTS]
    fitting = (c for c in conditions() if all(c(x) == is_in for x, is_in in zip(TEXTS, inside, strict=True)))
    best = min(fitting, key=lambda c: (c.kind.cost, c.denied), default=None)
    return best.kind.name if best else None


def printed(title: str, names: list[str | None]) -> None:
    counts = Counter(name for name in names if name)
    print(f"{title}: {len(names)} drawn, {names.count(None)} unknown")  # noqa: T201
    print(" ".join(f"{name}:{count}" for name, count in sorted(counts.items())))  # noqa: T201


def main(seed: int, count: int) -> None:
    """Print what a number of functions of a seed teach."""
    recipe = next(part.recipe for part in SUITES["find-like@1"].parts if isinstance(part.recipe, Recipe))
    specs = [generate(seed, number, recipe) for number in range(count)]
    branches = [spec.branch for spec in specs if spec.branch is not None]
    steps = [step for spec in specs for step in spec.steps] + [step for branch in branches for step in branch.steps]
    printed("steps", [kind_of(step) for step in steps])
    printed("conditions", [condition_of(branch) for branch in branches])


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], "70001", "800"][:2]))
