"""Texts on which explanations disagree: one answer to such a text is worth more than many to others."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from math import exp

from .explanation import Explanation
from .investigate import Findings, investigate
from .kind import Kind
from .probes import pool

Ask = Callable[[list[str]], Sequence[str | None]]

COMPARED = 24
"""Explanations that are compared: the plainest."""

AT_ONCE = 3
"""Texts that are asked before it is looked again who is left."""


def weights(explanations: Sequence[Explanation]) -> list[float]:
    """How much each is believed beforehand, in all 1: the plainer the more."""
    raw = [exp(-(e.cost - explanations[0].cost)) for e in explanations]
    return [w / sum(raw) for w in raw]


def disagreements(explanations: Sequence[Explanation], asked: Sequence[str], count: int) -> list[str]:
    """Up to `count` texts of the pool that tell the explanations apart best, in the order of what they tell."""
    compared = explanations[:COMPARED]
    belief = weights(compared) if compared else []
    told = [0] * len(compared)  # which explanations the chosen texts cannot tell apart yet
    fresh = [x for x in pool() if x not in set(asked)]
    said = {x: [e(x) for e in compared] for x in fresh} if len(compared) > 1 else {}
    said = {x: outs for x, outs in said.items() if len(set(outs)) > 1}
    chosen: list[str] = []
    while len(chosen) < count and said:
        best = min(said, key=lambda x: (_confusion(told, said[x], belief), len(x)))
        if _confusion(told, said[best], belief) >= _confusion(told, [None] * len(told), belief) - 1e-9:
            break
        chosen.append(best)
        labels: dict[tuple[int, str | None], int] = {}
        told = [labels.setdefault(key, len(labels)) for key in zip(told, said.pop(best), strict=True)]
    return chosen


def _confusion(told: Sequence[int], outs: Sequence[str | None], belief: Sequence[float]) -> float:
    """How likely two explanations, drawn by belief, still say the same."""
    groups: dict[tuple[int, str | None], float] = defaultdict(float)
    for key, weight in zip(zip(told, outs, strict=True), belief, strict=True):
        groups[key] += weight
    return sum(weight * weight for weight in groups.values())


def settle(found: Findings, ask: Ask, queries: int, kinds: tuple[Kind, ...] | None = None) -> tuple[Findings, int]:
    """Ask where explanations disagree until none do or `queries` are spent. Returns what is left, and the queries used.

    Where an answer refutes all of them, the search begins anew with what is known now.
    """
    used = 0
    while used < queries and found.explained:
        texts = disagreements(found.explanations, found.questions, min(AT_ONCE, queries - used))
        if not texts:
            break
        used += len(texts)
        found = found.after(texts, ask(texts))
        if not found.explanations:
            found = investigate(found.pairs, kinds)
    return found, used
