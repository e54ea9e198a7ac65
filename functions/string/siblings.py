"""Functions built much like a given one that behave otherwise: distractors that only a good reading tells apart.

Each differs in one thing: another parameter, neighbouring steps exchanged, a step left out or exchanged for another of
its group; the branch left out, under another condition, or with other steps.
"""

from collections.abc import Iterator
from itertools import chain, zip_longest

from functions.numeric.draws import Draws
from functions.string.behaviour import alike, outputs
from functions.string.catalogue import conditions, operations
from functions.string.steps import Body, Branch, Property, Step
from functions.string.texts import probes


def siblings(body: Body, key: str, count: int) -> tuple[Body, ...]:
    """Up to `count` of them, of all kinds in turn. `key` fixes the choice."""
    draws = Draws(f"siblings of {key}")
    kinds = [draws.shuffled(list(kind)) for kind in _kinds(body)]
    chosen: list[Body] = []
    behaviours = [outputs(body, probes())]
    for sibling in chain.from_iterable(zip_longest(*kinds)):
        if len(chosen) >= count:
            break
        if sibling is None:
            continue
        behaviour = outputs(sibling, probes())
        if not any(alike(behaviour, other) for other in behaviours):
            chosen.append(sibling)
            behaviours.append(behaviour)
    return tuple(chosen)


def _kinds(body: Body) -> Iterator[Iterator[Body]]:
    """The siblings by kind: in what they differ."""
    steps, branch = body
    for change in (_other_parameters, _exchanged, _left_out, _other_operations):
        yield (Body(changed, branch) for changed in change(steps) if changed)
    if branch is None:
        return
    yield iter([Body(steps, None)])
    yield (Body(steps, branch.model_copy(update={"when": when})) for when in _other_properties(branch.when))
    for change in (_other_parameters, _exchanged, _left_out, _other_operations):
        yield (Body(steps, Branch(when=branch.when, steps=changed)) for changed in change(branch.steps))


def _other_parameters(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for i, step in enumerate(steps):
        for parameters in step.entry.variants():
            if parameters != step.parameters:
                yield _with(steps, i, Step(operation=step.operation, parameters=parameters))


def _exchanged(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for i in range(len(steps) - 1):
        yield (*steps[:i], steps[i + 1], steps[i], *steps[i + 2 :])


def _left_out(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for i in range(len(steps)):
        yield steps[:i] + steps[i + 1 :]


def _other_operations(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for i, step in enumerate(steps):
        for name, entry in operations().items():
            if entry.group == step.entry.group and name != step.operation:
                yield _with(steps, i, Step(operation=name, parameters=next(entry.variants())))


def _other_properties(when: Property) -> Iterator[Property]:
    for name, entry in conditions().items():
        for parameters in entry.variants():
            if (name, parameters) != (when.condition, when.parameters):
                yield Property(condition=name, parameters=parameters)


def _with(steps: tuple[Step, ...], i: int, step: Step) -> tuple[Step, ...]:
    return (*steps[:i], step, *steps[i + 1 :])
