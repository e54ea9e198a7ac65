"""Which functions are worth asking about, measured on natural texts.

Not one that hardly does anything or hardly looks at its input; nor one with a step that does not show or that comes
twice, or with several steps for which a single operation (or none) would do; nor one whose branch natural texts do not
reach or hardly leave, or whose branch does nearly what the function does anyway.
"""

from collections.abc import Iterator
from itertools import combinations

from functions.string.behaviour import Chains, Outputs, alike, difference, dominance, outputs, single_operations
from functions.string.steps import Body, Step
from functions.string.texts import probes

_UNCHANGED = 0.5  # more texts than this share shall not come out as they went in
_DOMINANT = 0.3  # no output shall be given to more texts than this share
_SHOWS = 0.2  # a step shows where leaving it out changes this share of outputs
_REACHED = (0.06, 0.6)  # the share of natural texts that shall be in the branch
_BRANCH_SHOWS = 0.6  # the share of texts in the branch that shall come out otherwise than without it


def objection(body: Body, names: tuple[str, ...]) -> str | None:
    """Why a function is not worth asking about where these are the operations; None if it is."""
    return next(_objections(body, names), None)


def _objections(body: Body, names: tuple[str, ...]) -> Iterator[str]:
    texts = probes()
    yield from _chain_objections(body.steps, names, texts)
    if body.branch is None:
        return
    inside = tuple(x for x in texts if body.branch.when.holds(x))
    if not _REACHED[0] <= len(inside) / len(texts) <= _REACHED[1]:
        yield "natural texts hardly reach its branch, or hardly leave it"
        return
    if difference(outputs(body, inside), outputs(Body(body.steps), inside)) < _BRANCH_SHOWS:
        yield "its branch hardly shows"
    if body.branch.steps:
        yield from _chain_objections(body.branch.steps, names, inside)
    yield from _plain(outputs(body, texts), texts)


def _chain_objections(steps: tuple[Step, ...], names: tuple[str, ...], texts: tuple[str, ...]) -> Iterator[str]:
    some = Chains(steps, texts)
    everywhere = some if texts is probes() else Chains(steps, probes())
    every = tuple(range(len(steps)))
    row = some.outputs(every)
    yield from _plain(row, texts)
    for size in range(1, len(steps)):
        for kept in combinations(every, size):
            if difference(row, some.outputs(kept)) < _SHOWS:
                yield "some of its steps hardly show"
    for start, end in combinations(range(len(steps) + 1), 2):
        part = everywhere.outputs(every[start:end])
        if difference(part, probes()) < _SHOWS:
            yield "some of its steps cancel each other"
        if end - start > 1 and any(alike(part, single) for single in single_operations(names)):
            yield "one operation does the same as several of its steps"
    if len({step.operation for step in steps}) < len(steps):
        yield "it has the same operation twice"


def _plain(row: Outputs, texts: tuple[str, ...]) -> Iterator[str]:
    if 1 - difference(row, texts) > _UNCHANGED:
        yield "it hardly changes its input"
    if dominance(row) > _DOMINANT:
        yield "it hardly looks at its input"
